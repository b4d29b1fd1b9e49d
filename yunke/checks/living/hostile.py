"""An SQLite school with rows that only SQLite takes: what K-09 and its tests move.

SQLite keeps any value in any column when asked rudely; each row here is one way in which real
files have been found broken.
"""

import json
import sqlite3
from pathlib import Path
from typing import Any

MOMENT = "2026-09-01 08:00:00"
EVENTS_GIVEN = 777  # the last id of an event, long gone from the outbox
# However many pupils there are, they leave the numbers of the odd ones free.
CROWD = 1_000_000


def fill(file: Path, *, pupils: int = 500) -> dict[tuple[str, Any], str]:
    """Write good rows and bad ones; gives (table, id) → the column of each that must stay."""
    line = sqlite3.connect(file, isolation_level=None)
    line.execute("PRAGMA foreign_keys=OFF")
    line.execute("PRAGMA ignore_check_constraints=ON")
    line.execute("BEGIN")
    _good(line, pupils)
    bad = _bad_people(line) | _bad_jobs(line) | _orphans(line)
    line.execute("COMMIT")
    line.close()
    return bad


def _insert(line: sqlite3.Connection, table: str, **given: Any) -> None:
    """A row with an empty value in every column that is not given."""
    row: dict[str, Any] = {}
    for _n, name, kind, needed, default, _key in line.execute(f"PRAGMA table_info({table})"):
        if name in given or name == "id":
            continue
        if needed and default is None:
            row[name] = _empty(str(kind), str(name))
    row |= given
    names, marks = ", ".join(f'"{n}"' for n in row), ", ".join("?" * len(row))
    line.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def _empty(kind: str, name: str) -> Any:
    kind = kind.lower()
    if kind == "datetime":
        return MOMENT
    if kind == "date":
        return MOMENT[:10]
    if kind == "time":
        return "08:00:00"
    if kind == "blob":
        return b""
    if kind in {"integer", "bigint", "bool", "real"} or "int" in kind or "unsigned" in kind:
        return 0
    return json.dumps({}) if name in {"payload", "result", "detail"} else ""


def person(line: sqlite3.Connection, number: int, **more: Any) -> None:
    given = {"login": f"p{number}", "name": f"学生{number}", "kind": "pupil"}
    _insert(line, "people_person", id=number, **{"made_at": MOMENT, **given, **more})


def _good(line: sqlite3.Connection, pupils: int) -> None:
    for number in (1, *range(CROWD, CROWD + pupils - 1)):
        person(line, number)
    # Odd, but good on both sides.
    person(line, 10_001, login="Ä.Straße", name="𠮷田 é \u200b\"'\\\t\n")
    person(line, 10_002, login="ä.straße", name="")
    person(line, 10_003, login="zhang", name="张")
    person(line, 10_004, login="Zhang", name="章")
    for number, (made, payload) in enumerate(
        [
            ("2026-09-01 08:00:00.000001", {"a": [1, 2.5, 1e22, -0.0, None, True, "中"]}),
            ("0999-01-01 00:00:00", {}),
            ("2026-09-01 08:00:00", {"b": 0.1 + 0.2, "long": "字" * 5000}),
        ]
    ):
        _insert(
            line, "base_job", id=number + 1, made_at=made, due_at=made, name="n",
            key=f"k{number}", payload=json.dumps(payload), state="waiting",
        )  # fmt: skip
    # Ids that were given and are gone must not be given again: the lake counts on it.
    _insert(
        line, "lake_event", id=EVENTS_GIVEN, uid="0" * 32, verb="x", object_kind="y", actor_id=1
    )
    line.execute("DELETE FROM lake_event")


def _bad_people(line: sqlite3.Connection) -> dict[tuple[str, Any], str]:
    rows: list[tuple[int, str, Any]] = [
        (20_001, "name", "张\0三"),
        (20_002, "name", b"\x00\x01\xff"),
        (20_004, "made_at", "2026-09-01"),
        (20_005, "made_at", "yesterday"),
        (20_006, "made_at", 1767225600),
        (20_007, "name", "长" * 400),
        (20_008, "totp_step", 2**40 if _narrow(line) else "many"),
    ]
    for number, column, value in rows:
        person(line, number, **{column: value})
    person(line, 20_009)
    line.execute("UPDATE people_person SET name = CAST(x'e5bca0eda080' AS TEXT) WHERE id = 20009")
    person(line, 20_010)
    line.execute("UPDATE people_person SET login = CAST(x'ff' AS TEXT) WHERE id = 20010")
    found = {("people_person", number): column for number, column, _value in rows}
    return found | {("people_person", 20_009): "name", ("people_person", 20_010): "login"}


def _narrow(line: sqlite3.Connection) -> bool:
    kinds = {row[1]: row[2] for row in line.execute("PRAGMA table_info(people_person)")}
    return kinds.get("totp_step") == "integer"


def _bad_jobs(line: sqlite3.Connection) -> dict[tuple[str, Any], str]:
    rows: list[tuple[int, str, Any]] = [
        (101, "fence", 2**31),
        (102, "fence", -1),
        (103, "fence", "three"),
        (104, "fence", 1.5),
        (105, "tries", 40_000),
        (106, "payload", "{"),
        (107, "payload", '{"a": NaN}'),
        (108, "payload", '{"a": "\\u0000"}'),
        (109, "payload", '{"a": "\\ud800"}'),
        (110, "payload", '{"a": 1e400}'),
        (111, "share", "half"),
        (112, "due_at", "2026-13-45 99:00:00"),
    ]
    for number, column, value in rows:
        given = {"due_at": MOMENT, "payload": "{}", "state": "waiting", "name": "n"}
        _insert(line, "base_job", id=number, key=f"b{number}", **{**given, column: value})
    return {("base_job", number): column for number, column, _value in rows}


def _orphans(line: sqlite3.Connection) -> dict[tuple[str, Any], str]:
    """Sessions of a person that is not taken, and of one that never was."""
    for number, owner in ((1, 1), (2, 20_001), (3, 999_999)):
        _insert(
            line, "people_session", id=number, person_id=owner, token_hash=f"{number:064d}",
            expires_at="2099-01-01 00:00:00",
        )  # fmt: skip
    return {("people_session", 2): "person_id", ("people_session", 3): "person_id"}
