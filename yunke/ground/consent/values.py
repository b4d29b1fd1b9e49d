"""What a consent is about and what can be said to it, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class DataKind(StrEnum):
    """What is taken of a person. Each kind has its own switch."""

    VIDEO = "video"
    VOICE = "voice"
    PHOTO = "photo"
    DEVICE_CAMERA = "device_camera"
    WRISTBAND = "wristband"
    MOOD = "mood"
    TEXT = "text"
    RESEARCH = "research"
    ANSWERS = "answers"


class Purpose(StrEnum):
    """What it is taken for."""

    RECORDING = "recording"
    TRANSCRIPT = "transcript"
    DISPLAY = "display"
    POSTURE = "posture"
    PULSE = "pulse"
    DIARY = "diary"
    CLIMATE = "climate"
    ATTENTION = "attention"
    RESEARCH = "research"
    LEARNING = "learning"


class Answer(StrEnum):
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    # A child who wants to ask somebody first: no yes, and no no either.
    ASKING = "asking"


class Standing(StrEnum):
    """In which standing somebody answered."""

    SELF = "self"
    GUARDIAN = "guardian"


class State(StrEnum):
    """How a switch stands, as everybody who decides may see it; never who said no."""

    ON = "on"
    UNASKED = "unasked"
    # Said yes so far; who has not spoken yet.
    WAITS_CHILD = "waits_child"
    WAITS_GUARDIAN = "waits_guardian"
    OFF = "off"
    OVER = "over"
    WORDS_CHANGED = "words_changed"
    TOO_YOUNG = "too_young"


@dataclass(frozen=True)
class Switch:
    """One question: a purpose, a kind, and every word of it in both languages.

    ``capability``: the row of ``base.capability`` that must allow it; ``youngest``: the age from
    which it may be asked for at all; ``days``: how long a yes lasts; ``begun``: something uses it;
    ``task``: a task of the school that needs no yes: it is on until somebody who decides says no,
    and the no needs no reason.
    """

    purpose: Purpose
    kind: DataKind
    capability: str
    icon: str
    hue: str
    version: int
    youngest: int
    days: int
    begun: bool
    staff: bool
    name: str
    name_en: str
    what: str
    what_en: str
    why: str
    why_en: str
    milder: str
    milder_en: str
    child: str
    child_en: str
    # Where what is taken can be seen, once it is on: "" when there is no such page yet.
    page: str = ""
    task: bool = False

    @property
    def key(self) -> str:
        return f"{self.purpose.value}-{self.kind.value}"

    def wording(self, language: str) -> str:
        """The whole text that is agreed to; its hash stands on the record."""
        english = language.startswith("en")
        parts = (
            (self.name_en, self.what_en, self.why_en, self.milder_en, self.child_en)
            if english
            else (self.name, self.what, self.why, self.milder, self.child)
        )
        return "\n".join((f"{self.key} v{self.version}", *parts))


@dataclass(frozen=True)
class Subject:
    """Whom a consent is about, as far as the rules need it. ``grade`` 0: not a pupil in class."""

    id: int
    is_staff: bool = False
    # Grown-up pupils and staff decide alone; older pupils are asked as their guardians are.
    alone: bool = False
    own_voice: bool = False
    born_on: date | None = None
    grade: int = 0


@dataclass(frozen=True)
class Stand:
    """The last word of one person on one switch of somebody."""

    by_id: int
    standing: Standing
    answer: Answer
    version: int
    profile: str
    until: date
    # Is the guardian still bound to the child? Always true of oneself and of a form on paper.
    bound: bool = True


@dataclass(frozen=True)
class Line:
    """A line of the ledger, as its own side may read it."""

    at: datetime
    answer: Answer
    by_me: bool
    standing: Standing
    relation: str
    version: int
    language: str
    wording: str
    until: date
    paper_on: date | None = None


@dataclass(frozen=True)
class Shown:
    """A switch as one reader sees it. ``mine``: the reader's own last word."""

    switch: Switch
    state: State
    mine: Answer | None = None
    since: datetime | None = None
    until: date | None = None
    may: bool = True
    child_asks: bool = False

    @property
    def on(self) -> bool:
        return self.state == State.ON

    @property
    def mine_yes(self) -> bool:
        """Has the reader a yes standing? Then one tap takes it back."""
        return self.mine == Answer.GIVEN and self.state not in {State.OVER, State.WORDS_CHANGED}


@dataclass(frozen=True)
class Tally:
    """How many said yes, and how many did not; ``None`` when either is too few to be a number."""

    switch: Switch
    yes: int | None = None
    no: int | None = None


@dataclass(frozen=True)
class SheetView:
    """A form on paper that somebody typed in."""

    id: int
    person_id: int
    class_id: int
    relation: str
    paper_on: date
    entered_by: int
    answers: dict[str, str] = field(default_factory=dict)
    second_id: int = 0
    language: str = "zh"
    done_at: datetime | None = None
    refused: bool = False


@dataclass(frozen=True)
class Chosen:
    """Which legal profile this site runs under, and who answers for it."""

    profile: str
    at: datetime
    by: str = ""
    second: str = ""
