"""Who is behind a request: the cookie of today, never of somebody who has left."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from yunke.ground.people.door import second_factor_seal
from yunke.ground.people.tests.makers import Cast, Person, Session, cast, sign_in, signed_in
from yunke.site import session
from yunke.site.session import SessionMiddleware

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)
WAYS_IN = {"pupil": "/packs", "guardian": "/child", "teacher": "/make", "admin": "/people"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as found:
        yield found


@pytest.fixture
def people() -> Cast:
    return cast()


def seen(token: str | None) -> Any:
    """What the middleware hangs on a request with this cookie."""
    request = RequestFactory().get("/")
    if token is not None:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = token
    kept: list[HttpRequest] = []

    def view(asked: HttpRequest) -> HttpResponse:
        kept.append(asked)
        return HttpResponse()

    SessionMiddleware(view)(request)
    return kept[0]


@pytest.mark.parametrize("token", [None, "", "x", "\x00", "密", "a" * 100_000, "' OR 1"])
def test_a_cookie_that_is_none_is_a_stranger(token: str | None) -> None:
    request = seen(token)
    assert request.who is None
    assert not request.holds("account.read")


def test_a_broken_cookie_header_is_a_stranger_and_no_trouble(people: Cast) -> None:
    for header in ("yunke=\xff\xfe", "yunke", "=;=;yunke=", "yunke=" + "z" * 9000, ";" * 500):
        answer = Client().get("/account", headers={"cookie": header})
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=/account")


def test_the_person_and_the_rights_are_known_to_the_view(people: Cast) -> None:
    client = Client()
    sign_in(client, people.teacher)
    request = seen(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert request.who.id == people.teacher.id
    assert request.holds("class.read")
    assert not request.holds("people.write")


@pytest.mark.parametrize("name", list(WAYS_IN))
def test_a_leaver_is_out_on_the_next_request(name: str, people: Cast) -> None:
    somebody = getattr(people, name)
    client = signed_in(somebody)
    assert client.get(WAYS_IN[name]).status_code == 200
    Person.objects.filter(id=somebody.id).update(left_on=MORNING.date())
    assert client.get(WAYS_IN[name])["Location"].startswith("/sign-in?next=")


def test_a_session_that_was_ended_elsewhere_is_out_on_the_next_request(people: Cast) -> None:
    client, other = signed_in(people.teacher), signed_in(people.teacher)
    Session.objects.order_by("id").first().delete()
    assert client.get("/make").status_code == 302
    assert other.get("/make").status_code == 200


def test_a_session_ends_with_its_day(people: Cast, clock: Any) -> None:
    client = signed_in(people.teacher)
    ends = Session.objects.get().expires_at
    clock.move_to(ends - timedelta(seconds=1))
    assert client.get("/make").status_code == 200
    clock.move_to(ends + timedelta(seconds=1))
    assert client.get("/make").status_code == 302


def test_a_pupil_who_walks_away_from_a_classrooms_computer_is_out(people: Cast, clock: Any) -> None:
    client = Client()
    sign_in(client, people.pupil, registered=False)
    for _turn in range(4):
        clock.shift(timedelta(minutes=9))
        assert client.get("/packs").status_code == 200, "who works stays in"
    clock.shift(timedelta(minutes=10, seconds=1))
    assert client.get("/packs").status_code == 302


def test_the_own_device_of_a_pupil_stays_over_the_evening(people: Cast, clock: Any) -> None:
    client = signed_in(people.pupil)
    clock.shift(timedelta(hours=8))
    assert client.get("/packs").status_code == 200


def test_half_signed_in_leads_to_the_code_from_everywhere(people: Cast) -> None:
    Person.objects.filter(id=people.head.id).update(
        totp=second_factor_seal("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    )
    people.head.refresh_from_db()
    client = signed_in(people.head)
    assert client.get("/")["Location"] == "/class"
    Session.objects.update(second_factor_at=None)
    for path in ("/", "/class", "/account", "/make"):
        assert client.get(path)["Location"].startswith("/sign-in/second"), path
    assert "/class" not in client.get("/week").content.decode()


def test_a_write_of_somebody_half_signed_in_changes_nothing(people: Cast) -> None:
    Person.objects.filter(id=people.head.id).update(totp=second_factor_seal("JBSWY3DPEHPK3PXP"))
    people.head.refresh_from_db()
    client = signed_in(people.head)
    Session.objects.update(second_factor_at=None)
    client.post("/account/devices/end", {"once": str(uuid.uuid4())})
    assert Session.objects.count() == 1


def test_a_token_does_not_stand_in_the_database(people: Cast) -> None:
    client = signed_in(people.pupil)
    token = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert len(token) >= 32
    assert token not in str(Session.objects.values().get())


def busy(token: str) -> Any:
    raise OperationalError("database is locked")


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "系统正忙"), ("en", "busy")])
def test_a_busy_database_is_said_as_such_before_any_view(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "session_who", busy)
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get("/week")
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")
    assert words in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


def test_a_fault_of_ours_is_a_page_of_the_house_that_gives_nothing_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(token: str) -> Any:
        raise RuntimeError("the secret of line 7")

    monkeypatch.setattr(session, "session_who", broken)
    answer = Client(raise_request_exception=False).get("/week")
    assert answer.status_code == 500
    assert "出错了" in answer.content.decode()
    assert "line 7" not in answer.content.decode()
