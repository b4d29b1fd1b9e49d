"""For whom a page speaks: offices of staff, place and grade of a visitor, the first day's sums."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from yunke.base.clock import today
from yunke.ground.people.door import Grant, Place, Role, Who
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast, who
from yunke.ground.people.values import Kind
from yunke.school.timetable.actions.terms import org_of
from yunke.school.timetable.door import (
    BellIn,
    bell_count,
    bells_write,
    classes_with_slots,
    on_air_soon,
    term_coming,
)
from yunke.school.timetable.tests import makers
from yunke.school.timetable.views.choice import (
    COOKIE,
    day_chosen,
    grade_chosen,
    place_chosen,
    remember_grade,
)
from yunke.school.timetable.views.office import office_for, offices
from yunke.school.timetable.views.terms import number_read

CITY, COUNTY, SCHOOL = Place(1), Place(1, 2), Place(1, 2, 3)
CLASS = Place(1, 2, 3, grade=4, class_id=5)


def staff(*grants: Grant) -> Who:
    return Who(id=9, name="x", kind=Kind.STAFF, grants=grants)


def asked(somebody: Who | None, method: str = "get", **told: str) -> Any:
    request: Any = getattr(RequestFactory(), method)("/", told)
    request.who = somebody
    return request


@pytest.mark.parametrize(
    ("grants", "found"),
    [
        ((), []),
        ((Grant(Role.CITY_STAFF, CITY),), [CITY]),
        ((Grant(Role.COUNTY_STAFF, COUNTY),), [COUNTY]),
        ((Grant(Role.SCHOOL_ADMIN, CLASS),), [SCHOOL]),
        ((Grant(Role.TEACHER, CLASS), Grant(Role.PUPIL, CLASS)), []),
        ((Grant(Role.CITY_STAFF, Place()),), []),
        ((Grant(Role.SCHOOL_ADMIN, SCHOOL), Grant(Role.COUNTY_STAFF, COUNTY)), [SCHOOL, COUNTY]),
        ((Grant(Role.CITY_STAFF, CITY), Grant(Role.CITY_STAFF, CLASS)), [CITY]),
    ],
)
def test_offices_are_those_where_the_right_is_held_each_once(
    grants: tuple[Grant, ...], found: list[Place]
) -> None:
    assert offices(staff(*grants), "term.write") == found


@pytest.mark.parametrize(
    ("place", "org"), [(CITY, 1), (COUNTY, 2), (SCHOOL, 3), (CLASS, 3), (Place(), 0)]
)
def test_the_nearest_office_speaks(place: Place, org: int) -> None:
    assert org_of(place) == org


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_address_or_the_form_names_the_office(method: str) -> None:
    both = staff(Grant(Role.SCHOOL_ADMIN, SCHOOL), Grant(Role.COUNTY_STAFF, COUNTY))
    assert office_for(asked(both, method), "term.write") == SCHOOL
    assert office_for(asked(both, method, org="2"), "term.write") == COUNTY
    for wrong in ("1", "x", "02", "-1"):
        with pytest.raises(Http404):
            office_for(asked(both, method, org=wrong), "term.write")
    with pytest.raises(Http404):
        office_for(asked(staff()), "term.write")


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("", 0), ("-1", 0), ("1.5", 0), ("x", 0), ("9" * 18, int("9" * 18)),
     ("9" * 19, 0), ("²", 0)],
)  # fmt: skip
def test_a_number_is_read_or_is_nought(text: str, number: int) -> None:
    assert number_read(text) == number


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "1900-01-01", "9999-12-31", "20261"])
def test_a_day_that_is_none_or_far_is_today(text: str) -> None:
    assert day_chosen(text) == today()


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 400])
def test_a_day_near_today_is_itself(days: int) -> None:
    day = today() + timedelta(days=days)
    assert day_chosen(day.isoformat()) == day


@pytest.mark.parametrize(
    ("asked_for", "own", "kept", "grade"),
    [("3", 4, "5", 3), ("", 4, "5", 4), ("", 0, "5", 5), ("", 0, "", 1), ("0", 0, "x", 1),
     ("10", 4, "", 4), ("三", 0, "9", 9), ("9" * 5000, 0, "9" * 5000, 1)],
)  # fmt: skip
def test_a_grade_comes_from_the_address_then_ones_own_then_the_last_choice(
    asked_for: str, own: int, kept: str, grade: int
) -> None:
    request = asked(None, grade=asked_for)
    request.COOKIES[COOKIE] = kept
    mine = staff(Grant(Role.PUPIL, Place(1, 2, 3, grade=own))) if own else None
    assert grade_chosen(request, mine) == grade


def test_only_a_chosen_grade_is_remembered() -> None:
    for told, kept in (({"grade": "3"}, "3"), ({}, ""), ({"grade": "4"}, "")):
        answer = remember_grade(asked(None, **told), HttpResponse(), 3)
        assert (answer.cookies[COOKIE].value if COOKIE in answer.cookies else "") == kept


@pytest.mark.django_db
def test_who_belongs_nowhere_belongs_to_the_city() -> None:
    cast = people.cast(pupils_in_class=1)
    for somebody in (None, staff()):
        assert place_chosen(somebody).county == 0
    assert place_chosen(who(cast.pupil)).class_id == cast.one.id


@pytest.fixture
def cast(db: Any) -> Cast:
    return people.cast(pupils_in_class=1)


def at_school(cast: Cast) -> Place:
    return Place(cast.city.id, cast.county.id, cast.school.id)


def test_the_term_of_today_or_the_next_one_is_named(cast: Cast) -> None:
    assert term_coming(at_school(cast), today()) == ""
    later = makers.term(cast.city, first=today() + timedelta(9), last=today() + timedelta(days=99))
    assert term_coming(at_school(cast), today()) == later.name
    later.name = "春季"
    later.save()
    makers.term(cast.city, last=today())
    assert term_coming(at_school(cast), today()) == "第一学期"
    assert term_coming(at_school(cast), today() + timedelta(days=1)) == "春季"
    assert term_coming(at_school(cast), date(2200, 1, 1)) == ""
    assert term_coming(at_school(people.cast(pupils_in_class=1)), today()) == ""


def test_bells_are_counted_by_period_whoever_rings_them(cast: Cast) -> None:
    clock = (time(8), time(8, 40))
    bells_write([BellIn(cast.city.id, n, *clock) for n in (1, 2)])
    bells_write([BellIn(cast.school.id, n, *clock) for n in (2, 3)])
    bells_write([BellIn(cast.far_school.id, 9, *clock)])
    assert bell_count(at_school(cast)) == 3
    assert bell_count(Place(cast.city.id)) == 2


def test_a_class_has_its_week_in_this_or_a_later_term(cast: Cast) -> None:
    old = makers.term(cast.city, first=date(2020, 1, 1), last=date(2020, 6, 1))
    makers.slot(old, cast.other.id, weekday=0, period=1)
    makers.slot(makers.term(cast.city), cast.one.id, weekday=0, period=1)
    ids = [cast.one.id, cast.other.id, cast.far.id]
    assert classes_with_slots(ids, today()) == {cast.one.id}
    assert classes_with_slots([], today()) == set()


@pytest.mark.parametrize(("days", "count"), [(-1, 0), (0, 1), (13, 1), (14, 0)])
def test_what_is_on_air_within_two_weeks_counts(cast: Cast, days: int, count: int) -> None:
    makers.broadcast(cast.city, day=today() + timedelta(days=days))
    assert on_air_soon(cast.city.id, today()) == count
    assert on_air_soon(cast.city.id + 1, today()) == 0
