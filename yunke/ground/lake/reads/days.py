"""Sums per person and day: the roll-up, and on top of it the tail that no flush has taken yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from yunke.ground.lake.models import Event, Flush, PersonDay
from yunke.ground.lake.values import LESSONS, WATCHING, DaySum


def person_days(person_ids: Iterable[int], since: date, until: date) -> tuple[DaySum, ...]:
    """The days of these people from ``since`` to ``until``, both included, oldest first.

    A day without acts has no row. Exact to the last committed act. Cost: two queries, whatever
    the number of people.
    """
    people = list(person_ids)
    kept = PersonDay.objects.filter(person_id__in=people, day__range=(since, until))
    tail = _tail().filter(actor_id__in=people, day__range=(since, until))
    return _sums(kept, tail)


def class_days(class_id: int, since: date, until: date) -> tuple[DaySum, ...]:
    """The days of everybody who acted in the class, its teachers included. Two queries."""
    kept = PersonDay.objects.filter(class_id=class_id, day__range=(since, until))
    tail = _tail().filter(class_id=class_id, day__range=(since, until))
    return _sums(kept, tail)


def minutes_by_day(person_id: int, since: date, until: date) -> tuple[tuple[date, float], ...]:
    """Each day from ``since`` to ``until`` with its minutes, the empty ones too. Two queries."""
    minutes = {row.day: row.minutes for row in person_days([person_id], since, until)}
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return tuple((day, minutes.get(day, 0.0)) for day in days)


@dataclass
class _Sum:
    seconds: int = 0
    acts: int = 0
    lessons: set[int] = field(default_factory=set)


def _tail() -> "QuerySet[Event, Any]":
    last = (
        Flush.objects.order_by().values(one=Value(1)).annotate(last=Max("last_id")).values("last")
    )
    return Event.objects.filter(id__gt=Coalesce(Subquery(last), 0)).values(
        "actor_id", "day", "verb", "lesson_id", "seconds"
    )


def _sums(kept: "QuerySet[PersonDay]", tail: "QuerySet[Event, Any]") -> tuple[DaySum, ...]:
    sums: dict[tuple[date, int], _Sum] = {}
    for row in kept:
        sums[row.day, row.person_id] = _Sum(row.seconds, row.acts, set(row.lesson_ids))
    for act in tail:
        _add(sums.setdefault((act["day"], act["actor_id"]), _Sum()), act)
    return tuple(
        DaySum(person, day, round(s.seconds / 60, 1), len(s.lessons), s.acts)
        for (day, person), s in sorted(sums.items())
    )


def _add(day: _Sum, act: dict[str, Any]) -> None:
    day.acts += 1
    if act["verb"] in WATCHING:
        day.seconds += act["seconds"]
    if act["verb"] in LESSONS and act["lesson_id"]:
        day.lessons.add(act["lesson_id"])
