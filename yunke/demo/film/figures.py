"""Pen lines and filled areas, of which all figures are made."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .look import Look
from .marks import Mark, Patch, Pen, Pixels
from .pens import dashes
from .raster import length_of, polygon_cover
from .values import FPS, RGB, Point

LINE_SPEED = 520.0


@dataclass(frozen=True)
class Line:
    """A pen line through points; `dash` > 0 cuts it, `name` is what the record calls it."""

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
            self.name,
            left,
            top,
            wide,
            high,
            lambda scale: filled(local, scale, colour, self.strength),
            self.frames,
            kind="figure",
        )


def filled(points: tuple[Point, ...], scale: float, colour: RGB, strength: float) -> Pixels:
    """RGBA array of a polygon given in its own box."""
    grown = tuple((x * scale, y * scale) for x, y in points)
    wide, high = (math.ceil(max(side)) for side in zip(*grown, strict=True))
    cover = polygon_cover(grown, (0, 0, max(1, wide), max(1, high)))
    out = np.empty((*cover.shape, 4), np.uint8)
    out[..., :3], out[..., 3] = colour, (cover * strength).astype(np.uint8)
    return out
