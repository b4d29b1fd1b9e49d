"""Pictures of numbers as plain geometry: points, bands and bars in the units of a viewBox."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yunke.insight.screen.values import Share


@dataclass(frozen=True)
class Dot:
    """A day of the trend. ``inside``: in the span that is looked at."""

    x: float
    y: float
    day: date
    share: Share
    inside: bool


@dataclass(frozen=True)
class Line:
    """The trend: dots, the line through them, the band between lowest and highest possible.

    ``marks``: (y, percent) of the grid; ``ticks``: (x, day) of Mondays.
    """

    width: int
    height: int
    floor: int
    dots: tuple[Dot, ...]
    points: str
    band: str
    marks: tuple[tuple[float, int], ...]
    ticks: tuple[tuple[float, date], ...]


@dataclass(frozen=True)
class Column:
    """An hour of the morning: from ``low`` to ``high`` people on an average day."""

    x: float
    y: float
    width: float
    height: float
    hour: int
    low: float
    high: float


LEFT, RIGHT, TOP, BOTTOM = 52, 64, 16, 30


def line_of(
    days: Sequence[tuple[date, Share, bool]], *, width: int = 760, height: int = 240
) -> Line | None:
    """The trend of at least two days; None for fewer. Days without school are left out before."""
    if len(days) < 2:
        return None
    floor = floor_of(share.low for _day, share, _in in days)
    step = (width - LEFT - RIGHT) / (len(days) - 1)

    def y(percent: float) -> float:
        return round(TOP + (100 - percent) / (100 - floor) * (height - TOP - BOTTOM), 1)

    places = [(round(LEFT + n * step, 1), *entry) for n, entry in enumerate(days)]
    dots = tuple(Dot(x, y(share.middle), day, share, into) for x, day, share, into in places)
    upper = [f"{x},{y(share.high)}" for x, _day, share, _in in places]
    lower = [f"{x},{y(share.low)}" for x, _day, share, _in in reversed(places)]
    return Line(
        width, height, floor, dots,
        points=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        band=" ".join([*upper, *lower]),
        marks=tuple((y(mark), mark) for mark in _marks(floor)),
        ticks=_ticks(dots),
    )  # fmt: skip


def floor_of(lows: Iterable[float]) -> int:
    """Where the axis begins: a round number well below everything, so that small moves show and
    do not look like falls. 0 when anything is low.
    """
    lowest = min(lows)
    for floor in (90, 80, 60, 40):
        if lowest > floor + (100 - floor) * 0.15:
            return floor
    return 0


def _marks(floor: int) -> list[int]:
    step = (100 - floor) // 4 if floor >= 60 else 20
    return list(range(floor, 101, max(step, 1))) if floor != 90 else [90, 95, 100]


def _ticks(dots: Sequence[Dot]) -> tuple[tuple[float, date], ...]:
    """The first day of each week, as far as their names do not touch."""
    found: list[tuple[float, date]] = []
    week = None
    for dot in dots:
        monday = dot.day.toordinal() - dot.day.weekday()
        if monday != week and (not found or dot.x - found[-1][0] > 60):
            found.append((dot.x, dot.day))
        week = monday
    return tuple(found)


def columns_of(
    hours: Sequence[tuple[int, float, float]], *, width: int = 420, height: int = 180
) -> list[Column]:
    """The hours of the morning as columns; the tallest fills the height."""
    most = max((high for _hour, _low, high in hours), default=0) or 1
    step = width / max(len(hours), 1)
    found = []
    for n, (hour, low, high) in enumerate(hours):
        tall = round((low + high) / 2 / most * (height - 48), 1)
        found.append(
            Column(
                round(n * step + step * 0.14, 1), round(height - 24 - tall, 1),
                round(step * 0.72, 1), tall, hour, low, high,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Bar:
    """A share on a line of 100: from the floor to the lowest, then on to the highest possible."""

    sure: float
    open: float


def bar_of(share: Share | None) -> Bar | None:
    return None if share is None else Bar(round(share.low, 1), round(share.high - share.low, 1))
