"""Everything that is logged about a person: as the one who acted, or as the one it was about."""

import json
from collections.abc import Iterator
from datetime import UTC, date
from itertools import groupby
from typing import Any

from django.db.models import Min, QuerySet

from yunke.base.paging import Page
from yunke.ground.lake.models import Event, Flush, LakeFile
from yunke.ground.lake.reads.parquet import lake_rows
from yunke.ground.lake.reads.titles import titled
from yunke.ground.lake.values import EventLine

FIELDS = (
    "id", "uid", "actor_id", "verb", "object_kind", "object_id", "title", "subject_id",
    "school_id", "class_id", "lesson_id", "seconds", "purpose", "result",
)  # fmt: skip
MONTH = 31


def events_of(person_id: int, page: int = 1, *, size: int = 30) -> Page[EventLine]:
    """Page ``page`` (from 1) of what is logged about a person, newest first.

    Cost: two queries while the page lies in the last week, and one for the titles of lessons;
    older pages add a scan of the lake's newest months, as many as the page needs.
    """
    page = max(1, page)
    start, need = (page - 1) * size, size + 1
    recent = _recent(person_id)
    known = recent.count()
    lines = [_line_of(row) for row in recent.order_by("-id")[start : start + need]]
    if len(lines) < need:
        lines += _older(person_id, max(0, start - known), need - len(lines))
    return Page(titled(lines[:size]), page, len(lines) > size)


def history_of(person_id: int, *, size: int = 500) -> Iterator[EventLine]:
    """The same, all of it, a page at a time."""
    page = 1
    while True:
        found = events_of(person_id, page, size=size)
        yield from found.rows
        if not found.more:
            return
        page += 1


def _recent(person_id: int) -> "QuerySet[Event, Any]":
    rows: QuerySet[Event, Any] = Event.objects.values("made_at", *FIELDS)
    acted = rows.filter(actor_id=person_id)
    return acted.union(rows.filter(subject_id=person_id).exclude(actor_id=person_id), all=True)


def _older(person_id: int, skip: int, need: int) -> list[EventLine]:
    """``need`` lines after the first ``skip`` of those that have left the outbox."""
    boundary = Event.objects.aggregate(first=Min("id"))["first"]
    if boundary is None:
        boundary = (
            Flush.objects.order_by("-last_id").values_list("last_id", flat=True).first() or 0
        ) + 1
    found: list[EventLine] = []
    for paths in _months(boundary):
        rows = lake_rows(
            f"SELECT made_at, {', '.join(FIELDS)} FROM events WHERE id < ?"  # noqa: S608
            " AND (actor_id = ? OR subject_id = ?) ORDER BY made_at DESC, id DESC LIMIT ?",
            paths,
            [boundary, person_id, person_id, skip + need - len(found)],
        )
        found += [_line_of(_named(row)) for row in rows]
        if len(found) >= skip + need:
            break
    return found[skip : skip + need]


def _months(boundary: int) -> Iterator[list[str]]:
    """The files with events before ``boundary``, newest first, a month of days at a time."""
    files = LakeFile.objects.filter(first_id__lt=boundary).order_by("-day", "-first_id")
    days = groupby(files, key=lambda file: _month(file.day))
    for _month_number, of_month in days:
        yield [file.path for file in of_month]


def _month(day: date) -> int:
    return day.toordinal() // MONTH


def _named(row: tuple[Any, ...]) -> dict[str, Any]:
    named = dict(zip(("made_at", *FIELDS), row, strict=True))
    named["made_at"] = named["made_at"].replace(tzinfo=UTC)
    named["result"] = json.loads(named["result"])
    return named


def _line_of(row: dict[str, Any]) -> EventLine:
    values = {name: value for name, value in row.items() if name not in {"made_at", "uid"}}
    return EventLine(at=row["made_at"], uid=str(row["uid"]), **values)
