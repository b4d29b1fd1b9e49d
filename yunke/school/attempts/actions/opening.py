"""An attempt is opened by the room whose thing it is, and moved in time by it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from yunke.base.clock import now
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.school.attempts.models import Attempt, Reopening
from yunke.school.attempts.values import Of


@transaction.atomic(savepoint=False)
def attempt_open(
    *, person_id: int, class_id: int, school_id: int, of: Of, of_id: int, order: Sequence[int],
    ends_at: datetime | None = None, due_at: datetime | None = None, title: str = "",
) -> int:  # fmt: skip
    """The person's attempt at the thing, opened when there is none that counts; gives its id.

    The caller has decided that this person may. Opened twice it is one attempt. ``title``: the
    thing as the person's own list of acts names it. 1 query, 3 the first time.
    """
    same = Attempt.objects.filter(person_id=person_id, of=of.value, of_id=of_id)
    there = same.filter(withdrawn_at__isnull=True).order_by("-number").values_list("id", flat=True)
    found = there.first()
    if found is not None:
        return int(found)
    row, _ = Attempt.objects.get_or_create(
        person_id=person_id, of=of.value, of_id=of_id, number=_next(person_id, of, of_id),
        defaults={
            "class_id": class_id, "school_id": school_id, "order": list(order),
            "ends_at": ends_at, "due_at": due_at, "title": title[:120],
        },
    )  # fmt: skip
    return row.id


@transaction.atomic(savepoint=False)
def attempt_again(*, attempt_id: int, order: Sequence[int], due_at: datetime | None = None) -> int:
    """A correction: the next attempt of the same person at the same thing. 3 queries."""
    before = Attempt.objects.get(id=attempt_id)
    row = Attempt.objects.create(
        person_id=before.person_id, of=before.of, of_id=before.of_id,
        number=_next(before.person_id, Of(before.of), before.of_id), title=before.title,
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
    """Move the day by which open attempts are due, of all or of these persons; a correction is due
    on none. 1 query."""
    rows = Attempt.objects.filter(of=of.value, of_id=of_id, submitted_at__isnull=True, number=1)
    if persons is not None:
        rows = rows.filter(person_id__in=list(persons))
    return rows.update(due_at=due_at)


@transaction.atomic(savepoint=False)
def attempt_withdraw(attempt_id: int, *, by_id: int = 0) -> None:
    """It never counts again; everything in it stays."""
    attempt = Attempt.objects.select_for_update().filter(id=attempt_id).first()
    if attempt is None or attempt.withdrawn_at is not None:
        return
    attempt.withdrawn_at = now()
    attempt.save(update_fields=["withdrawn_at"])
    _told(attempt, by_id, Verb.ATTEMPT_WITHDRAWN, Act.ATTEMPT_WITHDRAWN)


@transaction.atomic(savepoint=False)
def attempt_reopen(attempt_id: int, *, ends_at: datetime | None, by_id: int = 0) -> None:
    """A submission is taken back by a teacher, not by the pupil: writing goes on.

    What was submitted stays in the history, and arriving again it submits nothing. ``by_id`` 0:
    the house itself.
    """
    rows = Attempt.objects.select_for_update().filter(id=attempt_id, submitted_at__isnull=False)
    attempt = rows.filter(withdrawn_at__isnull=True).first()
    if attempt is None or attempt.submitted_at is None:
        return
    Reopening.objects.create(
        attempt=attempt, submitted_at=attempt.submitted_at, key=attempt.key,
        by_server=attempt.by_server, late=attempt.late, by_id=by_id or None,
    )  # fmt: skip
    attempt.submitted_at, attempt.key, attempt.marked_at = None, "", None
    attempt.by_server = attempt.late = False
    attempt.reopened, attempt.ends_at = attempt.reopened + 1, ends_at
    attempt.save()
    _told(attempt, by_id, Verb.ATTEMPT_REOPENED, Act.ATTEMPT_REOPENED)


def _told(attempt: Attempt, by_id: int, verb: Verb, act: Act) -> None:
    event_record(
        actor_id=by_id, verb=verb, object_kind=attempt.of, object_id=attempt.of_id,
        title=attempt.title, subject_id=attempt.person_id, class_id=attempt.class_id,
        school_id=attempt.school_id,
    )  # fmt: skip
    audit_record(
        actor_id=by_id, act=act, subject_id=attempt.person_id, object_kind="attempt",
        object_id=attempt.id, school_id=attempt.school_id,
    )  # fmt: skip


def _next(person_id: int, of: Of, of_id: int) -> int:
    same = Attempt.objects.filter(person_id=person_id, of=of.value, of_id=of_id)
    return (same.aggregate(top=Max("number"))["top"] or 0) + 1
