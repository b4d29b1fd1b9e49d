"""What no rule can mark comes to the desk: one piece an answer, without a name."""

import hashlib
from collections import defaultdict

from django.conf import settings
from django.db import transaction

from yunke.base.jobs import ask
from yunke.craft.marking.items import Kind
from yunke.school.attempts.door import Marked, Of, marks_of, states_of
from yunke.school.exams.models import DeskItem, DeskPiece, Exam
from yunke.school.exams.reads.led import question_ids
from yunke.school.exams.rules.desk import code_of, shuffle_of
from yunke.school.library.door import items_of


@transaction.atomic
def desk_fill(exam_id: int) -> int:
    """Put every handed-in answer that waits for a person on the desk; gives how many are new.

    Done again it adds only what is new. 8 queries and the rows.
    """
    exam = Exam.objects.select_for_update().get(id=exam_id)
    states = states_of(Of.EXAM, exam_id).values()
    waiting = [
        mark for mark in marks_of(state.id for state in states if state.submitted_at)
        if mark.score is None
    ]  # fmt: skip
    there = set(
        DeskPiece.objects.filter(reply_id__in=[mark.reply_id for mark in waiting])
        .values_list("reply_id", flat=True)
    )  # fmt: skip
    fresh = [mark for mark in waiting if mark.reply_id not in there]
    if not fresh:
        return 0
    items = _items(exam, fresh)
    salt = salt_of(exam_id)
    DeskPiece.objects.bulk_create(
        DeskPiece(
            item=items[mark.question_id], reply_id=mark.reply_id, person_id=mark.person_id,
            code=code_of(mark.reply_id, salt), shuffle=shuffle_of(mark.reply_id, salt),
        )
        for mark in fresh
    )  # fmt: skip
    _suggest(items, fresh)
    return len(fresh)


def salt_of(exam_id: int) -> str:
    """Nobody outside can tell from a code whose piece it is."""
    return hashlib.blake2s(f"{settings.SECRET_KEY}/desk/{exam_id}".encode()).hexdigest()


def _items(exam: Exam, marks: list[Marked]) -> dict[int, DeskItem]:
    """The question at the desk for each answer, made where it is not there yet."""
    positions = {question: position for position, question in question_ids(exam).items()}
    worth = {mark.question_id: mark.out_of for mark in marks}
    have = {item.question_id: item for item in DeskItem.objects.filter(exam=exam)}
    DeskItem.objects.bulk_create(
        DeskItem(
            exam=exam, question_id=question, position=positions.get(question, 0),
            out_of=str(out_of), tolerance="1" if out_of >= 4 else "0",
            step="1/2" if out_of <= 10 else "1",
        )
        for question, out_of in worth.items()
        if question not in have
    )  # fmt: skip
    return {item.question_id: item for item in DeskItem.objects.filter(exam=exam)}


def _suggest(items: dict[int, DeskItem], marks: list[Marked]) -> None:
    """Typed short answers get a suggestion from a job; what is written by hand gets none."""
    typed = defaultdict(list)
    for mark in marks:
        if isinstance(mark.value, str) and mark.value.strip():
            typed[mark.question_id].append(mark.reply_id)
    kinds = items_of(typed)
    for question, replies in typed.items():
        if question in kinds and kinds[question].kind is Kind.SHORT_TEXT:
            item = items[question]
            key = f"{item.id}-{max(replies)}"
            ask("exams.suggest", key=key, payload={"item": item.id})
