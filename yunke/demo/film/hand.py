"""Handwriting: text and characters to pen lines, in true stroke order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, pinyin

from .letters import GLYPHS
from .look import Look
from .marks import Mark, Pen
from .printed import Print, print_width
from .raster import length_of
from .strokes import bent, strokes_of
from .values import FPS, RGB, Point

# The baseline sits at 0.86 of the em box for both scripts, so that mixed lines stand on one line.
BASELINE = 0.86
LETTER_GAP = 9.0
LETTER_SIZE = 1.04
ARC_STEP = 12.0
TINY = 0.02


@dataclass(frozen=True)
class Hand:
    """One written line. (x, y) is the top left of its em box (or the middle, with `middle`), `size` its height.

    `pace` multiplies the writing speed; `pinyin` prints the reading above each character before it is written.
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

    def width(self) -> float:
        """Width of the text in pixels."""
        return sum(advance(c, self.size) + self.air for c in self.text) - self.air


@dataclass(frozen=True)
class Cell:
    """One character in a practice square (`mi`: with diagonals), pinyin above. (x, y) is the square's corner."""

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
            yield above(readings_of(self.text)[0], self.x + self.size / 2, self.y - 8, self.size * 0.5, look)
        inset = self.size * 0.07
        yield from char_pens(
            self.text, self.x + inset, self.y + inset, self.size - 2 * inset, look.colour(self.colour), self.pace
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


def above(reading: str, middle: float, top: float, size: float, look: Look) -> Mark:
    """Pinyin printed above an em box."""
    height = max(17.0, min(40.0, size * 0.3))
    left = middle - print_width(reading, height) / 2
    return next(Print(reading, left, top - height * 1.42, height, "soft").marks(look))


def dashes(a: Point, b: Point, step: float) -> Iterator[tuple[Point, Point]]:
    """A line cut into dashes about `step` pixels long."""
    count = max(1, int(math.dist(a, b) / step) // 2 * 2 + 1)
    for i in range(0, count, 2):
        yield (
            (a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count),
            (a[0] + (b[0] - a[0]) * (i + 1) / count, a[1] + (b[1] - a[1]) * (i + 1) / count),
        )


def readings_of(text: str) -> list[str]:
    """Pinyin with tone marks for every character of the text; empty for signs."""
    found = pinyin(text, style=Style.TONE, errors=lambda signs: [""] * len(signs))
    return [one[0] for one in found]


def advance(char: str, size: float) -> float:
    """How far the hand moves for one character, pixels."""
    if char in GLYPHS:
        return (GLYPHS[char][0] + LETTER_GAP) * size / 100 * LETTER_SIZE
    return size


def char_pens(char: str, x: float, y: float, size: float, colour: RGB, pace: float) -> Iterator[Mark]:
    """Pen lines of one character whose em box has its top left at (x, y)."""
    if char in GLYPHS:
        yield from letter_pens(char, x, y, size, colour, pace)
        return
    strokes = strokes_of(char)
    if not strokes:
        raise KeyError(f"no strokes for {char!r}")
    for stroke in strokes:
        path = tuple((x + px * size, y + py * size) for px, py in stroke.median)
        outline = tuple((x + px * size, y + py * size) for px, py in stroke.outline)
        frames = frames_for(length_of(path), size, pace)
        yield Pen(char, path, size * 0.2, colour, frames, rest_for(size), outline)


def letter_pens(char: str, x: float, y: float, size: float, colour: RGB, pace: float) -> Iterator[Mark]:
    """Pen lines of a Latin letter, digit or sign."""
    scale, base = size / 100 * LETTER_SIZE, y + BASELINE * size
    for line in glyph_lines(char):
        path = tuple((x + px * scale, base - py * scale) for px, py in line)
        frames = frames_for(length_of(path), size, pace * 1.3)
        yield Pen(char, path, max(2.6, size * 0.068), colour, frames)


def frames_for(length: float, size: float, pace: float) -> int:
    """Frames for a line: big characters are written slowly, to be seen; small ones at a teacher's pace."""
    speed = (1.4 if size > 150 else 3.4) * max(size, 40) * pace
    return max(1, round(length / speed * FPS))


def rest_for(size: float) -> int:
    """Frames the pen is lifted after a stroke."""
    return 2 if size > 150 else 0


@lru_cache(maxsize=256)
def glyph_lines(char: str) -> tuple[tuple[Point, ...], ...]:
    """The polylines of a glyph in letter units."""
    return tuple(line_points(part) for part in GLYPHS[char][1].split("|") if part)


def line_points(commands: str) -> tuple[Point, ...]:
    """One stroke of the letter data -> polyline."""
    points: list[Point] = []
    words = commands.split()
    while words:
        verb, count = words[0][0], {"M": 2, "L": 2, "Q": 4, "O": 6}[words[0][0]]
        numbers = [float(words[0][1:]), *(float(w) for w in words[1:count])]
        words = words[count:]
        if verb == "O":
            points += arc(*numbers)
        else:
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
            points += bent(points[-1:] + pairs, 8)[1:] if verb == "Q" else pairs
    return tuple(points)


def arc(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, step: float = ARC_STEP
) -> list[Point]:
    """An elliptic arc with a point about every `step` degrees; y upwards."""
    count = max(2, round(abs(end - start) / step))
    turns = (math.radians(start + (end - start) * i / count) for i in range(count + 1))
    return [(cx + rx * math.cos(t), cy + ry * math.sin(t)) for t in turns]
