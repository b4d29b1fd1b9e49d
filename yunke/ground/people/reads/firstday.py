"""How far each school is on its first day: counts, and who looks after it. Few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from yunke.base.clock import today
from yunke.ground.people.models import (
    Card,
    Duty,
    Errand,
    Guardianship,
    Membership,
    Org,
    SchoolClass,
)
from yunke.ground.people.values import Place, Role


@dataclass(frozen=True)
class SchoolState:
    """A school with what it has; ``clerks`` by (id, name); ``errands``: step → name."""

    id: int
    name: str
    name_en: str
    county_id: int
    county: str
    county_en: str
    classes: int
    class_ids: tuple[int, ...]
    pupils: int
    teachers: int
    heads: int
    cards: int
    guardians: int
    clerks: tuple[tuple[int, str], ...]
    errands: dict[str, str]


def counties_of(place: Place) -> list[Org]:
    """The counties of the place: all of the city's, or the one. One query."""
    rows = Org.objects.filter(level=Org.Level.COUNTY, parent_id=place.city)
    return list((rows.filter(id=place.county) if place.county else rows).order_by("id"))


def school_states(place: Place) -> list[SchoolState]:
    """Every school of the city, county or the one school of the place. Eight queries."""
    rows = Org.objects.filter(level=Org.Level.SCHOOL, parent__parent_id=place.city)
    rows = rows.filter(left_on__isnull=True).select_related("parent")
    if place.county:
        rows = rows.filter(parent_id=place.county)
    if place.school:
        rows = rows.filter(id=place.school)
    schools = list(rows.order_by("parent_id", "id"))
    ids = [school.id for school in schools]
    counted = _counts(ids)
    return [
        SchoolState(
            id=s.id, name=s.name, name_en=s.name_en, county_id=s.parent_id or 0,
            county=s.parent.name if s.parent else "",
            county_en=s.parent.name_en if s.parent else "", **counted[s.id],
        )
        for s in schools
    ]  # fmt: skip


def _counts(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    wanted, day = list(ids), today()
    classes: dict[int, list[int]] = {number: [] for number in wanted}
    for school, number in SchoolClass.objects.filter(
        school_id__in=wanted, ended_on__isnull=True
    ).values_list("school_id", "id"):
        classes[school].append(number)
    ties = Membership.objects.holding(day).filter(school_class__school_id__in=wanted)
    roles = ties.values("school_class__school_id").annotate(
        pupils=Count("person_id", filter=Q(role=Role.PUPIL), distinct=True),
        teachers=Count("person_id", filter=~Q(role=Role.PUPIL), distinct=True),
        heads=Count("school_class_id", filter=Q(role=Role.HEAD_TEACHER), distinct=True),
    )
    by_school = {
        row["school_class__school_id"]: {
            "pupils": row["pupils"], "teachers": row["teachers"], "heads": row["heads"],
        }
        for row in roles
    }  # fmt: skip
    pupils = ties.filter(role=Role.PUPIL)
    cards = _grouped(
        pupils.filter(person__in=Card.objects.filter(revoked_at__isnull=True).values("person_id"))
    )
    bound = Guardianship.objects.holding(day).values("child_id")
    guardians = _grouped(pupils.filter(person__in=bound))
    clerks, errands = _clerks(wanted), _errands(wanted)
    empty = {"pupils": 0, "teachers": 0, "heads": 0}
    return {
        number: {
            "classes": len(classes[number]), "class_ids": tuple(classes[number]),
            "cards": cards.get(number, 0), "guardians": guardians.get(number, 0),
            "clerks": tuple(clerks.get(number, ())), "errands": errands.get(number, {}),
            **by_school.get(number, empty),
        }
        for number in wanted
    }  # fmt: skip


def _grouped(rows: object) -> dict[int, int]:
    found = rows.values_list("school_class__school_id").annotate(  # type: ignore[attr-defined]
        n=Count("person_id", distinct=True)
    )
    return dict(found)


def _clerks(ids: list[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    duties = Duty.objects.holding(today()).filter(org_id__in=ids, role=Role.SCHOOL_ADMIN)
    for org, person, name in duties.values_list("org_id", "person_id", "person__name"):
        found.setdefault(org, []).append((person, name))
    return found


def _errands(ids: list[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = Errand.objects.filter(org_id__in=ids)
    for org, step, name in rows.values_list("org_id", "step", "person__name"):
        found.setdefault(org, {})[step] = name
    return found


def errands_of(person_id: int) -> list[str]:
    """The steps that somebody was handed. One query."""
    rows = Errand.objects.filter(person_id=person_id).order_by("id")
    return list(rows.values_list("step", flat=True))
