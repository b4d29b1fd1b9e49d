"""What the database holds, row by row, for a roster to be compared with.

Streams: a city's half a million persons pass through a few megabytes. ``schools``: the schools
that count, None for all of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from yunke.base.clock import today
from yunke.ground.people.models import (
    Card,
    Change,
    Duty,
    Guardianship,
    Invitation,
    Membership,
    Org,
    Person,
    SchoolClass,
    Session,
)
from yunke.ground.people.values import Kind

Schools = frozenset[int] | None
STEP = 5_000  # rows from the database at once
MANY = 900  # ids in one question


def roster_orgs() -> list[tuple[int, str, int, str, str]]:
    """(id, level, parent, code, name) of the city, its counties and schools. One query."""
    rows = Org.objects.order_by("id")
    return [(o.id, o.level, o.parent_id or 0, o.code, o.name) for o in rows]


def roster_classes(schools: Schools) -> list[tuple[int, int, int, int, str, bool]]:
    """(id, school, grade, number, name, ended), ended ones too. One query."""
    rows = SchoolClass.objects.order_by("id")
    if schools is not None:
        rows = rows.filter(school_id__in=schools)
    return [(c.id, c.school_id, c.grade, c.number, c.name, c.ended_on is not None) for c in rows]


def roster_persons(schools: Schools) -> Iterator[tuple[int, str, str, str, bool]]:
    """(id, login, name, kind, left) of pupils and staff who are, or were, of the schools."""
    rows = Person.objects.filter(kind__in=(Kind.PUPIL, Kind.STAFF))
    if schools is not None:
        ties = Membership.objects.filter(school_class__school_id__in=schools)
        duties = Duty.objects.filter(org_id__in=schools)
        rows = rows.filter(
            Q(id__in=ties.values("person_id")) | Q(id__in=duties.values("person_id"))
        )
    yield from _persons(rows)


def roster_persons_by_id(ids: Iterable[int]) -> Iterator[tuple[int, str, str, str, bool]]:
    """The same for these persons, wherever they are."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), MANY):
        yield from _persons(Person.objects.filter(id__in=wanted[start : start + MANY]))


def _persons(rows: "QuerySet[Person]") -> Iterator[tuple[int, str, str, str, bool]]:
    day = today()
    found = rows.order_by("id").values_list("id", "login", "name", "kind", "left_on")
    for number, login, name, kind, left in found.iterator(STEP):
        yield number, login, name, kind, left is not None and left <= day


def roster_ties(
    schools: Schools, persons: Iterable[int] = ()
) -> Iterator[tuple[int, int, int, str, str, str, bool | None]]:
    """(id, person, class, role, subject, since, open-ended) of today and to come, and those that
    ended on a day that is their first: they are taken up again instead of written twice.
    """
    day = today()
    # What began today and ended today holds no more, but keeps its place.
    rows = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=day) | Q(since=day))
    if schools is not None:
        there = Q(school_class__school_id__in=schools)
        rows = rows.filter(there | Q(person_id__in=list(persons)[:MANY]))
    found = rows.order_by("id").values_list(
        "id", "person_id", "school_class_id", "role", "subject", "since", "until"
    )
    for number, person, of, role, subject, since, until in found.iterator(STEP):
        state = until is None or until > day
        yield number, person, of, role, subject, since.isoformat(), _state(state, until)


def _state(holds: bool, until: Any) -> bool | None:
    """True: open-ended; None: holds until a day; False: ended."""
    return None if holds and until is not None else holds


def logins_taken(logins: Iterable[str]) -> set[str]:
    """Those of the names that somebody signs in with already."""
    wanted, taken = sorted(set(logins)), set()
    for start in range(0, len(wanted), MANY):
        part = wanted[start : start + MANY]
        taken |= set(Person.objects.filter(login__in=part).values_list("login", flat=True))
    return taken


def with_keys(first: int, last: int) -> set[int]:
    """Persons of a range of ids who could have signed in, or to whom somebody else is tied."""
    within = {"person_id__gte": first, "person_id__lte": last}
    child = {"child_id__gte": first, "child_id__lte": last}
    found = set(
        Person.objects.filter(id__gte=first, id__lte=last)
        .exclude(password="", pictures="", totp="")
        .values_list("id", flat=True)
    )
    for rows in (Card.objects.filter(**within), Session.objects.filter(**within)):
        found |= set(rows.values_list("person_id", flat=True))
    for tied in (Guardianship.objects.filter(**child), Invitation.objects.filter(**child)):
        found |= set(tied.values_list("child_id", flat=True))
    for named in (Duty.objects.filter(**within), Change.objects.filter(**within)):
        found |= set(named.values_list("person_id", flat=True))
    return {number for number in found if number is not None}
