"""A-03: another person's thing answers exactly as a thing that is not there.

Every refused cell of the table is asked twice: for the thing of somebody else, and for a number
that belongs to nothing. Status, headers, length and time must not tell them apart, whether the
number stands in the address, in the form or in the question behind it.
"""

import re
from collections.abc import Iterator
from html import escape
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db import transaction

from yunke.checks.accept.table import Options
from yunke.checks.access.cells import HEADERS, KINDS, NAMES, address, is_placed
from yunke.checks.access.forms import FORMS, NAMED, nothing_named
from yunke.checks.access.table import ACTORS, lines
from yunke.checks.access.world import DISTANCES, PLAIN, World, world

LEAST = 500
NOTHING = 9_000_000_001
SAME_TIME = (0.7, 1.4)
# What is new on every page: form keys and tokens; and the address itself.
# Fields that name a thing.
THINGS = frozenset({"person", "school", "class", "county", "org"})
RANDOM = re.compile(r'[0-9a-f]{8}-[0-9a-f-]{27}|(?<=value=")[A-Za-z0-9]{64}|(?<=")[A-Za-z0-9]{64}')


# As a browser asks: what is refused is told on a whole page.
BROWSER = {name: text for name, text in HEADERS.items() if name != "Accept"}


class Swap(NamedTuple):
    actor: str
    method: str
    real: str
    nothing: str
    form: dict[str, Any]
    empty: dict[str, Any]  # the form of the thing that is not there


class Answer(NamedTuple):
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str
    seconds: float


def a_03(_options: Options) -> dict[str, Any]:
    there = world()
    told: list[str] = []
    in_forms = 0
    real_times, empty_times, asked = list[float](), list[float](), 0
    for swap in swaps(there):
        asked += 1
        in_forms += swap.form != swap.empty
        real = ask(there, swap, swap.real, swap.form)
        empty = ask(there, swap, swap.nothing, swap.empty)
        real_times.append(real.seconds)
        empty_times.append(empty.seconds)
        if real[:3] != empty[:3] or real.status not in {403, 404}:
            told.append(f"{swap.actor} {swap.method} {swap.real}: {difference(real, empty)}")
    ratio = median(real_times) / median(empty_times)
    figures = {
        "requests": asked, "ids_in_forms": in_forms, "told_apart": told[:9],
        "time_ratio": round(ratio, 2),
    }  # fmt: skip
    sound = asked >= LEAST and not told and SAME_TIME[0] <= ratio <= SAME_TIME[1]
    return {"pass": sound, "figures": figures}


def difference(real: Answer, empty: Answer) -> str:
    """Where the two part, for a person who reads the failure."""
    if real[:2] != empty[:2]:
        return f"{real.status} and {empty.status}: {set(real.headers) ^ set(empty.headers)}"
    at = next((n for n, (a, b) in enumerate(zip(real.text, empty.text, strict=False)) if a != b), 0)
    return f"{real.text[at - 30 : at + 30]!r} and {empty.text[at - 30 : at + 30]!r}"


def swaps(there: World) -> Iterator[Swap]:
    """Every refused thing of another, beside one that never was; once for who may nothing there."""
    for (route, method), line in lines().items():
        if not is_placed(route) or route.startswith("/front/"):
            continue
        for actor in ACTORS:
            for at, distance in enumerate(DISTANCES):
                if line.expected(actor, at) != "N" or (len(line.cells[actor]) == 1 and at):
                    continue
                form = FORMS.get(route, nothing_named)(there.spots[distance])
                real = address(there, route, line.object, distance, actor)
                gone = {k: NOTHING if k in THINGS else v for k, v in form.items()}
                empty = gone if route in NAMED else form
                yield Swap(actor, method, real, nowhere(route), form, empty)


def nowhere(route: str) -> str:
    return NAMES.sub(lambda m: str(PLAIN.get(m[1], "video" if m[1] == "kind" else NOTHING)), route)


def ask(there: World, swap: Swap, path: str, form: dict[str, Any]) -> Answer:
    client = there.client(swap.actor)
    with transaction.atomic():
        began = perf_counter()
        if swap.method == "GET":
            response: Any = client.get(path, form)
        else:
            body = urlencode({"once": "0" * 32, **form})
            kind = KINDS.get(swap.method, "application/x-www-form-urlencoded")
            response = client.generic(swap.method, path, body, kind, headers=BROWSER)
        seconds = perf_counter() - began
        transaction.set_rollback(True)
    body_text = b"".join(response) if response.streaming else response.content
    # The page says again what was asked for; that is the asker's own.
    asked = escape(urlencode(form)) if swap.method == "GET" and form else path
    text = RANDOM.sub("", body_text.decode(errors="replace")).replace(path, "").replace(asked, "")
    # The length says again how long the address was; without it the texts must be equal anyway.
    named = ((k, v.replace(path, "")) for k, v in response.items() if k != "Content-Length")
    headers = tuple(sorted(named))
    return Answer(response.status_code, headers, text, seconds)
