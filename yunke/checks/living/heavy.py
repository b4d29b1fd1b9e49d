"""A quick pen for measurements: the same plain SQL with ``:name`` marks on both engines."""

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

from yunke.checks.living.rows import address_of

MARK = re.compile(r"(?<!:):([a-z_]+)")


class Pen:
    """One transaction on the database of a data folder; ``close`` keeps and tidies it."""

    def __init__(self, data: Path) -> None:
        address = address_of(data)
        self.sqlite = not address
        self.line: Any = _postgres(address) if address else _sqlite(data)

    def execute(self, statement: str, values: Mapping[str, Any] | None = None) -> Any:
        if self.sqlite:
            return self.line.execute(statement, values or {})
        words = MARK.sub(r"%(\1)s", statement.replace("%", "%%"))
        return self.line.execute(words, values or {})

    def one(self, statement: str) -> Any:
        return self.execute(statement).fetchone()[0]

    def close(self) -> None:
        if self.sqlite:
            self.line.execute("COMMIT")
            self.line.execute("ANALYZE")
            self.line.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            self.line.commit()
            self.line.autocommit = True
            self.line.execute("VACUUM ANALYZE")
            self.line.execute("CHECKPOINT")
        self.line.close()


def _postgres(address: str) -> Any:
    line: Any = psycopg.connect(address, cursor_factory=psycopg.ClientCursor)
    line.execute("SET synchronous_commit = off")
    return line


def _sqlite(data: Path) -> sqlite3.Connection:
    line = sqlite3.connect(data / "yunke.sqlite3", isolation_level=None)
    for pragma in ("synchronous=OFF", "journal_mode=WAL", "cache_size=-200000"):
        line.execute(f"PRAGMA {pragma}")
    line.execute("BEGIN")
    return line


def twin(of: Path, data: Path) -> None:
    """On PostgreSQL: the database of ``data`` becomes a copy of that of ``of``."""
    address = address_of(of)
    if not address:
        return
    base, _, name = address.rpartition("/")
    other = address_of(data).rpartition("/")[2]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{other}" TEMPLATE "{name}"')
