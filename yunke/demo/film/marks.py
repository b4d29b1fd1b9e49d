"""The two things that can happen on a board: a pen moves, or a patch appears."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .values import RGB, Box, Point

Pixels = NDArray[np.uint8]
Painting = Callable[[float], Pixels]


@dataclass(frozen=True)
class Pen:
    """A pen line along `path` (pixels), drawn in `frames` frames, then `rest` frames of rest.

    With an `outline` the pen is a broad brush that only reveals what lies inside the outline.
    """

    text: str
    path: tuple[Point, ...]
    width: float
    colour: RGB
    frames: int
    rest: int = 0
    outline: tuple[Point, ...] = ()
    kind: str = "stroke"

    def scaled(self, scale: float) -> Pen:
        """The same line on a smaller or larger board."""
        return replace(
            self,
            path=tuple((x * scale, y * scale) for x, y in self.path),
            outline=tuple((x * scale, y * scale) for x, y in self.outline),
            width=self.width * scale,
        )

    def box(self) -> Box:
        """Pixels (left, top, right, bottom) that the finished line may touch."""
        margin = 1.0 if self.outline else self.width / 2 + 1
        xs, ys = zip(*(self.outline or self.path), strict=True)
        return (
            math.floor(min(xs) - margin),
            math.floor(min(ys) - margin),
            math.ceil(max(xs) + margin),
            math.ceil(max(ys) + margin),
        )


@dataclass(frozen=True)
class Patch:
    """A printed word or a picture: an RGBA painting at (x, y) that wipes in or slides in."""

    text: str
    x: float
    y: float
    width: float
    height: float
    paint: Painting
    frames: int = 1
    rest: int = 0
    slide: Point = (0.0, 0.0)
    kind: str = "print"
    scale: float = 1.0

    def scaled(self, scale: float) -> Patch:
        """The same patch on a smaller or larger board."""
        return replace(
            self,
            x=self.x * scale,
            y=self.y * scale,
            width=self.width * scale,
            height=self.height * scale,
            scale=self.scale * scale,
            slide=(self.slide[0] * scale, self.slide[1] * scale),
        )

    def box(self) -> Box:
        """Pixels (left, top, right, bottom) where the patch comes to rest."""
        left, top = round(self.x), round(self.y)
        return left, top, left + max(1, round(self.width)), top + max(1, round(self.height))

    def pixels(self) -> Pixels:
        """RGBA array of shape (height, width, 4), exactly as large as the box."""
        left, top, right, bottom = self.box()
        painted = self.paint(self.scale)
        out = np.zeros((bottom - top, right - left, 4), np.uint8)
        high, wide = min(out.shape[0], painted.shape[0]), min(out.shape[1], painted.shape[1])
        out[:high, :wide] = painted[:high, :wide]
        return out


Mark = Pen | Patch
