"""Writing a line, inside the transaction of the act itself."""

import secrets
from typing import Any

from django.db import connection

from yunke.base.clock import now
from yunke.ground.audit.models import Entry, Head
from yunke.ground.audit.reads.checkpoints import seal_of
from yunke.ground.audit.rules import hash_of, is_word, plain, sealed_of
from yunke.ground.audit.values import Act

LONGEST_REASON = 200


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
    role: str = "",
) -> int:
    """Append one line and give its number. Three statements; must run inside a transaction.

    ``subject_id``: the person whom the act is about; ``role``: as what the actor did it.
    ``detail``: small facts as JSON (counts, before and after of a role), never content.
    Best called last in its transaction: until the commit nobody else can write a line.
    """
    if not (is_word(object_kind) and is_word(role)):
        raise ValueError("kinds and roles are words of the code")
    head = head_held()
    entry = Entry(
        seq=head.seq + 1, at=now(), actor_id=actor_id, act=act.value, role=role,
        subject_id=subject_id, object_kind=object_kind, object_id=object_id, school_id=school_id,
        reason=plain(reason.strip())[:LONGEST_REASON], detail=plain(detail or {}),
        salt=secrets.token_hex(16), before=head.hash,
    )  # fmt: skip
    entry.sealed = sealed_of(entry.salt, entry.reason, entry.detail)
    entry.hash = hash_of(entry.before, fact_of(entry), entry.sealed)
    entry.save()
    Head.objects.filter(id=1).update(
        seq=entry.seq, hash=entry.hash, seal=seal_of(entry.seq, entry.hash)
    )
    return entry.seq


def head_held() -> Head:
    """The newest hash, locked until the commit: writers stand in one line, one chain comes out.

    The row is there from the migration; a database that was emptied gets it anew.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit line is written in the transaction of its act")
    return Head.objects.select_for_update().get_or_create(id=1)[0]


def fact_of(entry: Entry) -> tuple[Any, ...]:
    """What the hash covers in the clear."""
    return (
        entry.seq,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.act,
        entry.role,
        entry.subject_id,
        entry.object_kind,
        entry.object_id,
        entry.school_id,
    )
