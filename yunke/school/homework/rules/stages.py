"""How far a pupil is, and what may be seen then. On plain values."""

from dataclasses import dataclass
from datetime import datetime

from yunke.school.homework.values import Reveal, Stage


@dataclass(frozen=True)
class Facts:
    """What is known of one pupil and one homework. ``number``: of the newest attempt, 0 without."""

    opens_at: datetime
    due_at: datetime
    number: int = 0
    submitted_at: datetime | None = None
    returned_number: int = 0
    correct: bool = False


def stage_of(facts: Facts, at: datetime) -> Stage:
    if facts.number == 0 or (facts.number == 1 and facts.submitted_at is None):
        if at < facts.opens_at:
            return Stage.WAITING
        if at > facts.due_at:
            return Stage.OVERDUE
        return Stage.BEGUN if facts.number else Stage.NEW
    if facts.number == 1:
        return Stage.RETURNED if facts.returned_number >= 1 else Stage.HANDED_IN
    if facts.submitted_at is None:
        return Stage.CORRECTING
    return Stage.RETURNED if facts.returned_number >= facts.number else Stage.CORRECTED


def is_late(first_at: datetime | None, due_at: datetime) -> bool:
    """Was it handed in, the first time, after the pupil's own deadline? Corrections change nothing
    in that."""
    return first_at is not None and first_at > due_at


def key_shown(reveal: Reveal, stage: Stage, *, last_due: datetime, at: datetime) -> bool:
    """May this pupil see the key? Never before the own hand-in and never while correcting.

    With ``Reveal.DUE`` nobody sees it before the last deadline of all, extensions included: who has
    more time would have it from who has less.
    """
    if stage in {Stage.HANDED_IN, Stage.RETURNED, Stage.CORRECTED}:
        return reveal is Reveal.HANDED_IN or at > last_due
    return False


def may_correct(stage: Stage, *, wrong: int, asked_to: bool) -> bool:
    """Returned with something wrong, or the teacher asked for it."""
    return stage is Stage.RETURNED and (wrong > 0 or asked_to)
