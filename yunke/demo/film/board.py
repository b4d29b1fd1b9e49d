"""The board itself: it keeps the picture, changes only what a mark changes, and gives out frames.

A frame is planar YUV 4:2:0 (BT.709, limited range): bytes of Y (h*w), then U and V (h*w/4 each).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .marks import Mark, Patch, Pen, Pixels
from .raster import Cover, line_cover, piece, polygon_cover
from .values import Box

Overlay = tuple[Pixels, int, int]
GRAIN_SEED = 20


@dataclass
class Wet:
    """The mark being drawn now: the ground under it and how much of it shows so far."""

    mark: Mark
    box: Box
    under: Pixels
    shown: Cover
    whole: Cover | None
    paint: Pixels | None


class Board:
    """`width` x `height` pixels, both even."""

    def __init__(self, width: int, height: int, chalk: bool) -> None:
        """An empty black board; `start_page` gives it its ground."""
        self.rgb: Pixels = np.zeros((height, width, 3), np.uint8)
        self.planes: Pixels = np.zeros(height * width * 3 // 2, np.uint8)
        self.grain = chalk_grain(width, height) if chalk else None
        self.wet: Wet | None = None
        self.stale: list[Box] = []

    def start_page(self, ground: Pixels) -> None:
        """Wipe everything and show `ground`, shape (height, width, 3)."""
        self.rgb[:] = ground
        self.wet = None
        self.stale = [self.whole()]

    def whole(self) -> Box:
        """The box of the whole board."""
        return 0, 0, self.rgb.shape[1], self.rgb.shape[0]

    def draw(self, mark: Mark, step: int) -> None:
        """Show frame `step` (0-based, of mark.frames) of a mark; steps must come in order."""
        if self.wet is None or self.wet.mark is not mark:
            self.wet = self.begin(mark)
        box, cover = self.grow(self.wet, step)
        if box[2] > box[0] and box[3] > box[1]:
            self.ink(self.wet, box, cover)

    def begin(self, mark: Mark) -> Wet:
        """Remember the ground under a mark and prepare its final coverage."""
        box = clipped(mark.box(), self.whole())
        under = self.rgb[box[1] : box[3], box[0] : box[2]].copy()
        shown = np.zeros(under.shape[:2], np.uint8)
        if isinstance(mark, Pen):
            whole = polygon_cover(mark.outline, box) if mark.outline else None
            return Wet(mark, box, under, shown, whole, None)
        paint = mark.pixels()[: under.shape[0], : under.shape[1]]
        return Wet(mark, box, under, shown, paint[..., 3], paint)

    def grow(self, wet: Wet, step: int) -> tuple[Box, Cover]:
        """What this step adds: a box and its coverage."""
        mark, frames = wet.mark, max(1, wet.mark.frames)
        done = step + 1 >= frames
        if isinstance(mark, Patch):
            edge = (
                wet.box[2]
                if done
                else wet.box[0] + (wet.box[2] - wet.box[0]) * (step + 1) // frames
            )
            box = (wet.box[0], wet.box[1], edge, wet.box[3])
            return box, cut(wet.whole, wet.box, box)
        trail = piece(mark.path, step / frames, (step + 1) / frames)
        if done and wet.whole is not None:
            return wet.box, wet.whole
        box = clipped(Pen("", tuple(trail), mark.width, (0, 0, 0), 1).box(), wet.box)
        cover = line_cover(trail, mark.width, box)
        return box, cover if wet.whole is None else np.minimum(cover, cut(wet.whole, wet.box, box))

    def ink(self, wet: Wet, box: Box, cover: Cover) -> None:
        """Blend the mark's colour into the picture where its coverage grew."""
        rows, columns = inside(box, wet.box)
        np.maximum(wet.shown[rows, columns], cover, out=wet.shown[rows, columns])
        alpha = wet.shown[rows, columns].astype(np.uint32)
        if self.grain is not None and isinstance(wet.mark, Pen):
            alpha = alpha * self.grain[box[1] : box[3], box[0] : box[2]] // 255
        colour = np.array(wet.mark.colour, np.uint8) if isinstance(wet.mark, Pen) else None
        top = wet.paint[rows, columns, :3] if wet.paint is not None else colour
        self.rgb[box[1] : box[3], box[0] : box[2]] = blend(wet.under[rows, columns], top, alpha)
        self.stale.append(box)

    def frame(self, overlays: list[Overlay]) -> Pixels:
        """The finished frame, with what floats above the ink (cursor, sliding picture)."""
        for box in self.stale:
            self.convert(box, self.rgb[box[1] : box[3], box[0] : box[2]])
        self.stale = []
        floating: dict[Box, Pixels] = {}
        for paint, x, y in overlays:
            box = even(
                clipped((x, y, x + paint.shape[1], y + paint.shape[0]), self.whole()), self.whole()
            )
            ground = self.rgb[box[1] : box[3], box[0] : box[2]].copy()
            lay(ground, paint, x - box[0], y - box[1])
            floating[box] = ground
        for box, ground in floating.items():
            self.convert(box, ground)
            self.stale.append(box)
        return self.planes

    def convert(self, box: Box, pixels: Pixels) -> None:
        """Refresh the planes inside a box from RGB pixels of shape (h, w, 3)."""
        grown = even(box, self.whole())
        if grown != box:
            pixels = self.rgb[grown[1] : grown[3], grown[0] : grown[2]]
        left, top, right, bottom = grown
        high, wide = self.rgb.shape[:2]
        colours = pixels.astype(np.int32)
        luma = self.planes[: high * wide].reshape(high, wide)
        luma[top:bottom, left:right] = (colours @ LUMA + 4224) >> 8
        quad = colours[::2, ::2] + colours[1::2, ::2] + colours[::2, 1::2] + colours[1::2, 1::2]
        for index, weights in enumerate((BLUE, RED)):
            start = high * wide + index * high * wide // 4
            plane = self.planes[start : start + high * wide // 4].reshape(high // 2, wide // 2)
            plane[top // 2 : bottom // 2, left // 2 : right // 2] = (quad @ weights + 131584) >> 10


# BT.709 limited range in 1/256; the constants 4224 and 131584 are the offsets plus one half.
LUMA = np.array([47, 157, 16], np.int32)
BLUE = np.array([-26, -86, 112], np.int32)
RED = np.array([112, -102, -10], np.int32)


def blend(under: Pixels, top: Pixels | None, alpha: NDArray[np.uint32]) -> Pixels:
    """`top` over `under` by alpha 0–255; shapes (h, w, 3), (h, w, 3) or (3,), (h, w)."""
    part = alpha[..., None].astype(np.int32)
    ground = under.astype(np.int32)
    colour = np.asarray(top, np.int32)
    return (ground + ((colour - ground) * part + 127) // 255).astype(np.uint8)


def lay(ground: Pixels, paint: Pixels, x: int, y: int) -> None:
    """Blend an RGBA painting into `ground` at (x, y), in place, cutting what falls outside."""
    left, top = max(0, x), max(0, y)
    right = min(ground.shape[1], x + paint.shape[1])
    bottom = min(ground.shape[0], y + paint.shape[0])
    if right <= left or bottom <= top:
        return
    part = paint[top - y : bottom - y, left - x : right - x]
    spot = ground[top:bottom, left:right]
    spot[:] = blend(spot, part[..., :3], part[..., 3].astype(np.uint32))


def cut(cover: Cover | None, outer: Box, inner: Box) -> Cover:
    """The part of a coverage (over `outer`) that lies in `inner`."""
    if cover is None:
        raise ValueError("a mark without coverage cannot be cut")
    rows, columns = inside(inner, outer)
    return cover[rows, columns]


def inside(inner: Box, outer: Box) -> tuple[slice, slice]:
    """Slices that pick `inner` out of an array covering `outer`."""
    rows = slice(inner[1] - outer[1], inner[3] - outer[1])
    return rows, slice(inner[0] - outer[0], inner[2] - outer[0])


def clipped(box: Box, limit: Box) -> Box:
    """The part of a box inside another; never negative in size."""
    left, top = max(box[0], limit[0]), max(box[1], limit[1])
    return left, top, max(left, min(box[2], limit[2])), max(top, min(box[3], limit[3]))


def even(box: Box, limit: Box) -> Box:
    """A box grown to even pixels, because colour is kept once for every two by two."""
    grown = (box[0] & ~1, box[1] & ~1, (box[2] + 1) & ~1, (box[3] + 1) & ~1)
    return clipped(grown, limit)


def chalk_grain(width: int, height: int) -> NDArray[np.uint32]:
    """How much chalk sticks to each pixel, 180–255, the same on every run."""
    noise = np.random.default_rng(GRAIN_SEED).integers(0, 256, (height, width), np.uint32)
    soft = (noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1) + np.roll(noise, 2, 0)) // 4
    return np.asarray(np.clip(140 + soft, 180, 255), np.uint32)
