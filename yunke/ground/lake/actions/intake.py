"""Taking segments of the inbox to the lake: each batch once, whatever dies when.

As with the outbox the files come first, under names of their own; then one transaction lists them,
keeps the marks of the batches, adds to the roll-up and says that the segment is taken. A segment
that is still there afterwards is only deleted. An act that lies in its day already is left out.
"""

import json
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import transaction
from django.db.models import Min

from yunke.ground.lake.actions.batches import frame_of, lines_of, mark_of, parts_of
from yunke.ground.lake.actions.flush import keep_sums
from yunke.ground.lake.actions.inbox import Segment, frames_of, segments_closed
from yunke.ground.lake.actions.parquet import COLUMNS, copy_whole, lake_path, quoted
from yunke.ground.lake.models import Batch, Intake, LakeFile, PersonDay
from yunke.ground.lake.values import LESSONS, WATCHING, PastAct

SLICE = 2000
Step = Callable[[str], None]


def acts_keep(acts: Iterable[PastAct], *, key: str) -> int:
    """Take many past acts to the lake without the outbox (an import, the demo's past weeks).

    Once under ``key``; gives how many were new. Some 60,000 a second.
    """
    last = mark_of(0, f"{key}:rest")
    if Batch.objects.filter(mark=last).exists():
        return 0
    segment = Segment()
    try:
        part: list[PastAct] = []
        for number, act in enumerate(acts):
            part.append(act)
            if len(part) == SLICE:
                segment.append([frame_of(mark_of(0, f"{key}:{number}"), lines_of(part))])
                part = []
        segment.append([frame_of(last, lines_of(part))])
    finally:
        segment.close()
    return inbox_take()


def inbox_take(*, step: Step = lambda name: None) -> int:
    """Take every closed segment to the lake; gives the number of new acts."""
    return sum(_take(path, step) for path in segments_closed())


def _take(path: Path, step: Step) -> int:
    name = path.stem
    if Intake.objects.filter(name=name).exists():
        path.unlink(missing_ok=True)
        return 0
    marks, lines = _unknown(path)
    step("read")
    files, sums, taken = _written(name, lines, step) if marks else ([], {}, 0)
    lines.unlink(missing_ok=True)
    with transaction.atomic():
        if Intake.objects.select_for_update().filter(name=name).exists():
            return 0
        Intake.objects.create(name=name, batches=len(marks), events=taken)
        Batch.objects.bulk_create((Batch(mark=mark) for mark in marks), batch_size=1000)
        LakeFile.objects.bulk_create(files)
        step("listed")
        keep_sums(sums)
        step("rolled")
    step("committed")
    path.unlink(missing_ok=True)
    return taken


def _unknown(path: Path) -> tuple[list[str], Path]:
    """Marks of the batches that were never taken, and their lines in one file."""
    out = path.with_suffix(f".{os.getpid()}.jsonl")
    marks: dict[str, None] = {}
    with out.open("wb") as lines:
        frames = list(frames_of(path))
        known = _known([parts_of(frame[:65])[0] for frame in frames])
        for frame in frames:
            mark, text = parts_of(frame)
            if mark not in known and mark not in marks:
                marks[mark] = None
                lines.write(text)
    return list(marks), out


def _known(marks: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(marks), 500):
        part = marks[start : start + 500]
        found |= set(Batch.objects.filter(mark__in=part).values_list("mark", flat=True))
    return found


def _written(
    name: str, lines: Path, step: Step
) -> tuple[list[LakeFile], dict[tuple[int, date], PersonDay], int]:
    """Write a file for each day; gives the files, the persons' days, the number of acts."""
    first = min(0, LakeFile.objects.aggregate(first=Min("first_id"))["first"] or 0)
    with duckdb.connect(config={"threads": 1, "memory_limit": "1GB"}) as lake:
        columns = {**COLUMNS, "day": "DATE"}
        columns.pop("id")
        kinds = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
        source = f"read_json({quoted(lines)}, format='newline_delimited', columns={{{kinds}}})"
        lake.execute(f"CREATE TABLE sent AS SELECT DISTINCT ON (uid) * FROM {source}")  # noqa: S608
        days = [
            row[0] for row in lake.execute("SELECT DISTINCT day FROM sent ORDER BY 1").fetchall()
        ]
        for day in days:
            _leave_known(lake, day)
        files = []
        for day in days:
            file = _day_file(lake, day, first, name)
            if file:
                files.append(file)
                first = file.first_id
        step("written")
        return files, _person_days(lake), sum(file.events for file in files)


def _leave_known(lake: duckdb.DuckDBPyConnection, day: date) -> None:
    """Forget the acts that lie in the day's files already."""
    paths = [str(settings.LAKE_ROOT / f.path) for f in LakeFile.objects.filter(day=day)]
    if paths:
        lake.execute(
            "DELETE FROM sent WHERE day = ? AND uid IN"
            " (SELECT uid FROM read_parquet(?, hive_partitioning=false))",
            [day, paths],
        )


def _day_file(lake: duckdb.DuckDBPyConnection, day: date, below: int, name: str) -> LakeFile | None:
    """Write the day's acts under ids below all others: the outbox gives the ids above nought."""
    many = lake.execute("SELECT count(*) FROM sent WHERE day = ?", [day]).fetchall()[0][0]
    if not many:
        return None
    first, last = below - many, below - 1
    path = lake_path(day, first, last).replace(".parquet", f"-{name}.parquet")
    rest = ", ".join(column for column in COLUMNS if column != "id")
    rows = f"SELECT {rest} FROM sent WHERE day = DATE '{day}' ORDER BY made_at, uid"  # noqa: S608
    numbered = f"SELECT {first} + row_number() OVER () - 1 AS id, {rest} FROM ({rows})"  # noqa: S608
    target = settings.LAKE_ROOT / path
    target.parent.mkdir(parents=True, exist_ok=True)
    size = copy_whole(numbered, target, lake)
    return LakeFile(path=path, day=day, first_id=first, last_id=last, events=many, bytes=size)


def _person_days(lake: duckdb.DuckDBPyConnection) -> dict[tuple[int, date], PersonDay]:
    """Each person's day as the roll-up keeps it."""
    rows = lake.execute(
        """
        SELECT actor_id, day, max(school_id), max(class_id), count(*),
            coalesce(sum(seconds) FILTER (list_contains($watching, verb)), 0)::BIGINT,
            to_json(list(DISTINCT lesson_id ORDER BY lesson_id)
                FILTER (list_contains($lessons, verb) AND lesson_id > 0))
        FROM sent GROUP BY actor_id, day
        """,
        {
            "watching": sorted(verb.value for verb in WATCHING),
            "lessons": sorted(verb.value for verb in LESSONS),
        },
    ).fetchall()
    return {
        (person, day): PersonDay(
            person_id=person, day=day, school_id=school, class_id=of, acts=acts,
            seconds=seconds, lesson_ids=json.loads(lessons or "[]") or [],
        )
        for person, day, school, of, acts, seconds, lessons in rows
    }  # fmt: skip
