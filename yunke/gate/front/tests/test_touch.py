"""A pupil who watches on a classroom's computer is there; a page left open is not."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now
from yunke.gate.front.tests.makers import forget, send, token, writing
from yunke.gate.front.writes import WRITES, Someone
from yunke.ground.people.models import Session
from yunke.school.lessons.tests import makers as lessons

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made() -> Any:
    return lessons.hour()


@pytest.fixture(autouse=True)
def _writing() -> Any:
    with writing():
        yield


def sent(made: Any) -> dict[str, dict[str, Any]]:
    lesson = made.lesson.id
    return {
        "/front/presence": {"lesson": lesson},
        "/front/progress": {"lesson": lesson, "position": 9, "ranges": [[0, 9]], "of": 120},
        "/front/notes": {"lesson": lesson, "at": 1, "text": "静夜思"},
        "/front/answers": {"lesson": lesson, "answers": [{"task": made.task.id, "value": "B"}]},
    }


def write_at(path: str, made: Any, mark: str, minutes: float) -> int:
    forget()
    with time_machine.travel(now() + timedelta(minutes=minutes)):
        status: int = send(path, sent(made)[path], token=mark).status
    return status


@pytest.mark.parametrize("path", ["/front/progress", "/front/notes", "/front/answers"])
def test_what_a_person_does_begins_the_idle_minutes_again(made: Any, path: str) -> None:
    mark = token(made.people.pupil, registered=False)
    assert [write_at(path, made, mark, minutes) for minutes in (9, 18, 27)] == [200] * 3
    assert write_at(path, made, mark, 38) == 401, "eleven minutes with nobody there"


def test_a_page_left_open_ticks_on_and_is_forgotten(made: Any) -> None:
    mark = token(made.people.pupil, registered=False)
    assert [write_at("/front/presence", made, mark, at) for at in (5, 9.5)] == [200, 200]
    assert write_at("/front/presence", made, mark, 10.5) == 401


def test_a_session_is_noted_once_a_minute_however_much_is_sent(made: Any) -> None:
    mark, seen = token(made.people.pupil, registered=False), set()
    for minutes in (0.2, 0.5, 1.1, 1.2, 1.4, 2.3):
        assert write_at("/front/progress", made, mark, minutes) == 200
        seen.add(Session.objects.get().seen_at)
    assert len(seen) == 3


def test_noting_is_one_update_and_none_for_presence(made: Any) -> None:
    who = made.people.pupil
    token(who, registered=False)
    by = Someone(
        who.id, made.people.one.id, made.people.school.id, Session.objects.get().token_hash
    )
    for path, updates in (("/front/presence", 0), ("/front/progress", 1)):
        kind = WRITES[path]
        value = kind.shape.decode(body_of(sent(made)[path]))
        with CaptureQueriesContext(connection) as queries:
            kind.keep(by, value, "k" * 20)
        found = [q for q in queries if q["sql"].startswith('UPDATE "people_session"')]
        assert len(found) == updates, path


def body_of(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode()


def test_a_write_twice_under_one_key_is_noted_once(made: Any) -> None:
    mark = token(made.people.pupil, registered=False)
    start = now()
    value = sent(made)["/front/notes"]
    with time_machine.travel(start + timedelta(minutes=2)):
        send("/front/notes", value, token=mark, key="k" * 20)
    forget()
    with time_machine.travel(start + timedelta(minutes=6)):
        assert send("/front/notes", value, token=mark, key="k" * 20).status == 200
    assert Session.objects.get().seen_at < start + timedelta(minutes=3)
