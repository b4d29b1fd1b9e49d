"""Every table of the house, found by itself: its columns, its rows in order, its hash.

Rows are read by plain statements in the order of their keys, a thousand at a time, whatever the
database; a room that was built yesterday is in the list without a word said about it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from yunke.site.keeping.cells import BadCell, Text, cell_of, plain

CHUNK = 2000


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    longest: int | None
    null: bool
    points_to: str  # the table of a foreign key, else ""


@dataclass(frozen=True)
class Table:
    name: str
    key: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def at_key(self) -> int:
        return self.names.index(self.key)


@dataclass(frozen=True)
class BadRow:
    """A row that the other database cannot hold: which, where and why."""

    table: str
    id: Any
    column: str
    reason: str


def tables() -> list[Table]:
    """All tables of all rooms, the ties of many to many included, by name."""
    found = {
        model._meta.db_table: _table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [found[name] for name in sorted(found)]


def _table(model: type[models.Model]) -> Table:
    meta = model._meta
    assert meta.pk is not None  # noqa: S101 - every table has a key
    return Table(meta.db_table, str(meta.pk.column), tuple(map(_column, meta.concrete_fields)))


def _column(field: "models.Field[Any, Any]") -> Column:
    target: Any = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    related: Any = field.related_model
    points_to = ""
    if isinstance(field, models.ForeignKey) and getattr(field, "db_constraint", True):
        points_to = related._meta.db_table
    return Column(
        str(field.column), target.get_internal_type(), target.max_length, field.null, points_to
    )


class Source:
    """An SQLite file, read as it is: texts as bytes, numbers as they lie."""

    def __init__(self, file: Path) -> None:
        self.line = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
        self.line.text_factory = Text
        self.line.execute("PRAGMA query_only=ON")

    def close(self) -> None:
        self.line.close()

    def count(self, table: Table) -> int:
        return int(self.line.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0])  # noqa: S608

    def has(self, table: Table) -> bool:
        asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self.line.execute(asked, [table.name]).fetchone() is not None

    def raw(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """The rows in the order of their key, as they lie."""
        names = ", ".join(f'"{name}"' for name in table.names)
        cursor = self.line.execute(f'SELECT {names} FROM "{table.name}" ORDER BY "{table.key}"')  # noqa: S608
        while rows := cursor.fetchmany(CHUNK):
            yield from rows

    def rows(self, table: Table, bad: list[BadRow] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows that PostgreSQL can hold; the others are named in ``bad``."""
        for raw in self.raw(table):
            row = _row(table, raw, bad if bad is not None else [])
            if row is not None:
                yield row


def _row(table: Table, raw: tuple[Any, ...], bad: list[BadRow]) -> tuple[Any, ...] | None:
    found, good = [], True
    for column, value in zip(table.columns, raw, strict=True):
        try:
            if value is None and not column.null:
                raise BadCell("nothing where something belongs")
            found.append(cell_of(column.kind, value, longest=column.longest))
        except BadCell as trouble:
            bad.append(BadRow(table.name, shown(raw[table.at_key]), column.name, str(trouble)))
            good = False
    return tuple(found) if good else None


def shown(key: Any) -> Any:
    """A key as a report can say it."""
    return key.decode(errors="replace") if isinstance(key, bytes) else key


def rows_there(connection: BaseDatabaseWrapper, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows on PostgreSQL in the order of their key, JSON as values. Inside a transaction."""
    names = ", ".join(f'"{name}"' for name in table.names)
    jsons = [at for at, column in enumerate(table.columns) if column.kind == "JSONField"]
    order = f'"{table.key}"'
    if table.columns[table.at_key].kind == "CharField":
        order += ' COLLATE "C"'
    assert connection.connection is not None  # noqa: S101 - the caller's transaction holds it
    with connection.connection.cursor(name="rows_there") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {order}')  # noqa: S608
        for row in cursor:
            yield _loaded(row, jsons) if jsons else row


def _loaded(row: tuple[Any, ...], jsons: list[int]) -> tuple[Any, ...]:
    """JSON comes as text: Django asked psycopg to leave it."""
    cells = list(row)
    for at in jsons:
        cells[at] = json.loads(cells[at]) if isinstance(cells[at], str) else cells[at]
    return tuple(cells)


def digest(rows: Iterable[tuple[Any, ...]]) -> tuple[int, str]:
    """How many rows, and the SHA-256 over all of them in their order."""
    told, count = hashlib.sha256(), 0
    for row in rows:
        for value in row:
            text = plain(value).encode()
            told.update(b"%d:" % len(text))
            told.update(text)
        told.update(b"\n")
        count += 1
    return count, told.hexdigest()
