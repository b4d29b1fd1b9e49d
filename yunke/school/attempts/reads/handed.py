"""Attempts that were handed in, for rooms above that follow their marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yunke.school.attempts.models import Attempt, Mark
from yunke.school.attempts.values import Of


@dataclass(frozen=True)
class Handed:
    """``by_server``: nobody handed it in; what is empty in it was perhaps never seen."""

    attempt_id: int
    of: Of
    of_id: int
    number: int
    class_id: int
    school_id: int
    submitted_at: datetime
    by_server: bool


def handed_of(attempt_ids: Iterable[int]) -> dict[int, Handed]:
    """By attempt; what is not handed in or was withdrawn is left out. 1 query."""
    rows = Attempt.objects.filter(
        id__in=set(attempt_ids), submitted_at__isnull=False, withdrawn_at__isnull=True
    )
    return {row.id: _handed(row, row.submitted_at) for row in rows if row.submitted_at}


def _handed(row: Attempt, at: datetime) -> Handed:
    return Handed(
        row.id, Of(row.of), row.of_id, row.number, row.class_id, row.school_id, at, row.by_server
    )


def mark_last() -> int:
    """The id of the newest mark; 0 before the first. 1 query by index."""
    return Mark.objects.order_by("-id").values_list("id", flat=True).first() or 0
