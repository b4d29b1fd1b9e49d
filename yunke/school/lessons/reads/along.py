"""Watching together: the state that every screen follows, and how the class answers."""

from collections import Counter
from datetime import timedelta
from typing import Any

from yunke.base.clock import now
from yunke.ground.people.door import Place, Who, allowed
from yunke.school.lessons.models import Along, Answer
from yunke.school.lessons.rules.marking import letters
from yunke.school.lessons.values import AlongOpen, AnswerBar, AnswerBars

# A teacher who closed the laptop without ending: no page calls to that hour any more.
LEFT_OPEN = timedelta(hours=3)


def along_row(along_id: int) -> Along | None:
    return Along.objects.select_related("asking__question", "teacher").filter(id=along_id).first()


def along_state(along_id: int) -> dict[str, Any] | None:
    """What every screen shows, as plain JSON; None when there is no such hour. One query.

    ``position`` in seconds was true ``age`` seconds ago; a playing video has moved on since.
    """
    along = along_row(along_id)
    return state_of(along) if along else None


def state_of(along: Along) -> dict[str, Any]:
    return {
        "id": along.id,
        "lesson": along.lesson_id,
        "class": along.class_id,
        "teacher": along.teacher_id,
        "position": along.position,
        "playing": along.playing,
        "age": round((now() - along.changed_at).total_seconds(), 2),
        "version": along.version,
        "task": _task(along),
        "spoken": along.spoken,
        "word": along.word,
        "ended": along.ended_at is not None,
    }


def _task(along: Along) -> dict[str, Any] | None:
    """The task on the screens, without what is right."""
    if along.asking is None:
        return None
    question = along.asking.question
    return {
        "id": along.asking.id,
        "kind": question.kind,
        "stem": question.stem,
        "stem_en": question.stem_en,
        "options": question.options,
    }


def may_join(who: Who, class_id: int) -> bool:
    """A pupil or teacher of that very class. No query."""
    return allowed(who, "along.join", Place(class_id=class_id))


def along_open(class_id: int) -> AlongOpen | None:
    """What the class is watching right now, if anything. One query, by index."""
    if not class_id:
        return None
    along = (
        Along.objects.filter(
            class_id=class_id, ended_at__isnull=True, changed_at__gt=now() - LEFT_OPEN
        )
        .select_related("teacher")
        .order_by("-id")
        .first()
    )
    if along is None:
        return None
    return AlongOpen(
        along.id, along.lesson_id, along.class_id, along.teacher_id, along.teacher.name
    )


def along_bars(along: Along, people: int) -> AnswerBars | None:
    """How the class answered what is asked now: counts only, never a name. One query."""
    if along.asking is None or along.asked_at is None:
        return None
    rows = Answer.objects.filter(
        task=along.asking, made_at__gte=along.asked_at, submission__class_id=along.class_id
    ).order_by("id")
    last = {row.person_id: row for row in rows}
    question = along.asking.question
    if question.kind == "choice":
        counts = Counter(letter for row in last.values() for letter in letters(row.value))
        names = [(o["id"], o["text"], o.get("text_en", "")) for o in question.options]
    else:
        counts = Counter(row.value for row in last.values())
        names = [(value, value, value) for value, _count in counts.most_common(6)]
    right = set(question.key)
    bars = tuple(
        AnswerBar(key, text, text_en, counts[key], key in right) for key, text, text_en in names
    )
    return AnswerBars(bars, len(last), max(people, len(last)))
