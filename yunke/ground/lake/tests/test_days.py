"""Sums per person and day: the roll-up and the tail, exact to the last act."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from yunke.base.clock import today
from yunke.ground.lake.actions import lake_flush
from yunke.ground.lake.actions.record import events_write
from yunke.ground.lake.reads import class_days, minutes_by_day, person_days
from yunke.ground.lake.tests.makers import lake, past, watched, yesterday
from yunke.ground.lake.values import Verb

__all__ = ["lake"]
pytestmark = pytest.mark.django_db
WEEK = timedelta(days=6)


def of(person: int) -> None:
    return person_days([person], today() - WEEK, today())


def test_the_tail_counts_before_any_flush(lake: Path) -> None:
    watched(1, lesson=2, seconds=90)
    (day,) = of(1)
    assert (day.minutes, day.lessons, day.acts) == (1.5, 1, 1)


def test_the_sum_is_the_same_before_and_after_a_flush(lake: Path) -> None:
    watched(1, lesson=2, seconds=90)
    watched(1, lesson=3, seconds=30)
    before = of(1)
    lake_flush()
    assert of(1) == before
    watched(1, lesson=2, seconds=60)
    (day,) = of(1)
    assert (day.minutes, day.lessons, day.acts) == (3.0, 2, 3)


def test_the_last_seconds_of_a_lesson_count_too(lake: Path) -> None:
    events_write([past(yesterday(), verb=Verb.COMPLETED, seconds=120)])
    assert of(1)[0].minutes == 2.0


def test_other_people_and_other_days_stay_out(lake: Path) -> None:
    watched(1)
    watched(2)
    events_write([past(yesterday() - timedelta(days=30), person=1)])
    assert [row.person_id for row in of(1)] == [1]


def test_a_class_gives_everybody_who_acted_in_it(lake: Path) -> None:
    watched(1, class_id=8)
    watched(2, class_id=8)
    watched(3, class_id=9)
    lake_flush()
    watched(4, class_id=8)
    rows = class_days(8, today(), today())
    assert [row.person_id for row in rows] == [1, 2, 4]


def test_empty_days_have_zero_minutes(lake: Path) -> None:
    watched(1, seconds=600)
    week = minutes_by_day(1, today() - WEEK, today())
    assert len(week) == 7
    assert week[-1] == (today(), 10.0)
    assert all(minutes == 0 for _day, minutes in week[:-1])


@pytest.mark.parametrize("people", [5, 50])
def test_two_queries_for_any_number_of_people(
    lake: Path, people: int, django_assert_num_queries: Any
) -> None:
    for person in range(1, people + 1):
        watched(person)
    lake_flush()
    watched(1)
    with django_assert_num_queries(2):
        assert len(person_days(range(1, people + 1), today() - WEEK, today())) == people
