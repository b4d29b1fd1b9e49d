"""Who would like somebody else's TV, or somebody else on their own: every way is shut."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import Client

from yunke.base.clock import now, today
from yunke.ground.lake.door import events_of
from yunke.ground.people.actions.pairing import pairing_confirm, pairing_find, pairing_take
from yunke.ground.people.models import Membership, Pairing, Session
from yunke.ground.people.reads.pairing import pairing_waits
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_pairing import a_tv
from yunke.ground.people.tests.test_sign_in import is_in
from yunke.ground.people.views.pairing import COOKIE as TV_COOKIE

pytestmark = pytest.mark.django_db
SESSION = settings.SESSION_COOKIE_NAME


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def confirm(client: Client, code: str, person: int) -> Any:
    return client.post("/pair", {"code": code, "person": person})


def test_the_screen_and_its_qr_code_never_show_the_secret() -> None:
    tv = Client()
    page = tv.get("/tv/pair")
    _code, secret = signing.loads(tv.cookies[TV_COOKIE].value, salt=TV_COOKIE)
    assert len(secret) >= 40
    assert secret not in page.content.decode()
    assert Pairing.objects.get().secret_hash != secret
    assert tv.cookies[TV_COOKIE]["httponly"]
    assert tv.cookies[TV_COOKIE]["samesite"] == "Lax"


def test_a_cookie_made_up_with_the_right_code_is_not_signed_and_opens_nothing(cast: Cast) -> None:
    _tv, code = a_tv()
    confirm(signed_in(cast.pupil), code, cast.pupil.id)
    for forged in (
        signing.dumps([code, "guess"], salt=TV_COOKIE), signing.dumps([code, ""], salt=TV_COOKIE),
        signing.dumps([code, "guess"], salt="another"), f"{code}:guess", "",
    ):  # fmt: skip
        thief = Client()
        thief.cookies[TV_COOKIE] = forged
        assert thief.post("/tv/pair/poll").status_code == 204
        assert SESSION not in thief.cookies


@pytest.mark.parametrize("value", [[], ["only-one"], [1, 2, 3], "text", {"code": "x"}])
def test_a_signed_cookie_of_another_shape_is_a_tv_without_a_code(value: Any) -> None:
    tv = Client()
    tv.cookies[TV_COOKIE] = signing.dumps(value, salt=TV_COOKIE)
    response = tv.post("/tv/pair/poll")
    assert (response.status_code, response["HX-Refresh"]) == (204, "true")
    assert tv.get("/tv/pair").status_code == 200


def test_the_phones_yes_must_be_a_post_with_its_csrf_token(cast: Cast) -> None:
    _tv, code = a_tv()
    phone = Client(enforce_csrf_checks=True)
    makers.sign_in(phone, cast.pupil)
    shown = phone.get(f"/pair?code={code}&person={cast.pupil.id}")
    assert shown.status_code == 200
    assert Pairing.objects.get().person_id is None, "looking is not confirming"
    assert confirm(phone, code, cast.pupil.id).status_code == 403
    assert Pairing.objects.get().person_id is None
    token = phone.cookies["csrftoken"].value
    form = {"code": code, "person": cast.pupil.id, "csrfmiddlewaretoken": token}
    assert phone.post("/pair", form).status_code == 303
    assert Pairing.objects.get().person_id == cast.pupil.id


def test_a_stranger_confirms_nothing(cast: Cast) -> None:
    _tv, code = a_tv()
    response = confirm(Client(), code, cast.pupil.id)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in")
    assert Pairing.objects.get().person_id is None


def test_who_is_second_confirms_nothing_and_the_first_stays(cast: Cast) -> None:
    tv, code = a_tv()
    confirm(signed_in(cast.pupil), code, cast.pupil.id)
    late = confirm(signed_in(cast.pupils[1]), code, cast.pupils[1].id)
    assert late.status_code == 422
    tv.post("/tv/pair/poll")
    assert Session.objects.get(way="tv").person_id == cast.pupil.id


def test_two_phones_that_found_the_code_at_once_are_one_yes(cast: Cast) -> None:
    _tv, code = a_tv()
    found = pairing_find(code=code, asker=cast.pupil.id)
    assert found
    yes = [
        pairing_confirm(who_id=who.id, pairing_id=found.id, person_id=who.id)
        for who in cast.pupils[:2]
    ]
    assert yes == [True, False]
    assert Pairing.objects.get().person_id == cast.pupil.id
    assert "device.paired" not in [e.verb for e in events_of(cast.pupils[1].id).rows]


def test_a_teacher_never_signs_a_tv_in_as_a_pupil_of_the_class(cast: Cast) -> None:
    _tv, code = a_tv()
    for somebody in (cast.head, cast.teacher, cast.admin, cast.city_staff):
        phone = signed_in(somebody)
        page = phone.get(f"/pair?code={code}").content.decode()
        assert cast.pupil.name not in page
        assert confirm(phone, code, cast.pupil.id).status_code == 422
    assert Pairing.objects.get().person_id is None


def test_a_code_is_read_as_people_type_it(cast: Cast) -> None:
    for typed in ("{0} {1}", "{0}-{1}", " {0}{1} "):
        _tv, code = a_tv()
        text = typed.format(code[:3].lower(), code[3:])
        page = signed_in(cast.pupil).get("/pair", {"code": text}).content.decode()
        assert f'value="{cast.pupil.id}"' in page, typed


def test_a_used_code_is_worth_nothing(cast: Cast) -> None:
    tv, code = a_tv()
    phone = signed_in(cast.pupil)
    confirm(phone, code, cast.pupil.id)
    tv.post("/tv/pair/poll")
    assert confirm(phone, code, cast.pupil.id).status_code == 422
    assert Session.objects.filter(way="tv").count() == 1


def test_a_yes_that_the_tv_never_fetched_ends_with_the_code(cast: Cast) -> None:
    tv, code = a_tv()
    confirm(signed_in(cast.pupil), code, cast.pupil.id)
    _code, secret = signing.loads(tv.cookies[TV_COOKIE].value, salt=TV_COOKIE)
    assert pairing_waits(secret)
    with time_machine.travel(now() + timedelta(minutes=10, seconds=1)):
        assert not pairing_waits(secret)
        assert pairing_take(secret) is None
        assert tv.post("/tv/pair/poll").status_code == 204
    assert not Session.objects.filter(way="tv").exists()


def test_a_pupil_whose_class_ended_meanwhile_stays_out(cast: Cast) -> None:
    tv, code = a_tv()
    confirm(signed_in(cast.pupil), code, cast.pupil.id)
    Membership.objects.filter(person=cast.pupil).update(until=today())
    assert tv.post("/tv/pair/poll").status_code == 204


def test_a_tv_that_signs_in_anew_closes_the_session_before(cast: Cast) -> None:
    tv, code = a_tv()
    confirm(signed_in(cast.pupil), code, cast.pupil.id)
    tv.post("/tv/pair/poll")
    thief = Client()
    thief.cookies[SESSION] = tv.cookies[SESSION].value
    assert is_in(thief)
    code = tv.get("/tv/pair").context["code"]
    confirm(signed_in(cast.pupils[1]), code, cast.pupils[1].id)
    assert tv.post("/tv/pair/poll").status_code == 200
    assert not is_in(thief), "the older session is over, not only forgotten"
    assert list(Session.objects.filter(way="tv").values_list("person", flat=True)) == [
        cast.pupils[1].id
    ]


def test_the_csrf_secret_turns_when_a_tv_is_let_in(cast: Cast) -> None:
    tv = Client(enforce_csrf_checks=True)
    code = tv.get("/tv/pair").context["code"]
    before = tv.cookies["csrftoken"].value
    confirm(signed_in(cast.pupil), code, cast.pupil.id)
    assert tv.post("/tv/pair/poll").status_code == 403
    assert tv.post("/tv/pair/poll", headers={"X-CSRFToken": before}).status_code == 200
    assert tv.cookies["csrftoken"].value != before


def test_the_owner_sees_the_tv_and_ends_it_from_the_phone(cast: Cast) -> None:
    tv, code = a_tv()
    phone = signed_in(cast.pupil)
    confirm(phone, code, cast.pupil.id)
    tv.post("/tv/pair/poll")
    assert "电视" in phone.get("/account").content.decode()
    session = Session.objects.get(way="tv").id
    phone.post(f"/account/devices/{session}/end", makers.once())
    assert not is_in(tv)


def test_signing_other_devices_out_stops_a_tv_that_was_promised_but_not_yet_in(cast: Cast) -> None:
    tv, code = a_tv()
    phone = signed_in(cast.pupil)
    signed_in(cast.pupil)
    confirm(phone, code, cast.pupil.id)
    phone.post("/account/devices/end", makers.once())
    assert tv.post("/tv/pair/poll").status_code == 204
    assert not Session.objects.filter(way="tv").exists()
