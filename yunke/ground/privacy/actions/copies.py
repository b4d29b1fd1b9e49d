"""A person's copy: one ZIP with JSON for machines, a page for people, and the files."""

import io
import json
import os
import secrets
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from yunke.base.clock import now
from yunke.ground.people.door import names_of
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.reads.copy import lake_lines, person_tables
from yunke.ground.privacy.reads.parts import person_files
from yunke.ground.privacy.reads.told import purpose_told, table_told

KEPT_DAYS = 7
# Rows of a table that the readable page shows; the JSON has all.
SHOWN = 200
Told = Callable[[str, float], None]


def copies_folder() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "copies"


def copy_file(wish: Wish) -> Path | None:
    """The ZIP of a wish while it is there."""
    path = copies_folder() / wish.file
    return path if wish.file and path.is_file() else None


def copy_write(wish: Wish, told: Told = lambda _stage, _share: None) -> dict[str, Any]:
    """Write the ZIP and note it at the wish; gives {table: rows}. Streams, whatever its size."""
    folder = copies_folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{wish.id}-{secrets.token_urlsafe(16)}.zip"
    part = folder / f"{name}.part"
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        counts = _fill(archive, wish.person_id, told)
    os.replace(part, folder / name)
    Wish.objects.filter(id=wish.id).update(
        file=name, bytes=(folder / name).stat().st_size, receipt={"tables": counts},
        expires_at=now() + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    return counts


def _fill(archive: zipfile.ZipFile, person_id: int, told: Told) -> dict[str, int]:
    counts: dict[str, int] = {}
    pages: list[dict[str, Any]] = []
    found = list(person_tables(person_id))
    for number, (table, held, rows) in enumerate(found):
        told(table, number / (len(found) + 2))
        counts[table] = _table(archive, f"tables/{table}.json", rows, pages, table, held.purpose)
    told("lake", len(found) / (len(found) + 2))
    counts["lake"] = _table(
        archive, "lake/events.json", lake_lines(person_id), pages, "lake.Event", "teaching"
    )
    for name, path in person_files(person_id):
        archive.write(path, name)
        counts["files"] = counts.get("files", 0) + 1
    _readable(archive, person_id, [page for page in pages if page["rows"]])
    about = {"person": person_id, "made_at": now().isoformat(), "tables": counts}
    archive.writestr("about.json", json.dumps(about, ensure_ascii=False, indent=1))
    return counts


def _table(
    archive: zipfile.ZipFile, name: str, rows: Iterator[dict[str, Any]],
    pages: list[dict[str, Any]], table: str, purpose: str,
) -> int:  # fmt: skip
    """One table as a JSON list, a row a line; its first rows also for the readable page."""
    shown: list[dict[str, Any]] = []
    count = 0
    with archive.open(name, "w") as raw, io.TextIOWrapper(raw, "utf-8") as out:
        out.write("[")
        for row in rows:
            out.write(("," if count else "") + "\n" + json.dumps(row, ensure_ascii=False))
            count += 1
            if len(shown) < SHOWN:
                shown.append(row)
        out.write("\n]\n")
    pages.append({"table": table, "purpose": purpose, "count": count, "rows": shown})
    return count


def _readable(archive: zipfile.ZipFile, person_id: int, pages: list[dict[str, Any]]) -> None:
    somebody = names_of([person_id]).get(person_id)
    for language, file in (("zh-hans", "index.html"), ("en", "index.en.html")):
        with translation.override(language):
            shown = [
                {
                    "name": table_told(page["table"]), "purpose": purpose_told(page["purpose"]),
                    "table": page["table"], "count": page["count"],
                    "head": list(page["rows"][0]), "rows": [list(r.values()) for r in page["rows"]],
                }
                for page in pages
            ]  # fmt: skip
            text = render_to_string(
                "privacy/copy.html",
                {"person": somebody, "tables": shown, "made": now(), "english": language == "en"},
            )
        archive.writestr(file, text)


def copies_sweep() -> int:
    """Remove copies whose time is over, and what a crash left; gives how many files."""
    over = Wish.objects.exclude(file="").filter(expires_at__lt=now())
    for wish in over:
        (copies_folder() / wish.file).unlink(missing_ok=True)
    over.update(file="")
    kept = set(Wish.objects.exclude(file="").values_list("file", flat=True))
    old = (now() - timedelta(days=1)).timestamp()
    gone = 0
    for path in copies_folder().glob("*"):
        if path.name not in kept and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def copies_forget(person_id: int) -> int:
    """An erasure takes the person's own copies along."""
    gone = 0
    for wish in Wish.objects.filter(person_id=person_id).exclude(file=""):
        (copies_folder() / wish.file).unlink(missing_ok=True)
        gone += 1
    return gone


def copy_open(path: Path) -> IO[bytes]:
    return path.open("rb")
