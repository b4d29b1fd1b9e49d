"""Notes pinned to a second: saved, changed, taken away; nobody else's are ever touched."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.lessons.models import Note
from yunke.school.lessons.reads.watching import may_learn
from yunke.school.lessons.rules.seen import BadRanges, checked_second

LONGEST = 1000
MOST = 500


@transaction.atomic(savepoint=False)
def note_save(
    *,
    who_id: int,
    class_id: int,
    school_id: int,
    lesson_id: int,
    at: object,
    text: object,
    note_id: int = 0,
) -> dict[str, Any]:
    """Pin a note, or change one's own. ``at`` in seconds, ``text`` 1 to 1,000 characters.

    Raises Refused for an empty or too long text, a strange moment, a note that is not one's own.
    Cost: 4 queries for a new note, 3 for a changed one.
    """
    words, moment = _text(text), _moment(at)
    if note_id:
        note = Note.objects.filter(id=note_id, person_id=who_id, lesson_id=lesson_id).first()
        if note is None:
            raise Refused(_("没有找到这条笔记，可能已经删掉了。"), status=404)
        note.text, note.at_second = words, moment
    else:
        _room_for_one(who_id, lesson_id, school_id)
        note = Note(person_id=who_id, lesson_id=lesson_id, text=words, at_second=moment)
    note.changed_at = now()
    note.save()
    event_record(
        actor_id=who_id,
        verb=Verb.NOTE_SAVED,
        object_kind="note",
        object_id=note.id,
        lesson_id=lesson_id,
        class_id=class_id,
        school_id=school_id,
        result={"at": round(moment), "letters": len(words)},
    )
    return {"id": note.id, "lesson": lesson_id, "at": note.at_second, "text": note.text}


@transaction.atomic(savepoint=False)
def note_delete(*, who_id: int, class_id: int, school_id: int, note_id: int) -> dict[str, Any]:
    """Take one's own note away. Taking away what is gone changes nothing. Cost: 3 queries."""
    note = Note.objects.filter(id=note_id, person_id=who_id).first()
    if note is not None:
        note.delete()
        event_record(
            actor_id=who_id,
            verb=Verb.NOTE_DELETED,
            object_kind="note",
            object_id=note_id,
            lesson_id=note.lesson_id,
            class_id=class_id,
            school_id=school_id,
        )
    return {"id": note_id, "deleted": True}


def _text(text: object) -> str:
    words = text.strip() if isinstance(text, str) else ""
    if not words or "\0" in words:  # PostgreSQL keeps no NUL
        raise Refused(_("笔记是空的，没有保存。写几个字再存。"), status=422)
    if len(words) > LONGEST:
        raise Refused(_("笔记超过 1000 字，没有保存。请分成两条。"), status=422)
    return words


def _moment(at: object) -> float:
    try:
        return checked_second(at)
    except BadRanges:
        raise Refused(_("笔记的时间不对，没有保存。"), status=422) from None


def _room_for_one(who_id: int, lesson_id: int, school_id: int) -> None:
    if not may_learn(who_id, lesson_id, school_id):
        raise Refused(_("没有这节课。"), status=404)
    if Note.objects.filter(person_id=who_id, lesson_id=lesson_id).count() >= MOST:
        raise Refused(_("这节课已经有 500 条笔记了，这一条没有保存。"), status=422)
