"""Suggestions for short answers: asked of the model together, confirmed by the teacher."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from yunke.base.jobs import Held, ask
from yunke.craft.marking.items import Item, ShortTextKey
from yunke.craft.marking.short.suggesting import suggest
from yunke.school.attempts.door import Marked, Of, attempts_of, marks_of
from yunke.school.homework.models import Hint, Homework, HomeworkFor
from yunke.school.homework.values import PupilState
from yunke.school.library.door import items_of

JOB = "homework.hint"
MOST = 400
LABELS = {"right": "correct", "wrong": "incorrect"}


def hints_ask(row: Homework, papers: Iterable[PupilState]) -> None:
    """Ask for suggestions when something waits; once for each state of the pile."""
    waiting = sorted((one.attempt_id, one.waits) for one in papers if one.waits)
    if waiting:
        pile = hashlib.sha256(repr(waiting).encode()).hexdigest()[:32]
        ask(JOB, key=f"{row.id}-{pile}", payload={"homework": row.id})


def hints_make(held: Held, homework_id: int) -> int:
    """Suggest for every short answer that waits; gives how many. Some 15 ms an answer."""
    row = Homework.objects.filter(id=homework_id, withdrawn_at__isnull=True).first()
    if row is None:
        return 0
    handed = {s.id: s.person_id for s in attempts_of(Of.HOMEWORK, row.id) if s.submitted_at}
    by_question: dict[int, list[Marked]] = defaultdict(list)
    for mark in marks_of(handed):
        by_question[mark.question_id].append(mark)
    copies = dict(HomeworkFor.objects.filter(homework=row).values_list("pupil_id", "id"))
    made = 0
    for number, item in items_of(by_question).items():
        if isinstance(item.key, ShortTextKey) and item.key.references:
            rows = _hints(item, item.key.references[0], by_question[number], copies)
            with held.write():
                Hint.objects.filter(reply_id__in=[one.reply_id for one in rows]).delete()
                Hint.objects.bulk_create(rows)
            made += len(rows)
    return made


def _hints(item: Item, reference: str, marks: list[Marked], copies: dict[int, int]) -> list[Hint]:
    waiting = [m for m in marks if m.score is None and isinstance(m.value, str) and m.value.strip()]
    waiting = [m for m in waiting if m.person_id in copies][:MOST]
    known = [
        (m.value, LABELS[m.verdict])
        for m in marks
        if m.by and m.verdict in LABELS and isinstance(m.value, str)
    ]
    said = suggest(item.prompt, reference, [m.value for m in waiting], known)
    return [
        Hint(
            reply_id=mark.reply_id, copy_id=copies[mark.person_id], label=one.label,
            confidence=float(one.confidence), learned=len(known),
            reasons=[word for why in one.why for word in why.words][:8],
        )
        for mark, one in zip(waiting, said, strict=True)
    ]  # fmt: skip
