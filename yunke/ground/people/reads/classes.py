"""A class as its head teacher tends it: cards, pictures, guardians. Few queries, however many."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from yunke.base.clock import now, today
from yunke.ground.people.models import (
    Card,
    Guardianship,
    Invitation,
    Membership,
    SchoolClass,
    staying,
)
from yunke.ground.people.reads.who import class_name, class_place
from yunke.ground.people.values import ClassName, Place, Role


@dataclass(frozen=True)
class Tended:
    """A pupil with the keys it has been given."""

    id: int
    name: str
    animal: str
    login: str
    has_pictures: bool
    card_since: datetime | None = None


@dataclass(frozen=True)
class Bound:
    """A guardian of a pupil, by the tie."""

    tie_id: int
    name: str
    relation: str
    since: date


@dataclass(frozen=True)
class Guarded:
    """A pupil with guardians and the open invitation."""

    id: int
    name: str
    animal: str
    guardians: tuple[Bound, ...]
    invited_until: datetime | None


def class_and_place(class_id: int) -> tuple[ClassName, Place] | None:
    """A class that has not ended, and where it belongs. One query."""
    found = (
        SchoolClass.objects.select_related("school__parent")
        .filter(id=class_id, ended_on__isnull=True)
        .first()
    )
    return (class_name(found), class_place(found)) if found else None


def school_classes(school_id: int) -> tuple[ClassName, ...]:
    """The classes of a school that go on, by grade and number. One query."""
    rows = (
        SchoolClass.objects.filter(school_id=school_id, ended_on__isnull=True)
        .select_related("school")
        .order_by("grade", "number")
    )
    return tuple(class_name(row) for row in rows)


def class_tended(class_id: int) -> list[Tended]:
    """The pupils of a class with their cards and pictures. Two queries."""
    ties = _pupil_ties(class_id)
    cards = dict(
        Card.objects.filter(
            person_id__in=[t.person_id for t in ties], revoked_at__isnull=True
        ).values_list("person_id", "made_at")
    )
    return [
        Tended(
            t.person_id,
            t.person.name,
            t.person.animal,
            t.person.login,
            bool(t.person.pictures),
            cards.get(t.person_id),
        )
        for t in ties
    ]


def class_guarded(class_id: int) -> list[Guarded]:
    """The pupils of a class with guardians and invitations. Three queries."""
    ties = _pupil_ties(class_id)
    ids = [t.person_id for t in ties]
    bound: dict[int, list[Bound]] = defaultdict(list)
    for tie in (
        Guardianship.objects.holding(today())
        .filter(staying(today(), "guardian__"), child_id__in=ids)
        .select_related("guardian")
        .order_by("id")
    ):
        bound[tie.child_id].append(Bound(tie.id, tie.guardian.name, tie.relation, tie.since))
    invited = dict(
        Invitation.objects.filter(
            child_id__in=ids, used_at__isnull=True, expires_at__gt=now()
        ).values_list("child_id", "expires_at")
    )
    return [
        Guarded(
            t.person_id,
            t.person.name,
            t.person.animal,
            tuple(bound[t.person_id]),
            invited.get(t.person_id),
        )
        for t in ties
    ]


def child_of_tie(tie_id: int) -> int:
    """The child of a guardianship, 0 when there is none."""
    return Guardianship.objects.filter(id=tie_id).values_list("child_id", flat=True).first() or 0


def _pupil_ties(class_id: int) -> list[Membership]:
    return list(
        Membership.objects.holding(today())
        .filter(staying(today(), "person__"), school_class_id=class_id, role=Role.PUPIL)
        .select_related("person")
        .order_by("person__name", "person_id")
    )
