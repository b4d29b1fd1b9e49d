"""The teacher's desk: marks, a word, ink; autosaved, each save once, the newest counts."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.school.attempts.door import mark_set, mark_undo, marks_of
from yunke.school.homework.models import Desk, Homework, Returned
from yunke.school.homework.reads.one import states_in
from yunke.school.homework.rules.desk import LONGEST_WORD
from yunke.school.homework.values import PupilState, Stage


class MarkIn(NamedTuple):
    """A mark as the desk sends it. ``score`` None: the own last mark is taken back."""

    reply_id: int
    score: Fraction | None
    causes: tuple[str, ...] = ()
    note: str = ""


@transaction.atomic
def desk_save(
    *, by_id: int, copy_id: int, attempt_id: int, seq: int, marks: Sequence[MarkIn] = (),
    word: str | None = None, ink: dict[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Keep what the teacher did on one attempt; gives what stands now.

    A save that is older than one that counted changes no word and no ink. The caller has decided
    that this person may mark it and that the attempt is the copy's. Raises Refused for a reply of
    another attempt or points out of range, nothing kept.
    """
    own = {mark.reply_id for mark in marks_of([attempt_id])}
    if not own.issuperset(mark.reply_id for mark in marks):
        raise Refused(_("有一道题不在这份作业里，什么都没有保存。请刷新页面。"), status=422)
    for mark in marks:
        if mark.score is None:
            mark_undo(by_id=by_id, reply_id=mark.reply_id)
        else:
            mark_set(
                by_id=by_id, reply_id=mark.reply_id, score=mark.score, causes=mark.causes,
                note=mark.note,
            )  # fmt: skip
    if word is not None or ink is not None:
        _desk(by_id, copy_id, attempt_id, seq, word, ink)
    after = marks_of([attempt_id])
    return {
        "marks": {
            str(mark.reply_id): None if mark.score is None else str(mark.score) for mark in after
        },
        "waits": sum(mark.score is None for mark in after),
        "seq": seq,
    }


def _desk(
    by_id: int, copy_id: int, attempt_id: int, seq: int, word: str | None,
    ink: dict[str, Any] | None,
) -> None:  # fmt: skip
    row, _fresh = Desk.objects.select_for_update().get_or_create(
        attempt_id=attempt_id, defaults={"copy_id": copy_id, "by_id": by_id}
    )
    if seq <= row.seq:
        return
    row.seq, row.by_id, row.saved_at = seq, by_id, now()
    row.word = row.word if word is None else word.strip()[:LONGEST_WORD]
    row.ink = row.ink if ink is None else ink
    row.save(update_fields=["seq", "by", "saved_at", "word", "ink"])


@transaction.atomic
def homework_return(
    *, by_id: int, homework_id: int, pupils: Iterable[int] | None = None, correct: bool = False
) -> tuple[int, int]:
    """Give back what is marked through, of these pupils or of all: (given back, still waiting).

    Only from here on do the pupil and the guardian see a mark. What waits for a person is not given
    back. The caller has decided that this person may. One event a pupil.
    """
    row = Homework.objects.select_for_update().get(id=homework_id)  # two teachers at once
    states = [one for one in states_in(row, pupils=pupils) if is_handed_in(one)]
    ready = [one for one in states if one.marked and not one.waits]
    known = set(
        Returned.objects.filter(attempt_id__in=[one.attempt_id for one in ready])
        .values_list("attempt_id", flat=True)
    )  # fmt: skip
    fresh = [one for one in ready if one.attempt_id not in known]
    Returned.objects.bulk_create(
        Returned(
            copy_id=one.copy_id, attempt_id=one.attempt_id, number=one.number, correct=correct,
            by_id=by_id,
        )
        for one in fresh
    )  # fmt: skip
    for one in fresh:
        event_record(
            actor_id=by_id, subject_id=one.pupil_id, verb=Verb.HOMEWORK_RETURNED,
            object_kind="homework", object_id=row.id, title=row.title, class_id=row.class_id,
            school_id=row.school_id, result={"number": one.number},
        )  # fmt: skip
    if fresh:
        audit_record(
            actor_id=by_id, act=Act.HOMEWORK_RETURNED, object_kind="homework", object_id=row.id,
            school_id=row.school_id, detail={"pupils": len(fresh)},
        )  # fmt: skip
    return len(fresh), len(states) - len(ready)


def is_handed_in(one: PupilState) -> bool:
    """Handed in and not given back yet: a first time, or corrected."""
    return one.stage in {Stage.HANDED_IN, Stage.CORRECTED}
