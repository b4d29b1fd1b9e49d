"""Signing in by card at the front."""

from typing import Any

import pytest

from yunke.base.clock import today
from yunke.base.models import Receipt
from yunke.gate.front.tests.makers import ask, send, token, writing
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Card, Person, Session
from yunke.ground.people.reads import token_hash
from yunke.ground.people.tests import makers as people

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a-card-of-128-random-bits"


@pytest.fixture
def made() -> Any:
    cast = people.cast()
    Card.objects.create(person=cast.pupil, token_hash=token_hash(SECRET))
    return cast


@pytest.fixture(autouse=True)
def _writing() -> Any:
    with writing():
        yield


def cookie_of(heard: Any) -> str:
    return heard.headers["set-cookie"].partition("=")[2].partition(";")[0]


def test_a_card_signs_its_pupil_in(made: Any) -> None:
    heard = send("/front/card", {"token": SECRET})
    assert heard.status == 200
    assert ask("GET", "/front/today", token=cookie_of(heard)).status == 200
    session = Session.objects.get()
    assert (session.person_id, session.way, session.registered) == (made.pupil.id, "card", False)
    assert Event.objects.get(verb="person.signed_in").actor_id == made.pupil.id


def test_the_cookie_is_the_browsers_alone_and_lasts_only_on_ones_own_device(made: Any) -> None:
    short = send("/front/card", {"token": SECRET}).headers["set-cookie"]
    long = send("/front/card", {"token": SECRET, "remember": True}).headers["set-cookie"]
    for text in (short, long):
        assert "HttpOnly" in text
        assert "SameSite=Lax" in text
    assert "Max-Age" not in short
    assert "Max-Age=2592000" in long


def test_the_sessions_token_lies_in_no_receipt(made: Any) -> None:
    one, two = (send("/front/card", {"token": SECRET}, key="k" * 20) for _ in range(2))
    assert cookie_of(one) != cookie_of(two)
    assert not Receipt.objects.exists()


def test_a_card_that_was_revoked_or_made_up_opens_nothing(made: Any) -> None:
    assert send("/front/card", {"token": "made-up"}).status == 422
    Card.objects.update(revoked_at=people.now())
    heard = send("/front/card", {"token": SECRET})
    assert heard.status == 422
    assert heard.text
    assert not Session.objects.exists()


def test_a_pupil_who_left_cannot_scan_in(made: Any) -> None:
    Person.objects.filter(id=made.pupil.id).update(left_on=today())
    assert send("/front/card", {"token": SECRET}).status == 422


def test_the_child_who_sat_there_before_is_signed_out(made: Any) -> None:
    before = token(made.pupils[1])
    send("/front/card", {"token": SECRET}, token=before)
    assert [s.person_id for s in Session.objects.all()] == [made.pupil.id]


@pytest.mark.parametrize("value", [{}, {"token": 5}, {"token": "x" * 3000}, []])
def test_what_is_no_card_is_refused(made: Any, value: Any) -> None:
    assert send("/front/card", value).status in {413, 422}


def test_another_sites_page_cannot_sign_anybody_in(made: Any) -> None:
    assert send("/front/card", {"token": SECRET}, origin="http://evil.example").status == 403
    assert not Session.objects.exists()
