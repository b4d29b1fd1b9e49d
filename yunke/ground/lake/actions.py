"""Recording an act. Call it inside the transaction of the act itself."""

import uuid
from typing import Any

from yunke.base.clock import now, today
from yunke.ground.lake.models import Event
from yunke.ground.lake.values import Verb


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
