"""Keeping what people entrusted: backup, and the move to another database (trust.md §6)."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg

from yunke.checks.accept.table import Options
from yunke.checks.living import hostile
from yunke.checks.living.engines import postgres
from yunke.checks.living.serving import ROOT, fresh_data, get, serving

MOVE_LIMIT = 300.0  # seconds for a million rows


def verb(name: str, *words: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """``./run NAME …`` over a data folder."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("YUNKE_ACCEPT")}
    env |= {"YUNKE_DATA": str(data), **more}
    command = [sys.executable, "-m", "yunke.site.part", f"yunke.site.keeping.{name}", *words]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def k_09(options: Options) -> dict[str, Any]:
    """SQLite → PostgreSQL with hostile rows: tried, moved, compared, served, and the way back."""
    pupils = 300_000 if options.load else 3_000
    with ExitStack() as stack:
        here = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yunke-move-")))
        here.chmod(0o755)
        address = stack.enter_context(postgres(here / "pg")).replace("{data}", "moved")
        with psycopg.connect(address.replace("/moved", "/postgres"), autocommit=True) as line:
            line.execute("CREATE DATABASE moved")
        return _moved(here, address, pupils)


def _moved(here: Path, address: str, pupils: int) -> dict[str, Any]:
    sqlite = {"YUNKE_DATABASE": ""}
    data = fresh_data(here / "school", **sqlite)
    file = data / "yunke.sqlite3"
    bad = hostile.fill(file, pupils=pupils)
    before = file.read_bytes()
    tried = verb("move", address, "--dry-run", data=data, **sqlite)
    empty = _count(address, "people_person") == 0
    moved = verb("move", address, data=data, **sqlite)
    told = json.loads((data / "move.json").read_text()) if moved.returncode == 0 else {}
    left = {(row["table"], row["id"]): row["column"] for row in told.get("quarantine", [])}
    figures = {
        "tried": tried.returncode, "moved": moved.returncode, "rows": told.get("rows", 0),
        "tables": len(told.get("tables", [])), "seconds": told.get("seconds", 0.0),
        "quarantined": len(left), "hostile": len(bad),
        "unnamed": sorted(map(str, set(bad) - set(left))),
        "too_many": sorted(map(str, set(left) - set(bad))),
        "equal": bool(told) and all(t["equal"] for t in told["tables"]),
        "source_unchanged": file.read_bytes() == before,
        "dry_run_left_nothing": empty,
    }  # fmt: skip
    figures |= _after(data, address, told)
    return {"pass": passed(figures), "figures": figures}


def _after(data: Path, address: str, told: dict[str, Any]) -> dict[str, Any]:
    """Life after the move: writes refused on the old side, the new one serves and counts on."""
    if not told:
        return {}
    ids = {t["table"]: t["next_id"] for t in told["tables"]}
    with psycopg.connect(address, autocommit=True) as line:
        given = line.execute(
            "INSERT INTO base_receipt (made_at, key, path, status, location, content_type, body) "
            "VALUES (now(), 'k', '/', 200, '', '', '') RETURNING id"
        ).fetchone()
    old = verb("move", address, data=data, YUNKE_DATABASE="")
    with serving(data, env={"YUNKE_DATABASE": address}) as house:
        there = get(house.port, "/health")[0]
    back = verb("move", "--back", data=data, YUNKE_DATABASE="")
    with serving(data, env={"YUNKE_DATABASE": ""}) as house:
        here = get(house.port, "/health")[0]
    return {
        "next_id_ok": given is not None and given[0] == ids["base_receipt"],
        "event_ids_go_on": ids["lake_event"] == hostile.EVENTS_GIVEN + 1,
        "second_move_refused": old.returncode == 1,
        "serves_there": there == 200,
        "serves_back": back.returncode == 0 and here == 200,
        "seconds_per_million": round(told["seconds"] * 1e6 / max(1, told["rows"]), 1),
    }


def _count(address: str, table: str) -> int:
    with psycopg.connect(address) as line:
        row = line.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else -1


def passed(figures: dict[str, Any]) -> bool:
    """Every truth is true, nothing stands in a list of faults, and the pace is kept."""
    truths = all(value for value in figures.values() if isinstance(value, bool))
    faults = any(value for value in figures.values() if isinstance(value, list))
    # Starting up counts more than rows in a small school; the pace is judged at size.
    slow = figures.get("rows", 0) > 100_000 and figures.get("seconds_per_million", 0) > MOVE_LIMIT
    return truths and not faults and not slow and figures.get("moved") == 0
