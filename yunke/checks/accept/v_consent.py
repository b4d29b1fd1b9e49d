"""V-02: each kind is its own switch, default off; who refuses everything gets the same school.
A task of the school has a switch too and is on until somebody says no: it is counted apart.

Twins of one class: one with every switch on, the other with every one refused. Every page that
either may open is held against the other's, and so is what their teacher and their head teacher
see of them.
"""

import re
from datetime import UTC, datetime
from typing import Any

import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.capability import PROFILES
from yunke.checks.accept.table import Options
from yunke.checks.house.pages import views
from yunke.ground.consent.door import consents, switches_in
from yunke.ground.consent.tests.makers import both_say_yes, says
from yunke.ground.consent.values import Answer
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import once, signed_in
from yunke.school.timetable.tests.makers import a_day, day_cast

MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)
# The switches themselves, what hangs on one, the record of having turned them, a TV's new code.
THEIR_OWN = ("/consent", "/pulse", "/account/log", "/my-data", "/looked", "/tv/pair")
# The card that says how the points stand, or that nothing is estimated.
ESTIMATES = ("/practice", "/practice/points", "/practice/child/<int:child_id>")
SECRET = re.compile(
    r'(csrfmiddlewaretoken" value=")[^"]+|(name="once" value=")[^"]+|(X-CSRFToken": ")[^"]+'
)
MARK = re.compile(r"<(?:\w+:)?(\w+)>")


def v_02(_options: Options) -> dict[str, Any]:
    with time_machine.travel(MORNING, tick=False):
        cast = day_cast()
        lesson = a_day(cast.city, grade=3, count=2)[0].lesson_id
        default_on = switches_on(cast.pupils[0], tasks=False)
        yes, no = twins(cast)
        compared, different = compared_pages(cast, yes, no, lesson)
        acts = same_acts(yes[0], no[0])
        badges = badges_of(cast, yes[0], no[0])
    figures = {
        "switches": len(switches_in(settings.PROFILE)), "on_by_default": default_on,
        "on_until_refused": sum(s.task for s in switches_in(settings.PROFILE)),
        "on": switches_on(yes[0]), "off": switches_on(no[0]), "pages_compared": compared,
        "pages_that_differ": different, "acts_that_differ": acts, "badges": badges,
        "switches_by_profile": {name: len(switches_in(name)) for name in PROFILES},
    }  # fmt: skip
    all_on = figures["on"] == figures["switches"] and figures["off"] == 0
    passed = all_on and not default_on and compared >= 30 and not (different or acts or badges)
    return {"pass": passed, "figures": figures}


def twins(cast: makers.Cast) -> tuple[tuple[Person, Person], tuple[Person, Person]]:
    """(child, guardian) with everything on, and the same with everything refused."""
    found = []
    for number in (7_000_001, 7_000_002):  # no other number of a page looks like these
        born = datetime(2014, 1, 1, tzinfo=UTC).date()
        child = makers.pupil(cast.one, f"双{number}", id=number, animal="cat", born_on=born)
        found.append((child, makers.guardian(child, f"家{number}", id=number + 100, animal="cat")))
    (on, on_guardian), (off, off_guardian) = found
    for switch in switches_in(settings.PROFILE):
        both_say_yes(on_guardian, on, switch.key)
        says(off_guardian, off, Answer.REFUSED, key=switch.key)
        says(off, off, Answer.REFUSED, key=switch.key)
    return found[0], found[1]


def switches_on(child: Person, *, tasks: bool = True) -> int:
    asked = [s for s in switches_in(settings.PROFILE) if tasks or not s.task]
    return sum(consents(child.id, s.purpose, s.kind) for s in asked)


def compared_pages(
    cast: makers.Cast, yes: tuple[Person, Person], no: tuple[Person, Person], lesson: int
) -> tuple[int, list[str]]:
    """Every page of pupil and guardian, held against the twin's."""
    compared, different = 0, []
    for at, role in enumerate(("pupil", "guardian")):
        one, other = signed_in(yes[at]), signed_in(no[at])
        for route in sorted({address for address, _view in views()}):
            if route.startswith(THEIR_OWN) or route in ESTIMATES:
                continue
            mine, theirs = (
                page(client, route, of, cast, lesson) for client, of in ((one, yes), (other, no))
            )
            compared += bool(mine[0] == 200)
            if mine != theirs:
                different.append(f"{role} {route}")
    return compared, different


def page(
    client: Client, route: str, of: tuple[Person, Person], cast: makers.Cast, lesson: int
) -> tuple[int, str]:
    """Status and text, without the names and numbers of who asks."""
    ids = {"lesson_id": lesson, "class_id": cast.one.id, "grade": 1, "name": "chinese"}
    ids |= dict.fromkeys(("person_id", "child_id", "pupil_id"), of[0].id)
    path = MARK.sub(lambda mark: str(ids.get(mark[1], 1)), route)
    answer = client.get(path)
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    return answer.status_code, plain(text, of)


def plain(text: str, of: tuple[Person, Person]) -> str:
    text = SECRET.sub("", text)
    for number, person in enumerate(of):
        for word in (person.name, person.login):
            text = text.replace(word, f"who{number}")
        text = re.sub(rf"(?<!\d){person.id}(?!\d)", f"id{number}", text)
    return text


def same_acts(one: Person, other: Person) -> list[str]:
    """What both may do: arrange the day, tick it, sign out."""
    different = []
    for path, values in (
        ("/today/add", {"kind": "own", "title": "跳绳", "minutes": "15"}),
        ("/account/devices/end", {}),
        ("/sign-out", {}),
    ):
        told = {signed_in(who).post(path, {**values, **once()}).status_code for who in (one, other)}
        if len(told) > 1 or max(told) >= 400:
            different.append(f"{path} {sorted(told)}")
    return different


def badges_of(cast: makers.Cast, one: Person, other: Person) -> list[str]:
    """Pages of staff on which the two children stand differently."""
    found = []
    for name in ("teacher", "head", "admin"):
        client = signed_in(getattr(cast, name))
        paths = (f"/class/{cast.one.id}", f"/class/{cast.one.id}/guardians",
                 f"/class/{cast.one.id}/cards", f"/class/{cast.one.id}/consent",
                 f"/people/class/{cast.one.id}", "/people")  # fmt: skip
        for path in paths:
            text = client.get(path).content.decode(errors="replace")
            if text.count(one.name) != text.count(other.name):
                found.append(f"{name} {path}")
            if any(word in text for word in ("没有同意的", "refused", "opted")):
                found.append(f"{name} {path} names refusers")
    return found
