"""The page of counts, and one's own log to take away."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from yunke.base.clock import now
from yunke.craft.formats.tests.statements import problems
from yunke.ground.lake.door import Verb, acts_of, event_record, lake_flush
from yunke.ground.lake.tests.makers import crowd
from yunke.ground.people.door import schools_reached
from yunke.ground.people.tests.makers import Cast, cast, signed_in, who
from yunke.site.events import hours_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "LAKE_ROOT", tmp_path)
    cache.clear()


@pytest.fixture
def people() -> Cast:
    return cast()


def page(client: Client, language: str = "zh-hans", path: str = "/events") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_city_looks_and_a_school_is_led_to_the_released_figures(people: Cast) -> None:
    assert "使用情况" in page(signed_in(people.city_staff))
    for somebody in (people.admin, people.far_admin):
        answer = signed_in(somebody).get("/events")
        assert (answer.status_code, answer["Location"]) == (302, "/participation")


def test_nobody_else_finds_the_page(people: Cast) -> None:
    for somebody in (people.pupils[0], people.guardian, people.teacher, people.head):
        assert signed_in(somebody).get("/events").status_code == 404


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get("/events")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_how_far_a_look_reaches(people: Cast) -> None:
    assert schools_reached(who(people.city_staff), "events.read") is None
    assert schools_reached(who(people.admin), "events.read") == {people.school.id}
    assert schools_reached(who(people.teacher), "events.read") == frozenset()


def test_numbers_are_round_and_people_at_least(people: Cast) -> None:
    day = now() - timedelta(days=1)
    crowd(day, 12, Verb.PRESENT, school_id=people.school.id)
    crowd(day, 31, Verb.OPENED, school_id=people.far_school.id, title="别校的课")
    lake_flush()
    text = page(signed_in(people.city_staff))
    assert "<td>10</td><td>10</td>" in text
    assert "<td>30</td><td>30</td>" in text
    assert "别校的课" in text


def test_few_people_leave_no_number(people: Cast) -> None:
    crowd(now() - timedelta(days=1), 9, Verb.PRESENT, school_id=people.school.id)
    lake_flush()
    text = page(signed_in(people.city_staff))
    assert ">9<" not in text
    assert "昨天的人数不够" in text


def test_the_page_is_english_when_asked(people: Cast) -> None:
    crowd(now() - timedelta(days=1), 12, Verb.PRESENT, school_id=people.school.id)
    lake_flush()
    text = page(signed_in(people.city_staff), "en")
    assert "How it is used" in text
    assert "Present" in text
    assert "使用情况" not in text


def test_the_page_costs_the_same_at_any_number_of_people(
    people: Cast, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(people.city_staff)
    client.get("/events")
    crowd(now() - timedelta(days=1), 300, school_id=people.school.id)
    lake_flush()
    cache.clear()
    with django_assert_max_num_queries(16):
        client.get("/events")


NOON = datetime(2026, 3, 4, 4, 20, tzinfo=UTC)  # 12:20 at school


def test_hours_come_in_the_order_of_the_day() -> None:
    with time_machine.travel(NOON, tick=False):
        people = cast()
        for ago, many in ((2, 30), (3, 12), (1, 15)):
            crowd(now() - timedelta(hours=ago), many)
        lake_flush()
        hours = hours_of(acts_of(None))
        text = page(signed_in(people.city_staff))
    assert [(hour["name"], hour["people"]) for hour in hours] == [
        ("9:00", 10),
        ("10:00", 30),
        ("11:00", 15),
    ]
    assert text.index("9:00") < text.index("10:00") < text.index("11:00")
    assert 'max="30" value="10"' in text


def test_an_hour_of_few_is_joined_to_another() -> None:
    with time_machine.travel(NOON, tick=False):
        people = cast()
        crowd(now() - timedelta(hours=2), 30)
        crowd(now() - timedelta(hours=3), 4)
        crowd(now() - timedelta(hours=1), 50)
        lake_flush()
        text = page(signed_in(people.city_staff))
    assert ">50<" in text
    assert "9:00" not in text
    assert "10:00" not in text, "the four could be had by taking away"
    assert "30 件事" in text or "40 件事" in text


def log(client: Client, query: str = "") -> Any:
    answer = client.get("/account/log.json" + query)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]


def test_everybody_takes_the_own_log_away_as_xapi(people: Cast) -> None:
    pupil, other = people.pupils[0], people.pupils[1]
    for somebody in (pupil, other):
        event_record(
            actor_id=somebody.id, verb=Verb.OPENED, object_kind="lesson", object_id=4, title="圆"
        )
    event_record(
        actor_id=people.teacher.id, verb=Verb.TEACHER_LOOKED, object_kind="class",
        subject_id=pupil.id,
    )  # fmt: skip
    found = log(signed_in(pupil))
    assert [problem for line in found for problem in problems(line)] == []
    actors = {line["actor"]["account"]["name"] for line in found}
    assert str(people.teacher.id) in actors, "what others did about me is mine too"
    assert str(other.id) not in actors


def test_a_guardian_takes_the_own_childs_log_and_no_other(people: Cast) -> None:
    child = people.guardian.wards.get().child
    event_record(actor_id=child.id, verb=Verb.PRESENT, object_kind="day")
    client = signed_in(people.guardian)
    assert {line["actor"]["account"]["name"] for line in log(client, f"?child={child.id}")} == {
        str(child.id)
    }
    for stranger in (people.far_pupil.id, people.other_pupil.id, "x"):
        assert client.get(f"/account/log.json?child={stranger}").status_code == 404


def test_the_log_of_a_new_account_is_a_valid_empty_list_or_its_sign_in(people: Cast) -> None:
    event_free = log(signed_in(people.far_pupil))
    assert isinstance(event_free, list)


def test_a_stranger_has_no_log() -> None:
    assert Client().get("/account/log.json").status_code == 302
