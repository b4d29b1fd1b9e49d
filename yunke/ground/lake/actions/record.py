"""Recording an act. Call it inside the transaction of the act itself."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from yunke.base.clock import now, today
from yunke.ground.lake.models import Event
from yunke.ground.lake.values import PastAct, Verb


def event_record(
    *,
    actor_id: int,
    verb: Verb,
    object_kind: str,
    object_id: int = 0,
    title: str = "",
    subject_id: int = 0,
    school_id: int = 0,
    class_id: int = 0,
    lesson_id: int = 0,
    seconds: int = 0,
    purpose: str = "teaching",
    result: dict[str, Any] | None = None,
) -> None:
    """Write one event into the outbox. One INSERT; commits with its cause or not at all."""
    Event.objects.create(
        uid=uuid.uuid4(),
        made_at=now(),
        day=today(),
        actor_id=actor_id,
        verb=verb.value,
        object_kind=object_kind,
        object_id=object_id,
        title=title[:120],
        subject_id=subject_id,
        school_id=school_id,
        class_id=class_id,
        lesson_id=lesson_id,
        seconds=seconds,
        purpose=purpose,
        result=result or {},
    )


@transaction.atomic
def events_write(acts: Iterable[PastAct]) -> int:
    """Write many past acts at once (an import, the demo city), oldest first; gives how many.

    Each act carries its own uid, so the same acts written again change nothing.
    """
    rows = sorted((_row(act) for act in acts), key=lambda row: (row.made_at, row.uid))
    before = Event.objects.count()
    Event.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return Event.objects.count() - before


def _row(act: PastAct) -> Event:
    return Event(
        uid=act.uid,
        made_at=act.at,
        day=act.day,
        actor_id=act.actor_id,
        verb=act.verb.value,
        object_kind=act.object_kind,
        object_id=act.object_id,
        title=act.title[:120],
        subject_id=act.subject_id,
        school_id=act.school_id,
        class_id=act.class_id,
        lesson_id=act.lesson_id,
        seconds=act.seconds,
        purpose=act.purpose,
        result=act.result,
    )
