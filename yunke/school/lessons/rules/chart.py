"""Numbers as pictures: the geometry of server-drawn SVG, in its own units, without Django."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560, 180
LEFT, BOTTOM, TOP = 34, 34, 16


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    middle: float
    value: float
    label: str
    marked: bool


@dataclass(frozen=True)
class Line:
    y: float
    value: int


@dataclass(frozen=True)
class BarChart:
    width: int
    height: int
    base: float
    left: int
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]


def ceiling(highest: float) -> int:
    """A round number at or above the highest value: 10, 20, 30, 60, 90, 120, …"""
    for step in (10, 20, 30, 60):
        if highest <= step:
            return step
    return math.ceil(highest / 30) * 30


def bar_chart(values: Sequence[tuple[str, float, bool]]) -> BarChart:
    """Bars for (label, value, marked) side by side over a scale that starts at 0."""
    top = ceiling(max((value for _label, value, _marked in values), default=0))
    base = HEIGHT - BOTTOM
    scale = (base - TOP) / top
    step = (WIDTH - LEFT) / max(1, len(values))
    bars = tuple(
        Bar(
            x=round(LEFT + number * step + step * 0.18, 1),
            y=round(base - value * scale, 1),
            width=round(step * 0.64, 1),
            height=round(value * scale, 1),
            middle=round(LEFT + (number + 0.5) * step, 1),
            value=value,
            label=label,
            marked=marked,
        )
        for number, (label, value, marked) in enumerate(values)
    )
    lines = tuple(Line(round(base - part * scale, 1), part) for part in (top // 2, top))
    return BarChart(WIDTH, HEIGHT, base, LEFT, bars, lines)


@dataclass(frozen=True)
class HeatPart:
    """A part of a heat strip: how high its bar stands, and how high the again-part of it."""

    x: float
    width: float
    y: float
    height: float
    again_y: float
    again_height: float


STRIP_WIDTH, STRIP_HEIGHT = 960, 72


def heat_strip(parts: Sequence[tuple[float, float]], people: int) -> tuple[HeatPart, ...]:
    """Bars along a video: (people, people again), scaled to the number of people who may see it."""
    if not parts or not people:
        return ()
    step = STRIP_WIDTH / len(parts)
    return tuple(
        HeatPart(
            x=round(number * step, 2),
            width=round(step, 2),
            y=_y(once, people),
            height=_h(once, people),
            again_y=_y(again, people),
            again_height=_h(again, people),
        )
        for number, (once, again) in enumerate(parts)
    )


def _h(count: float, people: int) -> float:
    return round(STRIP_HEIGHT * min(1.0, count / people), 2)


def _y(count: float, people: int) -> float:
    return round(STRIP_HEIGHT - _h(count, people), 2)


def hottest(parts: Sequence[tuple[float, float]], of_seconds: int) -> int | None:
    """The second around which most people went back; None when hardly anybody did."""
    if not parts:
        return None
    number = max(range(len(parts)), key=lambda n: parts[n][1])
    return round((number + 0.5) * of_seconds / len(parts)) if parts[number][1] >= 1 else None
