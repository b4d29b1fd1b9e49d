"""Shapes to coverage: antialiased masks by drawing large and shrinking."""

from __future__ import annotations

import itertools
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .values import Box, Point

Cover = NDArray[np.uint8]
FINE = 4


def polygon_cover(points: tuple[Point, ...], box: Box) -> Cover:
    """Coverage 0–255 of a polygon, shape (height, width) of the box."""
    canvas, pen = fine_canvas(box)
    pen.polygon(moved(points, box), fill=255)
    return np.asarray(canvas.reduce(FINE))


def line_cover(points: list[Point], width: float, box: Box) -> Cover:
    """Coverage 0–255 of a round pen drawn through the points, shape (height, width) of the box."""
    canvas, pen = fine_canvas(box)
    trail, radius = moved(points, box), width * FINE / 2
    if len(trail) > 1:
        pen.line(trail, fill=255, width=max(1, round(width * FINE)))
    for x, y in trail:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(canvas.reduce(FINE))


def fine_canvas(box: Box) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty grey picture FINE times larger than the box."""
    size = ((box[2] - box[0]) * FINE, (box[3] - box[1]) * FINE)
    canvas = Image.new("L", size)
    return canvas, ImageDraw.Draw(canvas)


def moved(points: tuple[Point, ...] | list[Point], box: Box) -> list[Point]:
    """Board pixels -> fine pixels inside the box, whose centres lie half a pixel in."""
    return [((x - box[0]) * FINE - 0.5, (y - box[1]) * FINE - 0.5) for x, y in points]


def length_of(path: tuple[Point, ...]) -> float:
    """Length of a polyline in pixels."""
    return sum(math.dist(a, b) for a, b in itertools.pairwise(path))


def piece(path: tuple[Point, ...], start: float, end: float) -> list[Point]:
    """The part of a polyline between two shares (0–1) of its length, ends included."""
    total = length_of(path)
    if total == 0:
        return list(path[:1])
    out, gone = [], 0.0
    low, high = start * total, end * total
    for a, b in itertools.pairwise(path):
        step = math.dist(a, b)
        if step and gone + step >= low and gone <= high:
            for at in (max(0.0, (low - gone) / step), min(1.0, (high - gone) / step)):
                out.append((a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at))
        gone += step
    return out or [path[-1]]
