"""What a taught hour hands out."""

from dataclasses import dataclass
from datetime import date, datetime

Stretch = tuple[float, float]


@dataclass(frozen=True)
class Progress:
    """How far one person is in one lesson; ``share`` of distinct seconds seen, 0 to 1."""

    lesson_id: int
    position: float
    seconds: int
    share: float
    finished: bool


@dataclass(frozen=True)
class WatchRow:
    """A finished history of one person and lesson, for writing many at once."""

    person_id: int
    lesson_id: int
    position: float
    of_seconds: int
    stretches: tuple[Stretch, ...]
    changed_at: datetime


@dataclass(frozen=True)
class NoteRow:
    person_id: int
    lesson_id: int
    at: float
    text: str
    changed_at: datetime


@dataclass(frozen=True)
class PresenceRow:
    person_id: int
    day: date
    first_at: datetime
    last_at: datetime
    ticks: int


@dataclass(frozen=True)
class TaskRow:
    lesson_id: int
    at: float
    question_id: int


@dataclass(frozen=True)
class NoteLine:
    """A note pinned to a second."""

    id: int
    lesson_id: int
    at: float
    text: str


@dataclass(frozen=True)
class TaskCard:
    """A task as a pupil sees it: the question without its key."""

    id: int
    at: float
    kind: str
    stem: str
    stem_en: str
    options: tuple[dict[str, str], ...]
    # "": not answered yet; else what this person answered last, and whether it was right.
    value: str = ""
    right: bool | None = None
    reasoning: str = ""
    reasoning_en: str = ""


@dataclass(frozen=True)
class AlongOpen:
    """A class is watching right now."""

    id: int
    lesson_id: int
    class_id: int
    teacher_id: int
    teacher: str


@dataclass(frozen=True)
class PackLine:
    """A pack as its reader sees it; ``opened`` of ``sent`` only for the teacher."""

    id: int
    lesson_id: int
    class_id: int
    teacher: str
    message: str
    with_video: bool
    with_courseware: bool
    with_tasks: bool
    sent_at: datetime
    opened_at: datetime | None = None
    sent: int = 0
    opened: int = 0


@dataclass(frozen=True)
class PresenceDay:
    """A day on which somebody was there."""

    day: date
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class DayMinutes:
    day: date
    minutes: float
    present: bool


@dataclass(frozen=True)
class PupilLine:
    """A pupil in the teacher's list, for one day."""

    id: int
    name: str
    animal: str
    first_at: datetime | None
    last_at: datetime | None
    share: float
    started: bool
    plan_done: int
    plan_of: int


@dataclass(frozen=True)
class LessonHeat:
    """How a class saw one lesson; ``parts`` are (people, people again) along the video."""

    lesson_id: int
    of_seconds: int
    people: int
    started: int
    finished: int
    parts: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class PackParts:
    """What goes into a pack."""

    video: bool = True
    courseware: bool = True
    tasks: bool = True


@dataclass(frozen=True)
class AnswerBar:
    """How many gave one answer."""

    key: str
    text: str
    text_en: str
    count: int
    right: bool


@dataclass(frozen=True)
class AnswerBars:
    bars: tuple[AnswerBar, ...]
    answered: int
    people: int
