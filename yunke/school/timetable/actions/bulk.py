"""Writing the week in bulk.

Seeding a site (``actor_id`` 0) leaves no event: nobody did it. A person's write leaves one each.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from yunke.ground.lake.door import Verb, event_record
from yunke.school.timetable.models import Bell, Broadcast, PlanItem, Slot, Term
from yunke.school.timetable.reads.air import forget
from yunke.school.timetable.values import (
    BellIn,
    BroadcastIn,
    ItemKind,
    PlanIn,
    SlotIn,
    TermIn,
)

BATCH = 500


@transaction.atomic
def term_write(term: TermIn, *, actor_id: int = 0) -> int:
    """A term by its city and first day; writing it again changes its names and its end."""
    row, _ = Term.objects.update_or_create(
        city_id=term.city_id,
        first_day=term.first_day,
        base=None,
        defaults={"name": term.name, "name_en": term.name_en, "last_day": term.last_day},
    )
    _set(actor_id, "term", row.id, 1)
    return row.id


def bells_write(bells: Iterable[BellIn], *, actor_id: int = 0) -> int:
    """Times of periods for a city, county or school; the number of bells given."""
    return _written([Bell(**vars(b)) for b in bells], "starts ends", actor_id)


def slots_write(slots: Iterable[SlotIn], *, actor_id: int = 0) -> int:
    """The weekly timetable of classes; a period written again is replaced."""
    rows = [Slot(**vars(s)) for s in slots]
    return _written(rows, "subject teacher_id teacher_name", actor_id)


def broadcasts_write(broadcasts: Iterable[BroadcastIn], *, actor_id: int = 0) -> int:
    """Put lessons on air; a period written again is replaced, and plans keep pointing at it."""
    rows = [Broadcast(**vars(b)) for b in broadcasts]
    return _written(rows, "starts_at ends_at lesson", actor_id)


@transaction.atomic
def _written(rows: list[Any], changes: str, actor_id: int) -> int:
    """Rows of one model; of one that is there already only ``changes``. How many were given."""
    if rows:
        of = type(rows[0])
        (once,) = of._meta.constraints
        of.objects.bulk_create(
            rows, BATCH, update_conflicts=True, unique_fields=once.fields,
            update_fields=changes.split(),
        )  # fmt: skip
        _set(actor_id, of._meta.model_name, 0, len(rows))
    return len(rows)


@transaction.atomic
def plans_write(plans: Iterable[PlanIn]) -> int:
    """Plans of days that are over; a stop that is kept already stays. Gives how many were given."""
    rows = [
        PlanItem(
            pupil_id=p.pupil_id,
            day=p.on_air.day,
            position=p.position,
            kind=ItemKind.LESSON.value,
            broadcast_id=p.on_air.id,
            lesson_id=p.on_air.lesson_id,
            title=p.on_air.title[:80],
            minutes=p.on_air.minutes,
            done_at=p.done_at,
        )
        for p in plans
    ]
    PlanItem.objects.bulk_create(rows, BATCH, ignore_conflicts=True)
    return len(rows)


def _set(actor_id: int, kind: str, object_id: int, count: int) -> None:
    if actor_id:
        event_record(
            actor_id=actor_id,
            verb=Verb.WEEK_SET,
            object_kind=kind,
            object_id=object_id,
            result={"count": count},
        )
    transaction.on_commit(forget)
