"""What counts, what is kept beside it, and what is too much. On plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from yunke.school.attempts.values import Why

MOST_ANSWERS = 200
# Letters of one answer: a long composition is a tenth of it.
LONGEST = 20_000
DEEPEST = 3


class Fate(StrEnum):
    """What becomes of an answer that arrives."""

    COUNTS = "counts"
    OLDER = "older"
    STRAY = "stray"
    # A newer one of another device counts; this one stands beside it.
    BESIDE = "beside"


@dataclass(frozen=True)
class Standing:
    """An attempt at the instant of an arrival."""

    submitted: bool
    ends_at: datetime | None


def over(standing: Standing, at: datetime) -> Why | None:
    """Why nothing may count any more; None while it may."""
    if standing.submitted:
        return Why.SUBMITTED
    if standing.ends_at is not None and at > standing.ends_at:
        return Why.ENDED
    return None


def fate(standing: Standing, at: datetime, *, seq: int, stored: int, differs: bool = False) -> Fate:
    """The highest sequence number wins and nothing goes back; late answers stand beside.

    ``differs``: another device of the person stored something else.
    """
    if seq <= stored:
        return Fate.BESIDE if differs else Fate.OLDER
    return Fate.STRAY if over(standing, at) else Fate.COUNTS


def is_late(due_at: datetime | None, at: datetime) -> bool:
    return due_at is not None and at > due_at


def instant_of(at: datetime | None) -> datetime | None:
    """What a device's own clock says. Without its zone it says nothing; so do the first and last
    hours that a calendar has, which are outside of it elsewhere."""
    if at is None or at.tzinfo is None:
        return None
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return None


def too_much(value: Any, depth: int = 0) -> bool:
    """Longer or deeper than any answer to any kind of question."""
    if isinstance(value, str):
        return len(value) > LONGEST
    if isinstance(value, list | tuple):
        parts: Iterable[Any] = value
    elif isinstance(value, dict):
        parts = (*value.keys(), *value.values())
    else:
        return False
    held = list(parts)
    if depth >= DEEPEST or len(held) > MOST_ANSWERS:
        return True
    return any(too_much(one, depth + 1) for one in held)


def unkept(value: Any) -> bool:
    """Holds a letter that PostgreSQL cannot store (NUL, half of a pair)."""
    if isinstance(value, str):
        return "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, list | tuple):
        return any(unkept(one) for one in value)
    if isinstance(value, dict):
        return any(unkept(one) for one in (*value.keys(), *value.values()))
    return False
