"""A-01 and A-23: every address × method × role × distance, and nothing of another city anywhere."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import connection

from yunke.checks.accept.table import Options
from yunke.checks.access.cells import is_placed, verdict
from yunke.checks.access.planted import pages as pages_of
from yunke.checks.access.planted import text_of
from yunke.checks.access.table import ACTORS, lines
from yunke.checks.access.world import mark_city, world
from yunke.checks.living.serving import ROOT, fresh_data

LEAST = 20_000
SHARES = 2
# Doors of sign-in open for whoever holds the card or the class code, from wherever they come.
DOORS = {"/front/card", "/sign-in/class/<int:person_id>"}


def a_01(_options: Options) -> dict[str, Any]:
    """0 mismatches; a route without a line is red; at least 20,000 cells."""
    parts = shares() if connection.vendor == "sqlite" else [asdict(verdict(world()))]
    mismatches = [told for part in parts for told in part["mismatches"]]
    figures = {
        "cells": sum(part["cells"] for part in parts),
        "without_a_line": sorted(r for part in parts for r in part["without_a_line"]),
        "lines_without_a_route": parts[0]["lines_without_a_route"],
        "mismatches": len(mismatches),
        "first_mismatches": mismatches[:20],
    }
    unknown = figures["without_a_line"] or figures["lines_without_a_route"]
    sound = not unknown and not mismatches
    return {"pass": sound and figures["cells"] >= LEAST, "figures": figures}


def shares() -> list[dict[str, Any]]:
    """The verdicts of two processes, each over a world of its own."""
    with tempfile.TemporaryDirectory(prefix="yunke-access-") as folder:
        running = []
        for number in range(SHARES):
            data = fresh_data(Path(folder) / str(number))
            module = ["yunke.site.part", "yunke.checks.access.share", str(number), str(SHARES)]
            running.append(
                subprocess.Popen(
                    [sys.executable, "-m", *module], cwd=ROOT, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL, env={**os.environ, "YUNKE_DATA": str(data)},
                )
            )  # fmt: skip
        return [json.loads(process.communicate()[0].splitlines()[-1]) for process in running]


def a_23(_options: Options) -> dict[str, Any]:
    """Another city's people, schools, lessons: in no page, search, feed or report of this one."""
    here = world()
    words = mark_city(here.spots["city"])
    pages, hits = 0, list[str]()
    for actor in ACTORS:
        for path in (*pages_of(here, actor), *(f"/catalogue?q={word}" for word in words)):
            pages += 1
            text = text_of(here, actor, path)
            # A search that says again what was typed has found nothing: its twin is looked for.
            if seen := [word for word in words if word in text and word not in path]:
                hits.append(f"{actor} {path}: {', '.join(seen)}")
    open_letters = [
        f"{method} {route} {actor}"
        for (route, method), line in lines().items()
        for actor in ACTORS
        if is_placed(route) and route not in DOORS and line.expected(actor, 4) == "Y"
    ]
    figures = {"pages": pages, "hits": hits[:20], "cells_open_to_another_city": open_letters}
    return {"pass": not hits and not open_letters, "figures": figures}
