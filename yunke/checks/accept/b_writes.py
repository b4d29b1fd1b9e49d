"""B-08: the same write delivered eight times at once, at every writing address there is.

The addresses are found by walking the URL conf and the front's table, so a new one without a row
in ``writes`` or ``writes_open`` is red. The real house answers. For every replayed address a twin
is written once: eight arrivals must leave exactly what one leaves, and eight equal replies.
"""

import http.client
import inspect
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.urls import get_resolver

from yunke.checks.accept.table import Options
from yunke.checks.accept.writes import FRONT as FRONT_ROWS
from yunke.checks.accept.writes import REPLAYED as WRITTEN
from yunke.checks.accept.writes import City, Room, Sent
from yunke.checks.accept.writes_attempts import ATTEMPTS, ATTEMPTS_FRONT, ATTEMPTS_OPEN
from yunke.checks.accept.writes_consent import CONSENT, CONSENT_OPEN
from yunke.checks.accept.writes_data import DATA
from yunke.checks.accept.writes_desk import DESK
from yunke.checks.accept.writes_exams import EXAMS, EXAMS_OPEN
from yunke.checks.accept.writes_homework import HOMEWORK
from yunke.checks.accept.writes_life import LIFE, LIFE_OPEN
from yunke.checks.accept.writes_open import BY_THEMSELVES as ALONE
from yunke.checks.accept.writes_practice import PRACTICE
from yunke.checks.accept.writes_questions import QUESTIONS, QUESTIONS_OPEN
from yunke.checks.accept.writes_review import REVIEW
from yunke.checks.accept.writes_rosters import ROSTERS, ROSTERS_OPEN
from yunke.checks.accept.writes_together import TOGETHER, TOGETHER_OPEN
from yunke.checks.living.serving import serving
from yunke.gate.front.app import NUMBERED, PLAIN

TIMES = 8
REPLAYED = {
    **WRITTEN,
    **ROSTERS,
    **CONSENT,
    **DATA,
    **LIFE,
    **REVIEW,
    **TOGETHER,
    **ATTEMPTS,
    **QUESTIONS,
    **EXAMS,
    **HOMEWORK,
    **DESK,
    **PRACTICE,
}
FRONT = {**FRONT_ROWS, **ATTEMPTS_FRONT}
# What they leave is a file and no row.
FILES = ("questions/picture",)
BY_THEMSELVES = {
    **ATTEMPTS_OPEN,
    **QUESTIONS_OPEN,
    **EXAMS_OPEN,
    **ALONE,
    **ROSTERS_OPEN,
    **CONSENT_OPEN,
    **LIFE_OPEN,
    **TOGETHER_OPEN,
}
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
# Written by the worker in its own time, whatever was asked.
BACKGROUND = (
    "base_job", "audit_checkpoint", "lake_cohort", "lake_rolledday", "lake_schoolday", "screen_",
    "lake_flush", "lake_lakefile", "lake_personday", "django_", "attempts_mark",
    "practice_cursor", "practice_answered", "practice_hardness", "practice_errorentry",
    "practice_mastery", "exams_analysis", "exams_scanpage", "sqlite_",
)  # fmt: skip
# How the full-text index keeps its pages is its own affair; its documents are counted.
INDEX = ("_data", "_idx", "_docsize", "_config")
# Where the effect is no new row: a driven hour counts acts; a roster its readings and how far a
# person has sent it, which the worker's own steps do not move, nor those of a file of questions; a
# talk that it is closed, a version that it has a name, a paper how often it was changed; of what
# is taken back, given, shown and decided, when. While the house measures itself, its trial writes
# come and go. Ids tell nothing: PostgreSQL spends some on writes that it undoes and does again.
MEASURES = {
    "base_receipt": "count(CASE WHEN path <> '/capacity' THEN 1 END)",
    "lake_event": "count(CASE WHEN verb <> 'question.imported' THEN 1 END)",  # the worker's
    "lessons_along": "sum(version)",
    "exchange_import": "count(*) + sum(reading) + sum(CASE"
    " WHEN state IN ('writing', 'done', 'dropped') THEN 1"
    " WHEN state IN ('undoing', 'undone') THEN 2 ELSE 0 END)",
    "preparing_thread": "count(*) + count(resolved_at)",
    "preparing_version": "count(*) + count(nullif(label, ''))",
    "library_questionfile": "count(*)"
    " + count(CASE WHEN state IN ('writing', 'written') THEN 1 END)",
    "exams_paper": "sum(version) + count(retired_at)",
    "exams_markgiven": "count(*) + count(undone_at) + count(given_at)",
    "exams_doubt": "count(decided_at)",  # the worker reads scans and doubts; a person decides
    "homework_phrase": "count(*) + count(gone_at)",
    "homework_voice": "count(*) + count(gone_at)",
    "practice_livequestion": "count(*) + count(shown_at) + count(ended_at)",
}


class Address(NamedTuple):
    pattern: str
    replay: bool


class Told(NamedTuple):
    status: int
    location: str
    body: bytes


@dataclass
class Case:
    pattern: str
    once: Sent
    eight: Sent
    faults: list[str] = field(default_factory=list)


def b_08(_options: Options) -> dict[str, Any]:
    pages, front = list(page_addresses()), list(front_addresses())
    missing = missing_rows(pages, front)
    replayed, alone = cases()
    with serving() as house:
        for case in replayed:
            case.faults += faults_of(house.port, case)
        for case in alone:
            case.faults += open_faults_of(house.port, case)
    faults = {case.pattern: case.faults for case in [*replayed, *alone] if case.faults}
    figures = {
        "addresses": len(pages) + len(front), "replayed": len(replayed),
        "by_themselves": len(alone), "at_once": TIMES,
        "deliveries": len(replayed) * (TIMES + 1) + len(alone) * TIMES,
        "without_a_row": missing, "faults": faults,
    }  # fmt: skip
    return {"pass": not missing and not faults, "figures": figures}


def page_addresses(patterns: Any = None, before: str = "") -> Iterator[Address]:
    """Every address of the URL conf that takes a write."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from page_addresses(entry.url_patterns, path)
        elif takes_writes(entry.callback):
            yield Address(path, bool(getattr(entry.callback, "replay", False)))


def takes_writes(view: Any) -> bool:
    """``require_POST`` and its kin keep their list in the closure; without one, everything goes."""
    methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
    return methods is None or bool(set(methods) & WRITES)


def front_addresses() -> Iterator[Address]:
    for route in (*PLAIN, *NUMBERED):
        if route.method in WRITES:
            yield Address(route.path, route.replay)


def missing_rows(pages: list[Address], front: list[Address]) -> list[str]:
    """Addresses without a row, and rows without an address."""
    wanted = {a.pattern for a in (*pages, *front) if a.replay}
    wanted_open = {a.pattern for a in (*pages, *front) if not a.replay}
    there = set(REPLAYED) | set(FRONT)
    return sorted((wanted ^ there) | (wanted_open ^ set(BY_THEMSELVES)))


@transaction.atomic
def cases() -> tuple[list[Case], list[Case]]:
    """Every request, with its rooms, before the house opens."""
    city = City()
    rows = [*REPLAYED.items(), *FRONT.items()]
    replayed = [Case(pattern, row(Room(city)), row(Room(city))) for pattern, row in rows]
    alone = [Case(pattern, b"", found.row(Room(city))) for pattern, found in BY_THEMSELVES.items()]
    return replayed, alone


def faults_of(port: int, case: Case) -> list[str]:
    """What is wrong: a failure, unequal replies, another effect than one delivery has."""
    before = footprint()
    [single] = deliver(port, case.once, 1)
    between = footprint()
    replies = deliver(port, case.eight, TIMES)
    one, many = difference(before, between), difference(between, footprint())
    faults = []
    if not 200 <= single.status < 400 or single.location.startswith("/sign-in"):
        faults.append(f"one delivery answers {single.status}: {words(single.body)}")
    if any(not 200 <= reply.status < 400 for reply in replies):
        faults.append(f"statuses {sorted(reply.status for reply in replies)}")
    if len(set(replies)) > 1:
        faults.append(f"{len(set(replies))} different replies")
    if set(one) <= {"base_receipt"} and case.pattern not in FILES:
        faults.append("one delivery leaves nothing")
    if one != many:
        faults.append(f"one leaves {one}, eight leave {many}")
    return faults


def open_faults_of(port: int, case: Case) -> list[str]:
    """For addresses without receipts: nothing breaks, and what is spent once is spent once."""
    told = BY_THEMSELVES[case.pattern]
    before = footprint()
    replies = deliver(port, case.eight, TIMES)
    added = difference(before, footprint())
    statuses = sorted(reply.status for reply in replies)
    faults = []
    if any(status >= 500 or status == 0 for status in statuses):
        faults.append(f"statuses {statuses}")
    if told.good and statuses[0] >= 400:
        faults.append(f"none succeeds: {statuses}, {words(replies[0].body)}")
    faults += [
        f"{table} grows by {added.get(table, 0)}, not at most {most}"
        for table, most in told.most.items()
        if added.get(table, 0) > most
    ]
    return faults


def words(body: bytes) -> str:
    """What a page says, for a person who reads the failure."""
    heading = re.search(r"<h1>(.*?)</h1>", body.decode(errors="replace"), re.S)
    return (heading[1] if heading else body.decode(errors="replace"))[:120].strip()


def footprint() -> dict[str, int]:
    """What is in the database, in one number per table."""
    with connection.cursor() as cursor:
        found = connection.introspection.table_names(cursor)
        names = [name for name in found if not aside(name)]
        counts = {}
        for name in names:
            measure = MEASURES.get(name, "count(*)")
            cursor.execute(f'SELECT coalesce({measure}, 0) FROM "{name}"')
            counts[name] = int(cursor.fetchone()[0])
    return counts


def aside(table: str) -> bool:
    return table.startswith(BACKGROUND) or table.endswith(INDEX)


def difference(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: n - before[name] for name, n in after.items() if n != before.get(name, n)}


def deliver(port: int, sent: Sent, times: int) -> list[Told]:
    """The same bytes on so many connections, let go at the same moment."""
    barrier = threading.Barrier(times)
    replies: list[Told] = [Told(0, "", b"")] * times

    def go(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            barrier.wait(timeout=30)
            line.sendall(sent)
            answer = http.client.HTTPResponse(line, method="POST")
            answer.begin()
            replies[number] = Told(answer.status, answer.getheader("Location", ""), answer.read())

    threads = [threading.Thread(target=go, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies
