"""What the screen hands out: figures, spans, shares."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    CITY = "city"
    COUNTY = "county"
    SCHOOL = "school"
    GRADE = "grade"


class Hidden(StrEnum):
    """Why a unit shows nothing: too few people, or it would tell of one with too few."""

    SMALL = "small"
    BESIDE = "beside"


class Kind(StrEnum):
    """How long a span is. All are made of finished days."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


# The hours of the morning that are counted: 6:00 to 12:59.
MORNING = tuple(range(6, 13))
Pair = tuple[int, int]


@dataclass(frozen=True)
class UnitOf:
    """A city, county or school, or a grade of a school (``grade`` > 0, ``org_id`` its school)."""

    level: Level
    org_id: int
    grade: int = 0


@dataclass(frozen=True)
class DayFigure:
    """What is released about a unit and day. Counts of people are (lowest, highest) possible.

    ``None``: not shown. ``visits`` to tens, ``minutes`` to sixties.
    """

    day: date
    unit: UnitOf
    enrolled: int | None
    took: Pair | None
    city: Pair | None
    visits: int | None
    minutes: int | None
    hours: tuple[Pair, ...] | None
    hidden: str = ""


@dataclass(frozen=True)
class Span:
    """Finished days that are looked at together, both included."""

    kind: Kind
    first: date
    last: date

    @property
    def key(self) -> str:
        return f"{self.kind.value}-{self.first.isoformat()}"


@dataclass(frozen=True)
class Share:
    """A share of people with what it was made from. Percent; ``low`` and ``high`` both possible."""

    low: float
    high: float
    part: Pair
    whole: Pair

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Sums:
    """A unit over the school days of a span. ``None``: not shown.

    ``took`` and ``city`` are sums over days: a pupil who came on five days counts five times.
    """

    days: int
    rate: Share | None
    platform: Share | None
    visits: int | None
    minutes: int | None
    hidden: str = ""


@dataclass(frozen=True)
class Need:
    """One thing that 8:00 asks for. ``unit`` is a word of ``rules.capacity``."""

    name: str
    wanted: float
    measured: float | None


class Verdict(StrEnum):
    UNKNOWN = "unknown"
    ENOUGH = "enough"
    TIGHT = "tight"
    SHORT = "short"
