"""What a school's clerk needs to see before a life case is done, and what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from yunke.base.clock import now, today
from yunke.base.paging import Page, page_of
from yunke.ground.audit.door import SecondView, seconds_asked
from yunke.ground.people.models import (
    Change,
    Duty,
    Guardianship,
    Membership,
    Move,
    Person,
    SchoolClass,
    Unused,
    staying,
)
from yunke.ground.people.rules.undo import may_undo
from yunke.ground.people.values import Kind, Role


@dataclass(frozen=True)
class Changed:
    """A change as the school reads it back. ``open``: it can still be undone."""

    id: int
    kind: str
    person_id: int
    name: str
    actor: str
    reason: str
    day: date
    at: datetime
    open: bool
    undone_at: datetime | None


@dataclass(frozen=True)
class Moving:
    """A pupil's move; the school that asks and the one that is asked see the same line."""

    id: int
    pupil_id: int
    name: str
    from_school: str
    from_school_en: str
    to_school: str
    to_school_en: str
    to_class: str
    to_class_en: str
    day: date
    state: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Colleague:
    id: int
    name: str
    login: str


def changes_of(
    school_id: int, *, person_id: int = 0, page: int = 1, size: int = 30
) -> Page[Changed]:
    """What was changed at a school (or about one person), newest first. Two queries."""
    rows = Change.objects.filter(school_id=school_id).select_related("person")
    if person_id:
        rows = rows.filter(person_id=person_id)
    found = page_of(rows.order_by("-id"), page, size=size)
    names = dict(
        Person.objects.filter(id__in={c.actor_id for c in found.rows}).values_list("id", "name")
    )
    lines = [_changed(c, names.get(c.actor_id, "")) for c in found.rows]
    return Page(lines, found.number, found.more)


def _changed(kept: Change, actor: str) -> Changed:
    undone = kept.undone_at
    return Changed(
        id=kept.id, kind=kept.kind, person_id=kept.person_id or 0,
        name=kept.person.name if kept.person else "", actor=actor, reason=kept.reason,
        day=kept.day, at=kept.made_at, undone_at=undone,
        open=may_undo(kept.kind, made_at=kept.made_at, undone_at=undone, steps=len(kept.steps),
                      moment=now()),
    )  # fmt: skip


def moves_of(school_id: int) -> tuple[list[Moving], list[Moving]]:
    """(What this school is asked to let go, what it asks for), newest first. One query."""
    rows = (
        Move.objects.filter(Q(from_school_id=school_id) | Q(to_school_id=school_id))
        .filter(made_at__gt=now() - timedelta(days=365))
        .select_related("pupil", "from_school", "to_school", "to_class")
        .order_by("-id")[:200]
    )
    out: list[Moving] = []
    asked: list[Moving] = []
    for row in rows:
        (out if row.from_school_id == school_id else asked).append(_moving(row))
    return out, asked


def _moving(row: Move) -> Moving:
    # Until the old school says yes, the new one knows no more than what it typed itself.
    return Moving(
        id=row.id, pupil_id=row.pupil_id, name=row.pupil.name,
        from_school=row.from_school.name, from_school_en=row.from_school.name_en,
        to_school=row.to_school.name, to_school_en=row.to_school.name_en,
        to_class=row.to_class.name, to_class_en=row.to_class.name_en,
        day=row.day, state=row.state, reason=row.reason, at=row.made_at,
    )  # fmt: skip


def change_school(change_id: int, schools: Iterable[int]) -> int:
    """The one of these schools that made the change, 0 for none of them. One query."""
    rows = Change.objects.filter(id=change_id, school_id__in=list(schools))
    return rows.values_list("school_id", flat=True).first() or 0


def move_school(move_id: int, schools: Iterable[int], *, asking: bool) -> int:
    """The one of these schools that asks (or is asked) by the move, 0 for none. One query."""
    side = "to_school_id" if asking else "from_school_id"
    rows = Move.objects.filter(id=move_id, **{f"{side}__in": list(schools)})
    return rows.values_list(side, flat=True).first() or 0


def moves_waiting(school_id: int) -> int:
    """How many pupils other schools ask this one for. One query."""
    return Move.objects.filter(from_school_id=school_id, state=Move.State.ASKED).count()


def colleagues(school_id: int, *, but: int = 0) -> list[Colleague]:
    """The staff of a school today, by name. Three queries."""
    day = today()
    ties = Membership.objects.holding(day).filter(school_class__school_id=school_id)
    duties = Duty.objects.holding(day).filter(org_id=school_id)
    rows = (
        Person.objects.filter(
            staying(day),
            Q(id__in=ties.values("person_id")) | Q(id__in=duties.values("person_id")),
            kind=Kind.STAFF,
            frozen_at__isnull=True,
        )
        .exclude(id=but)
        .order_by("name", "id")
    )
    return [Colleague(p.id, p.name, p.login) for p in rows]


def ties_of(person_id: int, school_id: int) -> list[Membership]:
    """A person's classes at the school, today's and those to come. One query."""
    rows = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today()),
        person_id=person_id,
        school_class__school_id=school_id,
        school_class__ended_on__isnull=True,
    )
    return list(
        rows.select_related("school_class", "stands_for").order_by("since", "school_class_id")
    )


def duties_of(person_id: int, school_id: int) -> list[Duty]:
    rows = Duty.objects.holding(today()).filter(person_id=person_id, org_id=school_id)
    return list(rows.order_by("id"))


def guardians_of_pupil(child_id: int) -> list[Guardianship]:
    """A child's guardians today and those whom a court barred. One query."""
    held = Q(until__isnull=True) | Q(until__gt=today())
    rows = Guardianship.objects.filter(held | Q(barred=True), child_id=child_id)
    return list(rows.select_related("guardian").order_by("id"))


def staff_of(person_id: int, school_id: int) -> Person | None:
    """A colleague of the school by id; None for everybody else."""
    known = {colleague.id for colleague in colleagues(school_id)}
    return Person.objects.filter(id=person_id).first() if person_id in known else None


def class_of_school(class_id: int, school_id: int) -> SchoolClass | None:
    rows = SchoolClass.objects.filter(id=class_id, school_id=school_id, ended_on__isnull=True)
    return rows.select_related("school__parent").first()


def heads_of(class_id: int) -> list[Membership]:
    """The head teachers of a class, today's and those to come. One query."""
    rows = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today()),
        school_class_id=class_id,
        role=Role.HEAD_TEACHER,
    )
    return list(rows.select_related("person").order_by("since", "id"))


def unused_of(school_id: int, page: int) -> Page[Unused]:
    """The latest weekly report of a school. One query."""
    rows = Unused.objects.filter(school_id=school_id).select_related("person")
    return page_of(rows.order_by("last_on", "person__name", "id"), page, size=50)


def asked_about(who_id: int, kind: str, person_id: int) -> SecondView | None:
    """The newest request of this kind that I made about the person and have not used. One query."""
    for asked in seconds_asked(who_id):
        if asked.kind == kind and asked.about.get("person") == person_id and not asked.used_at:
            return asked if asked.expires_at > now() else None
    return None


def guardians_of_adult(person_id: int) -> list[Guardianship]:
    """The guardians of a pupil of age, who decides whether they may see. One query."""
    rows = Guardianship.objects.holding(today()).filter(child_id=person_id)
    return list(rows.select_related("guardian").order_by("id"))
