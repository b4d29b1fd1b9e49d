"""The door as a guesser, a thief and forty children at one computer try it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.clock import now
from yunke.ground.people.actions import cards_issue, session_open, session_touch
from yunke.ground.people.door import session_who, who_of
from yunke.ground.people.models import Person, Session, Tries
from yunke.ground.people.reads import token_hash
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import PASSWORD, Cast, signed_in
from yunke.ground.people.tests.test_sign_in import by_password, by_pictures, is_in

pytestmark = pytest.mark.django_db
SESSION = settings.SESSION_COOKIE_NAME
ELSEWHERE = (
    "https://evil.example/", "//evil.example", "///evil.example", "////evil.example/a",
    "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example",
    "\x00//evil.example", " //evil.example", "http:evil.example", "https:/evil.example",
    "javascript:alert(1)", "data:text/html,x", "//testserver@evil.example",
    "https://testserver.evil.example/", "evil.example", "//user:x@evil.example:80/",
)  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_way_in_leads_to_another_site(cast: Cast, wanted: str) -> None:
    card = cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})[cast.pupil.id]
    child = Client()
    child.post("/sign-in/class", {"code": cast.one.code})
    answers = (
        by_password(Client(), cast.teacher.login, next=wanted),
        Client().post("/card", {"token": card, "next": wanted}),
        child.post(
            f"/sign-in/class/{cast.pupil.id}",
            {"chosen": "sun cake", "picture": "tree", "next": wanted},
        ),
        Client().post("/sign-in/class", {"code": cast.one.code, "next": wanted}),
    )
    for response in answers:
        assert response.status_code == 303
        reached = urlsplit(response["Location"])
        assert (reached.scheme, reached.netloc) == ("", ""), response["Location"]
        assert "evil" not in response["Location"]


@pytest.mark.parametrize("wanted", ["/account?a=1&b=2", "/class/3/cards", "/lesson/5#t=3", "/账户"])
def test_where_one_wanted_to_go_survives_every_step_of_the_childs_way(
    cast: Cast, wanted: str
) -> None:
    client = Client()
    found = client.post("/sign-in/class", {"code": cast.one.code, "next": wanted})
    grid = client.get(found["Location"])
    assert grid.context["next"] == wanted
    pad = client.get(f"/sign-in/class/{cast.pupil.id}", {"next": wanted})
    assert pad.context["next"] == wanted
    form = {"chosen": "sun cake", "picture": "tree", "next": wanted}
    response = client.post(f"/sign-in/class/{cast.pupil.id}", form)
    assert response.status_code == 303
    assert response.headers["Location"].startswith(wanted[:4] if wanted.isascii() else "/%E8")


def test_a_line_break_in_next_becomes_no_header(cast: Cast) -> None:
    response = by_password(Client(), cast.teacher.login, next="/a\r\nSet-Cookie: x=1")
    assert response.status_code == 303
    assert "\n" not in response["Location"]
    assert "x" not in response.cookies


@pytest.mark.parametrize("way", ["password", "pictures", "card"])
def test_no_way_in_keeps_a_token_that_was_planted(cast: Cast, way: str) -> None:
    client = Client()
    client.cookies[SESSION] = planted = "planted-by-somebody-else"
    if way == "password":
        by_password(client, cast.teacher.login)
    elif way == "pictures":
        by_pictures(client, cast.pupil, cast.one)
    else:
        card = cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})[cast.pupil.id]
        client.post("/card", {"token": card})
    assert client.cookies[SESSION].value != planted
    assert is_in(client)
    assert who_of(planted) is None


def test_the_child_before_is_out_when_the_next_one_signs_in(cast: Cast) -> None:
    """One computer, forty children: nobody's session stays behind."""
    client, tokens = Client(), []
    for child in cast.pupils[:3]:
        by_pictures(client, child, cast.one)
        tokens.append(client.cookies[SESSION].value)
    assert [who_of(token) is not None for token in tokens] == [False, False, True]
    assert Session.objects.count() == 1


def test_a_refused_sign_in_leaves_who_was_there(cast: Cast) -> None:
    client = signed_in(cast.teacher)
    assert by_password(client, cast.head.login, "wrong-wrong").status_code == 422
    assert is_in(client)
    assert Session.objects.get().person_id == cast.teacher.id


def test_an_unknown_login_and_a_wrong_password_answer_with_the_same_page(cast: Cast) -> None:
    pages = []
    for login in (cast.teacher.login, "x" * len(cast.teacher.login)):
        response = by_password(Client(), login, "wrong-wrong")
        text = response.content.decode().replace(login, "")
        token = response.context["csrf_token"]
        pages.append((response.status_code, len(text.replace(str(token), ""))))
    assert pages[0] == pages[1]


def test_a_login_with_strange_letters_is_only_unknown(cast: Cast) -> None:
    for login in ("' OR 1=1 --", "%", "_", "\x00", "a" * 5000, "<b>", "😀", "\u202eabc"):
        assert by_password(Client(), login).status_code == 422, login


def test_a_password_is_not_cut_nor_trimmed_into_another(cast: Cast) -> None:
    for password in (f" {PASSWORD}", f"{PASSWORD} ", PASSWORD.upper(), PASSWORD[:-1], "\x00"):
        assert by_password(Client(), cast.teacher.login, password).status_code == 422, password


def test_a_person_without_a_password_is_not_opened_by_an_empty_one(cast: Cast) -> None:
    Person.objects.filter(id=cast.pupil.id).update(password="", pictures="")
    assert by_password(Client(), cast.pupil.login, "").status_code == 422
    assert by_pictures(Client(), cast.pupil, cast.one).status_code == 422


def test_a_wrong_name_among_the_tiles_reads_like_a_child_of_another_class(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    answers = {
        (r.status_code, r["Location"])
        for r in (client.get(f"/sign-in/class/{n}") for n in (cast.far_pupil.id, 99_999, 10**18))
    }
    assert answers == {(302, "/sign-in?way=child")}


def test_a_teacher_of_the_class_is_no_tile_and_has_no_pictures(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    assert cast.teacher.name not in client.get("/sign-in/class").content.decode()
    assert client.get(f"/sign-in/class/{cast.teacher.id}").status_code == 302


def test_the_grid_gives_no_login_names(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    for path in ("/sign-in/class", f"/sign-in/class/{cast.pupil.id}"):
        page = client.get(path).content.decode()
        assert not any(child.login in page for child in cast.pupils)


@pytest.mark.parametrize("https", [True, False])
def test_over_https_every_cookie_that_opens_something_is_secure(
    cast: Cast, settings: Any, https: bool
) -> None:
    settings.HTTPS = https
    client = Client()
    by_pictures(client, cast.pupil, cast.one)
    client.get("/tv/pair")
    for name in (SESSION, "yunke_class", "yunke_tv"):
        assert bool(client.cookies[name]["secure"]) is https, name
        assert client.cookies[name]["httponly"], name


def test_a_card_works_from_any_device_and_asks_for_no_class(cast: Cast) -> None:
    card = cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})[cast.pupil.id]
    for text in (card, f" {card}\n"):
        assert Client().post("/card", {"token": text}).status_code == 303
    for text in (card[:-1], card + "x", card.swapcase(), token_hash(card)):
        assert Client().post("/card", {"token": text}).status_code == 422, text


def test_a_card_opens_although_the_pictures_are_locked(cast: Cast) -> None:
    """What the locked page promises to a child."""
    for _n in range(10):
        by_pictures(Client(), cast.pupil, cast.one, ("car", "car", "car"))
    locked = by_pictures(Client(), cast.pupil, cast.one)
    assert locked.status_code == 422
    assert "有登录卡的话" in locked.content.decode()
    card = cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})[cast.pupil.id]
    assert Client().post("/card", {"token": card}).status_code == 303


def test_locked_pictures_of_one_child_do_not_lock_the_neighbour(cast: Cast) -> None:
    for _n in range(10):
        by_pictures(Client(), cast.pupil, cast.one, ("car", "car", "car"))
    assert by_pictures(Client(), cast.pupils[1], cast.one).status_code == 303


def test_the_counts_name_nobody(cast: Cast) -> None:
    by_password(Client(), cast.teacher.login, "wrong-wrong")
    keys = "".join(Tries.objects.values_list("key", flat=True))
    assert keys
    assert cast.teacher.login not in keys


def visiting(cast: Cast) -> str:
    return session_open(person=cast.pupil, device="x", registered=False, way="pictures")


def test_ten_idle_minutes_are_ten_and_not_eleven(cast: Cast) -> None:
    token, start = visiting(cast), now()
    with time_machine.travel(start + timedelta(minutes=9, seconds=58), tick=False):
        assert who_of(token) is not None
    with time_machine.travel(start + timedelta(minutes=10, seconds=2), tick=False):
        assert who_of(token) is None


def test_who_was_forgotten_is_not_woken_by_asking_again(cast: Cast) -> None:
    token, start = visiting(cast), now()
    for minutes in (11, 12, 13):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert session_who(token) is None
    assert Session.objects.get().seen_at <= start + timedelta(seconds=1)


def test_touching_writes_at_most_once_a_minute(cast: Cast, django_assert_num_queries: Any) -> None:
    session, start = token_hash(visiting(cast)), now()
    seen = []
    for seconds in (10, 50, 65, 80, 120, 130):
        then = time_machine.travel(start + timedelta(seconds=seconds), tick=False)
        with then, django_assert_num_queries(1):
            session_touch(session)
        seen.append(Session.objects.get().seen_at)
    assert len(set(seen)) == 3, "at the start, at 65 and at 130 seconds"


def test_a_touch_wakes_no_other_session(cast: Cast) -> None:
    mine, other = visiting(cast), visiting(cast)
    with time_machine.travel(now() + timedelta(minutes=9), tick=False):
        session_touch(token_hash(mine))
    with time_machine.travel(now() + timedelta(minutes=12), tick=False):
        assert who_of(mine) is not None
        assert who_of(other) is None


def test_no_touching_outlives_the_ten_hours_of_a_visit(cast: Cast) -> None:
    token, start = visiting(cast), now()
    for minute in range(0, 10 * 60 + 1, 9):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            session_touch(token_hash(token))
    with time_machine.travel(start + timedelta(hours=10, seconds=5), tick=False):
        assert Session.objects.get().seen_at > now() - timedelta(minutes=10)
        assert who_of(token) is None
