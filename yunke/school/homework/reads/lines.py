"""Homework in lists: a pupil's, a class's, a school's. Costs do not grow with the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from yunke.base.clock import now
from yunke.school.attempts.door import Counts, Of, State, counts_of, marks_of, states_of_person
from yunke.school.homework.models import Homework, HomeworkFor, Returned
from yunke.school.homework.rules.stages import Facts, is_late, stage_of
from yunke.school.homework.values import Line, Mine, Reveal, Stage

SHOWN = 60
RECENT = timedelta(days=60)


def line_of(row: Homework, *, pupils: int = 0) -> Line:
    return Line(
        id=row.id, title=row.title, words=row.words, subject=row.subject,
        teacher_id=row.teacher_id or 0, teacher=row.teacher.name if row.teacher else "",
        class_id=row.class_id, school_id=row.school_id, minutes=row.minutes, written=row.written,
        opens_at=row.opens_at, due_at=row.due_at, reveal=Reveal(row.reveal),
        lesson_id=row.lesson_id or 0, slot_day=row.slot_day, slot_period=row.slot_period,
        over_reason=row.over_reason, withdrawn_at=row.withdrawn_at, pupils=pupils,
    )  # fmt: skip


def mine_of(person_id: int, *, limit: int = SHOWN) -> tuple[Mine, ...]:
    """What a pupil has and had, the nearest deadline first. 4 queries."""
    at = now()
    copies = _copies(person_id).order_by("-homework__due_at", "-id")[:limit]
    found = _mine(person_id, list(copies), at)
    todo = sorted((m for m in found if _open(m)), key=lambda mine: mine.due_at)
    return (*todo, *(m for m in found if not _open(m)))


def mine_open(person_id: int, *, limit: int = 12) -> tuple[Mine, ...]:
    """What a pupil has to do now: opened, not handed in, of the last weeks. 3 queries, 1 where
    there is nothing."""
    at = now()
    rows = _copies(person_id).filter(homework__due_at__gt=at - RECENT).order_by("homework__due_at")
    found = _mine(person_id, list(rows[:SHOWN]), at, settled=False)
    return tuple(one for one in found if _open(one))[:limit]


def mine_one(person_id: int, homework_id: int) -> Mine | None:
    """One pupil's homework. 4 queries."""
    rows = _copies(person_id).filter(homework_id=homework_id)
    found = _mine(person_id, list(rows), now())
    return found[0] if found else None


def _open(mine: Mine) -> bool:
    return mine.stage in {Stage.NEW, Stage.BEGUN, Stage.OVERDUE, Stage.CORRECTING}


def _copies(person_id: int) -> "QuerySet[HomeworkFor]":
    return HomeworkFor.objects.filter(
        pupil_id=person_id, homework__withdrawn_at__isnull=True, homework__opens_at__lte=now()
    ).select_related("homework__teacher", "signature")


def _mine(
    person_id: int, copies: Sequence[HomeworkFor], at: datetime, *, settled: bool = True
) -> list[Mine]:
    if not copies:
        return []
    states = states_of_person(person_id, Of.HOMEWORK, [c.homework_id for c in copies])
    returns: dict[int, Returned] = {}
    for one in Returned.objects.filter(copy__in=[c.id for c in copies]).order_by("number"):
        returns[one.copy_id] = one
    at_once = {
        states[c.homework_id].id: c.id
        for c in copies
        if settled and c.homework.at_once and c.homework_id in states
        and states[c.homework_id].marked
    }  # fmt: skip
    free = settled_of(at_once)
    return [
        _one(copy, states.get(copy.homework_id), returns.get(copy.id), free, at) for copy in copies
    ]


def settled_of(attempt_ids: Iterable[int]) -> set[int]:
    """Those of these marked attempts in which nothing waits for a person. At most 1 query."""
    ids = set(attempt_ids)
    if not ids:
        return set()
    waiting = {mark.attempt_id for mark in marks_of(ids) if mark.score is None}
    return ids - waiting


def _one(
    copy: HomeworkFor, state: State | None, returned: Returned | None, free: set[int], at: datetime
) -> Mine:
    row, due = copy.homework, copy.due_at or copy.homework.due_at
    at_once = state is not None and state.id in free
    facts = Facts(
        row.opens_at, due, state.number if state else 0, state.submitted_at if state else None,
        state.number if state and at_once else returned.number if returned else 0,
    )  # fmt: skip
    signature = getattr(copy, "signature", None)
    stage = stage_of(facts, at)
    given_back = returned.made_at if returned else state.submitted_at if state and at_once else None
    return Mine(
        line=line_of(row), copy_id=copy.id, pupil_id=copy.pupil_id, stage=stage, due_at=due,
        extended=copy.due_at is not None, submitted_at=facts.submitted_at,
        late=is_late(state.first_at if state else None, due),
        returned_at=given_back, correct=bool(returned and returned.correct),
        signed_at=signature.made_at if signature else None, attempt_id=state.id if state else 0,
    )  # fmt: skip


@dataclass(frozen=True)
class ClassLine:
    """A homework in a class's list. ``waiting``: handed in, not given back."""

    line: Line
    counts: Counts
    returned: int

    @property
    def waiting(self) -> int:
        return max(0, self.counts.handed_in - self.returned)


def lines_of_classes(class_ids: Iterable[int], *, limit: int = SHOWN) -> tuple[ClassLine, ...]:
    """The homework of classes, the newest deadline first, with counts. 3 queries."""
    rows = Homework.objects.filter(class_id__in=list(class_ids), withdrawn_at__isnull=True)
    return _class_lines(rows, limit)


def lines_of_lesson(lesson_id: int, class_ids: Iterable[int]) -> tuple[ClassLine, ...]:
    """What classes were asked to prepare for a lesson. 3 queries, 1 where there is none."""
    rows = Homework.objects.filter(
        lesson_id=lesson_id, class_id__in=list(class_ids), withdrawn_at__isnull=True
    )
    return _class_lines(rows, 12)


def _class_lines(rows: "QuerySet[Homework]", limit: int) -> tuple[ClassLine, ...]:
    found: list[Any] = list(
        rows.select_related("teacher")
        .annotate(to=Count("copies"))
        .order_by("-due_at", "-id")[:limit]
    )
    if not found:
        return ()
    ids = [row.id for row in found]
    counts = counts_of(Of.HOMEWORK, ids)
    back = dict(
        Returned.objects.filter(copy__homework__in=ids, number=1)
        .values_list("copy__homework")
        .annotate(n=Count("id"))
    )
    return tuple(
        ClassLine(
            line_of(row, pupils=row.to),
            counts.get(row.id, Counts()),
            counts.get(row.id, Counts()).marked if row.at_once else back.get(row.id, 0),
        )
        for row in found
    )
