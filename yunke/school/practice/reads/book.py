"""A pupil's own error book, estimates and curves. Scoping is by the person asked about; views have
decided who may ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from yunke.craft.recall import Estimate, Seen, Standing, say_mastery
from yunke.craft.recall.estimates import Mastery as Told
from yunke.craft.recall.estimates import Move, share_of, standing_of
from yunke.ground.consent.door import DataKind, consents, consents_of
from yunke.ground.consent.door import Purpose as ConsentFor
from yunke.school.practice.models import (
    Answered,
    ErrorEntry,
    Explanation,
    ExplanationFor,
    Mastery,
)
from yunke.school.practice.rules.drawing import Moment
from yunke.school.practice.rules.folding import fold
from yunke.school.practice.values import ErrorLine, ErrorState, Filming, PointLine, PointState

# The switch that guardians and pupils find among all the others.
LEARNING = (ConsentFor.LEARNING, DataKind.ANSWERS)
MOST = 200
# Answers that a curve is drawn from; the newest of more.
CURVE = 4000
ANSWERS = 30


def errors_of(
    person_id: int, *, subject: str = "", point_id: int = 0, mastered: bool = False
) -> list[ErrorLine]:
    """The error book: what is open first, what is due sooner before; the newest 200. 2 queries."""
    rows = ErrorEntry.objects.filter(person=person_id)
    rows = rows.filter(state=ErrorState.MASTERED) if mastered else rows.exclude(
        state=ErrorState.MASTERED
    )  # fmt: skip
    if subject:
        rows = rows.filter(subject=subject)
    found = list(rows.order_by("-last_at", "-id")[:MOST])
    if point_id:
        found = [row for row in found if point_id in row.points]
    films = films_for(person_id, [row.question_id for row in found])
    lines = [error_line(row, films.get(row.question_id, 0)) for row in found]
    return sorted(
        lines, key=lambda one: (one.state is not ErrorState.OPEN, -one.last_at.timestamp())
    )


def error_of(person_id: int, entry_id: int) -> ErrorLine | None:
    """One page of the person's own book. 2 queries."""
    row = ErrorEntry.objects.filter(id=entry_id, person=person_id).first()
    if row is None:
        return None
    return error_line(row, films_for(person_id, [row.question_id]).get(row.question_id, 0))


def error_line(row: ErrorEntry, film: int = 0) -> ErrorLine:
    due = timezone.localtime(row.due_at).date() if row.due_at else None
    return ErrorLine(
        row.id, row.question_id, row.subject, tuple(row.points), ErrorState(row.state), row.times,
        row.first_at, row.last_at, row.value, row.cause, row.origin, row.own_word, due, film,
    )  # fmt: skip


def films_for(person_id: int, question_ids: Iterable[int]) -> dict[int, int]:
    """Explanations that this person got: question → the newest ready one. 1 query."""
    rows = Explanation.objects.filter(
        copies__person=person_id, question__in=list(question_ids), withdrawn_at__isnull=True,
        state=Filming.READY,
    )  # fmt: skip
    return dict(rows.order_by("id").values_list("question_id", "id"))


def film_seen(person_id: int, explanation_id: int) -> bool:
    """Did this person open it before? 1 query."""
    rows = ExplanationFor.objects.filter(explanation=explanation_id, person=person_id)
    return rows.filter(opened_at__isnull=False).exists()


def counts_of(person_id: int) -> dict[str, int]:
    """How many pages are open, returning, mastered; and how many of each subject. 1 query."""
    found = {state.value: 0 for state in ErrorState}
    rows = ErrorEntry.objects.filter(person=person_id).values_list("state", "subject")
    for state, subject in rows:
        found[state] = found.get(state, 0) + 1
        if state != ErrorState.MASTERED and subject:
            found[f"s-{subject}"] = found.get(f"s-{subject}", 0) + 1
    return found


def inferred(person_id: int) -> bool:
    """May anything be estimated of this person? 1 query."""
    return consents(person_id, *LEARNING)


def inferred_of(person_ids: Iterable[int]) -> frozenset[int]:
    """Those of whom something may be estimated now: a no counts before its job has run. 1 query."""
    return consents_of(person_ids, *LEARNING)


def answers_told(rows: "QuerySet[Answered]") -> "QuerySet[Answered]":
    """Answers whose marks have reached their pupils."""
    return rows.filter(released_at__isnull=False)


def points_lines(person_id: int) -> list[PointLine]:
    """What can be said of each point, weak ones first. 3 queries."""
    rows = list(Mastery.objects.filter(person=person_id).select_related("point"))
    order = list(Standing)
    lines = [_point_line(row) for row in rows]
    first = (Standing.WEAK, Standing.UNSURE, Standing.NEARLY, Standing.MASTERED)
    rank = {one.value: n for n, one in enumerate(dict.fromkeys((*first, *order)))}
    return sorted(lines, key=lambda one: (rank[one.standing], one.middle, one.name))


def point_line(person_id: int, point_id: int) -> PointLine | None:
    """1 query."""
    row = Mastery.objects.filter(person=person_id, point=point_id).select_related("point").first()
    return _point_line(row) if row else None


def _point_line(row: Mastery) -> PointLine:
    estimate = Estimate(row.level, row.doubt, row.answers, row.last)
    share = share_of(estimate)
    due = timezone.localtime(row.due_at).date() if row.due_at else None
    return PointLine(
        row.point_id, row.point.name, row.point.name_en, row.point.subject,
        standing_of(estimate).value, share.low, share.middle, share.high, row.answers, due,
    )  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """An answer under a curve: which, when, and by how much it moved the estimate (hundredths)."""

    answered_id: int
    question_id: int
    at: datetime
    right: bool
    value: str
    source: str
    change: int


@dataclass(frozen=True)
class PointStory:
    """A point of one pupil with its curve and the answers that made it."""

    line: PointLine
    moments: tuple[Moment, ...]
    answers: tuple[Evidence, ...]
    said: str


def story_of(
    person_id: int, point_id: int, language: str, stems: dict[int, str]
) -> PointStory | None:
    """The curve of one point and the answers under it, the newest first. 3 queries.

    ``stems``: filled by the caller for the words; a question without one is named by its number.
    """
    line = point_line(person_id, point_id)
    if line is None:
        return None
    rows = answers_of(person_id)
    moments, evidence, state = traced(rows, point_id)
    estimate = Estimate(state.level, state.doubt, state.answers, state.last)
    by_id = {row.id: row for row in rows}
    moves = tuple(
        Move(
            Seen(stems.get(q, f"#{q}"), (str(point_id),), by_id[move.answered_id].right, 0.0),
            move.change, move.before, move.after,
        )
        for move in state.moves
        if (q := by_id[move.answered_id].question_id if move.answered_id in by_id else 0)
    )  # fmt: skip
    told = Told(str(point_id), estimate, share_of(estimate), standing_of(estimate), moves)
    name = (line.name_en or line.name) if language == "en" else line.name
    return PointStory(
        line, tuple(moments), tuple(reversed(evidence))[:ANSWERS],
        say_mastery(told, name, language),
    )  # fmt: skip


def answers_of(person_id: int) -> list[Answered]:
    """Every released answer of one person in the order of time. 1 query."""
    rows = Answered.objects.filter(person=person_id, released_at__isnull=False)
    return list(reversed(rows.order_by("-at", "-id")[:CURVE]))


def traced(
    rows: Sequence[Answered], point_id: int
) -> tuple[list[Moment], list[Evidence], PointState]:
    """The estimates of one point after each answer on it. No query."""
    states: dict[int, PointState] = {}
    moments: list[Moment] = []
    evidence: list[Evidence] = []
    for row in rows:
        after = fold(
            states, row.points, answered_id=row.id, at=row.at, right=row.right,
            hardness=row.hardness,
        )  # fmt: skip
        states.update(after)
        if point_id not in after:
            continue
        state = after[point_id]
        share = share_of(Estimate(state.level, state.doubt, state.answers, state.last))
        before = moments[-1].middle if moments else 0.5
        moments.append(Moment(row.at, row.value, row.right, share.middle, share.low, share.high))
        evidence.append(
            Evidence(
                row.id, row.question_id, row.at, row.right, row.value, row.source,
                round(100 * (share.middle - before)),
            )
        )  # fmt: skip
    return moments, evidence, states.get(point_id, PointState(0.0, 0.0))
