"""Figures of the maths board: lines, areas, number lines, bars, columns, fractions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from .hand import Hand, arc, dashes
from .look import Look
from .marks import Mark, Patch, Pen, Pixels
from .raster import length_of, polygon_cover
from .values import FPS, RGB, Point

LINE_SPEED = 520.0


@dataclass(frozen=True)
class Line:
    """A pen line through points. `dash` > 0 cuts it; `name` is what the line says, for the record."""

    points: tuple[Point, ...]
    colour: str = "ink"
    width: float = 4.0
    dash: float = 0.0
    name: str = ""
    pace: float = 1.0

    @property
    def text(self) -> str:
        """What the line is called."""
        return self.name

    def marks(self, look: Look) -> Iterator[Mark]:
        """One pen line, or one for each dash."""
        colour = look.colour(self.colour)
        if not self.dash:
            frames = max(1, round(length_of(self.points) / LINE_SPEED / self.pace * FPS))
            yield Pen(self.name, self.points, self.width, colour, frames, 1, kind="figure")
            return
        for a, b in zip(self.points, self.points[1:], strict=False):
            parts = list(dashes(a, b, self.dash))
            for i, part in enumerate(parts):
                yield Pen(self.name, part, self.width, colour, int(i % 3 == 0), kind="figure")


@dataclass(frozen=True)
class Area:
    """A filled polygon that wipes in from the left; `strength` 0–1 is how opaque it is."""

    points: tuple[Point, ...]
    colour: str = "sky"
    strength: float = 0.3
    name: str = ""
    frames: int = 5

    @property
    def text(self) -> str:
        """What the area is called."""
        return self.name

    def marks(self, look: Look) -> Iterator[Mark]:
        """One patch as large as the polygon."""
        xs, ys = zip(*self.points, strict=True)
        left, top = math.floor(min(xs)), math.floor(min(ys))
        wide, high = math.ceil(max(xs)) - left, math.ceil(max(ys)) - top
        local = tuple((x - left, y - top) for x, y in self.points)
        colour = look.colour(self.colour)
        yield Patch(
            self.name, left, top, wide, high,
            lambda scale: filled(local, scale, colour, self.strength), self.frames, kind="figure",
        )  # fmt: skip


@dataclass(frozen=True)
class NumberLine:
    """An axis from `low` to `high`, ticks every `step`; `unit` pixels for 1. (x, y) is where `low` stands."""

    x: float
    y: float
    low: int
    high: int
    unit: float
    step: int = 1
    size: float = 34

    @property
    def text(self) -> str:
        """The line in words."""
        return f"{self.low}…{self.high}"

    def at(self, value: float) -> float:
        """Where a value stands, pixels."""
        return self.x + (value - self.low) * self.unit

    def marks(self, look: Look) -> Iterator[Mark]:
        """Axis, arrow, then tick and number for every step."""
        left, right, y = self.x - 30, self.at(self.high) + 46, self.y
        yield from Line(((left, y), (right, y))).marks(look)
        yield from Line(((right - 16, y - 10), (right, y), (right - 16, y + 10))).marks(look)
        for value in range(self.low, self.high + 1, self.step):
            yield from Line(((self.at(value), y - 10), (self.at(value), y + 2)), width=3).marks(look)
            label = str(value).replace("-", "−")
            yield from Hand(label, self.at(value), y + 12, self.size, middle=True).marks(look)


@dataclass(frozen=True)
class Bar:
    """A bar cut into equal parts, the first `taken` of them coloured."""

    x: float
    y: float
    width: float
    height: float
    parts: int
    taken: int
    colour: str = "orange"

    @property
    def text(self) -> str:
        """The bar as a fraction."""
        return f"{self.taken}/{self.parts}"

    def marks(self, look: Look) -> Iterator[Mark]:
        """Frame, cuts, then the coloured parts one by one."""
        part = self.width / self.parts
        yield from Line(rectangle(self.x, self.y, self.width, self.height)).marks(look)
        for i in range(1, self.parts):
            x = self.x + part * i
            yield from Line(((x, self.y), (x, self.y + self.height)), width=3).marks(look)
        for i in range(self.taken):
            corners = rectangle(self.x + part * i + 3, self.y + 3, part - 6, self.height - 6)
            yield from Area(corners[:4], self.colour, 0.75, frames=4).marks(look)


@dataclass(frozen=True)
class Fraction:
    """A fraction written by hand: line, lower number, upper number, as it is taught. (x, y) is its middle."""

    x: float
    y: float
    top: str
    bottom: str
    size: float = 64
    colour: str = "ink"

    @property
    def text(self) -> str:
        """The fraction on one line."""
        return f"{self.top}/{self.bottom}"

    def marks(self, look: Look) -> Iterator[Mark]:
        """Three parts in the order a child is taught to write them."""
        half = max(self.size * 0.5, Hand(self.bottom, 0, 0, self.size).width() * 0.62)
        yield from Line(((self.x - half, self.y), (self.x + half, self.y)), self.colour).marks(look)
        yield from Hand(self.bottom, self.x, self.y + 2, self.size, self.colour, middle=True).marks(look)
        yield from Hand(self.top, self.x, self.y - self.size, self.size, self.colour, middle=True).marks(look)


@dataclass(frozen=True)
class Column:
    """Column addition or subtraction; (x, y) is the top right. Carries are small and in the accent colour."""

    x: float
    y: float
    first: int
    second: int
    sign: str = "+"
    size: float = 84

    @property
    def text(self) -> str:
        """The sum on one line."""
        total = self.first + self.second if self.sign == "+" else self.first - self.second
        return f"{self.first}{self.sign}{self.second}={total}"

    def marks(self, look: Look) -> Iterator[Mark]:
        """The two numbers, the rule, then the answer from the ones upwards."""
        cell, lines = self.size * 0.78, (str(self.first), str(self.second))
        for row, digits in enumerate(lines):
            for place, digit in enumerate(digits):
                x = self.x - cell * (len(digits) - place)
                yield from Hand(digit, x, self.y + row * self.size * 1.12, self.size).marks(look)
        wide = cell * (max(map(len, lines)) + 1)
        yield from Hand(self.sign, self.x - wide, self.y + self.size * 1.12, self.size).marks(look)
        rule = self.y + self.size * 2.28
        yield from Line(((self.x - wide - 10, rule), (self.x + 10, rule))).marks(look)
        yield from self.answer(look, cell, rule)

    def answer(self, look: Look, cell: float, rule: float) -> Iterator[Mark]:
        """Answer digits from right to left, each carry (or borrowing dot) before the digit it changes."""
        for place, (digit, moved) in enumerate(column_steps(self.first, self.second, self.sign)):
            x = self.x - cell * (place + 1)
            yield from Hand(digit, x, rule + self.size * 0.1, self.size, pace=0.6).marks(look)
            if moved and self.sign == "+":
                small = self.size * 0.42
                yield from Hand("1", x - small * 0.55, rule - small * 0.98, small, "accent").marks(look)
            elif moved:
                dot = ((x - cell * 0.72, self.y - 6), (x - cell * 0.71, self.y - 6))
                yield from Line(dot, "accent", 10).marks(look)


def column_steps(first: int, second: int, sign: str) -> list[tuple[str, bool]]:
    """Answer digits from the ones upwards, each with whether it carries (or borrows)."""
    out, moved = [], 0
    total = first + second if sign == "+" else first - second
    for place in range(len(str(total))):
        a, b = first // 10**place % 10, second // 10**place % 10
        value = a + b + moved if sign == "+" else a - b - moved
        moved = int(not 0 <= value <= 9)
        out.append((str(value % 10), bool(moved) and place + 1 < max(len(str(first)), len(str(total)))))
    return out


def filled(points: tuple[Point, ...], scale: float, colour: RGB, strength: float) -> Pixels:
    """RGBA array of a polygon given in its own box."""
    grown = tuple((x * scale, y * scale) for x, y in points)
    wide, high = (math.ceil(max(side)) for side in zip(*grown, strict=True))
    cover = polygon_cover(grown, (0, 0, max(1, wide), max(1, high)))
    out = np.empty((*cover.shape, 4), np.uint8)
    out[..., :3], out[..., 3] = colour, (cover * strength).astype(np.uint8)
    return out


def rectangle(x: float, y: float, wide: float, high: float) -> tuple[Point, ...]:
    """Five points round a rectangle."""
    return (x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)


def circle(x: float, y: float, radius: float, start: float = 90, end: float = -270) -> tuple[Point, ...]:
    """Points round a circle or an arc of it; degrees, anticlockwise from the right as in a maths book."""
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
