"""A hot statement by index, asked in plain SQL with ``%s`` marks.

On SQLite it goes straight through the database's own connection: Django's two cursors above it
cost twice as much as the statement. Elsewhere, and while queries are counted, through Django.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection


def rows(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """All rows of the statement. ``values``: numbers, texts, ``instant(...)``."""
    if connection.vendor != "sqlite" or connection.force_debug_cursor:
        with connection.cursor() as cursor:
            found: list[tuple[Any, ...]] = cursor.execute(statement, values).fetchall()
            return found
    connection.ensure_connection()
    return list(connection.connection.execute(_plain(statement), values))


@lru_cache(maxsize=1000)
def _plain(statement: str) -> str:
    return statement.replace("%s", "?")


def instant(moment: datetime) -> object:
    """An instant in UTC as this database keeps it."""
    return str(moment.replace(tzinfo=None)) if connection.vendor == "sqlite" else moment
