"""Looking into the database of a data folder from outside, whichever engine it has."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from yunke.base.place import own_name


def address_of(data: Path) -> str:
    """The PostgreSQL address of the folder's own database; "" on SQLite."""
    return os.environ.get("YUNKE_DATABASE", "").replace("{data}", own_name(data.resolve()))


class Rows:
    """One line to the database; ``ask`` takes statements with ``?`` marks."""

    def __init__(self, data: Path) -> None:
        address = address_of(data)
        self.sqlite = not address
        self.line: Any = (
            psycopg.connect(address, autocommit=True)
            if address
            else sqlite3.connect(data / "yunke.sqlite3")
        )

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        words = statement if self.sqlite else statement.replace("?", "%s")
        return list(self.line.execute(words, values).fetchall())

    def integrity(self) -> str:
        """ "ok", or what SQLite's own check says; PostgreSQL answers for itself."""
        return str(self.ask("PRAGMA integrity_check")[0][0]) if self.sqlite else "ok"

    def close(self) -> None:
        self.line.close()
