"""The week: for everybody, one's own grade first, at one's own bells, at a constant price."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.clock import monday, today
from yunke.ground.people.tests.makers import (
    Cast,
    cast,
    guardian,
    person,
    pupil,
    school_class,
    signed_in,
)
from yunke.ground.people.values import Kind
from yunke.school.timetable.reads.air import forget
from yunke.school.timetable.tests.makers import a_lesson, a_week, bell, broadcast, slot, term

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 18, 0, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    found = cast()
    a_week(found.city, grade=1)
    return found


def text_of(client: Client, path: str, *, language: str = "zh-hans") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_stranger_sees_the_week_of_a_grade(people: Cast) -> None:
    shown = text_of(Client(), "/week?grade=1")
    assert "1 年级的一周" in shown
    assert shown.count('class="hour s-') == 15
    assert "08:30" in shown
    assert "/lesson/" in shown
    assert "11月16日" in shown


def test_the_page_speaks_english(people: Cast) -> None:
    shown = text_of(Client(), "/week?grade=1", language="en")
    assert "Grade 1, the week" in shown
    assert "Three ancient poems" in shown
    assert "16 Nov" in shown
    assert "年级" not in shown.replace("小学", "")


def test_a_pupils_own_grade_is_chosen(people: Cast) -> None:
    third = school_class(people.school, grade=3)
    client = signed_in(pupil(third))
    assert "3 年级的一周" in text_of(client, "/week")
    assert "1 年级的一周" in text_of(client, "/week?grade=1")


def test_a_guardian_sees_the_childs_grade(people: Cast) -> None:
    child = pupil(school_class(people.school, grade=4))
    assert "4 年级的一周" in text_of(signed_in(guardian(child)), "/week")


def test_a_guardian_of_nobody_yet_sees_the_citys_week(people: Cast) -> None:
    client = signed_in(person(Kind.GUARDIAN))
    assert 'class="hour s-' in text_of(client, "/week?grade=1")


def test_a_stranger_finds_the_grade_chosen_last_time(people: Cast) -> None:
    client = Client()
    text_of(client, "/week?grade=5")
    assert "5 年级的一周" in text_of(client, "/week")


@pytest.mark.parametrize("asked", ["0", "10", "99", "-1", "x", "3.5", ""])
def test_a_grade_that_is_none_falls_back(people: Cast, asked: str) -> None:
    assert "1 年级的一周" in text_of(Client(), f"/week?grade={asked}")


@pytest.mark.parametrize("asked", ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31", ""])
def test_a_week_that_is_none_is_this_week(people: Cast, asked: str) -> None:
    assert "本周" in text_of(Client(), f"/week?grade=1&week={asked}")


def test_weeks_before_and_after_are_a_tap_away(people: Cast) -> None:
    shown = text_of(Client(), "/week?grade=1")
    assert "grade=1&amp;week=2026-11-09" in shown
    assert "grade=1&amp;week=2026-11-23" in shown
    other = text_of(Client(), "/week?grade=1&week=2026-11-25")
    assert "回到本周" in other
    assert "11月23日" in other


def test_an_empty_week_says_what_to_do_next(people: Cast) -> None:
    shown = text_of(Client(), "/week?grade=1&week=2026-12-14")
    assert "这一周没有安排课" in shown
    assert "/catalogue?grade=1" in shown
    assert 'class="drawing"' in shown


def test_a_weekend_is_shown_when_something_is_on_it(people: Cast) -> None:
    assert "周六" not in text_of(Client(), "/week?grade=1")
    broadcast(people.city, day=monday(today()) + timedelta(days=5))
    shown = text_of(Client(), "/week?grade=1")
    assert "周六" in shown
    assert "周日" not in shown


def test_what_is_on_the_air_is_marked_with_its_share(people: Cast) -> None:
    shown = text_of(Client(), "/week?grade=1")
    assert shown.count("正在播出") == 1
    assert 'value="50" max="100"' in shown
    assert shown.count("is-today") >= 1


def test_a_phone_opens_at_today(people: Cast) -> None:
    shown = text_of(Client(), "/week?grade=1")
    assert 'id="pick-2" checked' in shown
    assert shown.count(" checked") == 1


def test_a_phone_opens_at_the_next_day_with_lessons(people: Cast) -> None:
    with time_machine.travel(WEDNESDAY - timedelta(days=2), tick=False):
        forget()
        assert 'id="pick-0" checked' in text_of(Client(), "/week?grade=1")
    with time_machine.travel(WEDNESDAY + timedelta(days=4), tick=False):
        forget()
        assert 'id="pick-0" checked' in text_of(Client(), "/week?grade=1")


def test_a_pupil_sees_the_bells_of_its_school_and_a_stranger_those_of_the_city(
    people: Cast,
) -> None:
    bell(people.school, 1, time(8, 5), time(8, 25))
    assert "08:05" in text_of(signed_in(people.pupil), "/week")
    stranger = text_of(Client(), "/week?grade=1")
    assert "08:05" not in stranger
    assert "08:30" in stranger
    assert "08:05" not in text_of(signed_in(people.far_pupil), "/week")


def test_a_pupil_sees_the_hours_at_school_beside_the_broadcasts(people: Cast) -> None:
    now_term = term(people.city, first=date(2026, 9, 1))
    slot(now_term, people.one.id, weekday=1, period=6, subject="sport")
    slot(now_term, people.one.id, weekday=1, period=1, subject="art")
    shown = text_of(signed_in(people.pupil), "/week")
    assert shown.count("在校上课") == 1
    assert "李老师" in shown
    assert "第 12 周" in shown
    assert "在校上课" not in text_of(signed_in(people.other_pupil), "/week")
    assert "在校上课" not in text_of(Client(), "/week?grade=1")
    assert "在校上课" not in text_of(signed_in(people.pupil), "/week?grade=2")


def test_a_calendar_and_paper_are_offered(people: Cast) -> None:
    shown = text_of(Client(), "/week?grade=1")
    assert "/feed/week-1.ics" in shown
    assert "data-print" in shown


def test_a_title_cannot_break_the_page(people: Cast) -> None:
    broadcast(people.city, period=6, of=a_lesson(title="<script>alert(1)</script>"))
    shown = text_of(Client(), "/week?grade=1")
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_nothing_inline_that_the_policy_would_refuse(people: Cast) -> None:
    shown = text_of(Client(), "/week?grade=1")
    assert " style=" not in shown
    assert "onclick" not in shown


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_costs_the_same_for_any_week(
    count: int, django_assert_max_num_queries: Any
) -> None:
    found = cast()
    a_week(found.city, grade=1, count=count)
    forget()
    with django_assert_max_num_queries(6):
        text_of(Client(), "/week?grade=1")
    with django_assert_max_num_queries(0):
        text_of(Client(), "/week?grade=1")


@pytest.mark.parametrize("pupils", [5, 50])
def test_the_page_costs_the_same_in_any_class(
    pupils: int, django_assert_max_num_queries: Any
) -> None:
    found = cast(pupils_in_class=pupils)
    a_week(found.city)
    client = signed_in(found.pupil)
    client.get("/week")
    with django_assert_max_num_queries(2):
        client.get("/week")


def test_only_reading_is_possible(people: Cast) -> None:
    assert Client().post("/week").status_code == 405
