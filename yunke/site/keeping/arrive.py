"""A backup of PostgreSQL comes back in a database of its own, which then takes the old one's
name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection, connections, transaction

from yunke.site.keeping.sealed import Damaged, unseal
from yunke.site.keeping.snapshot import columns_of, postgres_tables

PART = "_restored"


class NoRoom(Exception):
    """The server let no database be made or renamed."""


def load(place: Path, told: dict[str, Any], key: bytes) -> None:
    """Fill a new database beside the living one and hold it against the manifest."""
    name = connection.settings_dict["NAME"]
    try:
        _again(name + PART)
        with named(name + PART):
            _tables(told)
            _fill(place, told, key)
            _compare(told)
    except psycopg.Error as trouble:
        raise NoRoom(str(trouble)) from None


@contextmanager
def named(name: str) -> Iterator[None]:
    """The connection of this process goes to another database meanwhile."""
    before = connection.settings_dict["NAME"]
    _leave()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        _leave()
        connection.settings_dict["NAME"] = before


def _leave() -> None:
    for one in connections.all(initialized_only=True):
        one.close()
        one.close_pool()  # type: ignore[attr-defined]


def _again(name: str) -> None:
    """An empty database of that name."""
    quoted = connection.ops.quote_name(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'")


def _tables(told: dict[str, Any]) -> None:
    """The tables as they were when the backup was made; newer ones come after the rows."""
    last: dict[str, str] = {}
    for app, name in told["migrations"]:
        last[app] = max(name, last.get(app, ""))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
    for app, name in sorted(last.items()):
        call_command("migrate", app, name, interactive=False, verbosity=0)


def _fill(place: Path, told: dict[str, Any], key: bytes) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        names = [table["name"] for table in told["tables"]]
        quoted = ", ".join(map(connection.ops.quote_name, names))
        cursor.execute(f"TRUNCATE {quoted}")
        for table in told["tables"]:
            if list(columns_of(cursor, table["name"])) != list(table["columns"]):
                raise Damaged(f"the table {table['name']} has other columns")
            _copy_in(place, table, key)
        for name, last in told["counters"].items():
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, last])


def _copy_in(place: Path, table: dict[str, Any], key: bytes) -> None:
    name = str(table["name"])
    names = ", ".join(map(connection.ops.quote_name, table["columns"]))
    into = f"COPY {connection.ops.quote_name(name)} ({names}) FROM STDIN"
    assert connection.connection is not None  # noqa: S101 - the caller's transaction holds it
    with connection.connection.cursor() as line, line.copy(into) as copy:
        for part in unseal(place / "tables" / f"{name}.sealed", key, f"table {name}"):
            copy.write(part)


def _compare(told: dict[str, Any]) -> None:
    there = {held.name: (held.rows, held.sha256) for held in postgres_tables().tables}
    for table in told["tables"]:
        if there.get(table["name"]) != (table["rows"], table["sha256"]):
            raise Damaged(f"the table {table['name']} is not what was kept")


def nobody_else() -> None:
    """Raises NoRoom while somebody else uses the living database: it could not change its name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        others = cursor.fetchone()[0]
    if others:
        raise NoRoom(f"{others} others are connected to the database: let them leave first")


def take_place(aside: str) -> None:
    """The living database gets a name aside, the new one gets its name."""
    name = connection.settings_dict["NAME"]
    _leave()
    quote = connection.ops.quote_name
    old = f"{name}_{aside}".replace("-", "_").lower()[:60]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {quote(name)} RENAME TO {quote(old)}")
        cursor.execute(f"ALTER DATABASE {quote(name + PART)} RENAME TO {quote(name)}")
