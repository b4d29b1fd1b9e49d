"""A hot statement by index, asked in plain SQL with ``%s`` marks.

On SQLite it goes straight through the database's own connection: Django's two cursors above it
cost twice as much as the statement, and finding the connection in an event loop as much again.
On PostgreSQL it is prepared once a connection: planning it anew costs more than running it.
While queries are counted, it goes through Django.
"""

import threading
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class _Mine(threading.local):
    """Each thread's connection, which stays the same object as long as the thread lives."""

    held: BaseDatabaseWrapper | None = None


_mine = _Mine()


def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of the statement. ``values``: numbers, texts, instants in UTC."""
    held = _mine.held
    if held is None:
        held = _mine.held = connections[DEFAULT_DB_ALIAS]
    kept = [_kept(v) for v in values] if held.vendor == "sqlite" else values
    if held.force_debug_cursor:
        with held.cursor() as cursor:
            cursor.execute(statement, kept)
            return list(cursor.fetchall())
    if held.connection is None:
        held.ensure_connection()
    if held.vendor == "sqlite":
        return list(held.connection.execute(_plain(statement), kept))
    # The wrapper's own module: a house on SQLite never imports psycopg.
    driver: Any = held
    with held.wrap_database_errors, driver.Database.Cursor(held.connection) as prepared:
        return list(prepared.execute(statement, kept, prepare=True))


@lru_cache(maxsize=1000)
def _plain(statement: str) -> str:
    return statement.replace("%s", "?")


def _kept(value: Any) -> Any:
    """An instant as SQLite keeps it: text, in UTC, without a zone."""
    return str(value.replace(tzinfo=None)) if isinstance(value, datetime) else value
