"""Counting a school's answers, once a week."""

from datetime import date

from django.conf import settings
from django.db import transaction

from yunke.base.clock import monday, today
from yunke.base.jobs import ask
from yunke.ground.consent.models import Count
from yunke.ground.consent.reads.holding import consents_of
from yunke.ground.consent.rules.switches import switches_in
from yunke.ground.people.door import class_pupils, school_classes


def count_ask(school_id: int) -> None:
    """Ask for this week's numbers; once however often it is asked."""
    week = monday(today())
    payload = {"school": school_id, "week": week.isoformat()}
    ask("consent.count", key=f"{school_id}-{week.isoformat()}", payload=payload)


@transaction.atomic
def count_week(school_id: int, week: date) -> int:
    """Write the numbers of a week, which stay as they are; rows written. A query a class, and one
    a kind for each 5,000 pupils.
    """
    classes = school_classes(school_id)
    pupils = {child.id for of in classes for child in class_pupils(of.id)}
    rows = [
        Count(
            school_id=school_id,
            week=week,
            purpose=switch.purpose.value,
            kind=switch.kind.value,
            yes=len(consents_of(pupils, switch.purpose, switch.kind)),
            people=len(pupils),
        )
        for switch in switches_in(settings.PROFILE)
        if not switch.task
    ]
    return len(Count.objects.bulk_create(rows, ignore_conflicts=True))
