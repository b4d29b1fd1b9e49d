"""``./run restore FOLDER``: a school comes back from its backup.

Everything is unsealed and counted beside the living data first; only a backup that is whole takes
its place, and what was there is kept aside. Before the first page is served, whoever was erased
since is erased again.
"""

import argparse
import hashlib
import importlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from yunke.base.clock import now
from yunke.site.keeping import arrive
from yunke.site.keeping.backup import ERASURES, FOLDERS, FORMAT, backups, manifest, stored
from yunke.site.keeping.lock import Busy, alone, restoring
from yunke.site.keeping.sealed import Damaged, fingerprint, key_of, unseal
from yunke.site.keeping.snapshot import Snapshot, sqlite_tables

ROOM = 1.2  # free space wanted, in sizes of the backup


class Unrestorable(Exception):
    """Nothing was changed; the text says why."""


@dataclass
class Restored:
    backup: str
    aside: str
    rows: int = 0
    files: int = 0
    erased_again: int = 0
    seconds: float = 0.0
    steps: list[str] = field(default_factory=list)


def restore(folder: Path) -> Restored:
    """Bring the backup back. Raises Unrestorable before anything living was touched."""
    began = time.monotonic()
    key = key_of(settings.SECRET_KEY)
    place = chosen(folder)
    try:
        told = examined(place, key)
        with alone(settings.DATA), beside(place.name) as new:
            unpack(place, told, new, key)
            if told["engine"] != "sqlite":
                arrive.nobody_else()
            aside = settings.DATA / f"aside-{now():%Y-%m-%dT%H%M%SZ}"
            done = Restored(place.name, str(aside))
            restoring(settings.DATA).touch()
            swap(told, new, aside)
            erasures(place.parent, key)
            call_command("migrate", interactive=False, verbosity=0)
            done.erased_again = erase_again()
            restoring(settings.DATA).unlink()
    except (Damaged, Busy, arrive.NoRoom) as trouble:
        raise Unrestorable(str(trouble)) from None
    done.rows = sum(table["rows"] for table in told["tables"])
    done.files, done.seconds = len(told["files"]), round(time.monotonic() - began, 1)
    return done


def chosen(folder: Path) -> Path:
    """The backup itself, or the newest of a folder of backups."""
    if (folder / "backup.json").is_file():
        return folder.resolve()
    every = backups(folder) if folder.is_dir() else []
    if not every:
        raise Unrestorable(f"there is no finished backup in {folder}")
    return every[-1].resolve()


def examined(place: Path, key: bytes) -> dict[str, Any]:
    """The manifest of a backup that this program, with this key, can bring back."""
    try:
        about = dict(json.loads((place / "backup.json").read_text()))
        form, engine, print_ = int(about["format"]), str(about["engine"]), str(about["key"])
    except (ValueError, KeyError, TypeError):
        raise Unrestorable(f"{place}/backup.json cannot be read") from None
    if form > FORMAT:
        raise Unrestorable("the backup was made by a newer Yunke: update this one first")
    if print_ != fingerprint(key):
        raise Unrestorable("the backup was sealed with another key: put its secret.key in place")
    if engine != connection.vendor:
        raise Unrestorable(
            f"the backup holds a {engine} school and this house is set to {connection.vendor}"
        )
    told = manifest(place, key)
    known = set(MigrationLoader(None).disk_migrations)
    newer = [f"{app}.{name}" for app, name in told["migrations"] if (app, name) not in known]
    ours = {app for app, _name in known}
    newer = [name for name in newer if name.partition(".")[0] in ours]
    if newer:
        raise Unrestorable(f"the backup was made by a newer Yunke ({newer[0]}): update this one")
    return told


@contextmanager
def beside(name: str) -> Iterator[Path]:
    """A folder on the same disk, where everything is tried first."""
    new: Path = settings.DATA / f".restore-{name}"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def unpack(place: Path, told: dict[str, Any], new: Path, key: bytes) -> None:
    """Unseal everything into ``new`` and hold it against the manifest. Raises Damaged."""
    size = sum(file["bytes"] for file in told["files"])
    size += sum(file.stat().st_size for file in place.rglob("*.sealed"))
    if shutil.disk_usage(new).free < size * ROOM:
        raise Unrestorable(f"{round(size * ROOM) >> 20} MB must be free for it and are not")
    for file in told["files"]:
        _file(place.parent, file, new, key)
    if told["engine"] == "sqlite":
        _write(unseal(place / "database.sealed", key, "database"), new / "yunke.sqlite3")
        _compare(told, sqlite_tables(new / "yunke.sqlite3"))
    else:
        arrive.load(place, told, key)


def _file(folder: Path, file: dict[str, Any], new: Path, key: bytes) -> None:
    sha, path = str(file["sha256"]), Path(str(file["path"]))
    if path.is_absolute() or ".." in path.parts or path.parts[0] not in FOLDERS:
        raise Damaged(f"{path} has no place in a school")
    found = _write(unseal(stored(folder, sha), key, f"file {sha}"), new / path)
    if found != sha:
        raise Damaged(f"{path} is not what was kept")


def _write(parts: Iterator[bytes], target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    told = hashlib.sha256()
    with target.open("wb") as out:
        for part in parts:
            told.update(part)
            out.write(part)
        out.flush()
        os.fsync(out.fileno())
    return told.hexdigest()


def _compare(told: dict[str, Any], found: Snapshot) -> None:
    there = {held.name: (held.rows, held.sha256) for held in found.tables}
    for table in told["tables"]:
        if there.get(table["name"], (0, "")) != (table["rows"], table["sha256"]):
            raise Damaged(f"the table {table['name']} is not what was kept")


def swap(told: dict[str, Any], new: Path, aside: Path) -> None:
    """What lives goes aside, what came back takes its place: names change, nothing is copied."""
    aside.mkdir()
    connection.close()
    if told["engine"] != "sqlite":
        arrive.take_place(aside.name)
    for name in (*FOLDERS, "yunke.sqlite3", "yunke.sqlite3-wal", "yunke.sqlite3-shm"):
        with suppress(FileNotFoundError):
            (settings.DATA / name).rename(aside / name)
    for name in (*FOLDERS, "yunke.sqlite3"):
        with suppress(FileNotFoundError):
            (new / name).rename(settings.DATA / name)


def erasures(folder: Path, key: bytes) -> None:
    """The log of erasures: the one that lives here, else the newest beside the backups."""
    log, sealed = settings.CHECKPOINTS / ERASURES, folder / "erasures.sealed"
    if not sealed.is_file():
        return
    kept = b"".join(unseal(sealed, key, "erasures")).splitlines(keepends=True)
    here = log.read_bytes().splitlines(keepends=True) if log.is_file() else []
    known = set(here)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"".join([*here, *(line for line in kept if line not in known)]))


def erase_again() -> int:
    """Whoever was erased after this backup was made is erased again; how many."""
    door = importlib.import_module("yunke.ground.privacy.door")
    return int(door.erasures_replay())


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run restore", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of backups, or one of them")
    told = parser.parse_args(words)
    try:
        done = restore(told.folder)
    except Unrestorable as trouble:
        print(f"没有恢复，什么都没有动 · not restored, nothing changed: {trouble}", file=sys.stderr)
        return 1
    print(json.dumps(done.__dict__, ensure_ascii=False))
    print(f"恢复好了；原来的在 {done.aside} · Restored; what was here is kept there.")
    return 0
