"""What a QTI item says, free of any version's spelling. Rich text is clean XHTML, no namespaces.

In a body, ``<response id="R"/>`` stands where the interaction R is; in a passage with gaps,
``<gap id="G"/>`` stands where the gap is. Media are named as in the package.
"""

from dataclasses import dataclass
from enum import StrEnum


class Version(StrEnum):
    """``V12`` comes in only."""

    V12 = "1.2"
    V21 = "2.1"
    V22 = "2.2"
    V30 = "3.0"


class Kind(StrEnum):
    CHOICE = "choice"  # one of several
    MULTIPLE = "multiple"  # several of several
    TRUE_FALSE = "true-false"
    TEXT = "text"  # a word in a blank
    NUMBER = "number"  # a number in a blank
    INLINE = "inline-choice"
    MATCH = "match"
    ASSOCIATE = "associate"
    GAPS = "gaps"
    ORDER = "order"
    EXTENDED = "extended-text"
    UPLOAD = "upload"


class Scoring(StrEnum):
    RIGHT = "right"  # all or nothing against ``right`` (match_correct)
    MAPPED = "mapped"  # points per value (map_response)
    NEAR = "near"  # a number within a tolerance
    PERSON = "person"  # nothing says what is right


class When(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fault:
    """Something that was not understood. ``line`` is 0 for a file or package as a whole."""

    file: str
    line: int
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Option:
    """A choice, a side of a match, a gap or a word for one. ``most``: times it is used, 0 any."""

    id: str
    html: str = ""
    feedback: str = ""
    fixed: bool = False
    most: int = 1


@dataclass(frozen=True)
class Entry:
    """A value and its points. ``case``: capitals matter."""

    value: str
    points: float
    case: bool = True


@dataclass(frozen=True)
class Key:
    """``right``: ids, "A B" pairs, or texts. ``tolerance``: below and above, as ``mode`` says:
    "absolute", "relative" (percent) or "exact". ``worth``: points for RIGHT and NEAR.
    """

    scoring: Scoring
    right: tuple[str, ...] = ()
    worth: float = 1.0
    entries: tuple[Entry, ...] = ()
    default: float = 0.0
    lower: float | None = None
    upper: float | None = None
    mode: str = "exact"
    tolerance: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Interaction:
    """One place to answer. ``targets``: the second side of a match, or the gaps of a passage.

    ``most`` and ``least`` answers (0: any, none). ``length``: characters expected. ``media_type``:
    what may be uploaded.
    """

    id: str
    kind: Kind
    key: Key
    prompt: str = ""
    options: tuple[Option, ...] = ()
    targets: tuple[Option, ...] = ()
    passage: str = ""
    shuffle: bool = False
    most: int = 0
    least: int = 0
    length: int | None = None
    lines: int | None = None
    media_type: str = ""


@dataclass(frozen=True)
class Feedback:
    id: str
    when: When
    html: str


@dataclass(frozen=True)
class Stimulus:
    """Material that items share."""

    id: str
    title: str
    html: str


@dataclass(frozen=True)
class Item:
    """``rationale``: what markers and tutors are told. ``media``: package names used anywhere."""

    id: str
    title: str
    body: str
    interactions: tuple[Interaction, ...]
    language: str = ""
    stimuli: tuple[Stimulus, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    rationale: str = ""
    media: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """An item as it came: from which file, in which version, and what was not understood in it."""

    item: Item
    file: str
    version: Version
    faults: tuple[Fault, ...] = ()
