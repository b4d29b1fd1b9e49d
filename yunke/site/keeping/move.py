"""``./run move postgresql://…``: a living SQLite school comes to PostgreSQL, nothing lost unsaid.

``--dry-run`` does everything on a copy of this instant while the school goes on, and undoes it.
The move itself lets nobody write (pages and phones say so), reads the file and never changes it;
so the way back is to go on with the file: ``./run move --back``.
"""

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.template.loader import render_to_string

from yunke.base.search import PostgresIndex
from yunke.base.standstill import sign
from yunke.site.database import postgres
from yunke.site.env import BadSetting, url_of
from yunke.site.keeping.load import fill, numbers_after
from yunke.site.keeping.tables import BadRow, Source, Table, digest, rows_there, shown, tables

THERE = "there"
DRAIN = 20.0  # seconds that writes in hand may take to end
ROUNDS = 5  # each leaves out what the last one was refused


class Unmovable(Exception):
    """The move does not begin, or was undone; the text says why."""


@dataclass
class Moved:
    """What was moved: a line for each table, and every row that was left out with its reason."""

    to: str
    dry_run: bool
    rows: int = 0
    seconds: float = 0.0
    equal: bool = False
    tables: list[dict[str, Any]] = field(default_factory=list)
    quarantine: list[BadRow] = field(default_factory=list)


def move(url: str, *, dry_run: bool = False) -> Moved:
    """Move, or try to; raises Unmovable and leaves the target as it was when it cannot be done."""
    file = Path(settings.DATABASES["default"]["NAME"])
    if settings.DATABASE or not file.is_file():
        raise Unmovable("there is no SQLite school here (YUNKE_DATABASE is set, or no file)")
    there = _there(url)
    began = time.monotonic()
    moved = Moved(url.rpartition("@")[2], dry_run)
    _prepare(there)
    with _copy_of(file) if dry_run else _standing(file) as source:
        _same_age(Source(source), there)
        _moved(source, there, moved)
    moved.seconds = round(time.monotonic() - began, 1)
    return moved


def _there(url: str) -> BaseDatabaseWrapper:
    """The other database as a second one of this process."""
    entry = postgres(url_of("the address", url, ("postgresql",)), settings.DATA)
    entry["OPTIONS"] = {**entry["OPTIONS"], "pool": False, "isolation_level": 2}
    entry["OPTIONS"]["options"] = "-c synchronous_commit=on -c statement_timeout=0"
    both = {"default": settings.DATABASES["default"], THERE: entry}
    connections.settings = connections.configure_settings(both)
    return connections[THERE]


def _prepare(there: BaseDatabaseWrapper) -> None:
    """Its tables, empty. Raises Unmovable when somebody lives there."""
    with there.cursor() as cursor:
        living = "django_migrations" in there.introspection.table_names(cursor)
    if living and any(_any_row(there, table) for table in tables()):
        raise Unmovable("that database already holds a school; give an empty one")
    call_command("migrate", database=THERE, interactive=False, verbosity=0)


def _any_row(there: BaseDatabaseWrapper, table: Table) -> bool:
    with there.cursor() as cursor:
        if table.name not in there.introspection.table_names(cursor):
            return False
        cursor.execute(f'SELECT 1 FROM "{table.name}" LIMIT 1')  # noqa: S608
        return cursor.fetchone() is not None


def _same_age(source: Source, there: BaseDatabaseWrapper) -> None:
    here = set(source.line.execute("SELECT app, name FROM django_migrations"))
    names = {(app.decode(), name.decode()) for app, name in here}
    source.close()
    if names != set(MigrationRecorder(there).applied_migrations()):
        raise Unmovable("the SQLite file is of another version than this program: ./run setup")


@contextmanager
def _copy_of(file: Path) -> Iterator[Path]:
    """The school of this instant in a file of its own; it goes on meanwhile."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".move-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        line = sqlite3.connect(file, isolation_level=None)
        line.execute("VACUUM INTO ?", [str(copy)])
        line.close()
        yield copy


@contextmanager
def _standing(file: Path) -> Iterator[Path]:
    """Nobody writes: told so by the sign, and held off by the file's own write lock.

    The sign stays after a move, so that nothing is written to the old file; a move that failed
    takes it away.
    """
    sign().touch()
    line = sqlite3.connect(file, isolation_level=None, timeout=DRAIN)
    try:
        line.execute("BEGIN IMMEDIATE")
        yield file
    except BaseException:
        sign().unlink(missing_ok=True)
        raise
    finally:
        line.close()


def _moved(file: Path, there: BaseDatabaseWrapper, moved: Moved) -> None:
    """All tables in one transaction of the other side: there is never half a school."""
    source = Source(file)
    try:
        bad = _bad_rows(source)
        for _round in range(ROUNDS):
            refused = _try(source, there, moved, bad)
            if not refused:
                break
            bad += refused
        else:
            raise Unmovable(f"{len(bad)} rows are refused, and still more each time")
    finally:
        source.close()
    moved.quarantine = bad
    if not moved.equal:
        names = [told["table"] for told in moved.tables if not told["equal"]]
        raise Unmovable(f"both sides differ in {', '.join(names)}: undone")


def _try(
    source: Source, there: BaseDatabaseWrapper, moved: Moved, bad: list[BadRow]
) -> list[BadRow]:
    """One attempt; committed only when nothing was refused and both sides are equal."""
    left = _left_out(source, bad)
    refused: list[BadRow] = []
    with transaction.atomic(using=THERE):
        _empty(there)
        for table in tables():
            refused += fill(there, table, _good(source, table, left))
        if not refused:
            _search(source, there)
            _compare(source, there, moved, left)
        if refused or not moved.equal or moved.dry_run:
            transaction.set_rollback(True, using=THERE)
    return refused


def _bad_rows(source: Source) -> list[BadRow]:
    """Every row with a cell that PostgreSQL cannot hold."""
    bad: list[BadRow] = []
    for table in tables():
        for _row in source.rows(table, bad):
            pass
    return bad


def _good(source: Source, table: Table, left: dict[str, set[Any]]) -> Iterator[tuple[Any, ...]]:
    out = left.get(table.name, set())
    return (row for row in source.rows(table) if row[table.at_key] not in out)


def _left_out(source: Source, bad: list[BadRow]) -> dict[str, set[Any]]:
    """Keys by table that stay behind: the bad ones, and whatever points at one that stays behind.

    Those that follow are added to ``bad`` with their reason.
    """
    left: dict[str, set[Any]] = {}
    for row in bad:
        left.setdefault(row.table, set()).add(row.id)
    found = True
    while found:
        found = False
        for table in tables():
            for column in (c for c in table.columns if c.points_to):
                for key, at in _pointing(source, table, column.name, column.points_to, left):
                    if key not in left.setdefault(table.name, set()):
                        found = True
                        left[table.name].add(key)
                        why = f"it belongs to {column.points_to} {at}, which was not taken"
                        bad.append(BadRow(table.name, key, column.name, why))
    return left


def _pointing(
    source: Source, table: Table, column: str, target: str, left: dict[str, set[Any]]
) -> Iterator[tuple[Any, Any]]:
    """(key, what it points at) of rows that point at nothing, or at a row that stays behind."""
    key = next(t.key for t in tables() if t.name == target)
    asked = (
        f'SELECT c."{table.key}", c."{column}" FROM "{table.name}" c '  # noqa: S608
        f'LEFT JOIN "{target}" p ON p."{key}" = c."{column}" '
        f'WHERE c."{column}" IS NOT NULL AND p."{key}" IS NULL'
    )
    for row in source.line.execute(asked):
        yield shown(row[0]), shown(row[1])
    for gone in left.get(target, set()):
        asked = f'SELECT "{table.key}", "{column}" FROM "{table.name}" WHERE "{column}" = ?'  # noqa: S608
        for row in source.line.execute(asked, [gone]):
            yield shown(row[0]), shown(row[1])


def _empty(there: BaseDatabaseWrapper) -> None:
    """What migrations wrote into a new house; the old house brings its own."""
    names = ", ".join(f'"{table.name}"' for table in tables())
    with there.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names}")


def _search(source: Source, there: BaseDatabaseWrapper) -> None:
    """The search's own tables, row by row as they were laid out."""
    asked = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' AND name LIKE ?"
    for (name,) in list(source.line.execute(asked, ["%_search"])):
        table = name.decode()
        rows: Any = source.line.execute(
            f"SELECT rowid, title, more, pinyin, initials FROM {table}"  # noqa: S608
        )
        index = PostgresIndex(table.removesuffix("_search"), there)
        index.create()
        index.lay((n, *(text.decode() for text in texts)) for n, *texts in rows)


def _compare(
    source: Source, there: BaseDatabaseWrapper, moved: Moved, left: dict[str, set[Any]]
) -> None:
    """The ordered hash of each table on both sides, and the next id that will be given."""
    models = apps.get_models(include_auto_created=True)
    given = dict(source.line.execute("SELECT name, seq FROM sqlite_sequence"))
    after = numbers_after(there, models, {name.decode(): seq for name, seq in given.items()})
    moved.tables, moved.rows, moved.equal = [], 0, True
    for table in tables():
        count, mine = digest(_good(source, table, left))
        _count, theirs = digest(rows_there(there, table))
        moved.rows += count
        moved.equal = moved.equal and mine == theirs
        moved.tables.append(
            {
                "table": table.name,
                "rows": count,
                "left": len(left.get(table.name, ())),
                "sha256": mine,
                "equal": mine == theirs,
                "next_id": after.get(table.name),
            }
        )


def report(moved: Moved, folder: Path) -> Path:
    """The report as JSON and as a page; gives the page."""
    text = json.dumps(asdict(moved), ensure_ascii=False, indent=1)
    (folder / "move.json").write_text(text)
    page = folder / "move.html"
    page.write_text(
        render_to_string(
            "site/moved.html",
            {"moved": moved, "languages": [code for code, _name in settings.LANGUAGES]},
        )
    )
    return page


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run move", description=__doc__)
    parser.add_argument("to", nargs="?", default="", help="postgresql://user:password@host/name")
    parser.add_argument("--dry-run", action="store_true", help="try it on a copy, undo it")
    parser.add_argument("--back", action="store_true", help="go on with the SQLite file")
    told = parser.parse_args(words)
    if told.back:
        sign().unlink(missing_ok=True)
        print(
            "现在又用 SQLite 了：去掉 YUNKE_DATABASE，再 ./run serve · unset YUNKE_DATABASE, serve"
        )
        return 0
    try:
        moved = move(told.to, dry_run=told.dry_run)
    except (Unmovable, BadSetting) as trouble:
        print(f"没有搬 · not moved: {trouble}", file=sys.stderr)
        return 1
    page = report(moved, settings.DATA)
    print(
        f"{'试搬 · tried' if moved.dry_run else '搬好了 · moved'}: {moved.rows} 行 rows, "
        f"{moved.seconds} s, {len(moved.quarantine)} 行留下 left out; {page}"
    )
    if not moved.dry_run:
        print("下一步 · next: YUNKE_DATABASE=postgresql://… ./run serve")
    return 0
