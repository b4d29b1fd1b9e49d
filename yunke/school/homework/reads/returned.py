"""What came back to a pupil: marks, ink, words and voices of the attempts that were returned."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from yunke.school.attempts.door import Marked, Of, Page, attempts_of, marks_of, pages_of
from yunke.school.homework.models import Desk, Homework, Returned, Voice
from yunke.school.homework.reads.one import score_of
from yunke.school.homework.values import Mine
from yunke.school.library.door import asked_of, solved_of


@dataclass(frozen=True)
class BackRow:
    """A question as it came back. ``solved`` holds the key: None where it may not be seen yet."""

    asked: Any
    solved: Any
    mark: Marked
    voices: tuple[int, ...] = ()


@dataclass(frozen=True)
class Back:
    """One returned attempt."""

    attempt_id: int
    number: int
    at: datetime
    correct: bool
    score: Fraction | None
    out_of: Fraction
    word: str
    rows: tuple["BackRow", ...]
    pages: tuple[Page, ...] = ()
    ink: dict[str, Any] = field(default_factory=dict)
    voices: tuple[int, ...] = ()


def returned_of(mine: Mine, row: Homework, *, key: bool) -> tuple[Back, ...]:
    """What this pupil got back, the newest first; nothing of an attempt that was not. 8 queries."""
    states = {one.id: one for one in attempts_of(Of.HOMEWORK, row.id, persons=[mine.pupil_id])}
    back = {
        one.attempt_id: (one.made_at, one.correct)
        for one in Returned.objects.filter(copy_id=mine.copy_id)
    }
    marks: dict[int, list[Marked]] = {}
    free = [s.id for s in states.values() if row.at_once and s.marked] if row.at_once else []
    for mark in marks_of({*back, *free}):
        marks.setdefault(mark.attempt_id, []).append(mark)
    for number in free:
        at = states[number].submitted_at
        if number not in back and at and score_of(marks.get(number, [])) is not None:
            back[number] = (at, False)
    if not back:
        return ()
    asked = asked_of({mark.question_id for own in marks.values() for mark in own})
    solved = solved_of(asked) if key else {}
    pages = pages_of(back)
    desks = {one.attempt_id: one for one in Desk.objects.filter(attempt_id__in=back)}
    voices: dict[tuple[int, int], list[int]] = {}
    for voice in Voice.objects.filter(attempt_id__in=back, gone_at__isnull=True).order_by("id"):
        voices.setdefault((voice.attempt_id, voice.question_id), []).append(voice.id)
    found = [
        Back(
            attempt_id=number, number=states[number].number, at=at, correct=correct,
            score=score_of(marks.get(number, [])),
            out_of=sum((m.out_of for m in marks.get(number, [])), Fraction(0)),
            word=desks[number].word if number in desks else "",
            rows=tuple(
                BackRow(
                    asked.get(m.question_id), solved.get(m.question_id), m,
                    tuple(voices.get((number, m.question_id), [])),
                )
                for m in marks.get(number, [])
            ),
            pages=tuple(page for page in pages if page.attempt_id == number),
            ink=desks[number].ink if number in desks else {},
            voices=tuple(voices.get((number, 0), [])),
        )
        for number, (at, correct) in back.items() if number in states
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: -one.number))
