"""Bringing rows into PostgreSQL by COPY; what it refuses is found by halving, and named."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import psycopg
from django.core.management.color import no_style
from django.db.backends.base.base import BaseDatabaseWrapper

from yunke.site.keeping.tables import BadRow, Table, shown

CHUNK = 20_000
Row = tuple[Any, ...]


def fill(there: BaseDatabaseWrapper, table: Table, rows: Iterable[Row]) -> list[BadRow]:
    """Write all rows; gives those that the database refused. Inside a transaction."""
    jsons = [at for at, column in enumerate(table.columns) if column.kind == "JSONField"]
    refused: list[BadRow] = []
    line = iter(rows)
    while chunk := list(islice(line, CHUNK)):
        _write(there, table, _dumped(chunk, jsons), refused)
    return refused


def _dumped(rows: list[Row], jsons: list[int]) -> list[Row]:
    if not jsons:
        return rows
    found = []
    for row in rows:
        cells = list(row)
        for at in jsons:
            if cells[at] is not None:
                cells[at] = json.dumps(cells[at], ensure_ascii=False)
        found.append(tuple(cells))
    return found


def _write(
    there: BaseDatabaseWrapper, table: Table, rows: list[Row], refused: list[BadRow]
) -> None:
    """One COPY in a savepoint; refused as a whole it is tried again in halves."""
    trouble = _copy(there, table, rows)
    if trouble is None:
        return
    if len(rows) == 1:
        column = getattr(trouble.diag, "column_name", "") or ""
        why = trouble.diag.message_detail or trouble.diag.message_primary or str(trouble)
        refused.append(BadRow(table.name, shown(rows[0][table.at_key]), column, why[:300]))
        return
    half = len(rows) // 2
    _write(there, table, rows[:half], refused)
    _write(there, table, rows[half:], refused)


def _copy(there: BaseDatabaseWrapper, table: Table, rows: list[Row]) -> psycopg.Error | None:
    names = ", ".join(f'"{name}"' for name in table.names)
    line = there.connection
    assert line is not None  # noqa: S101 - the caller's transaction holds it
    try:
        with (
            line.transaction(),
            line.cursor() as cursor,
            cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as trouble:
        return trouble
    return None


def numbers_after(
    there: BaseDatabaseWrapper, models: Iterable[Any], given: dict[str, int]
) -> dict[str, int]:
    """Set every counter behind the highest id, and behind ``given`` (what the old database had
    counted to: an id of a row that is gone is not given again). Gives each table's next id."""
    found = {}
    with there.cursor() as cursor:
        for statement in there.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
        for table, sequence in _sequences(cursor):
            if given.get(table):
                cursor.execute(f"SELECT max(last_value) FROM {sequence}")  # noqa: S608
                last = max(given[table], cursor.fetchone()[0])
                cursor.execute("SELECT setval(%s, %s, true)", [sequence, last])
            cursor.execute(f"SELECT last_value + is_called::int FROM {sequence}")  # noqa: S608
            found[table] = int(cursor.fetchone()[0])
    return found


def _sequences(cursor: Any) -> Iterator[tuple[str, str]]:
    """(table, its counter) of every table that counts by itself."""
    cursor.execute(
        "SELECT c.relname, pg_get_serial_sequence(quote_ident(c.relname), a.attname) "
        "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE a.attidentity <> '' AND c.relkind = 'r' AND pg_table_is_visible(c.oid)"
    )
    yield from cursor.fetchall()
