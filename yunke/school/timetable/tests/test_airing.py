"""The bureau puts a lesson on air: one grade, one free period, on a day of school."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings

from yunke.base.clock import today
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.school.timetable.actions.terms import day_off_set
from yunke.school.timetable.models import Broadcast
from yunke.school.timetable.tests import makers

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(makers.at_clock(time(7), MONDAY), tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    made = people.cast(pupils_in_class=1)
    makers.bell(made.city, 1, time(8, 20), time(9))
    makers.bell(made.city, 2, time(9, 10), time(9, 50))
    made.more["lesson"] = makers.a_lesson(grade=1)
    return made


def put(cast: Cast, somebody: Any = None, **told: object) -> Any:
    values = {"grade": 1, "lesson": cast.more["lesson"].id, "day": today(), "period": 1, **told}
    return signed_in(somebody or cast.city_staff).post("/onair/plan", {**once(), **values})


def test_a_lesson_is_on_air_at_the_bell_of_its_period(cast: Cast) -> None:
    answer = put(cast, period=2)
    assert (answer.status_code, answer["Location"]) == (303, "/onair/plan?grade=1&week=2026-11-16")
    row = Broadcast.objects.get()
    assert (row.grade, row.day, row.period) == (1, MONDAY, 2)
    assert row.starts_at == makers.at_clock(time(9, 10), MONDAY)
    assert row.ends_at == makers.at_clock(time(9, 50), MONDAY)
    assert row.city_id == cast.city.id
    event = Event.objects.get(verb="week.set")
    assert (event.actor_id, event.object_kind) == (cast.city_staff.id, "broadcast")


def test_a_period_put_again_is_replaced(cast: Cast) -> None:
    put(cast)
    other = makers.a_lesson(grade=1, title="另一节")
    put(cast, lesson=other.id)
    assert Broadcast.objects.get().lesson_id == other.id


@pytest.mark.parametrize(
    ("told", "status"),
    [({"day": "2026-11-15"}, 422), ({"day": "soon"}, 422), ({"day": ""}, 422),
     ({"period": 3}, 422), ({"period": "x"}, 422), ({"lesson": 999_999}, 404),
     ({"lesson": ""}, 404), ({"grade": 2}, 404)],
)  # fmt: skip
def test_what_cannot_be_on_air_is_refused_and_nothing_is_kept(
    cast: Cast, told: dict[str, object], status: int
) -> None:
    assert put(cast, **told).status_code == status
    assert not Broadcast.objects.exists()


def test_a_day_without_school_has_no_lesson(cast: Cast) -> None:
    makers.term(cast.city)
    place = people.who(cast.city_staff).grants[0].place
    day_off_set(actor_id=1, place=place, first=MONDAY, last=MONDAY, name="停电", taught_as=None)
    makers.forget()
    assert put(cast).status_code == 422
    assert put(cast, day=MONDAY + timedelta(days=1)).status_code == 303
    page = signed_in(cast.city_staff).get("/onair/plan")
    assert MONDAY not in page.context["days"]


@pytest.mark.parametrize("name", ["admin", "head", "teacher", "pupil", "guardian", "far_admin"])
def test_nobody_but_the_bureau_finds_the_desk(cast: Cast, name: str) -> None:
    somebody = getattr(cast, name)
    assert signed_in(somebody).get("/onair/plan").status_code == 404
    assert put(cast, somebody).status_code == 404
    assert not Broadcast.objects.exists()


def test_another_citys_bureau_writes_its_own_week_only(cast: Cast) -> None:
    there = people.cast(pupils_in_class=1)
    assert put(cast, there.city_staff).status_code in {404, 422}
    assert not Broadcast.objects.filter(city_id=cast.city.id).exists()


@pytest.mark.parametrize(
    ("query", "grade", "first"),
    [("", 1, MONDAY), ("?grade=3", 3, MONDAY), ("?grade=10", 1, MONDAY), ("?grade=x", 1, MONDAY),
     ("?grade=" + "9" * 5000, 1, MONDAY),
     ("?week=2026-11-26", 1, date(2026, 11, 23)), ("?week=never", 1, MONDAY)],
)  # fmt: skip
def test_grade_and_week_are_chosen_in_the_address(
    cast: Cast, query: str, grade: int, first: date
) -> None:
    shown = signed_in(cast.city_staff).get(f"/onair/plan{query}").context
    assert (shown["grade"], shown["first"]) == (grade, first)
    assert (shown["before"], shown["after"]) == (first - timedelta(7), first + timedelta(7))


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "年级排播出"), ("en", "on air")])
def test_the_desk_speaks_both_languages_and_says_what_is_missing_first(
    cast: Cast, language: str, word: str
) -> None:
    client = signed_in(cast.city_staff)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert word in client.get("/onair/plan").content.decode()
    empty = client.get("/onair/plan?grade=9")
    assert empty.status_code == 200
    assert empty.context["lessons"] in ([], ())
