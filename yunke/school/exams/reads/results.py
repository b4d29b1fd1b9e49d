"""Results: sums of marks that are never told before the release, except to who marks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from yunke.base.clock import now
from yunke.school.attempts.door import Marked, Of, marks_of, strays_of_attempts
from yunke.school.exams.models import Appeal, Exam
from yunke.school.exams.reads.exams import quiet_until, seats_of
from yunke.school.exams.reads.papers import items_of_paper
from yunke.school.exams.rules.calendar import band_of
from yunke.school.exams.values.exams import ExamView, Seat
from yunke.school.exams.values.papers import OpenItem
from yunke.school.exams.values.results import AppealState, AppealView, Line, Missing, Result


def results_of(exam: ExamView, *, person_id: int = 0) -> dict[int, Result]:
    """Results by pupil, whoever asks: the caller has decided who may. 7 queries for a class."""
    seats = {
        person: seat
        for person, seat in seats_of(exam, person_id=person_id).items()
        if seat.withdrawn_at is None
    }
    items = items_of_paper(exam.paper_id)
    by_attempt: dict[int, dict[int, Marked]] = {}
    for mark in marks_of([seat.attempt_id for seat in seats.values()]):
        by_attempt.setdefault(mark.attempt_id, {})[mark.question_id] = mark
    appeals = {(a.person_id, a.question_id): a for a in appeals_of(exam.id, person_id=person_id)}
    return {
        person: _result(seat, items, by_attempt.get(seat.attempt_id, {}), appeals)
        for person, seat in seats.items()
    }


def result_of(exam: ExamView, person_id: int) -> Result | None:
    return results_of(exam, person_id=person_id).get(person_id)


def _result(
    seat: Seat, items: list[OpenItem], marks: dict[int, Marked],
    appeals: dict[tuple[int, int], AppealView],
) -> Result:  # fmt: skip
    lines = tuple(
        _line(item, marks.get(item.question_id), appeals.get((seat.person_id, item.question_id)))
        for item in items
    )
    out_of = sum((line.out_of for line in lines), Fraction(0))
    scores = [line.score for line in lines]
    total = (
        None if any(s is None for s in scores) or not scores
        else sum((s for s in scores if s is not None), Fraction(0))
    )  # fmt: skip
    band = band_of(float(total / out_of)) if total is not None and out_of else None
    return Result(
        seat.person_id, seat.class_id, seat.attempt_id, lines, total, out_of, band
    )  # fmt: skip


def _line(item: OpenItem, mark: Marked | None, appeal: AppealView | None) -> Line:
    if mark is None:
        return Line(
            item.position, item.question_id, 0, None, "", None, item.points, (), "", 0, appeal
        )
    return Line(
        item.position, item.question_id, mark.reply_id, mark.value, mark.verdict, mark.score,
        mark.out_of, mark.causes, mark.note, mark.by, appeal,
    )  # fmt: skip


def missing_for(exam: ExamView, *, at: datetime | None = None) -> Missing:
    """What has to happen before the results may go out. 14 queries, however many sat."""
    moment = at or now()
    until = quiet_until(exam.paper_id, moment)
    seats = [s for s in seats_of(exam, at=moment).values() if s.withdrawn_at is None]
    open_now = sum(seat.submitted_at is None for seat in seats)
    handed = [seat.attempt_id for seat in seats if seat.submitted_at is not None]
    marks = marks_of(handed)
    items = len(items_of_paper(exam.paper_id))
    return Missing(
        sitting=open_now,
        unmarked=max(len(handed) * items - len(marks), 0),
        asking=sum(mark.score is None for mark in marks),
        strays=len(strays_of_attempts(handed)),
        early=until is None or moment <= until,
    )


def appeals_of(
    exam_id: int, *, person_id: int = 0, states: Iterable[AppealState] = ()
) -> list[AppealView]:
    """In the order they were asked; a pupil's newest of a question stands last. 1 query."""
    rows = Appeal.objects.filter(exam_id=exam_id)
    rows = rows.filter(person_id=person_id) if person_id else rows
    wanted = [state.value for state in states]
    rows = rows.filter(state__in=wanted) if wanted else rows
    return [appeal_view(row) for row in rows.order_by("id")]


def appeal_view(row: Appeal) -> AppealView:
    return AppealView(
        row.id, row.exam_id, row.person_id, row.asked_by_id or 0, row.question_id, row.reply_id,
        row.reason, AppealState(row.state), row.answer, row.made_at, row.decided_by_id or 0,
        row.decided_at,
    )  # fmt: skip


def appeal_open(exam: ExamView, at: datetime) -> bool:
    """May a result still be appealed?"""
    if exam.released_at is None or exam.withdrawn_at is not None:
        return False
    return at <= exam.released_at + timedelta(days=exam.appeal_days)


def marks_told(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Of rows of marks, those that may be told: none of an exam whose results are not out."""
    waiting = Exam.objects.filter(
        Q(released_at__isnull=True) | Q(withdrawn_at__isnull=False)
    ).values("id")
    return rows.exclude(reply__attempt__of=Of.EXAM.value, reply__attempt__of_id__in=waiting)
