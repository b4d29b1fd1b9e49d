"""What is done to the audit: it only grows. And a second person agrees."""

from yunke.ground.audit.actions.checkpoint import (
    chain_cut,
    chain_restored,
    checkpoint_due,
    checkpoint_make,
    entries_empty,
    is_ours,
    second_place,
)
from yunke.ground.audit.actions.look import LIMIT, TooFast, TooMany, limit_of, look_record
from yunke.ground.audit.actions.record import audit_record
from yunke.ground.audit.actions.second import second_ask, second_decide, second_use

__all__ = [
    "LIMIT",
    "TooFast",
    "TooMany",
    "audit_record",
    "chain_cut",
    "chain_restored",
    "checkpoint_due",
    "checkpoint_make",
    "entries_empty",
    "is_ours",
    "limit_of",
    "look_record",
    "second_ask",
    "second_decide",
    "second_place",
    "second_use",
]
