"""What a device is told after each exchange: what is stored, how long it may still write."""

from datetime import datetime, timedelta
from typing import Any

from yunke.base.clock import now
from yunke.base.once import receipt_code
from yunke.school.attempts.models import Attempt, Reply
from yunke.school.attempts.reads.keys import tick_key
from yunke.school.attempts.rules.ticks import Proof, tick_make, tick_time

NO_PROOF = Proof()
# A write that began before a reply may end after it.
MEANWHILE = timedelta(seconds=5)


def attempt_now(
    *, who_id: int, attempt_id: int, device: str = "", tick: str = ""
) -> dict[str, Any] | None:
    """How one's own attempt stands, without writing; None where there is none.

    1 query, one more when another device wrote something that this one has not seen.
    """
    attempt = Attempt.objects.filter(id=attempt_id, person_id=who_id).first()
    if attempt is None or attempt.withdrawn_at is not None:
        return None
    strange = device and attempt.device and attempt.device != device
    other = attempt.device_at if strange else None
    return told(attempt, now(), other=other, device=device, proof=Proof(tick[:200]))


def told(
    attempt: Attempt, at: datetime, *, beside: list[int] | None = None,
    other: datetime | None = None, device: str = "", proof: Proof = NO_PROOF,
) -> dict[str, Any]:  # fmt: skip
    """The reply to a device. Never a key, a score or a cause."""
    tick = tick_make(
        tick_key(), attempt_id=attempt.id, person_id=attempt.person_id, at=at, before=proof
    )
    return {
        "saved": attempt.seq,
        "kept": beside or [],
        "state": "submitted" if attempt.submitted_at else "open",
        "submitted_at": instant(attempt.submitted_at),
        # The receipt of the submission; every write besides has one of its own.
        "handed": receipt_code(attempt.key) if attempt.submitted_at else "",
        "ends_at": instant(attempt.ends_at),
        "now": instant(at),
        "tick": tick,
        "other": instant(other),
        "newer": _newer(attempt, device, proof) if other else [],
    }


def instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds") if at else None


def _newer(attempt: Attempt, device: str, proof: Proof) -> list[dict[str, Any]]:
    """What the person's other devices brought since the tick that this one holds. When it came
    counts, not when it was written: a device that was without a line brings what is older."""
    rows = Reply.objects.filter(attempt=attempt, seq__gt=0).exclude(device=device)
    held = tick_time(tick_key(), proof.tick, attempt_id=attempt.id, person_id=attempt.person_id)
    if held is not None:
        rows = rows.filter(saved_at__gt=held - MEANWHILE)
    return [{"question": row.question_id, "value": row.value, "seq": row.seq} for row in rows]
