"""Ids that were written with their rows, and the counters that must go on behind them.

SQLite counts on from the highest id by itself; PostgreSQL's counters only know what they gave.
"""

from typing import Any

from django.db import connection, models


def ids_follow(*written: type[models.Model]) -> None:
    """Rows of these tables were written with ids of their own: count on behind them. A statement
    each on PostgreSQL, none on SQLite. A counter never goes back."""
    if connection.vendor != "postgresql":
        return
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in written:
            meta: Any = model._meta
            table, key = quoted(meta.db_table), quoted(meta.pk.column)
            cursor.execute(
                "SELECT setval(s, greatest(top, pg_sequence_last_value(s::regclass))) "  # noqa: S608
                f"FROM pg_get_serial_sequence(%s, %s) s, (SELECT max({key}) AS top FROM {table}) t "
                "WHERE top IS NOT NULL",
                [table, meta.pk.column],
            )
