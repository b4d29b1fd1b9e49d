"""What practice hands out: answers followed, errors and their causes, drills, live questions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Source(StrEnum):
    """Where somebody answered; homework, exam and drill are the attempts' own words."""

    HOMEWORK = "homework"
    EXAM = "exam"
    DRILL = "drill"
    LESSON = "lesson"
    LIVE = "live"


class Origin(StrEnum):
    """Who or what said why an answer was wrong; the later in this list, the more it counts."""

    OPTION = "option"
    BUG = "bug"
    PUPIL = "pupil"
    LEARNT = "learnt"
    TEACHER = "teacher"


class OwnWord(StrEnum):
    """A pupil's own word for an error, one tap each."""

    MISREAD = "misread"
    MISCALCULATED = "miscalculated"
    UNKNOWN = "unknown"
    SLIPPED = "slipped"


class ErrorState(StrEnum):
    OPEN = "open"
    RETURNING = "returning"
    MASTERED = "mastered"


class Way(StrEnum):
    """How an answer to a live question came."""

    PHONE = "phone"
    CARD = "card"


class Reading(StrEnum):
    """How far a photograph of a printed drill is."""

    WAITING = "waiting"
    READ = "read"
    UNCLEAR = "unclear"
    REFUSED = "refused"


class Filming(StrEnum):
    """How far an explanation's film is."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


@dataclass(frozen=True)
class Told:
    """One marked answer as it comes from a room below, before it is kept.

    ``ref``: the answer's number in its own room; ``right`` None: a person has to look.
    """

    source: Source
    ref: int
    of_id: int
    attempt_id: int
    person_id: int
    question_id: int
    class_id: int
    school_id: int
    at: datetime
    right: bool | None
    value: str
    causes: tuple[str, ...] = ()
    released: bool = False


@dataclass(frozen=True)
class Try:
    """An answer as the arithmetic of errors needs it."""

    id: int
    at: datetime
    right: bool
    value: str
    causes: tuple[str, ...]


@dataclass(frozen=True)
class CauseWord:
    """Why, as shown: the words and who said so."""

    cause: str
    origin: Origin


@dataclass(frozen=True)
class ErrorLine:
    """One page of an error book."""

    id: int
    question_id: int
    subject: str
    points: tuple[int, ...]
    state: ErrorState
    times: int
    first_at: datetime
    last_at: datetime
    value: str
    cause: str
    origin: str
    own_word: str
    due_on: date | None
    explanation_id: int = 0


@dataclass(frozen=True)
class PointLine:
    """A point of one pupil: what can be said and what it rests on."""

    point_id: int
    name: str
    name_en: str
    subject: str
    standing: str
    low: float
    middle: float
    high: float
    answers: int
    due_on: date | None


@dataclass(frozen=True)
class Asked:
    """A question of a drill with the reason why it is in it."""

    question_id: int
    point_id: int
    reason: int
    minutes: float
    chance: float

    def plain(self) -> dict[str, float]:
        return {
            "question": self.question_id, "point": self.point_id, "reason": self.reason,
            "minutes": round(self.minutes, 2), "chance": round(self.chance, 4),
        }  # fmt: skip

    @staticmethod
    def of(told: dict[str, float]) -> "Asked":
        return Asked(
            int(told["question"]), int(told["point"]), int(told["reason"]),
            float(told["minutes"]), float(told["chance"]),
        )  # fmt: skip


@dataclass(frozen=True)
class DrillLine:
    """A drill in a list. ``state``: waiting, begun, done."""

    id: int
    title: str
    week: date
    questions: int
    minutes: float
    state: str
    by_teacher: bool
    right: int = 0


@dataclass(frozen=True)
class ClassError:
    """A question that several of a class got wrong in these days.

    ``who``: pupils and what each answered last; ``answered``: how many tried it.
    """

    question_id: int
    answered: int
    wrong: int
    answers: tuple["WrongAnswer", ...]
    points: tuple[int, ...] = ()

    @property
    def share(self) -> float:
        return self.wrong / self.answered if self.answered else 0.0


@dataclass(frozen=True)
class WrongAnswer:
    """One wrong answer, its cause where one is known, and who gave it."""

    value: str
    cause: str
    origin: str
    pupils: tuple[int, ...]


@dataclass(frozen=True)
class LiveBar:
    """How many gave one answer."""

    key: str
    text: str
    count: int
    right: bool


@dataclass(frozen=True)
class CardSeen:
    """A card in a picture: its number and the letter that is up."""

    number: int
    letter: str


@dataclass(frozen=True)
class Moved:
    """An answer and what it did to an estimate, as kept beside it."""

    answered_id: int
    change: float
    before: float
    after: float


@dataclass
class PointState:
    """What is known of a pupil's point, answer after answer. ``line``: every try, "1" right.

    ``tries``: (seconds since 1970, right) of the newest ones, for when it should come back.
    """

    level: float
    doubt: float
    answers: int = 0
    last: float | None = None
    line: str = ""
    tries: list[tuple[int, int]] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
