"""The second factor of staff: half signed in is not signed in, and no code opens twice."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.test import Client

from yunke.base.clock import now
from yunke.base.sealing import SealBroken, seal, unseal
from yunke.ground.people.actions.second import second_factor_new, second_factor_secret
from yunke.ground.people.door import second_factor_seal
from yunke.ground.people.models import Person, Session
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_sign_in import by_password, is_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def cast() -> Cast:
    cast = makers.cast()
    Person.objects.filter(id=cast.head.id).update(totp=second_factor_seal(SECRET))
    cast.head.refresh_from_db()
    return cast


def code_of(secret: str = SECRET, *, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=later))


def test_the_password_alone_is_half_the_way(cast: Cast) -> None:
    client = Client()
    response = by_password(client, cast.head.login, next="/account")
    assert response["Location"] == "/sign-in/second?next=/account"
    assert not is_in(client)
    assert client.get(f"/class/{cast.one.id}/cards").status_code == 302
    assert Session.objects.get().second_factor_at is None
    passed = client.post("/sign-in/second", {"code": code_of(), "next": "/account"})
    assert (passed.status_code, passed["Location"]) == (303, "/account")
    assert is_in(client)
    assert Session.objects.get().second_factor_at is not None


def test_a_code_opens_once(cast: Cast) -> None:
    code = code_of()
    for expected in (303, 422):
        client = Client()
        by_password(client, cast.head.login)
        assert client.post("/sign-in/second", {"code": code}).status_code == expected
    with time_machine.travel(now() + timedelta(seconds=60)):
        assert client.post("/sign-in/second", {"code": code_of()}).status_code == 303


@pytest.mark.parametrize("later", [-30, 0, 30])
def test_a_clock_that_is_half_a_minute_off_will_do(cast: Cast, later: int) -> None:
    client = Client()
    by_password(client, cast.head.login)
    assert client.post("/sign-in/second", {"code": code_of(later=later)}).status_code == 303


@pytest.mark.parametrize("code", ["", "000000", "abc", "12345", "1234567", "\u0661" * 6])
def test_a_wrong_code_opens_nothing(cast: Cast, code: str) -> None:
    client = Client()
    by_password(client, cast.head.login)
    assert client.post("/sign-in/second", {"code": code}).status_code == 422
    assert not is_in(client)


def test_ten_wrong_codes_close_the_door_for_the_right_one(cast: Cast) -> None:
    client = Client()
    by_password(client, cast.head.login)
    for _n in range(10):
        client.post("/sign-in/second", {"code": "000000"})
    response = client.post("/sign-in/second", {"code": code_of()})
    assert "试的次数太多了" in response.content.decode()
    assert not is_in(client)


def test_a_stranger_has_no_second_step(cast: Cast) -> None:
    assert Client().get("/sign-in/second")["Location"] == "/sign-in"
    assert Client().post("/sign-in/second", {"code": code_of()}).status_code == 302


def test_staff_set_it_up_with_a_code_that_proves_the_phone(cast: Cast) -> None:
    client, elsewhere = signed_in(cast.teacher), signed_in(cast.teacher)
    page = client.get("/account/second")
    sealed, secret = page.context["sealed"], page.context["secret"]
    assert secret in page.content.decode()
    assert "<svg" in page.content.decode()
    wrong = client.post("/account/second", {"sealed": sealed, "code": "000000"})
    assert wrong.status_code == 422
    assert wrong.context["secret"] == secret, "the QR code stays the same"
    assert Person.objects.get(id=cast.teacher.id).totp == ""
    done = client.post("/account/second", {"sealed": sealed, "code": code_of(secret)})
    assert done.status_code == 303
    assert is_in(client)
    assert not is_in(elsewhere), "other devices show a code from now on"
    assert secret not in Person.objects.get(id=cast.teacher.id).totp


def test_a_secret_of_ones_own_making_is_not_taken(cast: Cast) -> None:
    client = signed_in(cast.teacher)
    form = {"sealed": SECRET, "code": code_of()}
    assert client.post("/account/second", form).status_code == 400
    other = seal(SECRET, purpose="something-else")
    assert client.post("/account/second", {**form, "sealed": other}).status_code == 400
    assert Person.objects.get(id=cast.teacher.id).totp == ""


def test_a_page_that_was_open_for_hours_starts_again(cast: Cast) -> None:
    sealed = second_factor_new()
    secret = second_factor_secret(sealed)
    with time_machine.travel(now() + timedelta(hours=2)):
        client = signed_in(cast.teacher)
        form = {"sealed": sealed, "code": code_of(secret)}
        assert client.post("/account/second", form).status_code == 400


def test_it_is_turned_off_with_a_code_only(cast: Cast) -> None:
    client = signed_in(cast.head)
    assert client.post("/account/second/remove", {"code": "000000"}).status_code == 422
    assert Person.objects.get(id=cast.head.id).totp
    assert client.post("/account/second/remove", {"code": code_of()}).status_code == 303
    assert not Person.objects.get(id=cast.head.id).totp


def test_it_is_for_staff(cast: Cast) -> None:
    assert signed_in(cast.pupil).get("/account/second").status_code == 404
    assert signed_in(cast.guardian).get("/account/second").status_code == 404


def test_the_school_takes_it_away_for_a_lost_phone(cast: Cast) -> None:
    path = f"/people/person/{cast.head.id}/second"
    assert signed_in(cast.admin).post(path, makers.once()).status_code == 303
    client = Client()
    by_password(client, cast.head.login)
    assert is_in(client)


def test_what_is_sealed_opens_here_for_its_purpose_and_in_its_time_alone(settings: object) -> None:
    sealed = seal("秘密", purpose="a")
    assert unseal(sealed, purpose="a") == "秘密"
    for wrong in (
        {"sealed": sealed, "purpose": "b"},
        {"sealed": sealed[:-4] + "AAAA", "purpose": "a"},
        {"sealed": "", "purpose": "a"},
    ):
        with pytest.raises(SealBroken):
            unseal(wrong["sealed"], purpose=wrong["purpose"])
    with time_machine.travel(now() + timedelta(seconds=100)), pytest.raises(SealBroken):
        unseal(sealed, purpose="a", seconds=60)
    settings.SECRET_KEY = "another-key-of-this-server-that-is-long-enough"
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="a")
