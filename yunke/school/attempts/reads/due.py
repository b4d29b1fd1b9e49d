"""What waits for the worker."""

from collections.abc import Collection
from datetime import datetime

from yunke.school.attempts.models import Attempt


def attempts_unmarked(most: int, *, but: Collection[int] = ()) -> list[int]:
    """Handed in and not marked yet, the longest waiting first. 1 query by index."""
    rows = Attempt.objects.filter(submitted_at__isnull=False, marked_at__isnull=True)
    if but:
        rows = rows.exclude(id__in=list(but))
    return list(rows.order_by("submitted_at", "id").values_list("id", flat=True)[:most])


def attempts_over(at: datetime) -> bool:
    """Is any attempt open whose end lies before ``at``? 1 query by index."""
    rows = Attempt.objects.filter(
        ends_at__lt=at, submitted_at__isnull=True, withdrawn_at__isnull=True
    )
    return rows.exists()
