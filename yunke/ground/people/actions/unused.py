"""The weekly report of accounts that nobody used for ninety days."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from yunke.ground.lake.door import person_days
from yunke.ground.people.models import (
    Duty,
    Guardianship,
    Membership,
    Org,
    Person,
    Session,
    Unused,
    staying,
)
from yunke.ground.people.values import Role

LONG = timedelta(days=90)
CHUNK = 400


def unused_report(school_id: int, day: date) -> int:
    """Write the school's report anew; gives how many accounts it names.

    Used is: an act in the lake, or a device that was seen. An account younger than ninety days is
    not named. Cost: five queries for each four hundred people.
    """
    since = day - LONG
    found: list[Unused] = []
    for people in _chunks(_accounts(school_id, day, since)):
        acted = {row.person_id for row in person_days(people, since, day)}
        seen = _seen(people)
        for person_id in people:
            last = seen.get(person_id)
            if person_id not in acted and (last is None or last < since):
                found.append(
                    Unused(school_id=school_id, person_id=person_id, last_on=last, reported_on=day)
                )
    with transaction.atomic():
        Unused.objects.filter(school_id=school_id).delete()
        Unused.objects.bulk_create(found, 500)
    return len(found)


def _accounts(school_id: int, day: date, since: date) -> list[int]:
    """Who belongs to the school and could have used the account all this time. One query."""
    ties = Membership.objects.holding(day).filter(school_class__school_id=school_id)
    duties = Duty.objects.holding(day).filter(org_id=school_id)
    pupils = ties.filter(role=Role.PUPIL).values("person_id")
    wards = Guardianship.objects.holding(day).filter(child_id__in=pupils)
    rows = Person.objects.filter(
        staying(day),
        Q(id__in=ties.values("person_id"))
        | Q(id__in=duties.values("person_id"))
        | Q(id__in=wards.values("guardian_id")),
        made_at__date__lt=since,
    )
    return list(rows.order_by("id").values_list("id", flat=True))


def _seen(people: list[int]) -> dict[int, date]:
    rows = Session.objects.filter(person_id__in=people).values("person_id")
    found = rows.annotate(last=Max("seen_at")).values_list("person_id", "last")
    return {person: timezone.localtime(last).date() for person, last in found}


def _chunks(people: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(people), CHUNK):
        yield people[start : start + CHUNK]


def schools_open() -> list[int]:
    rows = Org.objects.filter(level=Org.Level.SCHOOL, left_on__isnull=True)
    return list(rows.order_by("id").values_list("id", flat=True))
