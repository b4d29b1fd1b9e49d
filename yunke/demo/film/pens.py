"""From characters to pen lines: true stroke order for Chinese, a school print hand for the rest."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from .curves import arc
from .marks import Pen
from .raster import length_of
from .strokes import bent, strokes_of
from .tables.letters import GLYPHS
from .values import FPS, RGB, Point

# The baseline sits at 0.86 of the em box for both scripts, so that mixed lines stand on one line.
BASELINE = 0.86
LETTER_GAP = 9.0
LETTER_SIZE = 1.04
# Above this size (pixels) a character is a model to be copied, and is written slowly.
MODEL_SIZE = 150


def dashes(a: Point, b: Point, step: float) -> Iterator[tuple[Point, Point]]:
    """A line cut into dashes about `step` pixels long."""
    count = max(1, int(math.dist(a, b) / step) // 2 * 2 + 1)
    for i in range(0, count, 2):
        yield (
            (a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count),
            (a[0] + (b[0] - a[0]) * (i + 1) / count, a[1] + (b[1] - a[1]) * (i + 1) / count),
        )


def advance(char: str, size: float) -> float:
    """How far the hand moves for one character, pixels."""
    if char in GLYPHS:
        return (GLYPHS[char][0] + LETTER_GAP) * size / 100 * LETTER_SIZE
    return size


def char_pens(
    char: str, x: float, y: float, size: float, colour: RGB, pace: float
) -> Iterator[Pen]:
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


def letter_pens(
    char: str, x: float, y: float, size: float, colour: RGB, pace: float
) -> Iterator[Pen]:
    """Pen lines of a Latin letter, digit or sign."""
    scale, base = size / 100 * LETTER_SIZE, y + BASELINE * size
    for line in glyph_lines(char):
        path = tuple((x + px * scale, base - py * scale) for px, py in line)
        frames = frames_for(length_of(path), size, pace * 1.3)
        yield Pen(char, path, max(2.6, size * 0.068), colour, frames)


def frames_for(length: float, size: float, pace: float) -> int:
    """Frames for a line: models are written slowly, to be seen, the rest at a teacher's pace."""
    speed = (1.4 if size > MODEL_SIZE else 3.4) * max(size, 40) * pace
    return max(1, round(length / speed * FPS))


def rest_for(size: float) -> int:
    """Frames the pen is lifted after a stroke."""
    return 2 if size > MODEL_SIZE else 0


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
