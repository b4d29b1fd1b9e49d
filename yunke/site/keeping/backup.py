"""``./run backup FOLDER``: one instant of the whole school, sealed, while it goes on.

``FOLDER`` keeps many backups: each has a folder named by its time; films and the lake's files,
which never change, lie once in ``files`` under their own hash and are shared by all of them.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from yunke.base.clock import now
from yunke.site.keeping.sealed import Damaged, fingerprint, key_of, pieces_of, seal, unseal
from yunke.site.keeping.snapshot import take

FORMAT = 1
FOLDERS = ("media", "lake", "models")
# What was erased stays erased: the log of it goes with every backup, the newest beside them all.
ERASURES = "erasures.jsonl"
UNFINISHED = (".part", ".jsonl", ".tmp")


class NoBackup(Exception):
    """No backup was made, or none can be used; the text says why."""


@dataclass(frozen=True)
class Linked:
    """A file of the school, held by a second name while it is sealed: nobody can take it away."""

    path: str
    held: Path


def backup(folder: Path, *, keep: int = 30) -> dict[str, Any]:
    """Make one backup in ``folder``; gives what it holds. Raises NoBackup."""
    began = time.monotonic()
    key = key_of(settings.SECRET_KEY)
    stamp = f"{now():%Y-%m-%dT%H%M%SZ}"
    folder.mkdir(parents=True, exist_ok=True)
    if settings.DATA in [folder.resolve(), *folder.resolve().parents]:
        raise NoBackup("that folder lies inside the school's own: take another disk or machine")
    part = Path(tempfile.mkdtemp(dir=folder, prefix=".making-"))
    try:
        told = _make(folder, part, key)
        about = {
            "format": FORMAT, "made_at": now().isoformat(), "engine": told["engine"],
            "key": fingerprint(key),
        }  # fmt: skip
        (part / "backup.json").write_text(json.dumps(about, indent=1))
        place = _named(folder, stamp)
        part.rename(place)
        _to_disk(folder)
    except OSError as trouble:
        raise NoBackup(f"{trouble}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    prune(folder, keep, key)
    rows = sum(table["rows"] for table in told["tables"])
    size = sum(file["bytes"] for file in told["files"])
    seconds = round(time.monotonic() - began, 1)
    return {
        "backup": str(place), "rows": rows, "files": len(told["files"]), "bytes": size,
        "seconds": seconds,
    }  # fmt: skip


def _named(folder: Path, stamp: str) -> Path:
    """Two within a second differ."""
    place, number = folder / stamp, 1
    while place.exists():
        number += 1
        place = folder / f"{stamp}-{number}"
    return place


def _make(folder: Path, part: Path, key: bytes) -> dict[str, Any]:
    """The database's instant lies between two looks at the files: what is named in it is there."""
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".backup-") as stage:
        linked: dict[str, Linked] = {}
        _link(Path(stage), linked)
        steps = take(part, key)
        next(steps)
        _link(Path(stage), linked)
        found = next(steps)
        assert found is not None  # noqa: S101 - the second step gives it
        for _rest in steps:
            pass
        files = [_kept(folder, one, key) for one in linked.values()]
    erasures = _erasures(folder, key)
    told = {**found.plain(), "files": files, "erasures": erasures}
    seal([json.dumps(told).encode()], part / "manifest.sealed", key, "manifest")
    return told


def school_files() -> Iterator[Path]:
    """Every finished file of the school; hidden folders hold what is still being made."""
    for name in FOLDERS:
        for file in sorted((settings.DATA / name).rglob("*")):
            parts = file.relative_to(settings.DATA).parts
            hidden = any(part.startswith(".") for part in parts)
            if not hidden and file.suffix not in UNFINISHED and file.is_file():
                yield file


def _link(stage: Path, linked: dict[str, Linked]) -> None:
    """Hold every file that is not held yet; one that was replaced meanwhile in its new form."""
    for file in school_files():
        path = str(file.relative_to(settings.DATA))
        with suppress(FileNotFoundError):
            known = linked.get(path)
            if known is None or not known.held.samefile(file):
                held = stage / uuid.uuid4().hex
                os.link(file, held)
                linked[path] = Linked(path, held)


def _kept(folder: Path, one: Linked, key: bytes) -> dict[str, Any]:
    """The file in the shared store, under its hash; sealed once."""
    told = hashlib.sha256()
    with one.held.open("rb") as file:
        for piece in pieces_of(file):
            told.update(piece)
    sha = told.hexdigest()
    target = stored(folder, sha)
    if not target.exists():
        part = target.with_suffix(".part")
        with one.held.open("rb") as file:
            seal(pieces_of(file), part, key, f"file {sha}")
        part.rename(target)
    return {"path": one.path, "bytes": one.held.stat().st_size, "sha256": sha}


def stored(folder: Path, sha: str) -> Path:
    return folder / "files" / sha[:2] / f"{sha}.sealed"


def _erasures(folder: Path, key: bytes) -> bool:
    """The log of erasures beside all backups: an older one than the newest needs it too."""
    log = settings.CHECKPOINTS / ERASURES
    if not log.is_file():
        return False
    part = folder / "erasures.part"
    seal([log.read_bytes()], part, key, "erasures")
    part.rename(folder / "erasures.sealed")
    return True


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def backups(folder: Path) -> list[Path]:
    """The finished ones, oldest first."""
    return sorted(
        path.parent for path in folder.glob("*/backup.json") if path.parent.name[0] != "."
    )


def manifest(place: Path, key: bytes) -> dict[str, Any]:
    """What a backup says it holds. Raises Damaged."""
    text = b"".join(unseal(place / "manifest.sealed", key, "manifest"))
    return dict(json.loads(text))


def prune(folder: Path, keep: int, key: bytes) -> None:
    """Only the newest ``keep`` stay, and the files that they name."""
    every = backups(folder)
    for old in every[:-keep] if keep else []:
        shutil.rmtree(old)
    try:
        named = {
            one["sha256"] for place in backups(folder) for one in manifest(place, key)["files"]
        }
    except Damaged:  # one of another key: then nothing is certain, and nothing goes
        return
    for file in (folder / "files").glob("*/*.sealed"):
        if file.stem not in named:
            file.unlink()


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run backup", description=__doc__)
    parser.add_argument("folder", type=Path, help="on another disk or machine")
    parser.add_argument("--keep", type=int, default=30, help="how many stay (0: all)")
    told = parser.parse_args(words)
    try:
        made = backup(told.folder, keep=told.keep)
    except NoBackup as trouble:
        print(f"没有备份 · no backup: {trouble}", file=sys.stderr)
        return 1
    print(json.dumps(made, ensure_ascii=False))
    print(
        f"备份好了；没有 {settings.DATA}/secret.key 谁也打不开，请另存一份。"
        " · Backed up; only the key file opens it: keep a copy of that elsewhere."
    )
    return 0
