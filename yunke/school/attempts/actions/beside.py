"""What does not count by itself is kept beside: late answers, and those of another device."""

from datetime import datetime
from typing import Any

from yunke.school.attempts.models import Attempt, Reply, Stray
from yunke.school.attempts.reads.keys import log_key, tick_key
from yunke.school.attempts.rules.ticks import From, log_read, tick_time, written_at
from yunke.school.attempts.values import Sent, Why


def keep_late(attempt: Attempt, late: list[Sent], why: Why, at: datetime, by: From) -> None:
    """With what its device shows for its time. 1 query."""
    proofs = _proofs(attempt, late, at, by)
    Stray.objects.bulk_create(
        [
            Stray(
                attempt=attempt, question_id=one.question_id, value=one.value, seq=one.seq,
                why=why, written_at=one.written, proof=proofs[one.question_id], device=by.device,
            )
            for one in late
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def keep_others(attempt: Attempt, older: list[Sent], overwritten: list[Reply], by: From) -> None:
    """What two devices of one person wrote at the same place: the newer counts, the other stays.

    No query when there is nothing of the kind.
    """
    rows = [
        Stray(attempt=attempt, question_id=one.question_id, value=one.value, seq=one.seq,
              why=Why.OTHER, written_at=one.written, device=by.device)
        for one in older
    ]  # fmt: skip
    rows += [
        Stray(attempt=attempt, question_id=one.question_id, value=one.value, seq=one.seq,
              why=Why.OTHER, written_at=one.written_at, device=one.device)
        for one in overwritten
    ]  # fmt: skip
    if rows:
        Stray.objects.bulk_create(rows, ignore_conflicts=True)


def _proofs(
    attempt: Attempt, late: list[Sent], at: datetime, by: From
) -> dict[int, dict[str, Any]]:
    """By question: the last tick that the device knew, when it wrote, and whether in time."""
    shown = by.proof
    tick_at = tick_time(
        tick_key(), shown.tick, attempt_id=attempt.id, person_id=attempt.person_id
    )  # fmt: skip
    lines = log_read(log_key(attempt.person_id, attempt.id), shown) if shown.sign else {}
    found: dict[int, dict[str, Any]] = {}
    for one in late:
        wrote = written_at(
            tick_at, lines.get(one.question_id), seq=one.seq, digest=one.digest, came=at
        )
        found[one.question_id] = {
            "tick_at": tick_at.isoformat() if tick_at else None,
            "written_at": wrote.isoformat() if wrote else None,
            "in_time": _in_time(attempt, wrote),
            "tick": shown.tick, "sign": shown.sign,
        }  # fmt: skip
    return found


def _in_time(attempt: Attempt, wrote: datetime | None) -> bool | None:
    """None where nothing speaks for it either way."""
    if wrote is None:
        return None
    ends = [at for at in (attempt.ends_at, attempt.submitted_at) if at is not None]
    return wrote <= min(ends) if ends else True
