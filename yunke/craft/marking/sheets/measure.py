"""How much ink is in every bubble of a straightened page, and around it.

Means over boxes from one summed table (Crow 1984): a sheet of 700 bubbles costs as much as one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.canvas import Canvas
from yunke.craft.marking.sheets.fit import Shift, pitch_of
from yunke.craft.marking.sheets.layout import Block, Item, Layout
from yunke.craft.marking.sheets.light import WHOLE

Values = NDArray[np.float64]
Table = NDArray[np.int32] | Values

MIDDLE = 0.72  # of a bubble's width and height: its own line is left out
OUTER = 1.3  # its line lies within


@dataclass(frozen=True)
class Measured:
    """One item's bubbles in order, 0 to 1: mean ink in the middle, just beside, and its unevenness.

    ``print`` is the unevenness (a deviation): paper alone has none, a line or a letter has.
    ``alike``: how much the item's part of the sheet is like its print.
    """

    item: Item
    ink: Values
    rim: Values
    print: Values
    alike: float = 1.0


@dataclass(frozen=True)
class Sums:
    """Summed tables of the ink and of its squares."""

    ink: NDArray[np.int32]
    squares: Values


def measure(
    canvas: Canvas, layout: Layout, shifts: Mapping[str, Shift]
) -> dict[str, list[Measured]]:
    """Block name to its measured items."""
    ink, squares = cv2.integral2(canvas.ink, sdepth=cv2.CV_32S, sqdepth=cv2.CV_64F)
    sums = Sums(np.asarray(ink), np.asarray(squares))
    return {block.name: _block(sums, canvas, block, shifts) for block in layout.blocks}


def _block(sums: Sums, canvas: Canvas, block: Block, shifts: Mapping[str, Shift]) -> list[Measured]:
    """Arrays of (items, bubbles) at once."""
    own = [shifts[item.name] for item in block.items]
    off_x = np.array([[shift.dx] for shift in own]) + canvas.margin
    off_y = np.array([[shift.dy] for shift in own]) + canvas.margin
    xs = np.array([[bubble.x for bubble in item.bubbles] for item in block.items])
    ys = np.array([[bubble.y for bubble in item.bubbles] for item in block.items])
    xs, ys = xs * canvas.scale + off_x, ys * canvas.scale + off_y
    width, height = block.width * canvas.scale, block.height * canvas.scale
    ink = _boxes(sums.ink, xs, ys, width * MIDDLE, height * MIDDLE) / WHOLE
    around = _boxes(sums.ink, xs, ys, width * OUTER, height * OUTER) / WHOLE
    squared = _boxes(sums.squares, xs, ys, width * OUTER, height * OUTER) / WHOLE**2
    uneven = np.sqrt(np.maximum(squared - around**2, 0.0))
    rim = _rim(sums, block, canvas, xs, ys)
    return [
        Measured(item, ink[row], rim[row], uneven[row], own[row].alike)
        for row, item in enumerate(block.items)
    ]


def _rim(sums: Sums, block: Block, canvas: Canvas, xs: Values, ys: Values) -> Values:
    """Ink beside a bubble on at least three of its four sides: a ring or a cross, no neighbour."""
    step_x, step_y = pitch_of(block)
    half_w, half_h = block.width * canvas.scale / 2, block.height * canvas.scale / 2
    thick_x = max(2.0, min(0.6 * half_w, (step_x - block.width) * canvas.scale / 2))
    thick_y = max(2.0, min(0.6 * half_h, (step_y - block.height) * canvas.scale / 2))
    out_x, out_y = half_w + thick_x / 2, half_h + thick_y / 2
    wide, high = 2 * (half_w + thick_x), 2 * (half_h + thick_y)
    sides = [
        _boxes(sums.ink, xs - out_x, ys, thick_x, high),
        _boxes(sums.ink, xs + out_x, ys, thick_x, high),
        _boxes(sums.ink, xs, ys - out_y, wide, thick_y),
        _boxes(sums.ink, xs, ys + out_y, wide, thick_y),
    ]
    return np.asarray(np.sort(np.stack(sides), axis=0)[1] / WHOLE, np.float64)


def _boxes(table: Table, xs: Values, ys: Values, width: float, height: float) -> Values:
    """Mean of boxes about the points, from a summed table."""
    rows, columns = table.shape
    left = np.clip(np.round(xs - width / 2), 0, columns - 1).astype(int)
    right = np.clip(np.round(xs + width / 2), 0, columns - 1).astype(int)
    top = np.clip(np.round(ys - height / 2), 0, rows - 1).astype(int)
    bottom = np.clip(np.round(ys + height / 2), 0, rows - 1).astype(int)
    area = ((right - left) * (bottom - top)).astype(np.float64)
    total = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
    return np.asarray(total / np.maximum(area, 1.0), np.float64)
