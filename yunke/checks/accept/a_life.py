"""A-06 and A-20: who loses a right loses it on the next request, with the session open all along.

A-06 walks the life cases of trust.md §5 in the real house: every page that is lost answered before,
and does not on the first request after; a line that was open is closed within five seconds; a file
that was played a second ago is not there. A-20 stands in one process, so that its clock can pass
midnight: the end of somebody's last day.
"""

import http.client
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from yunke.base.clock import at, now, today
from yunke.checks.accept.table import Options
from yunke.checks.living.school import cookie, key, signed_in
from yunke.checks.living.serving import House, get, serving
from yunke.gate.front.tests.makers import ask as knock
from yunke.gate.front.tests.makers import token as front_token
from yunke.ground.people.actions.court import guardian_bar, guardian_until
from yunke.ground.people.actions.freeze import person_freeze
from yunke.ground.people.actions.life import (
    class_devices_end,
    class_leave,
    class_move,
    duty_hand_over,
    guardian_agree,
    head_change,
    school_leave,
    substitute_set,
)
from yunke.ground.people.actions.moves import move_ask, move_decide
from yunke.ground.people.actions.school import person_leave
from yunke.ground.people.actions.unused import unused_report
from yunke.ground.people.door import Role, cards_issue
from yunke.ground.people.models import Membership, Person, Unused
from yunke.ground.people.reads.ages import stage_of_person
from yunke.ground.people.tests import life
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast
from yunke.school.lessons.tests import makers as lessons

LINE, FILE = 5.0, 1.0  # seconds until a line is closed, a file is gone
SEGMENT = "hls/720/00001.m4s"


@dataclass
class Life:
    """One case. ``loses``, ``keeps``, ``gains``: (person, page); ``files`` and ``lines``: whose
    files and whose open line must end; ``hidden``: (person, page, text that may not be there).
    """

    name: str
    cast: Cast
    change: Callable[[], Any]
    loses: list[tuple[Person, str]] = field(default_factory=list)
    keeps: list[tuple[Person, str]] = field(default_factory=list)
    gains: list[tuple[Person, str]] = field(default_factory=list)
    files: list[Person] = field(default_factory=list)
    lines: list[Person] = field(default_factory=list)
    hidden: list[tuple[Person, str, str]] = field(default_factory=list)


class Line:
    """An open line of the hour; ``closed_at`` is when the house ended it."""

    def __init__(self, port: int, hour: int, token: str) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self._http.request("GET", f"/front/along/{hour}/events", headers={"Cookie": cookie(token)})
        self._answer = self._http.getresponse()
        self.opened, self.closed_at = self._answer.status == 200, 0.0
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            while self._answer.read1(4096):
                pass
        except OSError:
            return
        self.closed_at = time.monotonic()

    def wait(self, seconds: float) -> None:
        self._thread.join(seconds)


@dataclass
class Walk:
    """What was found while walking the cases."""

    house: House
    checks: int = 0
    faults: list[str] = field(default_factory=list)
    slowest_line: float = 0.0
    slowest_file: float = 0.0
    slowest_page: float = 0.0

    def see(self, what: str, good: bool) -> None:
        self.checks += 1
        if not good:
            self.faults.append(what)

    def status(self, token: str, path: str) -> int:
        began = time.monotonic()
        status, _body = get(self.house.port, path, cookie(token))
        self.slowest_page = max(self.slowest_page, time.monotonic() - began)
        return status


def a_06(options: Options) -> dict[str, Any]:
    """Every life case of trust.md §5."""
    with serving() as house:
        walk = Walk(house)
        for case in cases():
            walk_case(walk, case)
        family_tablet(walk)
        tenant(walk)
        ages(walk)
    figures = {
        "cases": len(CASES) + 3, "checks": walk.checks, "faults": walk.faults,
        "line_closed_within_s": round(walk.slowest_line, 2),
        "file_gone_within_s": round(walk.slowest_file, 2),
        "slowest_request_s": round(walk.slowest_page, 2),
    }  # fmt: skip
    good = not walk.faults and walk.slowest_line <= LINE and walk.slowest_file <= FILE
    return {"pass": good, "figures": figures}


def walk_case(walk: Walk, case: Life) -> None:
    lesson = lessons.taught(case.cast.teacher, grade=1)
    hour = lessons.along(case.cast, lesson).id
    file = put(lesson.id)
    tokens = {p.id: signed_in(p) for p in involved(case)}
    connection.close()
    for person, page in [*case.loses, *case.keeps]:
        walk.see(f"{case.name}: {page} before", walk.status(tokens[person.id], page) == 200)
    for person, page in case.gains:
        walk.see(f"{case.name}: {page} before", walk.status(tokens[person.id], page) != 200)
    for person in case.files:
        walk.see(f"{case.name}: file before", walk.status(tokens[person.id], file) == 200)
    lines = [Line(walk.house.port, hour, tokens[person.id]) for person in case.lines]
    walk.see(f"{case.name}: line before", all(line.opened for line in lines))
    case.change()
    changed = time.monotonic()
    connection.close()
    after(walk, case, tokens)
    for person in case.files:
        gone(walk, case.name, tokens[person.id], file, changed)
    for line in lines:
        line.wait(LINE + 3)
        took = (line.closed_at or time.monotonic()) - changed
        walk.slowest_line = max(walk.slowest_line, took)
        walk.see(f"{case.name}: line open after {took:.1f} s", line.closed_at > 0 and took <= LINE)


def after(walk: Walk, case: Life, tokens: dict[int, str]) -> None:
    """The first request after the change."""
    for person, page in case.loses:
        walk.see(f"{case.name}: {page} after", walk.status(tokens[person.id], page) in {302, 404})
    for person, page in [*case.keeps, *case.gains]:
        walk.see(f"{case.name}: {page} kept", walk.status(tokens[person.id], page) == 200)
    for person, page, text in case.hidden:
        _status, body = get(walk.house.port, page, cookie(tokens[person.id]))
        walk.see(f"{case.name}: {page} shows {text}", text not in body.decode())


def gone(walk: Walk, name: str, token: str, file: str, changed: float) -> None:
    """The file is 404 within a second, and stays so."""
    while walk.status(token, file) != 404 and time.monotonic() - changed < FILE + 2:
        time.sleep(0.05)
    took = time.monotonic() - changed
    walk.slowest_file = max(walk.slowest_file, took)
    walk.see(f"{name}: file there after {took:.2f} s", walk.status(token, file) == 404)


def involved(case: Life) -> set[Person]:
    told = [*case.loses, *case.keeps, *case.gains]
    return {*(p for p, _page in told), *case.files, *case.lines, *(h[0] for h in case.hidden)}


def put(lesson_id: int) -> str:
    """A segment of the lesson as publishing leaves it; its address."""
    place = Path(os.environ["YUNKE_DATA"]) / "media" / "lessons" / str(lesson_id) / "1" / SEGMENT
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"s" * 5000)
    return f"/media/lessons/{lesson_id}/1/{SEGMENT}"


def cases() -> list[Life]:
    return [make(people.cast(pupils_in_class=3)) for make in CASES]


def siblings(c: Cast) -> Life:
    elder, younger, mother = life.siblings(c)
    tie = mother.wards.get(child=elder)
    return Life(
        "siblings", c, lambda: _bar(c, tie), loses=[(mother, f"/child/{elder.id}")],
        keeps=[(mother, f"/child/{younger.id}")],
    )  # fmt: skip


def guardian_of_two(c: Cast) -> Life:
    elder, younger, mother = life.siblings(c)
    return Life(
        "one guardian of two, one child leaves", c, lambda: _leave(c, elder),
        loses=[(mother, f"/child/{elder.id}"), (elder, "/today")],
        keeps=[(mother, f"/child/{younger.id}")], files=[elder],
    )  # fmt: skip


def dispute(c: Cast) -> Life:
    child, one, other = life.in_dispute(c)
    pages = ("/account", f"/child/{child.id}", "/account/log")
    texts = (other.name, other.login)
    return Life(
        "two guardians in dispute", c, lambda: None,
        keeps=[(one, f"/child/{child.id}"), (other, f"/child/{child.id}")],
        hidden=[(one, page, text) for page in pages for text in texts],
    )  # fmt: skip


def court(c: Cast) -> Life:
    child, one, other = life.in_dispute(c)
    tie = one.wards.get()
    return Life(
        "ex-guardian by court order", c, lambda: _bar(c, tie),
        loses=[(one, f"/child/{child.id}"), (one, f"/child/{child.id}/plan")],
        keeps=[(other, f"/child/{child.id}")],
        hidden=[(one, "/account", other.name), (one, "/account/log", other.name),
                (one, "/account", child.name)],
    )  # fmt: skip


def guardian_teaches(c: Cast) -> Life:
    both = life.guardian_and_teacher(c)
    tie = both.memberships.get()
    return Life(
        "guardian who also teaches the class", c,
        lambda: class_leave(actor_id=c.admin.id, tie=tie, school_id=c.school.id, day=today()),
        loses=[(both, f"/class/{c.one.id}")], keeps=[(both, f"/child/{c.pupil.id}")],
        lines=[both],
    )  # fmt: skip


def foster(c: Cast) -> Life:
    tie = life.fostered(c)
    return Life(
        "foster family", c, lambda: guardian_until(
            actor_id=c.admin.id, tie=tie, school_id=c.school.id, day=today()
        ),
        loses=[(tie.guardian, f"/child/{c.pupil.id}")],
        keeps=[(c.guardian, f"/child/{c.pupil.id}")],
    )  # fmt: skip


def of_age(c: Cast) -> Life:
    return Life(
        "pupil of 18", c, lambda: life.aged(c, 18), loses=[(c.guardian, f"/child/{c.pupil.id}")],
        keeps=[(c.pupil, "/today")],
    )  # fmt: skip


def agreed(c: Cast) -> Life:
    life.aged(c, 18)
    tie = c.guardian.wards.get()
    return Life(
        "pupil of 18 who agrees", c,
        lambda: guardian_agree(who_id=c.pupil.id, tie_id=tie.id, yes=True),
        gains=[(c.guardian, f"/child/{c.pupil.id}")],
    )  # fmt: skip


def out(c: Cast) -> Life:
    return Life(
        "transferred out", c, lambda: _leave(c, c.pupil),
        loses=[(c.pupil, "/today"), (c.guardian, f"/child/{c.pupil.id}")], files=[c.pupil],
        lines=[c.pupil],
    )  # fmt: skip


def mid_term(c: Cast) -> Life:
    move = move_ask(
        actor_id=c.far_admin.id, number=c.pupil.login, name=c.pupil.name, to=c.far, day=today()
    )
    page = f"/people/person/{c.pupil.id}"
    return Life(
        "transferred in mid-term", c, lambda: move_decide(
            move_id=move.id, school_id=c.school.id, actor_id=c.admin.id, yes=True, reason=""
        ),
        loses=[(c.admin, page)], gains=[(c.far_admin, page)],
        keeps=[(c.pupil, "/today"), (c.guardian, f"/child/{c.pupil.id}")], lines=[c.pupil],
    )  # fmt: skip


def repeated(c: Cast) -> Life:
    lower = people.school_class(c.school, grade=1)
    head = people.head_teacher(lower)
    page = f"/class/{lower.id}/pupil/{c.pupil.id}"
    return Life(
        "repeated year", c,
        lambda: class_move(actor_id=c.admin.id, person=c.pupil, to=lower, day=today()),
        keeps=[(c.pupil, "/today"), (head, f"/class/{lower.id}")], lines=[c.pupil],
        hidden=[(c.head, f"/class/{c.one.id}/cards", f'value="{c.pupil.id}"'),
                (c.head, page, c.pupil.login)],
    )  # fmt: skip


def two_classes(c: Cast) -> Life:
    child, first, _second = life.in_two_classes(c)
    return Life(
        "two class memberships, one ends", c,
        lambda: class_leave(actor_id=c.admin.id, tie=first, school_id=c.school.id, day=today()),
        keeps=[(child, "/today")], lines=[child],
        hidden=[(c.head, f"/class/{c.one.id}/cards", f'value="{child.id}"')],
    )  # fmt: skip


def away(c: Cast) -> Life:
    page = f"/class/{c.one.id}"
    return Life(
        "teacher on leave, substitute comes", c, lambda: _stand(c, today() + timedelta(days=2)),
        loses=[(c.teacher, page)], gains=[(c.other_teacher, page)], lines=[c.teacher],
    )  # fmt: skip


def substitute_over(c: Cast) -> Life:
    _stand(c, today() + timedelta(days=2))
    page = f"/class/{c.one.id}"
    stood = Membership.objects.filter(stands_for=c.teacher)
    return Life(
        "substitute after the last day", c, lambda: stood.update(until=today()),
        loses=[(c.other_teacher, page)], keeps=[(c.other_teacher, f"/class/{c.other.id}")],
    )  # fmt: skip


def teacher_left(c: Cast) -> Life:
    return Life(
        "teacher who left", c, lambda: _leave(c, c.teacher),
        loses=[(c.teacher, f"/class/{c.one.id}"), (c.teacher, "/make")], files=[c.teacher],
        lines=[c.teacher],
    )  # fmt: skip


def accused(c: Cast) -> Life:
    return Life(
        "teacher accused", c, lambda: person_freeze(
            actor_id=c.admin.id, person=c.teacher, school_id=c.school.id, reason="举报"
        ),
        loses=[(c.teacher, f"/class/{c.one.id}"), (c.teacher, "/account")], files=[c.teacher],
        keeps=[(c.admin, f"/people/person/{c.teacher.id}")], lines=[c.teacher],
    )  # fmt: skip


def head_changed(c: Cast) -> Life:
    page = f"/class/{c.one.id}/cards"
    return Life(
        "head teacher changed", c, lambda: head_change(
            actor_id=c.admin.id, of=c.one, to=c.other_teacher, day=today()
        ),
        loses=[(c.head, page)], gains=[(c.other_teacher, page)], lines=[c.head],
    )  # fmt: skip


def counsellor(c: Cast) -> Life:
    helper = people.staff(c.school, Role.COUNSELLOR)
    duty = helper.duties.get()
    return Life(
        "counsellor handing over", c,
        lambda: duty_hand_over(actor_id=c.admin.id, duty=duty, to=c.teacher, day=today()),
        loses=[(helper, "/account")], keeps=[(c.teacher, f"/class/{c.one.id}")],
    )  # fmt: skip


def lost_device(c: Cast) -> Life:
    return Life(
        "lost classroom device", c, lambda: class_devices_end(actor_id=c.admin.id, of=c.one),
        loses=[(child, "/today") for child in c.pupils], files=[c.pupil], lines=c.pupils,
        keeps=[(c.other_pupil, "/today"), (c.teacher, f"/class/{c.one.id}")],
    )  # fmt: skip


def school_left(c: Cast) -> Life:
    return Life(
        "school that left the city", c,
        lambda: school_leave(actor_id=c.city_staff.id, school=c.school, reason="划归邻市"),
        loses=[(c.pupil, "/today"), (c.teacher, f"/class/{c.one.id}"), (c.admin, "/people"),
               (c.guardian, f"/child/{c.pupil.id}")],
        keeps=[(c.far_pupil, "/today")], files=[c.pupil], lines=[c.pupil, c.teacher],
    )  # fmt: skip


CASES: tuple[Callable[[Cast], Life], ...] = (
    siblings, guardian_of_two, dispute, court, guardian_teaches, foster, of_age, agreed, out,
    mid_term, repeated, two_classes, away, substitute_over, teacher_left, accused, head_changed,
    counsellor, lost_device, school_left,
)  # fmt: skip


def _bar(c: Cast, tie: Any) -> None:
    guardian_bar(actor_id=c.admin.id, tie=tie, school_id=c.school.id, reason="民初 7 号")


def _leave(c: Cast, person: Person, day: date | None = None) -> None:
    person_leave(actor_id=c.admin.id, person_id=person.id, school_id=c.school.id, day=day)


def _stand(c: Cast, last: date) -> None:
    substitute_set(
        actor_id=c.admin.id, away=c.teacher, stands=c.other_teacher, school_id=c.school.id,
        first=today(), last=last,
    )  # fmt: skip


def family_tablet(walk: Walk) -> None:
    """The younger's card ends the elder's session on the shared tablet, at page and front."""
    c = people.cast(pupils_in_class=2)
    elder, younger = c.pupils
    cards = cards_issue(actor_id=c.head.id, persons={elder.id: "e", younger.id: "y"})
    tablet = Client()
    tablet.post("/card", {"token": cards[elder.id]})
    left = tablet.cookies[settings.SESSION_COOKIE_NAME].value
    walk.see("family tablet: elder before", walk.status(left, "/today") == 200)
    tablet.post("/card", {"token": cards[younger.id]})
    now_in = tablet.cookies[settings.SESSION_COOKIE_NAME].value
    connection.close()
    walk.see("family tablet: elder after", walk.status(left, "/today") != 200)
    walk.see("family tablet: younger", walk.status(now_in, "/today") == 200)


def tenant(walk: Walk) -> None:
    """A trial school of another city on this site: nothing of ours, before or after."""
    ours, theirs = people.cast(pupils_in_class=1), people.cast(pupils_in_class=1)
    for who in (theirs.admin, theirs.teacher, theirs.guardian, theirs.city_staff):
        token = signed_in(who)
        connection.close()
        for page in (
            f"/people/person/{ours.pupil.id}", f"/people/class/{ours.one.id}",
            f"/class/{ours.one.id}", f"/class/{ours.one.id}/cards", f"/child/{ours.pupil.id}",
        ):  # fmt: skip
            walk.see(f"trial tenant: {page}", walk.status(token, page) == 404)


def ages(walk: Walk) -> None:
    """At fourteen the pupil has a voice of its own beside the guardian's."""
    c = people.cast(pupils_in_class=1)
    before = stage_of_person(life.aged(c, 13).id)
    walk.see("pupil of 14", before != stage_of_person(life.aged(c, 14).id))


def a_20(options: Options) -> dict[str, Any]:
    """Midnight of somebody's last day, signed in on a page, at the front, on a TV."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    c = people.cast(pupils_in_class=1)
    day = today() + timedelta(days=1)
    lesson = lessons.taught(c.teacher, grade=1)
    hour, file = lessons.along(c, lesson).id, put(lesson.id)
    tokens = {way: front_token(c.teacher) for way in ("page", "front", "tv")}
    _leave(c, c.teacher, day)
    midnight = at(day, now().min.time())
    with time_machine.travel(midnight - timedelta(seconds=2), tick=False):
        alive = doors(c, tokens, hour, file)
    time.sleep(1.0)  # what was believed a moment ago is asked anew
    with time_machine.travel(midnight, tick=False):
        dead = doors(c, tokens, hour, file)
    people_old = Person.objects.filter(id=c.other_teacher.id)
    people_old.update(made_at=now() - timedelta(days=100))
    unused_report(c.school.id, today())
    named = Unused.objects.filter(person_id=c.other_teacher.id).exists()
    figures = {
        "open_before": sum(alive.values()), "doors": len(alive),
        "open_at_the_instant": [name for name, is_open in dead.items() if is_open],
        "closed_before": [name for name, is_open in alive.items() if not is_open],
        "unused_reported": named,
        "bearer_tokens_of_people": "none: feeds are open and hold no person's data",
    }  # fmt: skip
    return {"pass": all(alive.values()) and not any(dead.values()) and named, "figures": figures}


def doors(c: Cast, tokens: dict[str, str], hour: int, file: str) -> dict[str, bool]:
    """Which doors open for the leaver now."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = tokens["page"]
    pages = {
        page: client.get(page).status_code == 200
        for page in (f"/class/{c.one.id}", "/make", "/account", "/account/log")
    }
    password = {"login": c.teacher.login, "password": people.PASSWORD}
    drive = knock(
        "POST", f"/front/along/{hour}", token=tokens["front"], body=b"{}",
        origin="http://localhost", host="localhost", content_type="application/json",
        idempotency_key=key(),
    )  # fmt: skip
    return {
        **pages,
        "sign in": Client().post("/sign-in", password).status_code == 303,
        "file": knock("GET", "/front/media-check", token=tokens["front"], x_forwarded_uri=file)
        .status == 204,
        # Whoever may drive is let through to the writer, which does not run in this process.
        "drive the hour": drive.status not in {401, 403, 404},
        "tv": _tv(tokens["tv"]),
    }  # fmt: skip


def _tv(token: str) -> bool:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = token
    return client.get("/account").status_code == 200
