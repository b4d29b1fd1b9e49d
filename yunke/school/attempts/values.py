"""What is attempted, what is stored, what a reply is worth."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple


class Of(StrEnum):
    """The kind of thing that is attempted; its number is the thing's id in its own room."""

    HOMEWORK = "homework"
    EXAM = "exam"
    DRILL = "drill"


class Why(StrEnum):
    """Why an answer was kept beside the others instead of counting."""

    ENDED = "ended"
    SUBMITTED = "submitted"
    # Another device of the same person wrote a newer one.
    OTHER = "other"


class Sent(NamedTuple):
    """An answer as it came. ``written``: when, by the pupil's own clock; ``digest``: SHA-256 of its
    JSON as it was sent, as hex.
    """

    question_id: int
    value: Any
    seq: int
    written: datetime | None = None
    digest: str = ""


@dataclass(frozen=True)
class Place:
    """A question in a thing: which, where, and for how many points."""

    question_id: int
    points: Fraction


@dataclass(frozen=True)
class Opened:
    """One person's attempt as its page needs it. ``answers``: question id → value as stored.

    ``order``: question ids as this person sees them. ``ends_at``: no save counts after it; None
    where lateness is only noted. ``seq``: the highest sequence number stored, ``seqs`` that of
    each question. ``receipt``: the code of the submission, "" before it.
    """

    id: int
    person_id: int
    of: Of
    of_id: int
    title: str
    number: int
    order: tuple[int, ...]
    answers: dict[int, Any]
    seq: int
    seqs: dict[int, int]
    ends_at: datetime | None
    due_at: datetime | None
    submitted_at: datetime | None
    late: bool
    by_server: bool
    receipt: str


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
    # Of the first attempt at the thing, in lists of one person.
    first_at: datetime | None = None


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


@dataclass(frozen=True)
class Late:
    """An answer that waits for a person: does it count?

    ``in_time``: what its proof says (None: nothing); ``written_at``: the server's reckoning of when
    it was written, else what the pupil's own clock said. ``now_value``: what counts at present.
    """

    id: int
    attempt_id: int
    person_id: int
    question_id: int
    value: Any
    now_value: Any
    why: Why
    came_at: datetime
    written_at: datetime | None
    in_time: bool | None


@dataclass(frozen=True)
class Page:
    """A page photographed for an attempt; ``address`` is where those who may see it get it."""

    id: int
    attempt_id: int
    question_id: int
    position: int
    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Whose:
    """Whose attempt at what: for the rooms above, which decide who may look at its photographs."""

    attempt_id: int
    of: Of
    of_id: int
    person_id: int
    class_id: int
    school_id: int


@dataclass(frozen=True)
class Asking:
    """One question of a sheet: ``asked`` as the library shows it, ``value`` what is stored."""

    number: int
    question_id: int
    asked: Any
    value: Any
    kind: str


@dataclass(frozen=True)
class Sheet:
    """A whole attempt as ``attempts/sheet.html`` shows it. ``feed``: what its script needs."""

    opened: Opened
    questions: tuple[Asking, ...]
    pages: tuple[Page, ...]
    feed: dict[str, Any]
    by_photo: bool
    now: datetime

    @property
    def id(self) -> int:
        return self.opened.id

    @property
    def feed_id(self) -> str:
        return f"attempt-{self.opened.id}"

    @property
    def open(self) -> bool:
        """May it still be written?"""
        ends = self.opened.ends_at
        return self.opened.submitted_at is None and (ends is None or self.now <= ends)
