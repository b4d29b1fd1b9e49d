"""What is on the air: one reading for all classmates, at one's own bells, published only."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from yunke.base.clock import at, monday, today
from yunke.ground.people.tests.makers import cast
from yunke.school.timetable.reads.air import (
    air_of_day,
    bells_of,
    broadcasts_by_id,
    day_of_grade,
    forget,
    slots_of,
    term_of,
    week_of_grade,
)
from yunke.school.timetable.tests.makers import a_day, a_lesson, a_week, bell, broadcast, slot, term

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def test_a_day_comes_in_the_order_of_its_times() -> None:
    city = cast().city
    late = broadcast(city, period=1, starts=time(15, 0))
    early = broadcast(city, period=2, starts=time(8, 0))
    assert [b.id for b in day_of_grade(city.id, 1, today())] == [early.id, late.id]


def test_a_broadcast_says_what_its_lesson_says() -> None:
    city = cast().city
    of = a_lesson(subject="maths", title="认识图形", title_en="Shapes")
    row = broadcast(city, of=of, minutes=25)
    found = day_of_grade(city.id, 1, today())[0]
    assert (found.id, found.lesson_id) == (row.id, of.id)
    assert (found.title, found.title_en, found.subject) == ("认识图形", "Shapes", "maths")
    assert (found.minutes, found.period, found.grade) == (25, 1, 1)
    assert found.key == f"b{row.id}"
    assert not found.has_video


def test_times_are_the_schools_wall_clock() -> None:
    city = cast().city
    broadcast(city, starts=time(8, 30))
    found = day_of_grade(city.id, 1, today())[0]
    assert f"{found.starts_at:%H:%M} {found.ends_at:%H:%M}" == "08:30 08:50"


def test_a_withdrawn_lesson_is_not_on_air() -> None:
    city = cast().city
    broadcast(city, of=a_lesson(published=False))
    assert day_of_grade(city.id, 1, today()) == ()


def test_grades_cities_and_days_do_not_mix() -> None:
    one, other = cast(), cast()
    broadcast(one.city)
    assert day_of_grade(one.city.id, 2, today()) == ()
    assert day_of_grade(other.city.id, 1, today()) == ()
    assert day_of_grade(one.city.id, 1, today() + timedelta(days=1)) == ()


def test_a_week_has_seven_days_and_begins_on_monday() -> None:
    city = cast().city
    a_week(city, count=2)
    week = week_of_grade(city.id, 1, monday(today()))
    assert [d.day for d in week] == [date(2026, 11, 16) + timedelta(days=n) for n in range(7)]
    assert [len(d.broadcasts) for d in week] == [2, 2, 2, 2, 2, 0, 0]


@pytest.mark.parametrize("count", [1, 8])
def test_a_week_costs_five_queries_however_full(count: int, django_assert_num_queries: Any) -> None:
    city = cast().city
    a_week(city, count=count)
    forget()
    with django_assert_num_queries(5):
        week_of_grade(city.id, 1, monday(today()))


def test_classmates_ask_once(django_assert_num_queries: Any) -> None:
    people = cast()
    a_day(people.city)
    day_of_grade(people.city.id, 1, today())
    with django_assert_num_queries(0):
        again = day_of_grade(people.city.id, 1, today())
        day_of_grade(people.city.id, 1, today() + timedelta(days=1))
    assert len(again) == 4


def test_a_schools_bell_goes_before_its_countys_and_that_before_the_citys() -> None:
    people = cast()
    a_day(people.city, count=3)
    bell(people.county, 1, time(8, 40), time(9, 0))
    bell(people.county, 2, time(9, 40), time(10, 0))
    bell(people.school, 2, time(9, 45), time(10, 5))
    county, school = people.county.id, people.school.id
    mine = day_of_grade(people.city.id, 1, today(), county_id=county, school_id=school)
    assert [f"{b.starts_at:%H:%M}" for b in mine] == ["08:40", "09:45", "10:20"]
    far = day_of_grade(people.city.id, 1, today(), county_id=county, school_id=people.far_school.id)
    assert [f"{b.starts_at:%H:%M}" for b in far] == ["08:40", "09:40", "10:20"]
    plain = day_of_grade(people.city.id, 1, today())
    assert [f"{b.starts_at:%H:%M}" for b in plain] == ["08:30", "09:20", "10:20"]


def test_without_county_and_school_no_bell_is_asked_for(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert bells_of(0, 0) == {}


def test_all_grades_of_a_day_come_by_grade_and_time() -> None:
    city = cast().city
    third = broadcast(city, grade=3, period=1)
    first_late = broadcast(city, grade=1, period=2)
    first = broadcast(city, grade=1, period=1)
    assert [b.id for b in air_of_day(city.id, today())] == [first.id, first_late.id, third.id]


def test_one_broadcast_by_its_number() -> None:
    city = cast().city
    row = broadcast(city)
    (found,) = broadcasts_by_id([row.id, row.id + 999])
    assert found.starts_at == at(today(), time(8, 30))
    assert broadcasts_by_id([]) == ()


def test_hours_at_school_are_those_of_the_term_of_the_day() -> None:
    people = cast()
    now_term = term(people.city)
    old = term(people.city, first=date(2025, 9, 1), last=date(2026, 1, 20))
    slot(now_term, people.one.id, weekday=2, period=4, subject="sport")
    slot(now_term, people.one.id, weekday=0, period=5, subject="art")
    slot(old, people.one.id, weekday=2, period=1, subject="music")
    found = slots_of(people.one.id, today())
    assert [(s.weekday, s.period, s.subject) for s in found] == [(0, 5, "art"), (2, 4, "sport")]
    assert found[0].teacher == "李老师"
    assert slots_of(people.other.id, today()) == ()


def test_nobody_has_hours_without_a_class(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert slots_of(0, today()) == ()


def test_a_term_is_that_of_the_city_and_the_day() -> None:
    people = cast()
    term(people.city)
    found = term_of(people.city.id, today())
    assert found is not None
    assert (found.name, found.name_en) == ("第一学期", "Autumn term")
    assert term_of(people.city.id, today() + timedelta(days=200)) is None
    assert term_of(people.city.id + 1, today()) is None
