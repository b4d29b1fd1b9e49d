"""Writing a file of the lake: whole, on the disk, and only then under its name."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from yunke.ground.lake.models import Event

COLUMNS = {
    "id": "BIGINT",
    "uid": "UUID",
    # UTC, without a zone: DuckDB and Python agree on it without a zone database.
    "made_at": "TIMESTAMP",
    "actor_id": "BIGINT",
    "verb": "VARCHAR",
    "object_kind": "VARCHAR",
    "object_id": "BIGINT",
    "title": "VARCHAR",
    "subject_id": "BIGINT",
    "school_id": "BIGINT",
    "class_id": "BIGINT",
    "lesson_id": "BIGINT",
    "seconds": "INTEGER",
    "purpose": "VARCHAR",
    "result": "VARCHAR",
}


def lake_path(day: object, first_id: int, last_id: int) -> str:
    """Where a file lies under ``LAKE_ROOT``. The name says its whole content: day and ids."""
    return f"events/day={day}/{first_id:015d}-{last_id:015d}.parquet"


def events_to_parquet(events: Iterable[Event], path: str) -> int:
    """Write events to the file ``path`` under ``LAKE_ROOT``; gives its size in bytes."""
    target = _ready(path)
    lines = target.with_suffix(".jsonl")
    with lines.open("w", encoding="utf-8") as out:
        for event in events:
            out.write(json.dumps(_flat(event), ensure_ascii=False) + "\n")
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    # The folder is named day=…: without the last word a reader would add a column of it.
    options = f"format='newline_delimited', columns={{{columns}}}, hive_partitioning=false"
    source = f"read_json({quoted(lines)}, {options})"
    size = copy_whole(f"SELECT * FROM {source}", target)  # noqa: S608
    lines.unlink()
    return size


def files_to_parquet(paths: Iterable[str], path: str) -> int:
    """Write several files of a day into one, a person's acts beside each other."""
    sources = ", ".join(quoted(settings.LAKE_ROOT / p) for p in paths)
    # S608: our own file names; nothing that a person typed is in them.
    source = f"read_parquet([{sources}], hive_partitioning=false)"
    query = f"SELECT * FROM {source} ORDER BY actor_id, id"  # noqa: S608
    return copy_whole(query, _ready(path))


def quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _ready(path: str) -> Path:
    target: Path = settings.LAKE_ROOT / path
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def copy_whole(query: str, target: Path, lake: duckdb.DuckDBPyConnection | None = None) -> int:
    """Write what the query finds to the file, whole or not at all; gives its size in bytes.

    ``lake``: a connection whose tables the query reads.
    """
    part = target.with_suffix(".part")
    copy = f"COPY ({query}) TO {quoted(part)} (FORMAT parquet, COMPRESSION zstd)"
    if lake is not None:
        lake.execute(copy)
    else:
        with duckdb.connect(config={"threads": 1, "memory_limit": "512MB"}) as own:
            own.execute(copy)
    _to_disk(part)
    os.replace(part, target)
    _to_disk(target.parent)
    return target.stat().st_size


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flat(event: Event) -> dict[str, Any]:
    flat: dict[str, Any] = {name: getattr(event, name) for name in COLUMNS if name != "made_at"}
    flat["uid"] = str(event.uid)
    flat["made_at"] = event.made_at.strftime("%Y-%m-%d %H:%M:%S.%f")
    flat["result"] = json.dumps(event.result, ensure_ascii=False)
    return flat
