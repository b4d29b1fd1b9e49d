"""Attempts as pages need them. Scoping by person is the caller's, who knows whose thing it is."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from django.db.models import Count, Q

from yunke.base.once import receipt_code
from yunke.school.attempts.models import Attempt, Mark, Reply
from yunke.school.attempts.values import Marked, Of, Opened, State


def attempt_opened(person_id: int, of: Of, of_id: int) -> Opened | None:
    """The person's newest attempt at the thing, with the answers stored. 2 queries."""
    row = (
        Attempt.objects.filter(person_id=person_id, of=of.value, of_id=of_id)
        .filter(withdrawn_at__isnull=True).order_by("-number").first()
    )  # fmt: skip
    if row is None:
        return None
    return _opened(row)


def attempt_by_id(attempt_id: int) -> Opened | None:
    """An attempt that counts; whose it is the caller looks at. 2 queries."""
    row = Attempt.objects.filter(id=attempt_id, withdrawn_at__isnull=True).first()
    return None if row is None else _opened(row)


def _opened(row: Attempt) -> Opened:
    replies = list(Reply.objects.filter(attempt=row, seq__gt=0))
    return Opened(
        id=row.id, person_id=row.person_id, of=Of(row.of), of_id=row.of_id,
        title=row.title, number=row.number, order=tuple(row.order),
        answers={one.question_id: one.value for one in replies},
        seq=row.seq, seqs={one.question_id: one.seq for one in replies}, ends_at=row.ends_at,
        due_at=row.due_at, submitted_at=row.submitted_at, late=row.late, by_server=row.by_server,
        receipt=receipt_code(row.key) if row.submitted_at else "",
    )  # fmt: skip


def states_of(of: Of, of_id: int) -> dict[int, State]:
    """How far everybody is with the thing: person id → newest attempt. 1 query."""
    rows = (
        Attempt.objects.filter(of=of.value, of_id=of_id, withdrawn_at__isnull=True)
        .annotate(answered=Count("replies", filter=Q(replies__seq__gt=0)))
        .order_by("number")
    )
    return {
        row.person_id: State(
            id=row.id, person_id=row.person_id, number=row.number, opened_at=row.made_at,
            answered=row.answered, submitted_at=row.submitted_at, late=row.late,
            by_server=row.by_server, marked=row.marked_at is not None,
        )
        for row in rows
    }  # fmt: skip


def states_of_person(person_id: int, of: Of, of_ids: Iterable[int]) -> dict[int, State]:
    """How far one person is with many things: thing id → newest attempt. 1 query."""
    rows = (
        Attempt.objects.filter(person_id=person_id, of=of.value, of_id__in=list(of_ids))
        .filter(withdrawn_at__isnull=True)
        .annotate(answered=Count("replies", filter=Q(replies__seq__gt=0)))
        .order_by("number")
    )
    first: dict[int, datetime | None] = {}
    return {
        row.of_id: State(
            id=row.id, person_id=row.person_id, number=row.number, opened_at=row.made_at,
            answered=row.answered, submitted_at=row.submitted_at, late=row.late,
            by_server=row.by_server, marked=row.marked_at is not None,
            first_at=first.setdefault(row.of_id, row.submitted_at),
        )
        for row in rows
    }  # fmt: skip


def marks_of(attempt_ids: Iterable[int]) -> list[Marked]:
    """The marks that count now, by attempt and question. 1 query."""
    rows = Mark.objects.filter(reply__attempt__in=list(attempt_ids), current=True)
    return [_marked(row) for row in rows.select_related("reply__attempt").order_by("id")]


def marks_since(mark_id: int, *, most: int = 1000) -> list[Marked]:
    """Marks in the order they were given, from the one after ``mark_id``: for those who follow
    (error books, mastery). A mark that was followed by another is given all the same."""
    rows = Mark.objects.filter(id__gt=mark_id).select_related("reply__attempt")
    return [_marked(row) for row in rows.order_by("id")[:most]]


def marks_history(reply_id: int) -> list[Marked]:
    """Every mark that a reply ever had, the first one first. 1 query."""
    return marks_histories([reply_id]).get(reply_id, [])


def marks_histories(reply_ids: Iterable[int]) -> dict[int, list[Marked]]:
    """Every mark of each of these replies, the first one first. 1 query."""
    rows = Mark.objects.filter(reply__in=list(reply_ids)).select_related("reply__attempt")
    found: dict[int, list[Marked]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.reply_id, []).append(_marked(row))
    return found


def _marked(row: Mark) -> Marked:
    attempt = row.reply.attempt
    return Marked(
        id=row.id, reply_id=row.reply_id, attempt_id=attempt.id, person_id=attempt.person_id,
        question_id=row.reply.question_id, value=row.reply.value, verdict=row.verdict,
        score=_points(row.score), out_of=Fraction(row.out_of), reason=row.reason,
        causes=tuple(row.causes), suggested=_points(row.suggested), confidence=row.confidence,
        rule=row.rule, by=row.by_id or 0, note=row.note, made_at=row.made_at,
    )  # fmt: skip


def _points(text: str) -> Fraction | None:
    return Fraction(text) if text else None
