"""Where the printed bubbles really are: each block is shifted until its bubbles hold the ink.

Printed bubbles are ink with paper between them, filled or not. A pattern of +1 in the bubbles and
-1 between them is slid over the page's ink (normalised
correlation, Lewis 1995); ink counts up to a little
only, so that a filled bubble pulls no more than an empty one. No shift goes as far as half the way
to the next bubble: further, one row cannot be told from the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.canvas import Canvas
from yunke.craft.marking.sheets.layout import Block, Layout
from yunke.craft.marking.sheets.light import Ink

Alike = NDArray[np.float32]

ENOUGH = 77  # of 255: more ink than this counts as this much
FAR = 0.45  # of the way to the next bubble: the sheet as a whole
NEAR = 0.36  # a block about the sheet's shift
PART = 0.20  # a part of a block about the block's shift
LITTLE = 0.12  # a block of few bubbles, about the sheet's: anything beside it looks like one
FEW = 8
LEAST_MOVES = 6  # ends of items that make a map
MOST_BENT = 0.02  # a page is stretched or skewed no more than that by paper and printer
TOGETHER = 4  # items of a part


@dataclass(frozen=True)
class Shift:
    """``dx``, ``dy`` in canvas pixels; ``alike``: correlation of the ink there with the print."""

    dx: int
    dy: int
    alike: float


@lru_cache(maxsize=2048)
def pitch_of(block: Block) -> tuple[float, float]:
    """The distance to the nearest other bubble to the side and up or down, in units."""
    xs = np.array([bubble.x for item in block.items for bubble in item.bubbles])
    ys = np.array([bubble.y for item in block.items for bubble in item.bubbles])
    return _step(xs, block.width), _step(ys, block.height)


def _step(values: NDArray[np.float64], size: float) -> float:
    apart = np.diff(np.unique(np.round(values, 2)))
    apart = apart[apart > 0.5 * size]
    return float(apart.min()) if len(apart) else 1.6 * size


def fit_sheet(canvas: Canvas, layout: Layout) -> Shift:
    """One shift for the whole sheet: the blocks' correlations, added with their bubbles' weight."""
    light = _light(canvas)
    steps = np.array([pitch_of(block) for block in layout.blocks])
    reach_x, reach_y = (max(1, int(FAR * step * canvas.scale)) for step in steps.min(axis=0))
    total = np.zeros((2 * reach_y + 1, 2 * reach_x + 1), np.float32)
    weight = 0
    for block in layout.blocks:
        size = _bubbles(block)
        total += size * _alike(light, canvas, block, (reach_x, reach_y), (0, 0))
        weight += size
    mean = np.asarray(total / max(weight, 1), np.float32)
    return _best(mean, (reach_x, reach_y), (0, 0))


def fit_items(canvas: Canvas, layout: Layout, sheet: Shift) -> dict[str, Shift]:
    """The shift of every item, by its name. A block that lies farther off than was looked is
    told as not alike at all.
    """
    light = _light(canvas)
    shifts: dict[str, Shift] = {}
    for block in layout.blocks:
        far = NEAR if _bubbles(block) >= FEW else LITTLE
        whole = _shift(light, canvas, block, far, sheet)
        lost = far == NEAR and _at_the_end(whole, sheet, _reach(block, far, canvas))
        for part in parts_of(block):
            own = whole if part is block else _shift(light, canvas, part, PART, whole)
            own = replace(own, alike=0.0) if lost else own
            shifts.update({item.name: own for item in part.items})
    return shifts


def _at_the_end(shift: Shift, about: Shift, reach: tuple[int, int]) -> bool:
    return abs(shift.dx - about.dx) >= reach[0] > 1 or abs(shift.dy - about.dy) >= reach[1] > 1


def _reach(block: Block, far: float, canvas: Canvas) -> tuple[int, int]:
    step_x, step_y = pitch_of(block)
    return max(1, int(far * step_x * canvas.scale)), max(1, int(far * step_y * canvas.scale))


def _light(canvas: Canvas) -> Ink:
    return np.asarray(np.minimum(canvas.ink, ENOUGH), np.uint8)


def drift(shifts: Mapping[str, Shift], layout: Layout, scale: float) -> float:
    """The farthest that an item lies from where it should, as a share of the way to the next."""
    worst = 0.0
    for block in layout.blocks:
        step_x, step_y = (step * scale for step in pitch_of(block))
        for item in block.items:
            shift = shifts[item.name]
            worst = max(worst, abs(shift.dx) / step_x, abs(shift.dy) / step_y)
    return worst


def corrected(shifts: Mapping[str, Shift], layout: Layout, scale: float) -> NDArray[np.float64]:
    """The affine map (3, 3) of the page that takes most items to where they were found.

    None at all (the identity) where that would be another page: one of which a part is missing.
    """
    page, seen = _moves(shifts, layout, scale)
    near = NEAR * min(min(pitch_of(block)) for block in layout.blocks)
    kept = np.ones(len(page), np.bool_)
    affine = np.eye(3)[:, :2]
    for _ in range(2):
        if int(kept.sum()) < LEAST_MOVES:
            return np.eye(3)
        affine = np.asarray(np.linalg.lstsq(page[kept], seen[kept], rcond=None)[0], np.float64)
        kept = np.abs(page @ affine - seen).max(axis=1) < near
    if np.abs(affine[:2] - np.eye(2)).max() > MOST_BENT:
        return np.eye(3)
    return np.vstack([affine.T, [0.0, 0.0, 1.0]])


def _moves(
    shifts: Mapping[str, Shift], layout: Layout, scale: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The ends of every item that was found: (n, 3) on the page, (n, 2) where they are."""
    page, seen = [], []
    for block in layout.blocks:
        for item in block.items:
            shift = shifts[item.name]
            for bubble in (item.bubbles[0], item.bubbles[-1]) if shift.alike > 0 else ():
                page.append((bubble.x, bubble.y, 1.0))
                seen.append((bubble.x + shift.dx / scale, bubble.y + shift.dy / scale))
    return np.array(page).reshape(-1, 3), np.array(seen).reshape(-1, 2)


def _bubbles(block: Block) -> int:
    return sum(len(item.bubbles) for item in block.items)


@lru_cache(maxsize=2048)
def parts_of(block: Block) -> tuple[Block, ...]:
    """Up to ``TOGETHER`` neighbouring items each; the block itself where it has no more."""
    several = max(1, round(len(block.items) / TOGETHER))
    if several == 1:
        return (block,)
    parts = np.array_split(np.arange(len(block.items)), several)
    return tuple(
        replace(block, items=block.items[int(part[0]) : int(part[-1]) + 1]) for part in parts
    )


def _shift(light: Ink, canvas: Canvas, block: Block, far: float, about: Shift) -> Shift:
    """The best shift of one block, searched ``far`` of a pitch to every side of ``about``."""
    reach = _reach(block, far, canvas)
    start = about.dx, about.dy
    return _best(_alike(light, canvas, block, reach, start), reach, start)


def _best(alike: Alike, reach: tuple[int, int], start: tuple[int, int]) -> Shift:
    _, best, _, (x, y) = cv2.minMaxLoc(alike)
    return Shift(start[0] + x - reach[0], start[1] + y - reach[1], float(best))


def _alike(
    light: Ink, canvas: Canvas, block: Block, reach: tuple[int, int], start: tuple[int, int]
) -> Alike:
    """Correlation of the block's print with the ink, at every shift within ``reach``."""
    pattern, left, top = pattern_of(block, canvas.scale)
    x = left + canvas.margin + start[0] - reach[0]
    y = top + canvas.margin + start[1] - reach[1]
    size = pattern.shape[1] + 2 * reach[0], pattern.shape[0] + 2 * reach[1]
    window = _window(light, x, y, *size)
    answer = cv2.matchTemplate(window, pattern, cv2.TM_CCOEFF_NORMED)
    return np.nan_to_num(answer, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32)


@lru_cache(maxsize=2048)
def pattern_of(block: Block, scale: float) -> tuple[Alike, int, int]:
    """The matched filter of a block, and where its corner lies on the page, in canvas pixels."""
    xs = np.array([bubble.x for item in block.items for bubble in item.bubbles]) * scale
    ys = np.array([bubble.y for item in block.items for bubble in item.bubbles]) * scale
    half_w, half_h = block.width * scale / 2, block.height * scale / 2
    edge_w, edge_h = 1.7 * half_w, 1.7 * half_h
    left, top = int(xs.min() - edge_w), int(ys.min() - edge_h)
    shape = (int(ys.max() + edge_h) - top + 1, int(xs.max() + edge_w) - left + 1)
    near = np.zeros(shape, np.uint8)
    core = np.zeros(shape, np.uint8)
    for x, y in zip(xs - left, ys - top, strict=True):
        for mask, grow in ((near, 1.2), (core, 1.0)):
            axes = (max(1, round(half_w * grow)), max(1, round(half_h * grow)))
            cv2.ellipse(mask, (round(x), round(y)), axes, 0, 0, 360, 1, -1)
    pattern = core / max(1, int(core.sum())) - (near == 0) / max(1, int((near == 0).sum()))
    return pattern.astype(np.float32), left, top


def _window(light: Ink, x: int, y: int, width: int, height: int) -> Alike:
    """A cut of ``light``; what lies outside is paper."""
    inside = light[max(0, y) : max(0, y + height), max(0, x) : max(0, x + width)]
    window = np.zeros((height, width), np.float32)
    top, left = max(0, -y), max(0, -x)
    window[top : top + inside.shape[0], left : left + inside.shape[1]] = inside
    return window
