"""Sheets of paper, their scans, the marking desk: what is handed about."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Way(StrEnum):
    """How a question is answered on paper."""

    BUBBLES = "bubbles"
    DIGITS = "digits"
    WRITING = "writing"


class ScanState(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    REFUSED = "refused"


class PageState(StrEnum):
    """ASKS: a person has to look. CLEAR: read and sure. SAME: the same page again. ASIDE: a person
    put it away. Only CLEAR pages count.
    """

    ASKS = "asks"
    CLEAR = "clear"
    SAME = "same"
    ASIDE = "aside"


class DoubtKind(StrEnum):
    """What a person decides: what is marked, whose page it is, whether it is a page at all."""

    MARK = "mark"
    WHOSE = "whose"
    PAGE = "page"
    TWICE = "twice"


class PieceState(StrEnum):
    """OPEN: waits for marks. SPLIT: two marks too far apart. DONE: its mark counts."""

    OPEN = "open"
    SPLIT = "split"
    DONE = "done"


class Post(StrEnum):
    """What somebody does at the desk."""

    MARKER = "marker"
    ARBITER = "arbiter"


@dataclass(frozen=True)
class Asking:
    """A question as a sheet needs it: nothing of its words, nothing of its key.

    ``position``: its number in the paper. ``options``: ids, for bubbles. ``lines``: to write on.
    """

    position: int
    way: Way
    options: tuple[str, ...] = ()
    multiple: bool = False
    unit: str = ""
    columns: int = 0
    lines: int = 0


@dataclass(frozen=True)
class Drawn:
    """A sheet drawn: the template's JSON as a value, and how each printed item is answered."""

    template: dict[str, Any]
    places: dict[str, dict[str, Any]]
    pages: int


@dataclass(frozen=True)
class Given:
    """One mark at the desk. ``turn``: 1 and 2 mark blindly, 3 arbitrates."""

    marker_id: int
    turn: int
    score: Fraction


@dataclass(frozen=True)
class Verdict:
    """What the marks of a piece come to. ``score`` None: not yet. ``rule``: as kept with it."""

    state: PieceState
    score: Fraction | None = None
    rule: str = ""


@dataclass(frozen=True)
class Drift:
    """How one marker stands to the marks that counted in the end; shares of the points, signed.

    ``known``: pieces whose mark was known beforehand. Shown to the lead and to the marker only.
    """

    person_id: int
    marks: int
    apart: float
    known: int
    known_apart: float
    seconds: float


@dataclass(frozen=True)
class PieceShown:
    """A piece before its marker: nothing that says whose it is. ``code``: what it is called.

    ``given``: the lease by which its mark is given. ``crop``: a picture of what was written.
    ``empty``: hardly any ink. ``before``: the marks that an arbiter decides between.
    """

    given: int
    code: str
    text: str
    crop: bool
    empty: bool
    suggested: str = ""
    confidence: float = 0.0
    reasons: tuple[dict[str, Any], ...] = ()
    before: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Progress:
    """A question at the desk. ``once``: has one of two marks; ``split``: waits for the third;
    ``markers``, ``arbiters``: person ids.
    """

    item_id: int
    position: int
    pieces: int
    done: int
    once: int
    split: int
    double: bool
    tolerance: str
    step: str
    out_of: str
    every: int
    note: str
    markers: tuple[int, ...] = ()
    arbiters: tuple[int, ...] = ()

    @property
    def share(self) -> int:
        """Per cent done."""
        return self.done * 100 // self.pieces if self.pieces else 0


@dataclass(frozen=True)
class Work:
    """One's own work on a question: how much is left for one, how much one has given."""

    item_id: int
    exam_id: int
    position: int
    subject: str
    grade: int
    post: Post
    left: int
    given: int
    held: int
    released: bool = False
