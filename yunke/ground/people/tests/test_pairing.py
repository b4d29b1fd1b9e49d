"""A TV and a phone: the code on the screen, a yes on the phone, a session for the TV alone."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.clock import now, today
from yunke.ground.lake.door import events_of
from yunke.ground.people.actions.pairing import pairing_find
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.models import Pairing, Person, Session
from yunke.ground.people.rules.codes import code_new
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_sign_in import is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def a_tv() -> tuple[Client, str]:
    """A TV that shows its code."""
    tv = Client()
    page = tv.get("/tv/pair")
    return tv, page.context["code"].replace(" ", "")


def test_a_tv_waits_and_is_signed_in_after_the_phone_said_yes(cast: Cast) -> None:
    tv, code = a_tv()
    assert tv.post("/tv/pair/poll").status_code == 204
    phone = signed_in(cast.pupil)
    assert cast.pupil.name in phone.get(f"/pair?code={code}").content.decode()
    phone.post("/pair", {"code": code, "person": cast.pupil.id})
    ready = tv.post("/tv/pair/poll")
    assert (ready.status_code, ready["HX-Redirect"]) == (200, "/tv")
    assert is_in(tv)
    session = Session.objects.get(way="tv")
    assert (session.person_id, session.registered, session.device) == (cast.pupil.id, True, "TV")
    assert "device.paired" in [line.verb for line in events_of(cast.pupil.id).rows]


def test_the_session_is_given_once(cast: Cast) -> None:
    tv, code = a_tv()
    second_tab = Client()
    second_tab.cookies["yunke_tv"] = tv.cookies["yunke_tv"].value
    signed_in(cast.pupil).post("/pair", {"code": code, "person": cast.pupil.id})
    assert tv.post("/tv/pair/poll").status_code == 200
    assert second_tab.post("/tv/pair/poll").status_code == 204
    assert settings.SESSION_COOKIE_NAME not in second_tab.cookies


def test_who_only_knows_the_code_gets_no_session(cast: Cast) -> None:
    _tv, code = a_tv()
    signed_in(cast.pupil).post("/pair", {"code": code, "person": cast.pupil.id})
    watcher = Client()
    watcher.cookies["yunke_tv"] = code
    assert watcher.post("/tv/pair/poll").status_code == 204
    assert settings.SESSION_COOKIE_NAME not in watcher.cookies


def test_the_screen_keeps_its_code_over_a_reload_and_renews_it_after_ten_minutes() -> None:
    tv, code = a_tv()
    assert tv.get("/tv/pair").context["code"].replace(" ", "") == code
    assert Pairing.objects.count() == 1
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert tv.post("/tv/pair/poll")["HX-Refresh"] == "true"
        assert tv.get("/tv/pair").context["code"].replace(" ", "") != code
        assert Pairing.objects.count() == 1, "the old one is swept"


def test_an_expired_code_is_confirmed_by_nobody(cast: Cast) -> None:
    _tv, code = a_tv()
    phone = signed_in(cast.pupil)
    with time_machine.travel(now() + timedelta(minutes=11)):
        response = phone.post("/pair", {"code": code, "person": cast.pupil.id})
    assert response.status_code == 422
    assert "没有电视在等这个码" in response.content.decode()


def test_a_guardian_signs_the_familys_tv_in_as_their_own_child_alone(cast: Cast) -> None:
    tv, code = a_tv()
    phone = signed_in(cast.guardian)
    for stranger in (cast.pupils[1].id, cast.head.id, 999_999, ""):
        answer = phone.post("/pair", {"code": code, "person": stranger})
        assert answer.status_code == 422
    assert tv.post("/tv/pair/poll").status_code == 204
    phone.post("/pair", {"code": code, "person": cast.pupil.id})
    tv.post("/tv/pair/poll")
    assert Session.objects.get(way="tv").person_id == cast.pupil.id


def test_a_stranger_is_asked_to_sign_in_first(cast: Cast) -> None:
    _tv, code = a_tv()
    response = Client().get(f"/pair?code={code}")
    assert response["Location"] == f"/sign-in?next=/pair%3Fcode%3D{code}"


def test_twenty_unknown_codes_are_enough(cast: Cast) -> None:
    _tv, code = a_tv()
    for _n in range(20):
        pairing_find(code=code_new(6), asker=cast.pupil.id)
    with pytest.raises(TooOften):
        pairing_find(code=code, asker=cast.pupil.id)
    assert pairing_find(code=code, asker=cast.head.id)


def test_a_tv_of_somebody_who_left_meanwhile_stays_out(cast: Cast) -> None:
    tv, code = a_tv()
    signed_in(cast.pupil).post("/pair", {"code": code, "person": cast.pupil.id})
    Person.objects.filter(id=cast.pupil.id).update(left_on=today())
    assert tv.post("/tv/pair/poll").status_code == 204
    assert not Session.objects.filter(way="tv").exists()
