"""What the timetable hands out, and what it takes in bulk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

Times = tuple[time, time]


class ItemKind(StrEnum):
    LESSON = "lesson"
    TASK = "task"
    BREAK = "break"
    OWN = "own"


@dataclass(frozen=True)
class Material:
    """One thing that belongs to a lesson: its video, a courseware, its captions."""

    kind: str
    title: str
    amount: int = 0


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
    minutes: int = 20

    @property
    def key(self) -> str:
        return f"b{self.id}"


@dataclass(frozen=True)
class WeekDay:
    day: date
    broadcasts: tuple[OnAir, ...]


@dataclass(frozen=True)
class SlotView:
    """A period of a class at school, without a broadcast."""

    weekday: int
    period: int
    subject: str
    teacher: str


@dataclass(frozen=True)
class TermView:
    name: str
    name_en: str
    first_day: date
    last_day: date

    def week_of(self, day: date) -> int:
        """Number of the day's week in the term, from 1; 0 outside of it."""
        inside = self.first_day <= day <= self.last_day
        return ((day - self.first_day).days + self.first_day.weekday()) // 7 + 1 if inside else 0


@dataclass(frozen=True)
class PlanRow:
    """A kept stop of a pupil's plan, as its row says; ``title`` as it was when it was kept."""

    id: int
    broadcast_id: int
    lesson_id: int
    kind: str
    title: str
    position: int
    minutes: int
    done: bool
    dropped: bool


@dataclass(frozen=True)
class Stop:
    """A stop of a pupil's day; ``id`` is 0 while the pupil has not arranged the day.

    ``key`` names the stop before and after: ``b<broadcast>`` or ``i<row>``.
    """

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
    has_video: bool = False

    @property
    def key(self) -> str:
        return f"b{self.broadcast_id}" if self.broadcast_id else f"i{self.id}"


@dataclass(frozen=True)
class Left:
    """The lesson a pupil left unfinished last: at which second, and the share seen."""

    lesson_id: int
    position: float
    share: float


@dataclass(frozen=True)
class Watched:
    """How far a pupil is: shares from 0 to 1 by lesson, and the lesson last left unfinished."""

    shares: Mapping[int, float] = field(default_factory=dict)
    left: Left | None = None


@dataclass(frozen=True)
class PlanSum:
    """Plan against done for one pupil and day."""

    pupil_id: int
    planned: int
    done: int
    minutes: int
    minutes_done: int
    arranged: bool
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class TermIn:
    city_id: int
    name: str
    name_en: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class BellIn:
    org_id: int
    period: int
    starts: time
    ends: time


@dataclass(frozen=True)
class BellLine:
    """A period's times: those above, one's own, and those above when one's own were set; None
    where there is none."""

    period: int
    above: Times | None
    own: Times | None = None
    beneath: Times | None = None

    @property
    def changed(self) -> bool:
        """Did the time above change since one's own was set?"""
        return self.beneath is not None and self.beneath != self.above


@dataclass(frozen=True)
class SlotIn:
    term_id: int
    class_id: int
    weekday: int
    period: int
    subject: str
    teacher_id: int = 0
    teacher_name: str = ""


@dataclass(frozen=True)
class BroadcastIn:
    city_id: int
    grade: int
    day: date
    period: int
    starts_at: datetime
    ends_at: datetime
    lesson_id: int


@dataclass(frozen=True)
class PlanIn:
    """A stop of a day that is over, ticked off at ``done_at`` or never."""

    pupil_id: int
    on_air: OnAir
    position: int
    done_at: datetime | None = None
