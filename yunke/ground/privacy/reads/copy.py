"""Everything the site holds about one person, as plain values; nobody else is in it."""

import base64
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from yunke.base.held import Held
from yunke.ground.lake.door import history_of
from yunke.ground.privacy.reads.map import exported, names_somebody, personal, rows_of

CHUNK = 500
Narrow = Callable[["QuerySet[Any]"], "QuerySet[Any]"]
_NARROWED: dict[str, list[Narrow]] = {}
SOMEBODY = "somebody else"


def copy_narrowed(label: str, narrow: Narrow) -> None:
    """A room above keeps rows of a table back for now: marks that nobody may be told yet."""
    _NARROWED.setdefault(label, []).append(narrow)


def person_tables(person_id: int) -> Iterator[tuple[str, Held, Iterator[dict[str, Any]]]]:
    """(table, its line, its rows about the person). One query a table, rows stream."""
    for model, held in personal():
        yield model._meta.label, held, _rows(model, held, person_id)


def _rows(model: type[Model], held: Held, person_id: int) -> Iterator[dict[str, Any]]:
    named = names_somebody(model, held)
    fields = exported(model, held)
    about = dict(held.of)
    rows = rows_of(model, held, person_id)
    for narrow in _NARROWED.get(model._meta.label, ()):
        rows = narrow(rows)
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            field.attname: _shown(row, field.attname, person_id, named, about) for field in fields
        }


def _shown(row: Any, name: str, person_id: int, named: set[str], about: dict[str, str]) -> Any:
    value = getattr(row, name)
    if name in named and value and value != person_id:
        return SOMEBODY
    whose = getattr(row, about[name]) if name in about else None
    if whose and whose != person_id:
        return None
    return plain(value)


def plain(value: Any) -> Any:
    """As JSON can hold it."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
        case UUID() | Decimal():
            return str(value)
    return value


def lake_lines(person_id: int) -> Iterator[dict[str, Any]]:
    """What is logged about the person, from the outbox and the lake's Parquet, newest first."""
    for line in history_of(person_id):
        mine = line.subject_id in (0, person_id)
        yield {
            "at": line.at.isoformat(),
            "verb": line.verb,
            "actor": "me" if line.actor_id == person_id else SOMEBODY,
            "about": "me" if mine else SOMEBODY,
            "object_kind": line.object_kind,
            "object_id": line.object_id if mine else 0,
            "title": line.title if mine else "",
            "seconds": line.seconds,
            "school_id": line.school_id,
            "class_id": line.class_id,
            "lesson_id": line.lesson_id,
            "purpose": line.purpose,
            "result": line.result if mine else {},
        }
