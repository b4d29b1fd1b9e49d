"""The comparison's own database: what the file wants beside what is here, on any engine.

One SQLite file an import, in the data folder; set-based, so that a city's million rows are
compared in seconds, and never inside a transaction of the real database.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yunke.gate.exchange.values import Wrong

# What the file says, as it says it.
RAW = """
CREATE TABLE raw_user (
    line INTEGER, source TEXT, gone INTEGER, login TEXT, name TEXT, role TEXT, orgs TEXT,
    grades TEXT);
CREATE TABLE raw_role (line INTEGER, user TEXT, gone INTEGER, role TEXT, prim INTEGER, org TEXT);
CREATE TABLE raw_tie (
    line INTEGER, gone INTEGER, class TEXT, user TEXT, role TEXT, prim INTEGER,
    first TEXT, last TEXT, subject TEXT);
"""
# What it means here. A negative number is a row that is still to be made.
WANTED = """
CREATE TABLE org (
    id INTEGER PRIMARY KEY, source TEXT, name TEXT, level TEXT, code TEXT, parent INTEGER,
    act TEXT, line INTEGER);
CREATE TABLE org_alias (source TEXT PRIMARY KEY, id INTEGER, school INTEGER) WITHOUT ROWID;
CREATE TABLE class (
    id INTEGER PRIMARY KEY, source TEXT, title TEXT, title_en TEXT, grade INTEGER, number INTEGER,
    school INTEGER, act TEXT, was TEXT, line INTEGER, code TEXT, named INTEGER);
CREATE TABLE class_alias (source TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID;
CREATE TABLE person (
    seq INTEGER PRIMARY KEY, key TEXT, source TEXT, kind TEXT, name TEXT, login TEXT,
    school INTEGER, line INTEGER, gone INTEGER, id INTEGER, act TEXT, was TEXT, back INTEGER,
    crossing INTEGER DEFAULT 0, adopted INTEGER DEFAULT 0, animal TEXT DEFAULT '');
CREATE TABLE tie (
    key TEXT, class INTEGER, role TEXT, subject TEXT, first TEXT, line INTEGER, gone INTEGER,
    person INTEGER, act TEXT, again INTEGER);
CREATE TABLE tie_end (id INTEGER PRIMARY KEY, person INTEGER, class INTEGER, role TEXT,
    subject TEXT);
CREATE TABLE leaver (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, school INTEGER);
"""
# What is here.
HERE = """
CREATE TABLE has_person (id INTEGER PRIMARY KEY, login TEXT, name TEXT, kind TEXT, gone INTEGER);
CREATE TABLE has_source (key TEXT PRIMARY KEY, id INTEGER, org INTEGER) WITHOUT ROWID;
CREATE TABLE has_tie (
    id INTEGER PRIMARY KEY, person INTEGER, class INTEGER, role TEXT, subject TEXT, first TEXT,
    open INTEGER, school INTEGER);
CREATE TABLE has_class (id INTEGER PRIMARY KEY, school INTEGER, grade INTEGER, number INTEGER,
    name TEXT, ended INTEGER);
CREATE TABLE has_org (id INTEGER PRIMARY KEY, name TEXT, level TEXT, code TEXT);
CREATE TABLE covered (school INTEGER PRIMARY KEY);
"""
# What people see.
SHOWN = """
CREATE TABLE shown (
    seq INTEGER PRIMARY KEY, thing TEXT, act TEXT, name TEXT, source TEXT, place TEXT, what TEXT,
    file TEXT, line INTEGER);
CREATE TABLE wrong (
    seq INTEGER PRIMARY KEY, file TEXT, line INTEGER, col TEXT, code TEXT, value TEXT, other TEXT);
"""
WRONG_MOST = 20_000  # named one by one; beyond, the file as a whole is not what it should be


class Store:
    """The comparison while it is made. ``wrongs`` counts what is wrong."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-131072;"
            "PRAGMA temp_store=FILE; PRAGMA locking_mode=EXCLUSIVE;"
        )
        self.db.executescript(RAW + WANTED + HERE + SHOWN)
        self.db.execute("BEGIN")
        self.wrongs = 0

    def fill(self, table: str, rows: Iterable[Sequence[Any]]) -> int:
        """Insert rows in the order of the table's columns."""
        width = len(self.db.execute(f"SELECT * FROM {table} LIMIT 0").description)  # noqa: S608
        marks = ", ".join("?" * width)
        cursor = self.db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
        return max(cursor.rowcount, 0)

    def wrong(self, fault: Wrong) -> None:
        self.wrongs += 1
        if self.wrongs <= WRONG_MOST:
            self.db.execute(
                "INSERT INTO wrong (file, line, col, code, value, other) VALUES (?,?,?,?,?,?)",
                (fault.file, fault.line, fault.column, fault.code, fault.value, fault.other),
            )

    def wrong_by(self, statement: str, parameters: tuple[Any, ...] = ()) -> None:
        """Every row of a SELECT (file, line, col, code, value, other) is wrong."""
        for row in self.db.execute(statement, parameters).fetchmany(WRONG_MOST):
            self.wrong(Wrong(*row))

    def run(self, *statements: str) -> None:
        for statement in statements:
            self.db.execute(statement)

    def one(self, statement: str, parameters: tuple[Any, ...] = ()) -> int:
        found = self.db.execute(statement, parameters).fetchone()
        return int(found[0] or 0) if found else 0

    def rows(self, statement: str, parameters: tuple[Any, ...] = ()) -> Iterator[Any]:
        return iter(self.db.execute(statement, parameters))


@contextmanager
def store_new(path: Path) -> Iterator[Store]:
    """A comparison that is kept when the block ends well, and never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    growing = path.with_suffix(".part")
    store = Store(growing)
    try:
        yield store
        store.db.execute("COMMIT")
    except BaseException:
        store.db.close()
        growing.unlink(missing_ok=True)
        raise
    store.db.close()
    growing.replace(path)
