"""One page of bubbles, found and judged: what both kinds of template have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.canvas import (
    Canvas,
    Homography,
    canvas_of,
    inside,
    place_of,
    scale_for,
)
from yunke.craft.marking.sheets.fit import Shift, corrected, drift, fit_items, fit_sheet
from yunke.craft.marking.sheets.judge import Verdict, judge, loose_items
from yunke.craft.marking.sheets.layout import Layout
from yunke.craft.marking.sheets.light import WHOLE, Gray
from yunke.craft.marking.sheets.measure import measure
from yunke.craft.marking.sheets.outline import Quad, turned

COARSE, FINE = 6.0, 14.0  # pixels of a bubble's shorter side, to choose a place and to read
AS_GOOD = 0.95  # as alike as before, after a place was put right
DRIFT = 0.2  # of the way to the next bubble: more, and the place is put right first
SURELY = 0.92  # of the best place's likeness, and the second best is as good
ASKEW = 1.35  # a quad whose sides are that much longer or shorter than the page's is turned


@dataclass(frozen=True)
class Candidate:
    """A place where the page may be, and how much the ink there is like its print."""

    place: Homography
    alike: float


@dataclass(frozen=True)
class Seen:
    """``alike``: -1 to 1; ``cut``: a bubble lies outside the picture; ``loose``: some print is not
    where it should be.
    """

    verdicts: tuple[Verdict, ...]
    canvas: Canvas
    alike: float
    cut: bool
    loose: bool


def chosen(gray: Gray, places: Sequence[Homography], layout: Layout) -> list[Candidate]:
    """The places, the most likely first."""
    scale = scale_for(layout, COARSE)
    told = [
        Candidate(place, fit_sheet(canvas_of(gray, place, layout, scale), layout).alike)
        for place in places
    ]
    return sorted(told, key=lambda one: -one.alike)


def places_in(quads: Sequence[Quad], layout: Layout) -> list[Homography]:
    """Every way in which the page can lie in one of the quads."""
    places = []
    for quad in quads:
        for turn in turned(quad):
            across = float(np.linalg.norm(turn[1] - turn[0]) + np.linalg.norm(turn[2] - turn[3]))
            down = float(np.linalg.norm(turn[3] - turn[0]) + np.linalg.norm(turn[2] - turn[1]))
            ratio = across / max(down, 1e-6) / (layout.width / layout.height)
            if 1 / ASKEW < ratio < ASKEW:
                places.append(place_of(turn, layout))
    return places


def turned_too(ways: Sequence[Candidate], layout: Layout) -> bool:
    """Whether the page could as well lie another way up; ``ways``: the most likely first."""
    if not ways:
        return False
    corner, across = _points(ways[0].place, layout)
    whole = float(np.linalg.norm(corner - across))
    return any(
        other.alike > SURELY * ways[0].alike
        and float(np.linalg.norm(corner - _points(other.place, layout)[0])) > 0.2 * whole
        for other in ways[1:]
    )


def _points(place: Homography, layout: Layout) -> NDArray[np.float64]:
    """Where a tenth and nine tenths along the page's diagonal lie in the picture."""
    ends = np.array([[[layout.width * t, layout.height * t] for t in (0.1, 0.9)]])
    return np.asarray(cv2.perspectiveTransform(ends, place)[0], np.float64)


def see(gray: Gray, place: Homography, layout: Layout) -> Seen:
    """Reads every bubble of the page at ``place``."""
    canvas = canvas_of(gray, place, layout, scale_for(layout, FINE))
    sheet = fit_sheet(canvas, layout)
    shifts = fit_items(canvas, layout, sheet)
    if drift(shifts, layout, canvas.scale) > DRIFT:
        better = place @ corrected(shifts, layout, canvas.scale)
        again = canvas_of(gray, better, layout, canvas.scale)
        second = fit_sheet(again, layout)
        if second.alike > AS_GOOD * sheet.alike:
            place, canvas, sheet = better, again, second
            shifts = fit_items(canvas, layout, sheet)
    hidden = _hidden(gray, place, layout, shifts, canvas)
    measured = measure(canvas, layout, shifts)
    verdicts, _ = judge(measured, hidden)
    loose = bool(loose_items(measured))
    return Seen(tuple(verdicts), canvas, sheet.alike, bool(hidden), loose)


def _hidden(
    gray: Gray, place: Homography, layout: Layout, shifts: dict[str, Shift], canvas: Canvas
) -> set[str]:
    """Items with a bubble outside the picture."""
    names, points = [], []
    for block in layout.blocks:
        for item in block.items:
            shift = shifts[item.name]
            for bubble in item.bubbles:
                x, y = bubble.x + shift.dx / canvas.scale, bubble.y + shift.dy / canvas.scale
                for side in (-0.5, 0.5):
                    names.append(item.name)
                    points.append((x + side * block.width, y + side * block.height))
    there = inside(gray, place, np.array(points, np.float64))
    return {name for name, yes in zip(names, there, strict=True) if not yes}


def coverage(gray: Gray, place: Homography, layout: Layout) -> float:
    """The share of the picture that the page takes."""
    width, height = layout.width, layout.height
    page = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    quad = cv2.perspectiveTransform(page, place).astype(np.float32)
    return float(cv2.contourArea(quad[0])) / float(gray.size)


def sharpness(canvas: Canvas) -> float:
    """The steepest ink of the page: ink gained from one pixel of the canvas to the next."""
    rows = canvas.ink[::4].astype(np.int16)
    steps = np.abs(np.diff(rows, axis=1))[:, ::2].ravel()
    return float(np.partition(steps, int(0.995 * len(steps)))[int(0.995 * len(steps))]) / WHOLE


def bubble_pixels(gray: Gray, place: Homography, layout: Layout) -> float:
    """The shorter side of the smallest bubble in the picture, in its pixels, on average."""
    side = min(min(block.width, block.height) for block in layout.blocks)
    grow = coverage(gray, place, layout) * gray.size / (layout.width * layout.height)
    return float(side * grow**0.5)
