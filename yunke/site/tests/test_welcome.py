"""The front door: a stranger sees what is on, nine grades and the way in; others go home."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.school.timetable.tests.makers import a_day, day_cast

pytestmark = pytest.mark.django_db
# 08:35 at school: the first lesson of each grade runs since five minutes.
MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    found = day_cast()
    for grade in range(2, 8):
        a_day(found.city, grade=grade, count=2)
    return found


def text_of(client: Client, *, language: str = "zh-hans") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_chooses_a_grade_or_signs_in(people: Cast) -> None:
    shown = text_of(Client())
    for grade in range(1, 10):
        assert f'href="/week?grade={grade}"' in shown
    assert 'href="/sign-in"' in shown
    assert shown.count("main-thing") == 1


def test_what_is_on_the_air_is_shown_with_its_share(people: Cast) -> None:
    shown = text_of(Client())
    assert "正在播出" in shown
    assert shown.count('class="air-card') == 5
    assert 'value="25" max="100"' in shown


def test_between_lessons_what_comes_is_shown(people: Cast) -> None:
    with time_machine.travel(MORNING + timedelta(minutes=25), tick=False):
        shown = text_of(Client())
    assert "接下来播出" in shown
    assert "正在播出" not in shown
    assert "09:20" in shown


def test_in_the_evening_the_door_is_still_whole(people: Cast) -> None:
    with time_machine.travel(MORNING + timedelta(hours=12), tick=False):
        shown = text_of(Client())
    assert "air-card" not in shown
    assert "今天上什么课" in shown


def test_a_site_without_a_city_leads_to_its_first_day() -> None:
    client = Client()
    assert client.get("/")["Location"] == "/first-day"
    assert "安装码" in client.get("/first-day").content.decode()


def test_the_door_speaks_english(people: Cast) -> None:
    shown = text_of(Client(), language="en")
    assert "What is on today?" in shown
    assert "年级" not in shown


def test_the_picture_says_what_it_shows_and_needs_nothing_from_outside(people: Cast) -> None:
    shown = text_of(Client())
    assert 'role="img"' in shown
    assert "http://" not in shown.replace("http://www.w3.org", "")
    assert " style=" not in shown


@pytest.mark.parametrize(
    ("name", "home"),
    [("pupil", "/today"), ("guardian", "/child"), ("teacher", "/class"), ("head", "/class")],
)
def test_who_is_signed_in_goes_home(people: Cast, name: str, home: str) -> None:
    answer = signed_in(getattr(people, name)).get("/")
    assert (answer.status_code, answer["Location"]) == (302, home)


def test_the_door_costs_nothing_once_the_day_is_known(
    people: Cast, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.get("/")
    with django_assert_max_num_queries(1):
        client.get("/")
