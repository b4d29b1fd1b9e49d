"""What is attempted, what is stored, what a reply is worth."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Of(StrEnum):
    """The kind of thing that is attempted; its number is the thing's id in its own room."""

    HOMEWORK = "homework"
    EXAM = "exam"
    DRILL = "drill"


class Why(StrEnum):
    """Why an answer was kept beside the others instead of counting."""

    ENDED = "ended"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class Place:
    """A question in a thing: which, where, and for how many points."""

    question_id: int
    points: Fraction


@dataclass(frozen=True)
class Opened:
    """One person's attempt as its page needs it. ``answers``: question id → value as stored.

    ``order``: question ids as this person sees them. ``ends_at``: no save counts after it; None
    where lateness is only noted. ``seq``: the highest sequence number stored.
    """

    id: int
    of: Of
    of_id: int
    number: int
    order: tuple[int, ...]
    answers: dict[int, Any]
    seq: int
    ends_at: datetime | None
    submitted_at: datetime | None
    late: bool


@dataclass(frozen=True)
class State:
    """How far one person is: for lists of a class, made without reading any answer."""

    id: int
    person_id: int
    number: int
    opened_at: datetime
    answered: int
    submitted_at: datetime | None
    late: bool
    by_server: bool
    marked: bool


@dataclass(frozen=True)
class Marked:
    """The mark that counts now. ``score`` None: a person has to look. ``by`` 0: a rule."""

    id: int
    reply_id: int
    attempt_id: int
    person_id: int
    question_id: int
    value: Any
    verdict: str
    score: Fraction | None
    out_of: Fraction
    reason: str
    causes: tuple[str, ...]
    suggested: Fraction | None
    confidence: float
    rule: str
    by: int
    note: str
    made_at: datetime
