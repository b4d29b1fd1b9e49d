"""A-06: who loses a right loses it on the next request, with the session open all along.

It walks the life cases of trust.md §5 in the real house: every page that is lost answered before,
and does not on the first request after; a line that was open is closed within five seconds; a file
that was played a second ago is not there.
"""

import http.client
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from yunke.checks.accept.a_life_cases import CASES, Life, cases
from yunke.checks.accept.table import Options
from yunke.checks.living.school import cookie, signed_in
from yunke.checks.living.serving import House, get, serving
from yunke.ground.people.door import cards_issue
from yunke.ground.people.models import Person
from yunke.ground.people.reads.ages import stage_of_person
from yunke.ground.people.tests import life
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.tests import makers as lessons

LINE, FILE = 5.0, 1.0  # seconds until a line is closed, a file is gone
SEGMENT = "hls/720/00001.m4s"


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
    lessons.of_city(lesson, case.cast)
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
