"""A unit over a span: its days, its parts, the days that led there. All from released figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yunke.insight.screen.models import Figure, ReleasedDay
from yunke.insight.screen.rules.shares import morning_of, moved, sums_of
from yunke.insight.screen.rules.spans import before, days_of
from yunke.insight.screen.values import DayFigure, Level, Pair, Share, Span, Sums, UnitOf

TREND = timedelta(weeks=8)


@dataclass(frozen=True)
class Released:
    """Which days are released, and which of them were at school."""

    days: frozenset[date]
    schooled: frozenset[date]


@dataclass(frozen=True)
class TrendDay:
    day: date
    share: Share | None
    at_school: bool
    inside: bool


@dataclass(frozen=True)
class Part:
    """A unit below, over the span."""

    unit: UnitOf
    sums: Sums


@dataclass(frozen=True)
class Look:
    """Everything that a page, the wall and an export say about a unit and span."""

    unit: UnitOf
    span: Span
    sums: Sums
    earlier: Sums
    change: float | None
    platform_change: float | None
    trend: tuple[TrendDay, ...]
    parts: tuple[Part, ...]
    morning: tuple[tuple[int, float, float], ...] | None
    enrolled: int | None
    released_at: datetime | None
    events: int
    digest: str


def released_days() -> Released:
    """One query."""
    rows = list(ReleasedDay.objects.values_list("day", "at_school"))
    return Released(frozenset(day for day, _s in rows), frozenset(day for day, s in rows if s))


def look(unit: UnitOf, span: Span, released: Released) -> Look:
    """Three queries, whatever the city's size; some 20,000 rows for a county's month."""
    earlier = before(span)
    first = min(earlier.first, span.last - TREND)
    own = _figures(_of(unit, first, span.last))
    schooled = released.schooled
    inside = [f for f in own if span.first <= f.day <= span.last and f.day in schooled]
    past = [f for f in own if earlier.first <= f.day <= earlier.last and f.day in schooled]
    now, then = sums_of(inside), sums_of(past)
    marks = list(ReleasedDay.objects.filter(day__range=(span.first, span.last)).order_by("day"))
    return Look(
        unit, span, now, then,
        moved(now.rate, then.rate), moved(now.platform, then.platform),
        trend=_trend(own, span, schooled),
        parts=_parts(unit, [day for day in days_of(span) if day in schooled]),
        morning=_morning(inside),
        enrolled=next((f.enrolled for f in reversed(inside) if f.enrolled), None),
        released_at=max((mark.made_at for mark in marks), default=None),
        events=sum(mark.events for mark in marks),
        digest=marks[-1].digest if marks else "",
    )  # fmt: skip


def day_rows(unit: UnitOf, span: Span) -> list[DayFigure]:
    """Every released figure of the unit and its parts in the span, day by day. One query."""
    inside = {"day__range": (span.first, span.last)}
    rows = Figure.objects.filter(**_one(unit), **inside)
    if unit.level != Level.GRADE:
        rows = rows | Figure.objects.filter(above_id=unit.org_id, **inside)
    return _figures(rows.order_by("day", "above_id", "org_id", "grade"))


def _of(unit: UnitOf, first: date, last: date) -> Iterable[Figure]:
    return Figure.objects.filter(**_one(unit), day__range=(first, last)).order_by("day")


def _one(unit: UnitOf) -> dict[str, int]:
    return {"org_id": unit.org_id, "grade": unit.grade}


def _parts(unit: UnitOf, days: list[date]) -> tuple[Part, ...]:
    """The units below over these days, in the order of their numbers: never by size of a share."""
    if unit.level == Level.GRADE:
        return ()
    rows = Figure.objects.filter(above_id=unit.org_id, day__in=days).order_by(
        "org_id", "grade", "day"
    )
    found: dict[UnitOf, list[DayFigure]] = {}
    for figure in _figures(rows):
        found.setdefault(figure.unit, []).append(figure)
    return tuple(Part(part, sums_of(figures)) for part, figures in found.items())


def _trend(own: list[DayFigure], span: Span, schooled: frozenset[date]) -> tuple[TrendDay, ...]:
    return tuple(
        TrendDay(f.day, sums_of([f]).rate, f.day in schooled, span.first <= f.day <= span.last)
        for f in own
        if f.day >= span.last - TREND
    )


def _morning(inside: list[DayFigure]) -> tuple[tuple[int, float, float], ...] | None:
    found = morning_of(inside)
    return tuple(found) if found else None


def _figures(rows: Iterable[Figure]) -> list[DayFigure]:
    return [
        DayFigure(
            row.day, UnitOf(Level(row.level), row.org_id, row.grade), row.enrolled,
            _pair(row.took_low, row.took_high), _pair(row.city_low, row.city_high),
            row.visits, row.minutes,
            None if row.hours is None else tuple((low, high) for low, high in row.hours),
            row.hidden,
        )
        for row in rows
    ]  # fmt: skip


def _pair(low: int | None, high: int | None) -> Pair | None:
    return None if low is None or high is None else (low, high)
