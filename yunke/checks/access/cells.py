"""Asking the house, cell by cell. Nothing that a cell writes stays."""

import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client

from yunke.base.kept import forget_all
from yunke.checks.access import (  # noqa: F401  they add their names
    front,
    states,
    things,
    things_exams,
    things_paper,
    things_practice,
)
from yunke.checks.access.forms import FORMS, NAMED, nothing_named
from yunke.checks.access.table import ACTORS, METHODS, ROUTES, Line, lines, shortened
from yunke.checks.access.world import DISTANCES, PARAMS, PLAIN, World
from yunke.checks.house.pages import views

# Resumable uploads ask for their version before anything else. A cell reads no words: what is
# refused is told in a bare line.
HEADERS = {"Accept": "application/json", "Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
# A piece of a file.
KINDS = {"PATCH": "application/offset+octet-stream"}
EVERY = slice(None)
# Which of several things a name stands for, as a first guess for a new line.
GUESSES = {
    "/make/": "draft", "/invitations/": "invitation", "/roster/export/": "export",
    "/people/person/<int:person_id>/ties/": "membership",
}  # fmt: skip
# A name that means something else at one address.
HERE = {
    ("/roster/example/<slug:name>", "name"): "csv",
    ("/questions/media/<str:name>", "name"): things.MEDIUM,
}
NAMES = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass
class Verdict:
    cells: int = 0
    without_a_line: list[str] = field(default_factory=list)
    lines_without_a_route: list[str] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)


def routes() -> list[str]:
    """Every address of the pages, then those of the front, whose writes stay."""
    return [*sorted({address for address, _view in views()}), *front.routes()]


def names_of(route: str) -> list[str]:
    return NAMES.findall(route)


def is_placed(route: str) -> bool:
    """Does the address, or its form, name a thing that lies somewhere?"""
    if route in NAMED:
        return True
    if route.startswith("/front/"):
        return route in front.PLACED
    return any(name not in PLAIN for name in names_of(route))


def address(world: World, route: str, of: str, distance: str, actor: str) -> str:
    """The address of the thing at that distance. Raises KeyError for a name nobody knows."""
    spot = world.spots[distance]

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name in PLAIN:
            return str(HERE.get((route, name), PLAIN[name]))
        if name == "session_id":
            return str(world.session(distance, actor))
        return str(PARAMS[name](spot, of))

    return NAMES.sub(value, route)


def ask(client: Client, method: str, path: str, form: dict[str, Any]) -> str:
    """The letter of an answer; a write is rolled back. "E" for a failure, "M" for 405."""
    with transaction.atomic():
        if method == "GET":
            response = client.get(path, form, headers=HEADERS)
        else:
            body = urlencode({"once": uuid.uuid4(), **form})
            kind = KINDS.get(method, "application/x-www-form-urlencoded")
            response = client.generic(method, path, body, kind, headers=HEADERS)
        transaction.set_rollback(True)
    if method != "GET":
        forget_all()
    if response.status_code >= 500:
        return "E"
    if response.status_code == 405:
        return "M"
    if response.status_code in {401, 403, 404}:
        return "N"
    sent = response.get("Location", "")
    return "S" if sent.startswith("/sign-in") and not path.startswith("/sign-") else "Y"


def observed(
    world: World, route: str, method: str, of: str, actor: str, *, taken: bool = True
) -> list[str]:
    """The letters of one cell: five; one for an address without a place, or where the address
    does not take the method (it says so before it looks who asks).
    """
    there = DISTANCES if taken and is_placed(route) else DISTANCES[:1]
    if route.startswith("/front/"):
        token = world.tokens[actor]
        return [front.ask(route, method, world.spots[d], of, token) for d in there]
    client = world.client(actor)
    form = FORMS.get(route, nothing_named)
    return [
        ask(client, method, address(world, route, of, d, actor), form(world.spots[d]))
        for d in there
    ]


def verdict(world: World, share: slice = EVERY) -> Verdict:
    """Every cell of the house (or of a share of its addresses) against the table."""
    found, table = Verdict(), lines()
    known = routes()
    found.lines_without_a_route = sorted({r for r, _m in table if r not in known})
    with front.open_front():
        for route in known[share]:
            if not any(r == route for r, _m in table):
                found.without_a_line.append(route)
                continue
            for method in METHODS:
                _judge(world, route, method, table, found)
    return found


def _judge(
    world: World, route: str, method: str, table: dict[tuple[str, str], Line], found: Verdict
) -> None:
    line = table.get((route, method))
    of = line.object if line else next(k.object for (r, _m), k in table.items() if r == route)
    for actor in ACTORS:
        letters = observed(world, route, method, of, actor, taken=line is not None)
        found.cells += len(letters)
        for at, letter in enumerate(letters):
            wanted = line.expected(actor, at) if line else _refused(route)
            if letter != wanted:
                found.mismatches.append(
                    f"{method} {route} {actor}/{DISTANCES[at]}: {letter}, expected {wanted}"
                )


def _refused(route: str) -> str:
    """A method that is not the address's own: 405; the front does not say what there is."""
    return "N" if route.startswith("/front/") else "M"


def proposals(world: World, starts: list[str]) -> Iterator[list[str]]:
    """Rows for what the table lacks, as observed now; a person reads them before they go in.

    ``starts``: only addresses that begin so, whether the table has them or not; none for all.
    """
    from_table = lines() if ROUTES.exists() else {}
    with front.open_front():
        for route in routes():
            if starts and not route.startswith(tuple(starts)):
                continue
            if not starts and any(r == route for r, _m in from_table):
                continue
            if unknown := set(names_of(route)) - {*PARAMS, *PLAIN, "session_id"}:
                print(f"{route}: nothing stands for {unknown}", file=sys.stderr)
                continue
            yield from _rows(world, route, from_table)


def _rows(world: World, route: str, table: dict[tuple[str, str], Line]) -> Iterator[list[str]]:
    for method in METHODS:
        line = table.get((route, method))
        of = line.object if line else _guess(route)
        letters = [shortened(observed(world, route, method, of, a)) for a in ACTORS]
        if set("".join(letters)) != {_refused(route)}:
            yield [route, method, of, *letters]


def _guess(route: str) -> str:
    if not is_placed(route):
        return "page"
    return next((of for start, of in GUESSES.items() if route.startswith(start)), "place")
