"""A class watches with its teacher: the teacher's player leads, one row is the truth."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.lessons.models import Along, Task
from yunke.school.lessons.reads.along import state_of
from yunke.school.lessons.rules.seen import BadRanges, checked_second


@transaction.atomic
def along_start(*, who_id: int, class_id: int, school_id: int, lesson_id: int) -> int:
    """Begin; a class watches one thing at a time, so an older hour of this class ends. Gives id.

    Starting what one is already running gives the running one.
    """
    running = list(Along.objects.filter(class_id=class_id, ended_at__isnull=True))
    for along in running:
        if along.lesson_id == lesson_id and along.teacher_id == who_id:
            return along.id
        along_end(who_id=who_id, school_id=school_id, along_id=along.id)
    along = Along.objects.create(
        lesson_id=lesson_id, class_id=class_id, teacher_id=who_id, changed_at=now()
    )
    _record(Verb.ALONG_STARTED, along, who_id, school_id)
    return along.id


@transaction.atomic
def along_drive(*, who_id: int, along_id: int, position: object, playing: object) -> dict[str, Any]:
    """The teacher played, paused or went to a second. Gives the new state. Cost: 3 queries."""
    along = _held(who_id, along_id)
    try:
        along.position = checked_second(position)
    except BadRanges:
        raise Refused(_("时间不对，大家的画面没有动。"), status=422) from None
    along.playing = playing is True
    return _changed(along)


@transaction.atomic
def along_ask(
    *,
    who_id: int,
    school_id: int,
    along_id: int,
    task_id: int = 0,
    spoken: str = "",
    word: str | None = None,
) -> dict[str, Any]:
    """Show a task, a spoken question or a word on every screen; all empty takes them off.

    A question stops the video. Raises Refused for a task of another lesson. Gives the new state.
    """
    along = _held(who_id, along_id)
    if task_id and not Task.objects.filter(id=task_id, lesson_id=along.lesson_id).exists():
        raise Refused(_("这道题不在这节课里，没有发出。"), status=404)
    if word is not None:
        along.word = word.strip()[:300]
    else:
        along.asking_id = task_id or None
        along.spoken = "" if task_id else spoken.strip()[:200]
        along.asked_at = now() if along.asking_id or along.spoken else None
    if along.asked_at and word is None:
        along.position = along.position + _since(along)
        along.playing = False
    _record(Verb.ALONG_ASKED, along, who_id, school_id, task=task_id, word=word is not None)
    return _changed(along)


@transaction.atomic
def along_end(*, who_id: int, school_id: int, along_id: int) -> dict[str, Any]:
    """End the hour; ending what has ended changes nothing."""
    along = Along.objects.filter(id=along_id).first()
    if along is None:
        raise Refused(_("没有这一次同看。"), status=404)
    if along.ended_at is None:
        along.ended_at, along.playing = now(), False
        _record(Verb.ALONG_ENDED, along, who_id, school_id)
        return _changed(along)
    return state_of(along)


def _held(who_id: int, along_id: int) -> Along:
    """The running hour of this very teacher. Raises Refused."""
    along = Along.objects.filter(id=along_id, teacher_id=who_id).first()
    if along is None:
        raise Refused(_("没有这一次同看。"), status=404)
    if along.ended_at is not None:
        raise Refused(_("这一次同看已经结束了。"), status=409)
    return along


def _since(along: Along) -> float:
    return (now() - along.changed_at).total_seconds() if along.playing else 0.0


def _changed(along: Along) -> dict[str, Any]:
    along.changed_at = now()
    along.version += 1
    along.save()
    return state_of(along)


def _record(verb: Verb, along: Along, who_id: int, school_id: int, **result: Any) -> None:
    event_record(
        actor_id=who_id,
        verb=verb,
        object_kind="along",
        object_id=along.id,
        lesson_id=along.lesson_id,
        class_id=along.class_id,
        school_id=school_id,
        result=result,
    )
