"""What a maths board is full of: number lines, fraction bars, fractions, column sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .curves import rectangle
from .figures import Area, Line
from .hand import Hand
from .look import Look
from .marks import Mark


@dataclass(frozen=True)
class NumberLine:
    """An axis with `low` at (x, y), `unit` pixels for 1, a tick every `step`, up to `high`."""

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
            yield from Line(((self.at(value), y - 10), (self.at(value), y + 2)), width=3).marks(
                look
            )
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
    """A fraction written by hand, its middle at (x, y)."""

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
        yield from Hand(self.bottom, self.x, self.y + 2, self.size, self.colour, middle=True).marks(
            look
        )
        yield from Hand(
            self.top, self.x, self.y - self.size, self.size, self.colour, middle=True
        ).marks(look)


@dataclass(frozen=True)
class Column:
    """Column addition or subtraction with its top right at (x, y); carries in the accent."""

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
        """Answer digits from right to left, each carry before the digit it changes."""
        for place, (digit, moved) in enumerate(column_steps(self.first, self.second, self.sign)):
            x = self.x - cell * (place + 1)
            yield from Hand(digit, x, rule + self.size * 0.1, self.size, pace=0.6).marks(look)
            if moved and self.sign == "+":
                small = self.size * 0.38
                yield from Hand("1", x - small * 0.78, rule - small * 1.0, small, "accent").marks(
                    look
                )
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
        out.append(
            (str(value % 10), bool(moved) and place + 1 < max(len(str(first)), len(str(total))))
        )
    return out
