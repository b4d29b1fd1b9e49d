"""One handed-in paper as the marking desk shows it."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from yunke.school.attempts.door import Marked, Of, Page, attempts_of, marks_of, pages_of
from yunke.school.homework.models import Desk, Hint, Homework, Returned, Signature, Voice
from yunke.school.homework.values import PupilState
from yunke.school.library.door import solved_of


@dataclass(frozen=True)
class Answered:
    """One reply: what was asked with its key, the answer, its mark, its pictures and sounds."""

    number: int
    reply_id: int
    question_id: int
    solved: Any
    mark: Marked
    pages: tuple[Page, ...]
    voices: tuple[int, ...]
    hint: Hint | None
    steps: tuple[str, ...]

    @property
    def suggested(self) -> Fraction | None:
        """What the desk offers with one key: the suggestion of the rule or of the model."""
        if self.mark.score is not None:
            return None
        if self.hint is not None:
            return self.mark.out_of if self.hint.label == "correct" else Fraction(0)
        return self.mark.suggested


@dataclass(frozen=True)
class Paper:
    state: PupilState
    answers: tuple[Answered, ...]
    pages: tuple[Page, ...]
    word: str
    ink: dict[str, Any]
    seq: int
    voices: tuple[int, ...]
    signature: Signature | None
    history: tuple[tuple[int, datetime], ...]
    returned: bool


def paper_of(row: Homework, state: PupilState) -> Paper:
    """9 queries, however many questions."""
    number = state.attempt_id
    marks = {mark.question_id: mark for mark in marks_of([number])}
    solved = solved_of(marks)
    pages, sounds = (
        pages_of([number]),
        list(Voice.objects.filter(attempt_id=number, gone_at__isnull=True).order_by("id")),
    )
    hints = {h.reply_id: h for h in Hint.objects.filter(reply_id__in=[m.reply_id for m in
                                                                    marks.values()])}  # fmt: skip
    order = row.questions.order_by("position").values_list("question_id", flat=True)
    answers = tuple(
        Answered(
            n, marks[one].reply_id, one, solved.get(one), marks[one],
            tuple(p for p in pages if p.question_id == one),
            tuple(v.id for v in sounds if v.question_id == one), hints.get(marks[one].reply_id),
            steps_of(marks[one].out_of),
        )
        for n, one in enumerate((q for q in order if q in marks), 1)
    )  # fmt: skip
    desk = Desk.objects.filter(attempt_id=number).first()
    back = Returned.objects.filter(copy_id=state.copy_id).order_by("number")
    earlier = [
        (one.number, one.submitted_at)
        for one in attempts_of(Of.HOMEWORK, row.id, persons=[state.pupil_id])
        if one.submitted_at and one.id != number
    ]
    return Paper(
        state=state, answers=answers, pages=tuple(p for p in pages if not p.question_id),
        word=desk.word if desk else "", ink=desk.ink if desk else {}, seq=desk.seq if desk else 0,
        voices=tuple(v.id for v in sounds if not v.question_id),
        signature=Signature.objects.filter(copy_id=state.copy_id).first(),
        history=tuple(earlier), returned=any(one.attempt_id == number for one in back),
    )  # fmt: skip


def steps_of(out_of: Fraction) -> tuple[str, ...]:
    """The points that have a button: all of them up to ten, else tenths of the whole."""
    if out_of.denominator == 1 and out_of <= 10:
        whole = int(out_of)
        return ("0", "1/2", "1") if whole == 1 else tuple(str(n) for n in range(whole + 1))
    return tuple(str(out_of * n / 10) for n in range(0, 11, 2))
