"""A lesson on its way through the reviews: its states, its moves, and what is handed out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from yunke.school.library.values import LessonCard


class State(StrEnum):
    SUBMITTED = "submitted"
    COUNTY_REVIEWING = "county_reviewing"
    COUNTY_RETURNED = "county_returned"
    COUNTY_PASSED = "county_passed"
    CITY_REVIEWING = "city_reviewing"
    CITY_RETURNED = "city_returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    SUBMIT = "submit"
    CLAIM = "claim"
    RELEASE = "release"
    PASS = "pass"  # noqa: S105
    RETURN = "return"
    RESUBMIT = "resubmit"
    ON = "on"
    WITHDRAW = "withdraw"
    REMARK = "remark"


class Level(StrEnum):
    COUNTY = "county"
    CITY = "city"


class Actor(StrEnum):
    """Who may make a move."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    CLAIMER = "claimer"
    LEAD = "lead"


@dataclass(frozen=True)
class Seat:
    """Where somebody reviews: a level, its office and a subject ("" for all)."""

    level: Level
    org_id: int
    subject: str = ""


@dataclass(frozen=True)
class About:
    """What decides about a submission: plain facts, for the rules."""

    state: str
    aim: str
    city_id: int
    county_id: int
    subject: str
    author_id: int
    makers: tuple[int, ...] = ()
    claimed_by: int = 0
    reach: str = "school"
    shown: bool = False


@dataclass(frozen=True)
class TickIn:
    """An answer to a line of the checklist: None while unanswered. ``at``: second or page."""

    item_id: int
    good: bool | None
    note: str = ""
    at_second: float | None = None
    page: int = 0


@dataclass(frozen=True)
class ItemLine:
    id: int
    words: str
    words_en: str


@dataclass(frozen=True)
class TickLine:
    item: ItemLine
    good: bool | None = None
    note: str = ""
    at_second: float | None = None
    page: int = 0


@dataclass(frozen=True)
class MoveLine:
    """A move of the history as people read it."""

    id: int
    at: datetime
    what: str
    state: str
    round: int
    name: str
    person_id: int
    reason: str
    ticks: tuple[TickLine, ...] = ()


@dataclass(frozen=True)
class SubmissionSeen:
    """A submission's number, state and turn."""

    id: int
    state: str
    turn: int


@dataclass(frozen=True)
class QueueCard:
    """A submission in a list."""

    id: int
    lesson_id: int
    title: str
    title_en: str
    card: LessonCard | None
    subject: str
    grade: int
    school: str
    school_en: str
    author: str
    state: str
    level: str
    round: int
    days: int
    overdue: bool
    claimed_by: int = 0
    claimer: str = ""


@dataclass(frozen=True)
class Stop:
    """A stop of the path drawing: ``mood`` is done, here, back or ahead."""

    key: str
    mood: str
    at: datetime | None = None
    name: str = ""
    days: int = 0


@dataclass(frozen=True)
class LoadLine:
    """One reviewer's work, in counts; the order is by name, never by number."""

    person_id: int
    name: str
    subject: str
    org: str
    org_en: str
    holding: int
    decided: int


@dataclass(frozen=True)
class WishLine:
    """An invitation to record a lesson."""

    id: int
    unit: str
    unit_en: str
    grade: int
    subject: str
    wish: str
    due: date
    state: str
    teacher: str
    asked_by: str
    answer: str = ""
    lesson_id: int = 0


@dataclass(frozen=True)
class SchoolUse:
    """How many people of a school opened a lesson; 0 stands for fewer than ten."""

    school_id: int
    name: str
    name_en: str
    people: int


@dataclass(frozen=True)
class Use:
    """The schools of a lesson before the day ``until``; the most come first."""

    schools: tuple[SchoolUse, ...]
    until: date

    @property
    def most(self) -> int:
        return max((school.people for school in self.schools), default=0) or 1
