"""Handwriting on the board: lines of text, practice squares, stroke-by-stroke rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pypinyin import Style, pinyin

from .look import Look
from .marks import Mark, Pen
from .pens import advance, char_pens, dashes
from .printed import Print, print_width
from .strokes import strokes_of


@dataclass(frozen=True)
class Hand:
    """One written line. (x, y) is the top left of its em box (or the middle, with `middle`),
    `size` its height.

    `pace` multiplies the writing speed; `pinyin` prints the reading above each character before it
    is written.
    """

    text: str
    x: float
    y: float
    size: float = 56
    colour: str = "ink"
    pace: float = 1.0
    middle: bool = False
    pinyin: bool = False
    air: float = 0.0

    def marks(self, look: Look) -> Iterator[Mark]:
        """Pen lines (and pinyin) of the whole text, from left to right."""
        x = self.x - self.width() / 2 if self.middle else self.x
        readings = readings_of(self.text) if self.pinyin else []
        for place, char in enumerate(self.text):
            if self.pinyin and readings[place]:
                yield above(readings[place], x + self.size / 2, self.y, self.size, look)
            yield from char_pens(char, x, self.y, self.size, look.colour(self.colour), self.pace)
            x += advance(char, self.size) + self.air

    def then(self, text: str, colour: str = "accent") -> Hand:
        """What is written next on the same line, in another colour or by another hand."""
        return replace(
            self, text=text, x=self.x + self.width() + advance(" ", self.size) / 2, colour=colour
        )

    def width(self) -> float:
        """Width of the text in pixels."""
        return sum(advance(c, self.size) + self.air for c in self.text) - self.air


@dataclass(frozen=True)
class Cell:
    """A character in a practice square (`mi`: with diagonals) whose corner is at (x, y)."""

    text: str
    x: float
    y: float
    size: float = 240
    colour: str = "ink"
    mi: bool = False
    pinyin: bool = True
    pace: float = 1.0

    def marks(self, look: Look) -> Iterator[Mark]:
        """The square, the reading, then stroke after stroke."""
        yield from self.square(look)
        if self.pinyin:
            yield above(
                readings_of(self.text)[0], self.x + self.size / 2, self.y - 8, self.size * 0.5, look
            )
        inset = self.size * 0.07
        yield from char_pens(
            self.text,
            self.x + inset,
            self.y + inset,
            self.size - 2 * inset,
            look.colour(self.colour),
            self.pace,
        )

    def square(self, look: Look) -> Iterator[Mark]:
        """Frame and guide lines; the guides are finer than the frame."""
        x, y, s = self.x, self.y, self.size
        frame = ((x, y), (x + s, y), (x + s, y + s), (x, y + s), (x, y))
        yield Pen("", frame, max(2.0, s / 90), look.colour("soft"), 4, kind="grid")
        guides = [((x, y + s / 2), (x + s, y + s / 2)), ((x + s / 2, y), (x + s / 2, y + s))]
        if self.mi:
            guides += [((x, y), (x + s, y + s)), ((x + s, y), (x, y + s))]
        for guide in guides:
            for a, b in dashes(*guide, s / 26):
                yield Pen("", (a, b), max(1.2, s / 170), look.colour("rule"), 0, kind="grid")


@dataclass(frozen=True)
class Steps:
    """How a character grows: one copy for each stroke, the newest in the accent."""

    text: str
    x: float
    y: float
    size: float = 90

    def marks(self, look: Look) -> Iterator[Mark]:
        """Copy after copy; the strokes of the copy before appear at once."""
        ink, new = look.colour("ink"), look.colour("accent")
        for copy in range(len(strokes_of(self.text))):
            left = self.x + copy * self.size * 1.14
            pens = list(char_pens(self.text, left, self.y, self.size, ink, 1.0))
            for old in pens[:copy]:
                yield replace(old, frames=0, rest=0)
            yield replace(pens[copy], colour=new, rest=3)


def above(reading: str, middle: float, top: float, size: float, look: Look) -> Mark:
    """Pinyin printed above an em box."""
    height = max(17.0, min(40.0, size * 0.3))
    left = middle - print_width(reading, height) / 2
    return next(Print(reading, left, top - height * 1.42, height, "soft").marks(look))


def readings_of(text: str) -> list[str]:
    """Pinyin with tone marks for every character of the text; empty for signs."""
    found = pinyin(text, style=Style.TONE, errors=blanks)
    return [one[0] for one in found]


def blanks(signs: str) -> Any:
    """An empty reading for each sign: a list, whatever the library's types say."""
    return [""] * len(signs)
