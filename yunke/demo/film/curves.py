"""Points of curves: arcs, circles, slices, graphs. Pixels, y downwards unless a docstring says
otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from .values import Point

ARC_STEP = 12.0


def arc(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, step: float = ARC_STEP
) -> list[Point]:
    """An elliptic arc with a point about every `step` degrees; y upwards."""
    count = max(2, round(abs(end - start) / step))
    turns = (math.radians(start + (end - start) * i / count) for i in range(count + 1))
    return [(cx + rx * math.cos(t), cy + ry * math.sin(t)) for t in turns]


def rectangle(x: float, y: float, wide: float, high: float) -> tuple[Point, ...]:
    """Five points round a rectangle."""
    return (x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)


def circle(
    x: float, y: float, radius: float, start: float = 90, end: float = -270
) -> tuple[Point, ...]:
    """Points of a circle or an arc; degrees as in a maths book, anticlockwise from the right."""
    return tuple((px, 2 * y - py) for px, py in arc(x, y, radius, radius, start, end, 4))


def sector(x: float, y: float, radius: float, start: float, end: float) -> tuple[Point, ...]:
    """A closed slice of a circle."""
    return ((x, y), *circle(x, y, radius, start, end), (x, y))


def graph(
    rule: Callable[[float], float], low: float, high: float, origin: Point, unit: float
) -> tuple[Point, ...]:
    """Points of y = rule(x) on a board with its origin and `unit` pixels for 1."""
    xs = np.linspace(low, high, 61)
    return tuple((origin[0] + float(x) * unit, origin[1] - rule(float(x)) * unit) for x in xs)
