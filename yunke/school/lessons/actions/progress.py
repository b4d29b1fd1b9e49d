"""Where somebody is in a lesson, and that somebody is there. Called all day by the hot front."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.lessons.models import Presence, Watch
from yunke.school.lessons.rules.seen import (
    DONE_SHARE,
    BadRanges,
    Seen,
    checked,
    checked_second,
    from_bytes,
    to_bytes,
    whole_seconds,
)
from yunke.school.lessons.values import Stretch
from yunke.school.library.door import lesson_reaches


@transaction.atomic(savepoint=False)
def progress_save(
    *,
    who_id: int,
    class_id: int,
    school_id: int,
    lesson_id: int,
    position: object,
    ranges: object,
    of_seconds: object,
) -> dict[str, Any]:
    """Keep the position and add the stretches that were played; gives the progress as a dict.

    ``position`` and ``of_seconds`` in seconds, ``ranges`` as [[from, to], ...]. Distinct seconds
    only grow. Raises Refused for a lesson that is not there and for numbers that are none.
    Cost: 2 queries, 3 with new seconds, 5 the first time.
    """
    at, stretches, length = _checked(position, ranges, of_seconds)
    watch = Watch.objects.filter(person_id=who_id, lesson_id=lesson_id).first()
    if watch is None:
        watch = _first(who_id, school_id, lesson_id, length)
        event_record(
            actor_id=who_id,
            verb=Verb.OPENED,
            object_kind="lesson",
            object_id=lesson_id,
            lesson_id=lesson_id,
            class_id=class_id,
            school_id=school_id,
        )
    # A lesson can get a new video: the length that the player shows is the one that counts.
    watch.of_seconds = length or watch.of_seconds
    before = Seen(from_bytes(watch.seen), from_bytes(watch.again)).within(watch.of_seconds)
    after = before.plus(stretches, watch.of_seconds)
    new = (after.once & ~before.once).bit_count()
    finished_now = _put(watch, after, at)
    watch.save()
    if new or finished_now:
        event_record(
            actor_id=who_id,
            verb=Verb.COMPLETED if finished_now else Verb.PROGRESSED,
            object_kind="lesson",
            object_id=lesson_id,
            lesson_id=lesson_id,
            class_id=class_id,
            school_id=school_id,
            seconds=new,
            result={"at": round(at)},
        )
    return _reply(watch)


def _checked(
    position: object, ranges: object, of_seconds: object
) -> tuple[float, tuple[Stretch, ...], int]:
    try:
        return (
            checked_second(position),
            checked(ranges),
            whole_seconds(checked_second(of_seconds)),
        )
    except BadRanges:
        raise Refused(_("进度里的时间不对，这一次没有记下；之前的都在。"), status=422) from None


def _first(who_id: int, school_id: int, lesson_id: int, length: int) -> Watch:
    if not lesson_reaches(lesson_id, school_id):
        raise Refused(_("没有这节课。"), status=404)
    return Watch(person_id=who_id, lesson_id=lesson_id, of_seconds=length)


def _put(watch: Watch, seen: Seen, position: float) -> bool:
    """Set what was seen; True when the lesson was finished just now."""
    watch.seen, watch.again = to_bytes(seen.once), to_bytes(seen.again)
    watch.seconds = seen.once.bit_count()
    watch.position = min(position, watch.of_seconds + 1)
    watch.changed_at = now()
    done = bool(watch.of_seconds) and watch.seconds >= DONE_SHARE * watch.of_seconds
    finished_now = done and watch.finished_at is None
    if finished_now:
        watch.finished_at = watch.changed_at
    return finished_now


def _reply(watch: Watch) -> dict[str, Any]:
    share = watch.seconds / watch.of_seconds if watch.of_seconds else 0
    return {
        "lesson": watch.lesson_id,
        "position": watch.position,
        "seconds": watch.seconds,
        "share": round(share, 4),
        "finished": watch.finished_at is not None,
    }


@transaction.atomic(savepoint=False)
def presence_tick(*, who_id: int, class_id: int, school_id: int) -> dict[str, Any]:
    """Somebody is there. One event on the first tick of a day, not one a minute.

    Cost: 1 query; 3 on the first tick of the day.
    """
    day, moment = today(), now()
    mine = Presence.objects.filter(person_id=who_id, day=day)
    if not mine.update(last_at=moment, ticks=F("ticks") + 1):
        Presence.objects.create(person_id=who_id, day=day, first_at=moment, last_at=moment)
        event_record(
            actor_id=who_id,
            verb=Verb.PRESENT,
            object_kind="day",
            school_id=school_id,
            class_id=class_id,
        )
    return {"day": day.isoformat()}
