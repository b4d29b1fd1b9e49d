"""What the timetable hands out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ItemKind(StrEnum):
    LESSON = "lesson"
    TASK = "task"
    BREAK = "break"
    OWN = "own"


@dataclass(frozen=True)
class OnAir:
    """A broadcast as people see it."""

    id: int
    lesson_id: int
    title: str
    title_en: str
    subject: str
    grade: int
    day: date
    period: int
    starts_at: datetime
    ends_at: datetime
    has_video: bool
    poster: str = ""


@dataclass(frozen=True)
class WeekDay:
    day: date
    broadcasts: tuple[OnAir, ...]


@dataclass(frozen=True)
class Stop:
    """A stop of a pupil's day; ``id`` is 0 while the pupil has not arranged the day."""

    id: int
    kind: str
    title: str
    title_en: str
    subject: str
    lesson_id: int
    broadcast_id: int
    starts_at: datetime | None
    minutes: int
    done: bool
    watched: float = 0
    poster: str = ""
