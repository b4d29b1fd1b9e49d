"""Which schools use a lesson: real files of the lake, never a number below ten."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from yunke.base.clock import today
from yunke.ground.lake.actions import lake_flush
from yunke.ground.lake.door import schools_of_lesson
from yunke.ground.lake.tests.makers import crowd, lake, yesterday
from yunke.ground.lake.values import K, Verb

__all__ = ["lake"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lake")]


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def opened(people: int, school: int, *, lesson: int = 7, days: int = 0, **more: Any) -> None:
    moment = yesterday(9) - timedelta(days=days)
    crowd(moment, people, school_id=school, lesson_id=lesson, object_id=lesson, **more)


def test_people_are_counted_by_school_and_few_have_no_number(lake: Path) -> None:
    opened(25, 3)
    opened(K, 4)
    opened(K - 1, 5)
    lake_flush()
    until, found = schools_of_lesson(7)
    assert until == today()
    assert found == {3: 25, 4: K, 5: 0}
    assert next(iter(found)) == 3


def test_a_person_who_opens_it_daily_is_one(lake: Path) -> None:
    for days in range(4):
        opened(12, 3, days=days)
    lake_flush()
    assert schools_of_lesson(7)[1] == {3: 12}


def test_other_lessons_other_acts_and_older_days_are_not_counted(lake: Path) -> None:
    opened(20, 3, lesson=8)
    opened(20, 4, verb=Verb.PROGRESSED)
    opened(20, 5, days=45)
    opened(20, 0)
    lake_flush()
    assert schools_of_lesson(7)[1] == {}


def test_an_empty_lake_has_no_schools(lake: Path) -> None:
    assert schools_of_lesson(7)[1] == {}


def test_it_is_read_once_an_hour(lake: Path, django_assert_num_queries: Any) -> None:
    opened(12, 3)
    lake_flush()
    first = schools_of_lesson(7)
    with django_assert_num_queries(0):
        assert schools_of_lesson(7) == first
