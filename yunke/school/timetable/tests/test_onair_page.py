"""The broadcast schedule: now and next, the whole day, and a reminder that becomes a plan."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.clock import today
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.school.timetable.door import plan_rows
from yunke.school.timetable.models import PlanItem
from yunke.school.timetable.tests.makers import a_day, broadcast, day_cast

pytestmark = pytest.mark.django_db
# 08:35 at school: the first of the day is on the air since five minutes.
MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    found = day_cast()
    a_day(found.city, grade=3, count=2)
    return found


def text_of(client: Client, path: str, *, language: str = "zh-hans") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_stranger_sees_now_next_and_the_rest_of_the_day(people: Cast) -> None:
    shown = text_of(Client(), "/onair?grade=1")
    assert "现在看" in shown
    assert 'value="25" max="100"' in shown
    assert "接下来 · <time>09:20</time>" in shown
    assert shown.count('<li class="s-') == 4


def test_the_page_speaks_english(people: Cast) -> None:
    shown = text_of(Client(), "/onair?grade=1", language="en")
    assert "Broadcast schedule" in shown
    assert "Watch now" in shown
    assert "正在" not in shown


def test_between_lessons_the_next_is_told(people: Cast) -> None:
    with time_machine.travel(MORNING + timedelta(minutes=25), tick=False):
        shown = text_of(Client(), "/onair?grade=1")
    assert "现在是课间" in shown
    assert "下一节 09:20 开始" in shown
    assert "现在看" not in shown


def test_before_the_first_lesson_nothing_is_called_a_break(people: Cast) -> None:
    with time_machine.travel(MORNING - timedelta(hours=2), tick=False):
        shown = text_of(Client(), "/onair?grade=1")
    assert "今天还没开播" in shown
    assert "下一节 08:30 开始" in shown
    assert "现在是课间" not in shown


def test_in_the_evening_the_day_can_be_watched_again(people: Cast) -> None:
    with time_machine.travel(MORNING + timedelta(hours=11), tick=False):
        shown = text_of(Client(), "/onair?grade=1")
    assert "今天播完了" in shown
    assert shown.count("重看") == 4 + 1


def test_all_grades_stand_in_one_table(people: Cast) -> None:
    shown = text_of(Client(), "/onair?grade=3")
    assert shown.count('<th scope="row">') == 2
    assert shown.count('<tr class="own"><th scope="row">3 年级') == 1
    assert shown.count("<td></td>") == 2


def test_another_day_has_no_now(people: Cast) -> None:
    a_day(people.city, day=today() + timedelta(days=1), count=2)
    shown = text_of(Client(), "/onair?grade=1&day=2026-11-19")
    assert "现在看" not in shown
    assert shown.count('<li class="s-') == 2
    assert "day=2026-11-18" in shown
    assert "day=2026-11-20" in shown


def test_an_empty_day_says_what_to_do_next(people: Cast) -> None:
    shown = text_of(Client(), "/onair?grade=1&day=2026-11-22")
    assert "1 年级这一天没有播出" in shown
    assert "/week?grade=1" in shown


def test_feeds_are_offered(people: Cast) -> None:
    shown = text_of(Client(), "/onair?grade=3")
    for path in ("/feed/week-3.ics", "/feed/tv.xml", "/feed/tv.m3u", "/tv"):
        assert f'"{path}"' in shown


def test_a_pupil_is_not_offered_a_reminder_of_what_the_plan_has(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil), "/onair")
    assert "提醒我" not in shown
    assert shown.count("在计划里") == 3


def test_a_pupil_is_reminded_of_another_grades_lesson(people: Cast) -> None:
    other = broadcast(people.city, grade=5, period=4)
    client = signed_in(people.pupil)
    assert "提醒我" in text_of(client, "/onair?grade=5")
    answer = client.post(f"/onair/remind/{other.id}?grade=5", once())
    assert answer.status_code == 303
    assert answer["Location"] == "/onair?day=2026-11-18&grade=5"
    assert [r.broadcast_id for r in plan_rows(people.pupil.id, today())][-1] == other.id
    shown = text_of(client, answer["Location"])
    assert "提醒我" not in shown
    assert "已放进那一天的计划" in shown


def test_a_reminder_sent_twice_is_one_stop(people: Cast) -> None:
    other = broadcast(people.city, grade=5, period=4)
    client, key = signed_in(people.pupil), once()
    for _ in range(3):
        assert client.post(f"/onair/remind/{other.id}", key).status_code == 303
    assert PlanItem.objects.filter(broadcast=other).count() == 1


def test_a_reminder_of_nothing_is_not_found_and_keeps_nothing(people: Cast) -> None:
    assert signed_in(people.pupil).post("/onair/remind/999999", once()).status_code == 404
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize("name", ["teacher", "head", "admin", "city_staff"])
def test_staff_have_no_day_to_be_reminded_in(people: Cast, name: str) -> None:
    client = signed_in(getattr(people, name))
    number = people.more["day"][3].id
    assert client.post(f"/onair/remind/{number}", once()).status_code == 404
    assert "提醒我" not in text_of(client, "/onair?grade=3")


def test_a_stranger_is_asked_to_sign_in(people: Cast) -> None:
    answer = Client().post(f"/onair/remind/{people.more['day'][3].id}", once())
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_a_guardian_has_no_day_of_the_own(people: Cast) -> None:
    answer = signed_in(people.guardian).post(f"/onair/remind/{people.more['day'][3].id}", once())
    assert answer.status_code == 404
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize("pupils", [5, 50])
def test_the_page_costs_the_same_in_any_class(
    pupils: int, django_assert_max_num_queries: Any
) -> None:
    found = day_cast(pupils_in_class=pupils)
    client = signed_in(found.pupil)
    client.get("/onair")
    with django_assert_max_num_queries(3):
        client.get("/onair")
    stranger = Client()
    stranger.get("/onair?grade=1")
    with django_assert_max_num_queries(0):
        stranger.get("/onair?grade=1")
