"""A-11 and A-13: sessions that nobody can steal or plant, and guessing that leads nowhere.

Everything goes through the pages, as a browser sends it. Pass lines of trust.md §6: all refused;
limits that do not lock out a whole school behind one address; equal replies in text and time.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from statistics import median
from time import perf_counter
from typing import Any

import time_machine
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from yunke.base.clock import now, today
from yunke.checks.accept.table import Options
from yunke.checks.house.pages import views
from yunke.ground.people.models import Guardianship, Membership, Person, Session
from yunke.ground.people.rules.codes import code_new
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import PASSWORD, PICTURES, Cast
from yunke.ground.people.values import PICTURE_KEYS, Role

COOKIE = settings.SESSION_COOKIE_NAME
SAME_TIME = (0.75, 1.35)  # median of unknown accounts over median of known ones


def a_11(options: Options) -> dict[str, Any]:
    """Fixation, theft after sign-out, password change, idle classroom, CSRF, clickjacking."""
    cast = makers.cast()
    tried = {
        "fixation_refused": fixation(cast),
        "token_dead_after_sign_out": theft_after_sign_out(cast),
        "password_change_ends_others": password_change(cast),
        "idle_classroom_signs_out": idle_classroom(cast),
        "leaver_out_on_next_request": leaver(cast),
        "cookie_httponly_lax": cookie_flags(cast),
    }
    writes, let_through = csrf(cast)
    pages, frameable = framing(cast)
    figures = {**tried, "writes": writes, "writes_without_csrf": let_through}
    figures |= {"pages": pages, "frameable": frameable}
    passed = all(tried.values()) and not let_through and not frameable
    return {"pass": passed, "figures": figures}


def fixation(cast: Cast) -> bool:
    """A token that somebody planted, before or after, is not the one that gets signed in."""
    victim, thief = Client(), Client()
    victim.cookies[COOKIE] = thief.cookies[COOKIE] = "planted-by-somebody-else-0000000000000000"
    sign_in(victim, cast.teacher)
    again = victim.cookies[COOKIE].value
    sign_in(victim, cast.teacher)
    old = Client()
    old.cookies[COOKIE] = again
    return is_in(victim) and not is_in(thief) and not is_in(old)


def theft_after_sign_out(cast: Cast) -> bool:
    owner, thief = signed_in(cast.teacher), Client()
    thief.cookies[COOKIE] = owner.cookies[COOKIE].value
    was_in = is_in(thief)
    owner.post("/sign-out", makers.once())
    return was_in and not is_in(thief)


def password_change(cast: Cast) -> bool:
    here, there = signed_in(cast.head), signed_in(cast.head)
    form = {"now": PASSWORD, "new": "a-boat-on-the-lake", "again": "a-boat-on-the-lake"}
    changed = here.post("/account/password", form).status_code == 303
    return changed and is_in(here) and not is_in(there)


def idle_classroom(cast: Cast) -> bool:
    """A classroom's computer keeps a working pupil and forgets one who walked away."""
    client, start = Client(), now()
    by_pictures(client, cast.one.code, cast.pupils[1].id)
    with time_machine.travel(start + timedelta(minutes=9)):
        working = is_in(client)
    with time_machine.travel(start + timedelta(minutes=19, seconds=30)):
        return working and not is_in(client)


def leaver(cast: Cast) -> bool:
    left, moved = signed_in(cast.pupils[2]), signed_in(cast.pupils[3])
    were_in = is_in(left) and is_in(moved)
    Person.objects.filter(id=cast.pupils[2].id).update(left_on=today())
    Membership.objects.filter(person=cast.pupils[3]).update(until=today())
    return were_in and not is_in(left) and not is_in(moved)


def cookie_flags(cast: Cast) -> bool:
    client = Client()
    sign_in(client, cast.teacher)
    cookie = client.cookies[COOKIE]
    return bool(cookie["httponly"]) and cookie["samesite"] == "Lax"


def csrf(cast: Cast) -> tuple[int, list[str]]:
    """Every address of the house, by POST and without the token, as a signed-in person."""
    client = Client(enforce_csrf_checks=True)
    makers.sign_in(client, cast.admin)
    paths = list(addresses(cast))
    through = [p for p in paths if client.post(p, makers.once()).status_code != 403]
    return len(paths), through


def framing(cast: Cast) -> tuple[int, list[str]]:
    """Every address by GET, as a stranger and signed in: never inside another site's frame."""
    stranger, admin = Client(raise_request_exception=False), signed_in(cast.admin)
    admin.raise_request_exception = False
    paths = list(addresses(cast))
    wrong = [
        path for path in paths for client in (stranger, admin) if not unframeable(client.get(path))
    ]
    return len(paths), wrong


def unframeable(response: Any) -> bool:
    policy = response.headers.get("Content-Security-Policy", "")
    return response.headers.get("X-Frame-Options") == "DENY" and "frame-ancestors" in policy


def addresses(cast: Cast) -> Iterator[str]:
    """Every address with something that may exist in its places; signing out comes last."""
    found = {re.sub(r"<(?:\w+:)?\w+>", str(cast.one.id), address) for address, _view in views()}
    yield from sorted(found - {"/sign-out"})
    yield "/sign-out"


def a_13(options: Options) -> dict[str, Any]:
    """Ten thousand tries (of each kind with ``--load S``), then the school beside the guesser."""
    cast = makers.cast(pupils_in_class=40)
    many = 10_000 if options.load else 3_400
    device = Client()
    device.post("/sign-in/class", {"code": cast.one.code})  # the school's own, before the guesser
    guessed = {
        "pictures_guessed": guess_pictures(cast, many),
        "class_codes_guessed": guess_class_codes(cast, many),
        "invitations_guessed": guess_invitations(cast, many),
    }
    locked_out = school_beside(cast, device)
    ratio, same_text = equal_replies(cast)
    low, high = SAME_TIME
    passed = not any(guessed.values()) and not locked_out
    figures = {
        "tries": 3 * many,
        **guessed,
        "school_sign_ins": 39,
        "school_locked_out": locked_out,
        "replies_equal": same_text,
        "unknown_to_known_time": round(ratio, 2),
    }
    return {"pass": passed and same_text and low < ratio < high, "figures": figures}


def guess_pictures(cast: Cast, many: int) -> int:
    """All 1,728 orders again and again at one child; how often it was let in."""
    client, child = Client(), cast.pupils[0]
    client.post("/sign-in/class", {"code": cast.one.code})
    every = [keys for keys in product(PICTURE_KEYS, repeat=3) if keys != PICTURES]
    every.insert(900, PICTURES)  # the right one, once nobody listens any more
    path = f"/sign-in/class/{child.id}"
    return sum(
        client.post(path, pictures(every[n % len(every)])).status_code == 303 for n in range(many)
    )


def guess_class_codes(cast: Cast, many: int) -> int:
    """Random codes and, at the end, the right one: how many showed a class."""
    client = Client()
    codes = [code_new(6) for _n in range(many - 1)] + [cast.one.code]
    return sum(client.post("/sign-in/class", {"code": code}).status_code == 303 for code in codes)


def guess_invitations(cast: Cast, many: int) -> int:
    """Random codes with the right name: how many bound somebody."""
    before = Guardianship.objects.count()
    client = signed_in(cast.guardian)
    form = {"child": cast.pupils[0].name, "relation": "妈妈"}
    for _n in range(many):
        client.post("/bind", {**form, "code": code_new(8)})
    return Guardianship.objects.count() - before


def school_beside(cast: Cast, device: Client) -> int:
    """From the guesser's own address: the class signs in on devices that know it. How many fail?

    Every tenth child errs once before.
    """
    shut_out = 0
    for n, child in enumerate(cast.pupils[1:]):
        client = Client()
        client.cookies["yunke_class"] = device.cookies["yunke_class"].value
        path = f"/sign-in/class/{child.id}"
        if n % 10 == 0:
            client.post(path, pictures(("moon", "moon", "moon")))
        shut_out += client.post(path, pictures(PICTURES)).status_code != 303
    return shut_out


def equal_replies(cast: Cast) -> tuple[float, bool]:
    """Wrong passwords for accounts that exist and that do not: time (ratio) and text."""
    encoded = make_password(PASSWORD)
    known = [makers.person(password=encoded) for _n in range(15)]
    for somebody in known:
        makers.member(somebody, cast.one, Role.TEACHER, subject="maths")
    left = makers.pupil(cast.one, left_on=today())
    texts, times = set[str](), {"known": list[float](), "unknown": list[float]()}
    for n, somebody in enumerate(known):
        for kind, login in (("known", somebody.login), ("unknown", f"nobody{n:05}")):
            start = perf_counter()
            texts.add(said(login, "wrong-wrong"))
            times[kind].append(perf_counter() - start)
    texts.add(said(left.login, PASSWORD))
    return median(times["unknown"]) / median(times["known"]), len(texts) == 1


def said(login: str, password: str) -> str:
    """The whole answer, without what is random on every page and what was typed."""
    response = Client().post("/sign-in", {"login": login, "password": password})
    page = response.content.decode().replace(login, "")
    random = r'value="[A-Za-z0-9-]{32,}"|"[A-Za-z0-9]{64}"'
    return f"{response.status_code} " + re.sub(random, "", page)


def pictures(chosen: tuple[str, ...]) -> dict[str, str]:
    return {"chosen": " ".join(chosen[:-1]), "picture": chosen[-1]}


def by_pictures(client: Client, code: str, person_id: int) -> None:
    client.post("/sign-in/class", {"code": code})
    client.post(f"/sign-in/class/{person_id}", pictures(PICTURES))


def sign_in(client: Client, somebody: Person) -> None:
    client.post("/sign-in", {"login": somebody.login, "password": PASSWORD})


def signed_in(somebody: Person) -> Client:
    client = Client()
    sign_in(client, somebody)
    assert Session.objects.filter(person=somebody).exists()
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/account").status_code == 200)
