"""``./run bench today``: what every pupil asks every morning, on one core, beside its peers.

Today's data beside a Starlette endpoint with the same reads; the home page with Kolibri's amount
of content beside a bare Django view with one query; both at 1,600 and at 449,000 pupils.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from yunke.checks.bench.beside_kolibri import kolibri_runners
from yunke.checks.bench.pinned import Runner, part, pinned, ratio, reports, side_by_side
from yunke.checks.bench.weight import City, large_city, small_city
from yunke.checks.living import knocks
from yunke.checks.living.load import once

CONNECTIONS = (1, 16, 64)
MARK_DATA, MARK_PAGE, MARK_P99, MARK_FLAT = 1.0, 150.0, 200.0, 0.9
OURS = "yunke"


def peer(module: str) -> Any:
    return lambda uds: [sys.executable, "-m", module, uds]


@contextmanager
def data_runners(city: City, *names: str) -> Iterator[dict[str, Runner]]:
    """Today's data: ours, and the peer's when it is named."""
    raws = [knocks.page("/front/today", cookie=cookie) for cookie in city.cookies]
    with ExitStack() as stack:
        found = {}
        for name, command in (
            (OURS, part("yunke.gate.front.app")),
            ("starlette", peer("yunke.checks.bench.peer_starlette")),
        ):
            if name in names:
                server = stack.enter_context(pinned(name, command, city.data))
                found[name] = Runner(server, raws)
        yield found


@contextmanager
def page_runners(city: City, *names: str) -> Iterator[dict[str, Runner]]:
    """The home page: ours, and the bare view when it is named."""
    raws = [knocks.page("/today", cookie=cookie) for cookie in city.cookies]
    with ExitStack() as stack:
        found = {}
        for name, command in (
            (OURS, part("yunke.site.pageworker", "4")),
            ("bare_django", peer("yunke.checks.bench.peer_django")),
        ):
            if name in names:
                server = stack.enter_context(pinned(name, command, city.data))
                found[name] = Runner(server, raws)
        yield found


def run(options: dict[str, Any]) -> dict[str, Any]:
    seconds = options.get("seconds") or 3.0
    here = Path(os.environ["YUNKE_DATA"])
    small = small_city(here)
    large = large_city(small, here / "large", options.get("pupils") or 449_000)
    figures: dict[str, Any] = {"pupils": [small.pupils, large.pupils]}
    ratios: dict[str, float] = {}
    marks: dict[str, bool] = {}
    figures["engine"] = connection.vendor
    if connection.vendor == "sqlite":  # the peers know no other
        data_beside_starlette(small, seconds, figures, ratios, marks)
        page_beside_django(small, seconds, figures, ratios, marks)
    flat(small, large, seconds, figures, ratios, marks)
    if options.get("peer") == "kolibri":
        page_beside_kolibri(small, seconds, figures, ratios)
    return {"figures": figures, "ratios": ratios, "marks": marks}


def data_beside_starlette(
    city: City,
    seconds: float,
    figures: dict[str, Any],
    ratios: dict[str, float],
    marks: dict[str, bool],
) -> None:
    with data_runners(city, OURS, "starlette") as runners:
        figures["data_bytes"] = {name: size(runner) for name, runner in runners.items()}
        for connections in CONNECTIONS:
            found = side_by_side(runners, connections=connections, seconds=seconds)
            name = f"data_c{connections}"
            figures[name] = reports(found)
            ratios[name] = ratio(found, OURS, "starlette")
            marks[f"{name} >= starlette"] = ratios[name] >= MARK_DATA


def page_beside_django(
    city: City,
    seconds: float,
    figures: dict[str, Any],
    ratios: dict[str, float],
    marks: dict[str, bool],
) -> None:
    with page_runners(city, OURS, "bare_django") as runners:
        figures["page_bytes"] = size(runners[OURS])
        found = side_by_side(runners, connections=16, seconds=seconds)
        figures["page_c16"] = reports(found)
        ratios["page_beside_bare_django"] = ratio(found, OURS, "bare_django")
        marks["page >= 150/s"] = found[OURS].per_second >= MARK_PAGE
        marks["page p99 <= 200 ms"] = found[OURS].p99 <= MARK_P99


def page_beside_kolibri(
    city: City, seconds: float, figures: dict[str, Any], ratios: dict[str, float]
) -> None:
    """Our home page and Kolibri's two home addresses, in turn on the same core."""
    try:
        with page_runners(city, OURS) as ours, kolibri_runners(city.data) as theirs:
            figures["kolibri_bytes"] = {name: size(runner) for name, runner in theirs.items()}
            found = side_by_side({**ours, **theirs}, connections=16, seconds=2 * seconds)
    except (OSError, subprocess.SubprocessError, ValueError) as trouble:
        figures["kolibri"] = {"trouble": f"{type(trouble).__name__}: {trouble}"[:300]}
        return
    figures["page_beside_kolibri"] = reports(found)
    for name in theirs:
        ratios[f"page_to_{name}"] = ratio(found, OURS, name)


def flat(
    small: City,
    large: City,
    seconds: float,
    figures: dict[str, Any],
    ratios: dict[str, float],
    marks: dict[str, bool],
) -> None:
    """The same at both sizes, in turn."""
    for what, runners_of in (("data", data_runners), ("page", page_runners)):
        with runners_of(small, OURS) as few, runners_of(large, OURS) as many:
            both = {"small": few[OURS], "large": many[OURS]}
            found = side_by_side(both, connections=16, seconds=seconds)
        figures[f"{what}_by_size"] = reports(found)
        ratios[f"{what}_large_to_small"] = ratio(found, "large", "small")
        marks[f"{what} flat"] = ratios[f"{what}_large_to_small"] >= MARK_FLAT


def size(runner: Runner) -> int:
    """Bytes of one answer. Raises ValueError when it is none."""
    answer = asyncio.run(once(runner.server.target, runner.raws[0]))
    if answer.status != 200:
        raise ValueError(f"{runner.server.name} answers {answer.status}")
    return len(answer.body)
