"""How far whole classes are with many things, as counts; and every attempt at one thing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Q

from yunke.school.attempts.models import Attempt
from yunke.school.attempts.values import Of, State


class Counts(NamedTuple):
    """Persons who opened it, handed it in, and whose hand-in was marked by rule."""

    opened: int = 0
    handed_in: int = 0
    marked: int = 0


def counts_of(of: Of, of_ids: Iterable[int]) -> dict[int, Counts]:
    """By thing, of first attempts; things nobody opened are left out. 1 query."""
    rows = (
        Attempt.objects.filter(of=of.value, of_id__in=list(of_ids), number=1)
        .filter(withdrawn_at__isnull=True)
        .values("of_id")
        .annotate(
            opened=Count("id"),
            handed_in=Count("id", filter=Q(submitted_at__isnull=False)),
            marked=Count("id", filter=Q(submitted_at__isnull=False, marked_at__isnull=False)),
        )
    )
    return {row["of_id"]: Counts(row["opened"], row["handed_in"], row["marked"]) for row in rows}


def handed_in_by(of: Of, of_ids: Iterable[int]) -> dict[int, set[int]]:
    """Who handed in each of these things, now or before a correction. 1 query."""
    rows = Attempt.objects.filter(of=of.value, of_id__in=list(of_ids), withdrawn_at__isnull=True)
    done = rows.filter(Q(submitted_at__isnull=False) | Q(number__gt=1))
    found: dict[int, set[int]] = defaultdict(set)
    for of_id, person_id in done.values_list("of_id", "person_id"):
        found[of_id].add(person_id)
    return found


def attempts_of(of: Of, of_id: int, *, persons: Iterable[int] | None = None) -> list[State]:
    """Every attempt at the thing, corrections too, by person and number. 1 query."""
    rows = Attempt.objects.filter(of=of.value, of_id=of_id, withdrawn_at__isnull=True)
    if persons is not None:
        rows = rows.filter(person_id__in=list(persons))
    told = rows.annotate(answered=Count("replies", filter=Q(replies__seq__gt=0)))
    return [
        State(
            id=row.id, person_id=row.person_id, number=row.number, opened_at=row.made_at,
            answered=row.answered, submitted_at=row.submitted_at, late=row.late,
            by_server=row.by_server, marked=row.marked_at is not None,
        )
        for row in told.order_by("person_id", "number")
    ]  # fmt: skip
