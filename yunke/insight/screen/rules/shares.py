"""What figures say when they are added up: shares with what they are made of, and comparisons."""

from collections.abc import Iterable, Sequence

from yunke.insight.screen.values import MORNING, DayFigure, Pair, Share, Sums


def share_of(part: Pair, whole: Pair) -> Share | None:
    """Part of whole in percent, both as bands; None without anybody."""
    if not whole[1]:
        return None
    low = 100 * part[0] / whole[1]
    high = 100 * part[1] / max(whole[0], part[1], 1)
    return Share(low, min(high, 100.0), part, whole)


def sums_of(figures: Sequence[DayFigure]) -> Sums:
    """The days of one unit added up. Days that show nothing are left out of everything."""
    shown = [f for f in figures if f.took and f.city and f.enrolled]
    if not shown:
        return Sums(0, None, None, None, None, hidden=figures[-1].hidden if figures else "")
    took, city = _pairs(f.took for f in shown), _pairs(f.city for f in shown)
    enrolled = sum(f.enrolled or 0 for f in shown)
    told = [f for f in shown if f.visits is not None and f.minutes is not None]
    return Sums(
        days=len(shown),
        rate=share_of(took, (enrolled, enrolled)),
        platform=share_of(city, took) if took[0] else None,
        visits=sum(f.visits or 0 for f in told) if told else None,
        minutes=sum(f.minutes or 0 for f in told) if told else None,
    )


def morning_of(figures: Sequence[DayFigure]) -> list[tuple[int, float, float]] | None:
    """(hour, fewest, most) people on an average day of the unit; None when nothing is shown."""
    shown = [f.hours for f in figures if f.hours]
    if not shown:
        return None
    return [
        (
            hour,
            sum(hours[index][0] for hours in shown) / len(shown),
            sum(hours[index][1] for hours in shown) / len(shown),
        )
        for index, hour in enumerate(MORNING)
    ]


def moved(now: Share | None, before: Share | None) -> float | None:
    """Percentage points since the span before; 0.0 where the bands touch, None without both."""
    if now is None or before is None:
        return None
    if now.low <= before.high and before.low <= now.high:
        return 0.0
    return now.middle - before.middle


def _pairs(found: Iterable[Pair | None]) -> Pair:
    pairs = [pair for pair in found if pair]
    return sum(p[0] for p in pairs), sum(p[1] for p in pairs)
