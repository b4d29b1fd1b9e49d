"""Checkpoints, and what a code that somebody wrote down says of the chain of today."""

import hmac
from datetime import datetime

from yunke.base.sealing import derived
from yunke.ground.audit.models import Checkpoint, Entry
from yunke.ground.audit.rules import code_read
from yunke.ground.audit.values import CodeAnswer, Signed


def last_checkpoint() -> Signed | None:
    """The newest. One query."""
    row = Checkpoint.objects.order_by("-id").first()
    return as_signed(row) if row else None


def as_signed(row: Checkpoint) -> Signed:
    return Signed(row.id, row.at, row.seq, row.hash, row.signature)


def said_of(number: int, at: datetime, seq: int, hash: str) -> str:
    """The text that is signed; number 0 is an anchor."""
    return f"yunke audit {number} {at.isoformat(timespec='microseconds')} {seq} {hash}"


def seal_of(seq: int, hash: str) -> str:
    """What only this server can write under the newest line."""
    return hmac.new(derived("audit-head"), f"{seq}:{hash}".encode(), "sha256").hexdigest()


def code_check(typed: str) -> CodeAnswer | None:
    """Is the line that this code was made from still in the chain, unchanged? Two queries.

    None: no checkpoint has this code.
    """
    read = code_read(typed)
    row = Checkpoint.objects.filter(hash__startswith=read).first() if read else None
    if row is None:
        return None
    held = Entry.objects.filter(seq=row.seq, hash=row.hash).exists()
    return CodeAnswer(as_signed(row), held)
