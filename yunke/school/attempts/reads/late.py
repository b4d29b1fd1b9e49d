"""Late answers that wait for a person."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from yunke.school.attempts.models import Reply, Stray
from yunke.school.attempts.values import Late, Of, Why


def strays_of(of: Of, of_id: int) -> list[Late]:
    """Everything undecided of one thing, the newest answer of each question; 2 queries."""
    return _listed(Stray.objects.filter(attempt__of=of.value, attempt__of_id=of_id))


def strays_of_attempts(attempt_ids: Iterable[int]) -> list[Late]:
    """The same of some attempts; 2 queries."""
    return _listed(Stray.objects.filter(attempt__in=list(attempt_ids)))


def _listed(found: QuerySet[Stray]) -> list[Late]:
    waiting = found.filter(accepted__isnull=True, attempt__withdrawn_at__isnull=True)
    newest: dict[tuple[int, int], Stray] = {}
    for row in waiting.exclude(why=Why.OTHER).select_related("attempt").order_by("seq"):
        newest[row.attempt_id, row.question_id] = row
    replies = Reply.objects.filter(attempt__in={attempt for attempt, _ in newest})
    values = {(r.attempt_id, r.question_id): r.value for r in replies}
    rows = sorted(newest.values(), key=lambda row: (row.attempt_id, row.id))
    return [
        Late(
            id=row.id, attempt_id=row.attempt_id, person_id=row.attempt.person_id,
            question_id=row.question_id, value=row.value,
            now_value=values.get((row.attempt_id, row.question_id)), why=Why(row.why),
            came_at=row.made_at, written_at=_instant(row.proof.get("written_at")) or row.written_at,
            in_time=row.proof.get("in_time"),
        )
        for row in rows
    ]  # fmt: skip


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
