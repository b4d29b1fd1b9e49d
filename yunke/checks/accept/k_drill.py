"""The restore drill: a machine is gone, another is empty; docs/backup.md is followed to the letter
(trust.md §6, K-02 and K-05)."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.module_loading import autodiscover_modules

from yunke.base.jobs import run_one
from yunke.checks.accept.table import Options
from yunke.checks.living.printed import folders, follow
from yunke.checks.living.rows import Rows
from yunke.checks.living.school import school
from yunke.checks.living.serving import ROOT, get, serving
from yunke.ground.lake.door import lake_flush
from yunke.ground.privacy.door import erase_ask, erase_decide

DOCUMENT = "docs/backup.md"
MAKE = ("Keep the key apart, once", "Make a backup")
BACK = ("Bring a school back on an empty machine",)
TIME_LIMIT = 15 * 60.0
TABLES = """
import json
from django.db import connection
from yunke.site.keeping.snapshot import postgres_tables, sqlite_tables
found = (sqlite_tables(connection.settings_dict["NAME"]) if connection.vendor == "sqlite"
         else postgres_tables())
print(json.dumps({t.name: [t.rows, t.sha256] for t in found.tables}))
"""


def k_02(options: Options) -> dict[str, Any]:
    """Rows and hashes equal, films equal, serving in time."""
    with tempfile.TemporaryDirectory(prefix="yunke-drill-") as folder:
        here = Path(folder)
        data = Path(os.environ["YUNKE_DATA"])
        living(data, pupils=2000 if options.load else 200)
        first = {**folders(here, "unused"), "YUNKE_DATA": str(data)}
        made = follow(DOCUMENT, *MAKE, env=first)
        before, films = tables(data), media(data)
        began = time.monotonic()
        back = follow(DOCUMENT, *BACK, env=folders(here, "new"))
        figures = {"backup": made.returncode, "restore": back.returncode}
        if made.returncode or back.returncode:
            trouble = (made.stderr + made.stdout + back.stderr + back.stdout)[-600:]
            return {"pass": False, "figures": {**figures, "trouble": trouble}}
        # Compared before it opens: from then on its worker writes.
        figures |= _equal(before, films, here / "new")
        figures |= _served(here / "new", began)
        figures["key_in_backup"] = key_in(here / "backups", data / "secret.key")
    good = not figures["tables_differ"] and figures["films_equal"] and figures["serves"]
    in_time = figures["minutes_to_serving"] * 60 <= TIME_LIMIT
    return {"pass": bool(good and in_time and not figures["key_in_backup"]), "figures": figures}


def _served(data: Path, began: float) -> dict[str, Any]:
    with serving(data) as house:
        serves = get(house.port, "/health")[0] == 200
        return {"serves": serves, "minutes_to_serving": round((time.monotonic() - began) / 60, 2)}


def _equal(before: dict[str, Any], films: dict[str, bytes], data: Path) -> dict[str, Any]:
    after = tables(data)
    return {
        "tables": len(before),
        "rows": sum(rows for rows, _sha in before.values()),
        "tables_differ": sorted(name for name in before if after.get(name) != before[name]),
        "films": len(films),
        "films_equal": media(data) == films,
    }


def living(data: Path, *, pupils: int) -> None:
    """A school with a day, tasks, events in the lake and a film."""
    made = school(pupils=pupils, tasks=3)
    lake_flush()
    film = data / "media" / "lessons" / str(made.lesson.id) / "1" / "top" / "00001.m4s"
    film.parent.mkdir(parents=True)
    film.write_bytes(os.urandom(3_000_000))
    (film.parent / "index.m3u8").write_text("#EXTM3U\n00001.m4s\n")


def media(data: Path) -> dict[str, bytes]:
    """Every file of media and lake with its bytes."""
    files = [f for name in ("media", "lake") for f in sorted((data / name).rglob("*"))]
    return {str(f.relative_to(data)): f.read_bytes() for f in files if f.is_file()}


def tables(data: Path) -> dict[str, Any]:
    """Rows and hash of every table of a data folder."""
    env = {**os.environ, "YUNKE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "yunke.site.settings"}
    script = "import django; django.setup()\n" + TABLES
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, cwd=ROOT, capture_output=True, check=True
    )
    return dict(json.loads(done.stdout))


def key_in(folder: Path, key: Path) -> bool:
    """Does the secret stand anywhere in the backups?"""
    secret = key.read_bytes().strip()
    return any(secret in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def k_05(options: Options) -> dict[str, Any]:
    """A pupil is erased after the backup; the backup comes back; the pupil does not."""
    with tempfile.TemporaryDirectory(prefix="yunke-erased-") as folder:
        here, data = Path(folder), Path(os.environ["YUNKE_DATA"])
        made = school(pupils=10)
        gone = made.pupils[3]
        name = f"独一无二的名字{gone.id}"
        type(gone).objects.filter(id=gone.id).update(name=name)
        env = {**folders(here, "unused"), "YUNKE_DATA": str(data)}
        first = follow(DOCUMENT, *MAKE, env=env)
        in_backup = named(data, name)
        erase(gone.id)
        erased = named(data, name) == 0
        connection.close()
        getattr(connection, "close_pool", lambda: None)()
        back = follow(DOCUMENT, *BACK, env=env)
        told = back.stdout + back.stderr
        figures = {
            "backup": first.returncode, "restore": back.returncode, "in_backup": in_backup,
            "erased": erased, "after_restore": named(data, name) if not back.returncode else -1,
            "told": told[-300:] if back.returncode else "",
        }  # fmt: skip
        shutil.rmtree(here / "safe", ignore_errors=True)
    good = in_backup == 1 and erased and figures["after_restore"] == 0
    return {"pass": good and not back.returncode, "figures": figures}


def erase(person_id: int) -> None:
    """As the school confirms it: asked by one, decided by another, done by the job."""
    wish = erase_ask(who_id=900_001, person_id=person_id)
    erase_decide(wish_id=wish, who_id=900_002, given=True)
    autodiscover_modules("jobs")
    while run_one():
        pass


def named(data: Path, name: str) -> int:
    """How many people of the database bear the name."""
    rows = Rows(data)
    found = rows.ask("SELECT count(*) FROM people_person WHERE name = ?", [name])
    rows.close()
    return int(found[0][0])
