"""Writing a line, inside the transaction of the act itself."""

import secrets
from typing import Any

from django.db import connection

from yunke.base.clock import now
from yunke.ground.audit.models import Entry, Head
from yunke.ground.audit.rules import hash_of, sealed_of
from yunke.ground.audit.values import Act


def audit_record(
    *,
    actor_id: int,
    act: Act,
    subject_id: int = 0,
    object_kind: str = "",
    object_id: int = 0,
    school_id: int = 0,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> int:
    """Append one line and give its number. Three statements; must run inside a transaction.

    ``detail``: small facts as JSON (counts, before and after of a role), never content.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit line is written in the transaction of its act")
    head = Head.objects.select_for_update().get_or_create(id=1)[0]
    entry = Entry(
        seq=head.seq + 1, at=now(), actor_id=actor_id, act=act.value, subject_id=subject_id,
        object_kind=object_kind, object_id=object_id, school_id=school_id, reason=reason[:200],
        detail=detail or {}, salt=secrets.token_hex(16), before=head.hash,
    )  # fmt: skip
    entry.sealed = sealed_of(entry.salt, entry.reason, entry.detail)
    entry.hash = hash_of(entry.before, fact_of(entry), entry.sealed)
    entry.save(force_insert=True)
    Head.objects.filter(id=1).update(seq=entry.seq, hash=entry.hash)
    return entry.seq


def fact_of(entry: Entry) -> dict[str, Any]:
    """What the hash covers in the clear."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "act": entry.act,
        "subject": entry.subject_id,
        "kind": entry.object_kind,
        "object": entry.object_id,
        "school": entry.school_id,
    }
