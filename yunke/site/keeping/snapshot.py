"""The database of one instant, table by table, while the school goes on writing."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from yunke.site.keeping.sealed import pieces_of, seal
from yunke.site.keeping.tables import Source, digest, tables

# The same rows give the same text on every server.
PLAIN = "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL bytea_output = 'hex'; "
PATIENT = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0"


@dataclass(frozen=True)
class Held:
    """A table as the backup holds it. ``columns`` in the order of its text (PostgreSQL)."""

    name: str
    rows: int
    sha256: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    engine: str
    migrations: list[tuple[str, str]]
    tables: list[Held]
    counters: dict[str, int]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def take(folder: Path, key: bytes) -> "Iterator[Snapshot | None]":
    """A generator: its first step fixes the instant, its second seals all of it into ``folder``."""
    return _sqlite(folder, key) if connection.vendor == "sqlite" else _postgres(folder, key)


def _sqlite(folder: Path, key: bytes) -> "Iterator[Snapshot | None]":
    copy = folder / "copy.sqlite3"
    line = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    line.execute("VACUUM INTO ?", [str(copy)])
    line.close()
    yield None
    try:
        found = sqlite_tables(copy)
        with copy.open("rb") as file:
            seal(pieces_of(file), folder / "database.sealed", key, "database")
        yield found
    finally:
        copy.unlink()


def sqlite_tables(file: Path) -> Snapshot:
    """What an SQLite file holds."""
    source = Source(file)
    try:
        held = [Held(t.name, *digest(source.raw(t))) for t in tables() if source.has(t)]
        applied = source.line.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        names = [(app.decode(), name.decode()) for app, name in applied]
        return Snapshot("sqlite", names, held, {})
    finally:
        source.close()


def _postgres(folder: Path, key: bytes) -> "Iterator[Snapshot | None]":
    with reading() as cursor:
        yield None
        held = [_copied(cursor, name, folder, key) for name in table_names(cursor)]
        yield Snapshot("postgresql", _migrations(cursor), held, _counters(cursor))


@contextmanager
def reading() -> Iterator[Any]:
    """One snapshot of everything, fixed by its first statement."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(PLAIN + PATIENT)
        cursor.execute("SELECT count(*) FROM django_migrations")
        yield cursor


def table_names(cursor: Any) -> list[str]:
    """All tables but the list of migrations; the search's own too."""
    names = connection.introspection.table_names(cursor)
    return sorted(name for name in names if name != "django_migrations")


def postgres_tables() -> Snapshot:
    """What the PostgreSQL database of this process holds."""
    with reading() as cursor:
        held = [_copied(cursor, name, None, b"") for name in table_names(cursor)]
        return Snapshot("postgresql", _migrations(cursor), held, _counters(cursor))


def _copied(cursor: Any, name: str, folder: Path | None, key: bytes) -> Held:
    columns = columns_of(cursor, name)
    count = Lines()
    if folder is None:
        told = hashlib.sha256()
        for part in count.of(text_of(cursor, name, columns)):
            told.update(part)
        return Held(name, count.lines, told.hexdigest(), columns)
    parts = count.of(text_of(cursor, name, columns))
    _size, sha = seal(parts, folder / "tables" / f"{name}.sealed", key, f"table {name}")
    return Held(name, count.lines, sha, columns)


def columns_of(cursor: Any, name: str) -> tuple[str, ...]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND NOT attisdropped ORDER BY attnum",
        [connection.ops.quote_name(name)],
    )
    return tuple(row[0] for row in cursor.fetchall())


def text_of(cursor: Any, name: str, columns: tuple[str, ...]) -> Iterator[bytes]:
    """The rows as COPY writes them, in the order of the key, which is the first column."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    asked = f"SELECT {names} FROM {connection.ops.quote_name(name)} ORDER BY 1"  # noqa: S608
    with connection.connection.cursor() as line, line.copy(f"COPY ({asked}) TO STDOUT") as copy:
        for part in copy:
            yield bytes(part)


class Lines:
    """Counts the lines that pass."""

    def __init__(self) -> None:
        self.lines = 0

    def of(self, parts: Iterator[bytes]) -> Iterator[bytes]:
        for part in parts:
            self.lines += part.count(b"\n")
            yield part


def _migrations(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [(app, name) for app, name in cursor.fetchall()]


def _counters(cursor: Any) -> dict[str, int]:
    cursor.execute(
        "SELECT sequencename, last_value FROM pg_sequences "
        "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
    )
    return {name: int(last) for name, last in cursor.fetchall()}
