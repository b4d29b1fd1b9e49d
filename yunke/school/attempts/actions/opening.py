"""An attempt is opened by the room whose thing it is, and moved in time by it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from yunke.base.clock import now
from yunke.school.attempts.models import Attempt
from yunke.school.attempts.values import Of


@transaction.atomic(savepoint=False)
def attempt_open(
    *, person_id: int, class_id: int, school_id: int, of: Of, of_id: int, order: Sequence[int],
    ends_at: datetime | None = None, due_at: datetime | None = None,
) -> int:  # fmt: skip
    """The person's attempt at the thing, opened when there is none; gives its id.

    The caller has decided that this person may. Opened twice it is one attempt. 2 queries.
    """
    row, _ = Attempt.objects.get_or_create(
        person_id=person_id, of=of.value, of_id=of_id, number=1,
        defaults={
            "class_id": class_id, "school_id": school_id, "order": list(order),
            "ends_at": ends_at, "due_at": due_at,
        },
    )  # fmt: skip
    return row.id


@transaction.atomic(savepoint=False)
def attempt_again(*, attempt_id: int, order: Sequence[int], due_at: datetime | None = None) -> int:
    """A correction: the next attempt of the same person at the same thing. 3 queries."""
    before = Attempt.objects.get(id=attempt_id)
    same = Attempt.objects.filter(person_id=before.person_id, of=before.of, of_id=before.of_id)
    number = (same.aggregate(top=Max("number"))["top"] or 0) + 1
    row = Attempt.objects.create(
        person_id=before.person_id, of=before.of, of_id=before.of_id, number=number,
        class_id=before.class_id, school_id=before.school_id, order=list(order), due_at=due_at,
    )  # fmt: skip
    return row.id


def attempts_end_at(ids: Iterable[int], ends_at: datetime | None) -> int:
    """Move the end of attempts that are still open (extra time, a pause). 1 query."""
    return Attempt.objects.filter(id__in=list(ids), submitted_at__isnull=True).update(
        ends_at=ends_at
    )


def attempts_due_at(
    of: Of, of_id: int, due_at: datetime | None, *, persons: Iterable[int] | None = None
) -> int:
    """Move the day by which open attempts are due, of all or of these persons. 1 query."""
    rows = Attempt.objects.filter(of=of.value, of_id=of_id, submitted_at__isnull=True)
    if persons is not None:
        rows = rows.filter(person_id__in=list(persons))
    return rows.update(due_at=due_at)


def attempt_withdraw(attempt_id: int) -> None:
    """It never counts again; everything in it stays."""
    Attempt.objects.filter(id=attempt_id, withdrawn_at__isnull=True).update(withdrawn_at=now())


def attempt_reopen(attempt_id: int, *, ends_at: datetime | None) -> None:
    """A submission is taken back by a teacher, not by the pupil: writing goes on. 1 query."""
    Attempt.objects.filter(id=attempt_id, withdrawn_at__isnull=True).update(
        submitted_at=None, key=None, by_server=False, marked_at=None, ends_at=ends_at
    )
