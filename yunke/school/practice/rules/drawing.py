"""Curves as geometry: what the server draws, a template only writes down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BASE = 44, 628, 14, 186


@dataclass(frozen=True)
class Dot:
    """One answer or one place of a curve. ``good``: right (of an answer), few errors (of many)."""

    x: float
    y: float
    low: float
    high: float
    label: str
    good: bool


@dataclass(frozen=True)
class Picture:
    """``line`` and ``band`` are SVG paths; ``law`` the path of a fitted curve, "" without one."""

    dots: tuple[Dot, ...]
    line: str
    band: str
    marks: tuple[tuple[float, str], ...]
    feet: tuple[tuple[float, str], ...] = ()
    law: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    base: int = BASE


@dataclass(frozen=True)
class Moment:
    """An estimate after one answer: share of middling questions with its 95 % interval."""

    at: datetime
    label: str
    right: bool
    middle: float
    low: float
    high: float


def _y(share: float) -> float:
    return round(BASE - max(0.0, min(1.0, share)) * (BASE - TOP), 1)


SHARES = tuple((_y(tenths / 10), str(tenths)) for tenths in (0, 5, 10))
PERCENTS = tuple((_y(share / 100), f"{share}%") for share in (0, 50, 100))


def over_time(moments: Sequence[Moment], feet: Sequence[str] = ()) -> Picture:
    """A pupil's own curve: x is time, y how many of ten middling questions go right."""
    if not moments:
        return Picture((), "", "", SHARES)
    first, last = moments[0].at.timestamp(), moments[-1].at.timestamp()
    span = max(last - first, 1.0)

    def x(one: Moment, place: int) -> float:
        # Answers of one instant stand side by side by their number.
        by_time = (one.at.timestamp() - first) / span
        by_number = place / max(len(moments) - 1, 1)
        return round(LEFT + 8 + (0.7 * by_time + 0.3 * by_number) * (RIGHT - LEFT - 16), 1)

    dots = tuple(
        Dot(x(one, n), _y(one.middle), _y(one.low), _y(one.high), one.label, one.right)
        for n, one in enumerate(moments)
    )
    ends = ((dots[0].x, feet[0]), (dots[-1].x, feet[1])) if len(feet) == 2 else ()
    return Picture(dots, path(dots), band(dots), SHARES, ends)


def by_try(places: Sequence[tuple[float, float, float, int]], law: Sequence[float] = ()) -> Picture:
    """A class's curve: x is the first, second, third try, y the share of errors.

    ``places``: (errors, low, high, answers); ``law``: fitted errors of the same places.
    """
    step = (RIGHT - LEFT - 24) / max(len(places) - 1, 1)
    dots = tuple(
        Dot(
            round(LEFT + 12 + n * step, 1), _y(errors), _y(low), _y(high), str(answers),
            errors < 0.5,
        )
        for n, (errors, low, high, answers) in enumerate(places)
    )  # fmt: skip
    fitted = " ".join(
        f"{'L' if n else 'M'}{dot.x} {_y(share)}"
        for n, (dot, share) in enumerate(zip(dots, law, strict=False))
    )
    feet = tuple((dot.x, str(n + 1)) for n, dot in enumerate(dots))
    return Picture(dots, path(dots), band(dots), PERCENTS, feet, fitted)


def path(dots: Sequence[Dot]) -> str:
    return " ".join(f"{'L' if n else 'M'}{dot.x} {dot.y}" for n, dot in enumerate(dots))


def band(dots: Sequence[Dot]) -> str:
    """The interval as one closed area: its upper edge there, its lower edge back."""
    if len(dots) < 2:
        return ""
    there = " ".join(f"{'L' if n else 'M'}{dot.x} {dot.high}" for n, dot in enumerate(dots))
    back = " ".join(f"L{dot.x} {dot.low}" for dot in reversed(dots))
    return f"{there} {back} Z"
