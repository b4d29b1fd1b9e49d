"""Putting a little picture on the board: it wipes in where it stands, or slides there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from .look import Look
from .marks import Mark, Patch, Pixels
from .tables.pictures import PICTURES
from .values import FPS, Point

FINE = 4
BOX = 100.0


@dataclass(frozen=True)
class Picture:
    """A picture `size` pixels wide at (x, y); it comes from `slide` away in `seconds`."""

    name: str
    x: float
    y: float
    size: float = 120
    slide: Point = (0.0, 0.0)
    seconds: float = 0.5

    @property
    def text(self) -> str:
        """The picture's name."""
        return self.name

    def marks(self, look: Look) -> Iterator[Mark]:
        """One patch."""
        yield Patch(
            self.name,
            self.x,
            self.y,
            self.size,
            self.size,
            lambda scale: painted(self.name, round(self.size * scale), look),
            max(1, round(self.seconds * FPS)),
            1,
            self.slide,
            "picture",
        )


@lru_cache(maxsize=32)
def painted(name: str, side: int, look: Look) -> Pixels:
    """RGBA array (side, side, 4) of a picture, colours not darkened at the edges."""
    canvas = Image.new("RGBA", (side * FINE, side * FINE))
    pen = ImageDraw.Draw(canvas)
    for form, colour, numbers in PICTURES[name]:
        put(pen, form, look.colour(colour), numbers, side * FINE / BOX)
    premultiplied = np.asarray(canvas, np.float32)
    alpha = premultiplied[..., 3:] / 255
    small = pooled(np.concatenate((premultiplied[..., :3] * alpha, alpha), axis=2))
    cover = np.maximum(small[..., 3:], 1e-6)
    return (
        np.concatenate((small[..., :3] / cover, small[..., 3:] * 255), axis=2)
        .round()
        .astype(np.uint8)
    )


def pooled(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Mean of every FINE by FINE block; shape (h, w, c) -> (h / FINE, w / FINE, c)."""
    high, wide, depth = pixels.shape
    blocks = pixels.reshape(high // FINE, FINE, wide // FINE, FINE, depth)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def put(
    pen: ImageDraw.ImageDraw,
    form: str,
    colour: tuple[int, int, int],
    numbers: tuple[float, ...],
    unit: float,
) -> None:
    """Draw one shape on the fine canvas; `unit` is fine pixels for one hundredth of the box."""
    big = [n * unit for n in numbers]
    if form == "o":
        cx, cy, rx, ry = big
        pen.ellipse((cx - rx, cy - ry, cx + rx, cy + ry), fill=colour)
    elif form == "l":
        rounded(pen, big[0], list(zip(big[1::2], big[2::2], strict=True)), colour)
    else:
        points = list(zip(big[::2], big[1::2], strict=True))
        pen.polygon(smooth(points) if form == "s" else points, fill=colour)


def rounded(
    pen: ImageDraw.ImageDraw, width: float, points: list[Point], colour: tuple[int, int, int]
) -> None:
    """A line with round ends and joints."""
    pen.line(points, fill=colour, width=round(width))
    for x, y in points:
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=colour)


def smooth(points: list[Point], steps: int = 10) -> list[Point]:
    """A closed Catmull–Rom curve through the points."""
    out: list[Point] = []
    count = len(points)
    for i in range(count):
        four = [points[(i + j) % count] for j in (-1, 0, 1, 2)]
        out += [between(four, step / steps) for step in range(steps)]
    return out


def between(four: list[Point], t: float) -> Point:
    """The Catmull–Rom point at share t between the second and third of four points."""
    weights = (
        -0.5 * t + t * t - 0.5 * t**3,
        1 - 2.5 * t * t + 1.5 * t**3,
        0.5 * t + 2 * t * t - 1.5 * t**3,
        -0.5 * t * t + 0.5 * t**3,
    )
    return (
        sum(w * p[0] for w, p in zip(weights, four, strict=True)),
        sum(w * p[1] for w, p in zip(weights, four, strict=True)),
    )
