"""Keeping what people entrusted: backup, and the move to another database (trust.md §6)."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from yunke.checks.accept.b_kill import PUPILS, TASKS, Acknowledged, Load, judge
from yunke.checks.accept.table import Options
from yunke.checks.living import hostile
from yunke.checks.living.engines import postgres
from yunke.checks.living.school import school
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


def k_01(options: Options) -> dict[str, Any]:
    """A backup is made while everybody writes; what it holds is whole and of one instant."""
    made = school(pupils=PUPILS, tasks=TASKS)
    data = Path(os.environ["YUNKE_DATA"])
    film = data / "media" / "lessons" / str(made.lesson.id) / "1" / "a.m4s"
    film.parent.mkdir(parents=True)
    film.write_bytes(os.urandom(2_000_000))
    with tempfile.TemporaryDirectory(prefix="yunke-backups-") as folder, serving() as house:
        load = Load(made, house.port)
        told = asyncio.run(_under_load(load, Path(folder), 30 if options.load else 8))
        figures = _brought_back(Path(folder), data, told)
    figures |= {"acknowledged": len(load.told.submissions) + len(load.told.stops)}
    figures |= {"backup_seconds": told.seconds, "film_equal": figures.pop("film") == "equal"}
    good = figures["lost"] == figures["partial"] == figures["doubled"] == 0
    ok = figures["integrity"] == "ok" and figures["film_equal"] and told.code == 0
    return {"pass": good and ok and figures["acked_before"] >= 20, "figures": figures}


@dataclass
class Backed:
    """A backup under load: how it ended, and what had been acknowledged before it began."""

    code: int = -1
    seconds: float = 0.0
    before: Acknowledged = field(default_factory=Acknowledged)
    words: str = ""


async def _under_load(load: Load, folder: Path, seconds: float) -> Backed:
    pupils = [asyncio.create_task(load.pupil(n)) for n in range(len(load.made.pupils))]
    await asyncio.sleep(seconds / 2)
    told = Backed()
    told.before.submissions = dict(load.told.submissions)
    told.before.stops = dict(load.told.stops)
    began = time.monotonic()
    data = Path(os.environ["YUNKE_DATA"])
    done = await asyncio.to_thread(verb, "backup", str(folder), data=data)
    told.code, told.seconds = done.returncode, round(time.monotonic() - began, 2)
    told.words = done.stdout + done.stderr
    await asyncio.sleep(seconds / 2)
    load.going = False
    await asyncio.gather(*pupils)
    return told


def _brought_back(folder: Path, data: Path, told: Backed) -> dict[str, Any]:
    """The backup in a folder of its own, held against what was acknowledged before it began."""
    with tempfile.TemporaryDirectory(prefix="yunke-back-") as place:
        new = Path(place) / "data"
        new.mkdir()
        (new / "secret.key").write_bytes((data / "secret.key").read_bytes())
        (new / "secret.key").chmod(0o600)
        fresh_data(new)
        done = verb("restore", str(folder), data=new)
        if done.returncode:
            raise AssertionError(told.words[-300:] + done.stderr[-600:])
        films = [f.read_bytes() for f in (data / "media").rglob("*.m4s")]
        back = [f.read_bytes() for f in (new / "media").rglob("*.m4s")]
        keys = {**told.before.submissions, **told.before.stops}
        found = judge(new, told.before)
        return {**found, "acked_before": len(keys), "film": "equal" if films == back else "not"}
