"""One's own account: devices to end, a password to change, a log to read."""

import pytest
from django.conf import settings
from django.test import Client

from yunke.ground.lake.door import events_of
from yunke.ground.people.models import Session
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import PASSWORD, Cast, signed_in
from yunke.ground.people.tests.test_sign_in import by_password, is_in

pytestmark = pytest.mark.django_db
NEW = "a-boat-on-the-lake"


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def change(client: Client, now: str = PASSWORD, new: str = NEW, again: str = "") -> int:
    form = {"now": now, "new": new, "again": again or new}
    return client.post("/account/password", form).status_code


def test_a_changed_password_signs_every_other_device_out(cast: Cast) -> None:
    here, there = signed_in(cast.teacher), signed_in(cast.teacher)
    assert change(here) == 303
    assert is_in(here)
    assert not is_in(there)
    old, new = Client(), Client()
    assert by_password(old, cast.teacher.login).status_code == 422
    assert by_password(new, cast.teacher.login, NEW).status_code == 303
    assert "person.password_changed" in [e.verb for e in events_of(cast.teacher.id).rows]


def test_the_old_password_is_asked_for(cast: Cast) -> None:
    client = signed_in(cast.teacher)
    assert change(client, now="wrong-wrong") == 422
    assert by_password(Client(), cast.teacher.login).status_code == 303


def test_ten_wrong_old_passwords_close_the_form(cast: Cast) -> None:
    client = signed_in(cast.teacher)
    for _n in range(10):
        assert change(client, now="wrong-wrong") == 422
    assert change(client) == 422
    assert by_password(Client(), cast.teacher.login).status_code == 303


@pytest.mark.parametrize(
    ("new", "again"), [("short", ""), ("password", ""), ("aaaaaaaa", ""), (NEW, "different-one")]
)
def test_a_poor_new_password_is_refused(cast: Cast, new: str, again: str) -> None:
    client = signed_in(cast.teacher)
    assert change(client, new=new, again=again) == 422
    assert by_password(Client(), cast.teacher.login).status_code == 303


def test_who_has_no_password_cannot_change_one(cast: Cast) -> None:
    child = makers.pupil(cast.one, password="")
    client = signed_in(child)
    assert client.get("/account/password").status_code == 404
    assert "/account/password" not in client.get("/account").content.decode()


def test_a_device_is_ended_by_its_owner_alone(cast: Cast) -> None:
    here, there = signed_in(cast.teacher), signed_in(cast.teacher)
    theirs = Session.objects.filter(person=cast.teacher).order_by("-id")[0]
    stranger = signed_in(cast.head)
    assert stranger.post(f"/account/devices/{theirs.id}/end", makers.once()).status_code == 404
    assert is_in(there)
    assert here.post(f"/account/devices/{theirs.id}/end", makers.once()).status_code == 303
    assert not is_in(there)
    assert is_in(here)


def test_all_other_devices_are_ended_at_once(cast: Cast) -> None:
    here, others = signed_in(cast.teacher), [signed_in(cast.teacher) for _n in range(3)]
    nobody_else = signed_in(cast.head)
    assert here.post("/account/devices/end", makers.once()).status_code == 303
    assert is_in(here)
    assert not any(is_in(other) for other in others)
    assert is_in(nobody_else)


def test_the_page_names_devices_and_marks_the_one_in_hand(cast: Cast) -> None:
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1"
    phone = Client(headers={"user-agent": agent})
    by_password(phone, cast.teacher.login)
    signed_in(cast.teacher)
    page = phone.get("/account").content.decode()
    assert "iPhone · Safari" in page
    assert "就是这台" in page
    assert page.count("/end") >= 2


def test_the_log_tells_what_one_did_and_what_others_did_about_one(cast: Cast) -> None:
    client = Client()
    by_password(client, cast.pupil.login)
    head = signed_in(cast.head)
    head.post(
        f"/class/{cast.one.id}/cards/print",
        {**makers.once(), "which": "ticked", "pupil": [cast.pupil.id]},
    )
    mine = client.get("/account/log").content.decode()
    assert "登录了" in mine
    assert f"发了登录卡：{cast.pupil.name}" in mine
    assert cast.pupil.name not in signed_in(cast.pupils[1]).get("/account/log").content.decode()


def test_the_log_pages_through(cast: Cast) -> None:
    client = signed_in(cast.teacher)
    for _n in range(35):
        makers.sign_in(Client(), cast.teacher)
    first = client.get("/account/log")
    assert first.context["found"].more
    second = client.get("/account/log?page=2")
    assert not second.context["found"].more
    assert len(second.context["lines"]) >= 6
    assert client.get("/account/log?page=nonsense").status_code == 200


@pytest.mark.parametrize("path", ["/account", "/account/log", "/account/password", "/pair"])
def test_nobody_but_oneself(path: str) -> None:
    assert Client().get(path)["Location"] == f"/sign-in?next={path}"


def test_no_write_of_an_account_passes_without_the_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    makers.sign_in(client, cast.head)
    one, child = cast.one.id, cast.pupil.id
    for path in (
        "/sign-in", "/sign-in/class", f"/sign-in/class/{child}", "/sign-in/second", "/sign-out",
        "/card", "/account/password", "/account/second", "/account/second/remove", "/bind",
        "/account/devices/end", "/account/devices/1/end", f"/class/{one}/cards/print",
        f"/class/{one}/cards/{child}/end", f"/class/{one}/code", f"/class/{one}/pictures/print",
        f"/class/{one}/guardians/print", f"/class/{one}/guardians/{child}/end",
        f"/class/{one}/ties/1/end", "/tv/pair/poll", "/pair", f"/people/person/{child}/leave",
        f"/people/person/{child}/password", f"/people/person/{child}/second",
    ):  # fmt: skip
        assert client.post(path, makers.once()).status_code == 403, path
    assert is_in(client)


def test_no_page_may_be_framed_or_kept_by_a_shared_cache(cast: Cast) -> None:
    response = signed_in(cast.head).get(f"/class/{cast.one.id}/cards")
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert settings.SESSION_COOKIE_HTTPONLY
