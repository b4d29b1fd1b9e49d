"""One homework: who may see what of it, its questions, and how far everybody is."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from yunke.base.clock import now
from yunke.ground.people.door import PersonName, Place, Role, Who, allowed, names_of
from yunke.school.attempts.door import Marked, Of, State, Whose, attempts_of, marks_of
from yunke.school.attempts.door import Place as Worth
from yunke.school.homework.models import (
    Homework,
    HomeworkFor,
    HomeworkQuestion,
    Returned,
    Signature,
)
from yunke.school.homework.rules.stages import Facts, is_late, stage_of
from yunke.school.homework.values import PupilState


def homework_of(homework_id: int) -> Homework | None:
    """A homework that was not taken back. 1 query."""
    return (
        Homework.objects.select_related("teacher")
        .filter(id=homework_id, withdrawn_at__isnull=True)
        .first()
    )


def place_of(row: Homework) -> Place:
    return Place(school=row.school_id, grade=row.grade, class_id=row.class_id)


def may_look(who: Who, row: Homework) -> bool:
    """The class's teachers and the school's administration: who handed in, never an answer."""
    return not who.is_pupil and allowed(who, "homework.read", place_of(row))


def may_mark(who: Who, row: Homework) -> bool:
    """Its own teacher, or one who teaches the class the subject. No query."""
    if not allowed(who, "homework.mark", place_of(row)):
        return False
    return row.teacher_id == who.id or any(
        grant.role is Role.TEACHER
        and grant.place.class_id == row.class_id
        and grant.subject == row.subject
        for grant in who.grants
    )


def asked_for(homework_ids: list[int]) -> dict[int, tuple[Worth, ...]]:
    """The questions of homework and their points, in order: for attempts. 1 query."""
    found: dict[int, list[Worth]] = defaultdict(list)
    rows = HomeworkQuestion.objects.filter(homework__in=homework_ids).order_by("position")
    for row in rows:
        found[row.homework_id].append(Worth(row.question_id, Fraction(row.points)))
    return {number: tuple(places) for number, places in found.items()}


def signed_for(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of these (homework id, pupil id) that a guardian signed: for attempts. 1 query."""
    rows = Signature.objects.filter(
        copy__homework__in={homework for homework, _pupil in pairs},
        copy__pupil__in={pupil for _homework, pupil in pairs},
    )
    return pairs & set(rows.values_list("copy__homework_id", "copy__pupil_id"))


def last_due(row: Homework) -> datetime:
    """The latest deadline that anybody has. 1 query."""
    own = row.copies.filter(due_at__isnull=False).order_by("-due_at")
    later = own.values_list("due_at", flat=True).first()
    return max(row.due_at, later) if later else row.due_at


def states_in(row: Homework, *, pupils: Iterable[int] | None = None) -> tuple[PupilState, ...]:
    """Everybody who has it, by name. 5 queries at any size of the class.

    The score is of the first hand-in; a correction is told by the stage.
    """
    copies = row.copies.select_related("signature")
    if pupils is not None:
        copies = copies.filter(pupil_id__in=list(pupils))
    held = list(copies)
    persons = [copy.pupil_id for copy in held]
    names = {one.id: one for one in names_of(persons).values()}
    attempts: dict[int, list[State]] = defaultdict(list)
    for state in attempts_of(Of.HOMEWORK, row.id, persons=persons):
        attempts[state.person_id].append(state)
    marks: dict[int, list[Marked]] = defaultdict(list)
    for mark in marks_of(s.id for own in attempts.values() for s in own if s.submitted_at):
        marks[mark.attempt_id].append(mark)
    returns: dict[int, list[Returned]] = defaultdict(list)
    for one in Returned.objects.filter(copy__homework=row).order_by("number"):
        returns[one.copy_id].append(one)
    told = [
        _state(row, copy, names.get(copy.pupil_id), attempts[copy.pupil_id], marks,
               returns[copy.id])
        for copy in held
    ]  # fmt: skip
    return tuple(sorted(told, key=lambda one: (one.name, one.pupil_id)))


def _state(
    row: Homework, copy: HomeworkFor, name: PersonName | None, attempts: list[State],
    marks: dict[int, list[Marked]], returns: list[Returned],
) -> PupilState:  # fmt: skip
    newest, first = (attempts[-1], attempts[0]) if attempts else (None, None)
    of_newest = marks.get(newest.id, []) if newest else []
    of_first = marks.get(first.id, []) if first else []
    waits = sum(mark.score is None for mark in of_newest)
    settled = bool(newest and newest.marked and not waits)
    returned = returns[-1].number if returns else 0
    if row.at_once and settled and newest:
        returned = max(returned, newest.number)
    due = copy.due_at or row.due_at
    facts = Facts(
        row.opens_at, due, newest.number if newest else 0,
        newest.submitted_at if newest else None, returned,
    )  # fmt: skip
    signature = getattr(copy, "signature", None)
    return PupilState(
        pupil_id=copy.pupil_id, name=name.name if name else "", animal=name.animal if name else "",
        copy_id=copy.id, stage=stage_of(facts, now()), due_at=due, extended=copy.due_at is not None,
        late=is_late(first.submitted_at if first else None, due),
        submitted_at=first.submitted_at if first else None,
        attempt_id=newest.id if newest else 0, number=newest.number if newest else 0,
        answered=newest.answered if newest else 0, marked=bool(newest and newest.marked),
        waits=waits, by_machine=sum(m.score is not None and not m.by for m in of_newest),
        by_person=sum(bool(m.by) and m.score is not None for m in of_newest),
        score=score_of(of_first) if first and first.marked else None,
        out_of=sum((mark.out_of for mark in of_first), Fraction(0)),
        signed_at=signature.made_at if signature else None,
        returned_at=returns[-1].made_at if returns else None,
    )  # fmt: skip


def score_of(marks: list[Marked]) -> Fraction | None:
    """The sum; None while anything waits for a person."""
    if any(mark.score is None for mark in marks):
        return None
    return sum((mark.score for mark in marks if mark.score is not None), Fraction(0))


def photo_looked(whose: Whose, who: Who) -> bool:
    """Who besides the pupil may see a photographed page: who marks it, the pupil's guardian."""
    row = homework_of(whose.of_id)
    if row is None:
        return False
    return may_mark(who, row) or allowed(who, "child.read", Place(person=whose.person_id))


def states_of_homework(homework_id: int) -> tuple[PupilState, ...]:
    """Everybody's state by the homework's id; nothing for one that was taken back. 6 queries."""
    row = homework_of(homework_id)
    return states_in(row) if row else ()


def may_mark_id(who: Who, homework_id: int) -> bool:
    """``may_mark`` by the homework's id. 1 query."""
    row = homework_of(homework_id)
    return row is not None and may_mark(who, row)
