"""The password alone: with the code still due, nothing of the house opens but the way out."""

import re

import pytest
from django.conf import settings
from django.test import Client

from yunke.ground.people.actions.second import second_factor_new, second_factor_seal
from yunke.ground.people.models import Card, Pairing, Person, Session
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast
from yunke.ground.people.tests.test_pairing import a_tv
from yunke.ground.people.tests.test_second import SECRET, code_of
from yunke.ground.people.tests.test_sign_in import by_password, is_in
from yunke.ground.people.urls import urlpatterns

pytestmark = pytest.mark.django_db
OPEN = {"sign-in", "sign-in/class", "sign-in/class/<int:person_id>", "sign-in/second", "sign-out",
        "card", "bind", "tv/pair", "tv/pair/poll"}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    cast = makers.cast()
    for somebody in (cast.head, cast.admin):
        Person.objects.filter(id=somebody.id).update(totp=second_factor_seal(SECRET))
        somebody.refresh_from_db()
    return cast


def half_in(somebody: Person) -> Client:
    client = Client()
    assert by_password(client, somebody.login).status_code == 303
    return client


def address(pattern: str, cast: Cast) -> str:
    values = {"class_id": cast.one.id, "person_id": cast.pupil.id, "school_id": cast.school.id}
    values |= dict.fromkeys(("session_id", "tie_id", "change_id", "move_id"), 1)
    return "/" + re.sub(r"<int:(\w+)>", lambda found: str(values[found[1]]), pattern)


GUARDED = [str(p.pattern) for p in urlpatterns if str(p.pattern) not in OPEN]


def test_the_list_of_open_doors_is_the_rooms_own() -> None:
    found = {str(p.pattern) for p in urlpatterns if hasattr(unwrapped(p.callback), "open")}
    assert found == OPEN


def unwrapped(view: object) -> object:
    """The view under Django's decorators, where page and open_page have left their mark."""
    while not (hasattr(view, "open") or hasattr(view, "right")) and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


@pytest.mark.parametrize("pattern", GUARDED)
def test_no_guarded_page_opens_half_way(cast: Cast, pattern: str) -> None:
    client, path = half_in(cast.admin), address(pattern, cast)
    for response in (client.get(path), client.post(path, {**makers.once(), "which": "all"})):
        if response.status_code == 405:
            continue
        assert response.status_code == 302, path
        assert response["Location"].startswith("/sign-in/second"), path
    assert not Card.objects.exists()


@pytest.mark.parametrize("pattern", GUARDED)
def test_no_guarded_page_opens_to_a_stranger(cast: Cast, pattern: str) -> None:
    client, path = Client(), address(pattern, cast)
    for response in (client.get(path), client.post(path, {**makers.once(), "which": "all"})):
        if response.status_code == 405:
            continue
        assert response.status_code == 302, path
        assert response["Location"].startswith("/sign-in?next="), path


def test_half_way_one_may_change_ones_mind(cast: Cast) -> None:
    """The button under the code: another account, on a computer that others use next."""
    client = half_in(cast.head)
    assert 'action="/sign-out"' in client.get("/sign-in/second").content.decode()
    response = client.post("/sign-out", makers.once())
    assert (response.status_code, response["Location"]) == (303, "/sign-in")
    assert not Session.objects.filter(person=cast.head).exists()
    assert client.get("/sign-in/second").status_code == 302
    assert client.post("/sign-in/second", {"code": code_of()}).status_code == 302


def test_signing_out_of_a_session_that_is_gone_is_signing_out(cast: Cast) -> None:
    client = half_in(cast.head)
    Session.objects.all().delete()
    response = client.post("/sign-out", makers.once())
    assert (response.status_code, response["Location"]) == (303, "/sign-in")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_signing_out_needs_the_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    makers.sign_in(client, cast.teacher)
    assert client.post("/sign-out", makers.once()).status_code == 403
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)


def test_half_way_no_tv_is_let_in(cast: Cast) -> None:
    _tv, code = a_tv()
    half_in(cast.head).post("/pair", {"code": code, "person": cast.head.id})
    assert Pairing.objects.get().person_id is None


def test_half_way_no_new_phone_is_set_up(cast: Cast) -> None:
    kept = Person.objects.get(id=cast.head.id).totp
    sealed = second_factor_new()
    client = half_in(cast.head)
    client.post("/account/second", {"sealed": sealed, "code": "000000"})
    client.post("/account/second/remove", {"code": "000000"})
    assert Person.objects.get(id=cast.head.id).totp == kept


def test_one_half_session_does_not_pass_with_the_other(cast: Cast) -> None:
    """The code belongs to the session that showed it, not to the account."""
    mine, thiefs = half_in(cast.head), half_in(cast.head)
    assert mine.post("/sign-in/second", {"code": code_of()}).status_code == 303
    assert is_in(mine)
    assert not is_in(thiefs)


def test_anothers_code_opens_nothing(cast: Cast) -> None:
    other = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
    Person.objects.filter(id=cast.admin.id).update(totp=second_factor_seal(other))
    client = half_in(cast.head)
    assert client.post("/sign-in/second", {"code": code_of(other)}).status_code == 422
    assert not is_in(client)


def test_a_broken_seal_lets_nobody_through(cast: Cast) -> None:
    Person.objects.filter(id=cast.head.id).update(totp="not-a-seal")
    client = half_in(cast.head)
    for code in (code_of(), "000000", ""):
        assert client.post("/sign-in/second", {"code": code}).status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [("/account", "/account"), ("//evil.example", "/"), ("https://evil.example/a", "/"),
     ("/sign-in/second", "/sign-in/second"), ("", "/")],
)  # fmt: skip
def test_the_second_step_leads_on_but_to_no_other_site(
    cast: Cast, wanted: str, reached: str
) -> None:
    response = half_in(cast.head).post("/sign-in/second", {"code": code_of(), "next": wanted})
    assert (response.status_code, response["Location"]) == (303, reached)


def test_a_guardian_binding_half_way_is_sent_to_the_door(cast: Cast) -> None:
    client = half_in(cast.head)
    assert client.get("/bind")["Location"] == "/sign-in"
    assert client.post("/bind", {"code": "AAAABBBB", "child": "x"}).status_code == 302
