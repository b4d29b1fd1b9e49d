"""A person decides whether a late answer counts."""

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.school.attempts.models import Attempt, Reply, Stray
from yunke.school.attempts.values import Why


@transaction.atomic
def stray_decide(*, by_id: int, stray_id: int, accept: bool) -> bool:
    """Does it count? Said once; False when there is nothing left to decide.

    An accepted one takes the place of what was stored, which stays beside it, and is marked anew
    within seconds. The caller has decided that this person may. 6 to 9 queries.
    """
    waiting = Stray.objects.select_for_update(of=("self",)).filter(
        id=stray_id, accepted__isnull=True
    )
    stray = waiting.exclude(why=Why.OTHER).select_related("attempt").first()
    if stray is None:
        return False
    stray.accepted, stray.decided_by_id, stray.decided_at = accept, by_id, now()
    stray.save(update_fields=["accepted", "decided_by", "decided_at"])
    if accept:
        _take(stray)
    _told(stray, by_id, accept=accept)
    return True


def _take(stray: Stray) -> None:
    """The newest one counts, whichever of two accepted ones was decided first."""
    before = Reply.objects.filter(attempt_id=stray.attempt_id, question_id=stray.question_id)
    row = before.first()
    if row is not None and row.seq >= stray.seq:
        return
    if row is not None and row.seq:
        old = Stray(
            attempt_id=stray.attempt_id, question_id=stray.question_id, value=row.value,
            seq=row.seq, why=Why.OTHER, written_at=row.written_at, device=row.device,
        )  # fmt: skip
        Stray.objects.bulk_create([old], ignore_conflicts=True)
    Reply.objects.update_or_create(
        attempt_id=stray.attempt_id, question_id=stray.question_id,
        defaults={"value": stray.value, "seq": stray.seq, "saved_at": stray.made_at,
                  "written_at": stray.written_at, "device": stray.device},
    )  # fmt: skip
    attempt = stray.attempt
    Attempt.objects.filter(id=attempt.id).update(
        marked_at=None, seq=max(attempt.seq, stray.seq)
    )  # fmt: skip


def _told(stray: Stray, by_id: int, *, accept: bool) -> None:
    attempt = stray.attempt
    event_record(
        actor_id=by_id, verb=Verb.LATE_DECIDED, object_kind=attempt.of, object_id=attempt.of_id,
        title=attempt.title, subject_id=attempt.person_id, class_id=attempt.class_id,
        school_id=attempt.school_id, result={"accepted": accept},
    )  # fmt: skip
    audit_record(
        actor_id=by_id, act=Act.LATE_DECIDED, subject_id=attempt.person_id, object_kind="attempt",
        object_id=attempt.id, school_id=attempt.school_id, detail={"accepted": accept},
    )  # fmt: skip
