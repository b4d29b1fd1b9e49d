"""Filled, empty, or not sure: every bubble's ink is judged by its own sheet.

1. What is printed in a bubble (a letter, a shaded column) is taken off: a low quantile over the
   bubbles of the same value, then over the item's own bubbles; both only so far that a filled
   bubble can never be taken for print.
2. The sheet's empty bubbles give the noise (median, MAD), its darkest ones the pupil's own pen.
3. Up to ``low`` a bubble is certainly empty, from ``high`` it is certainly filled. Between them
   lies doubt (faint, erased, ticked, half filled), and doubt belongs to a person.
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.layout import Item
from yunke.craft.marking.sheets.measure import Measured

Values = NDArray[np.float64]

FEW = 4  # values that make no quantile
PRINT = 0.10  # of ink: more than that above the other letters is no print
SHADE = 0.12  # the same for a shaded row or column
LEAST_LOW = 0.05  # ink that is never called a mark, above the empties
LEAST_HIGH = 0.15  # ink that is never called filled, above the empties
LEAST_PEN = 0.10  # the faintest pen that counts when the pen is estimated
NOISE_LOW, NOISE_PEN = 6.0, 8.0  # deviations of the empties
HALF = 0.5  # of the pen's ink makes a bubble filled
FAINT = 0.18  # a pen that is lighter than this might be what is left of another
STRAY = 0.15  # ink beside the bubbles of an empty item: a ring, a tick
CROSSED = 0.22  # ink beside a filled bubble, above the sheet's other filled ones
PRESENT = 0.35  # of the sheet's usual print, for a bubble to be where it should


@dataclass(frozen=True)
class Verdict:
    """``marks``: the values filled, in order; ``unsure``: a person has to look."""

    item: Item
    marks: tuple[str, ...]
    unsure: bool


@dataclass(frozen=True)
class Scale:
    """The sheet's own measures, in ink: middle of the empties, thresholds, the pen."""

    empty: float
    low: float
    high: float
    pen: float
    faint: bool


def judge(
    blocks: Mapping[str, Sequence[Measured]], hidden: Container[str] = ()
) -> tuple[list[Verdict], Scale]:
    """A verdict an item, in order, and by what it was given. ``hidden`` items are never sure."""
    rows = [row for block in blocks.values() for row in block]
    ink = _without_print(rows, [row.ink for row in rows])
    rim = _without_print(rows, [row.rim for row in rows])
    scale = scale_of(ink)
    loose = loose_items(blocks)
    beside = _beside_filled(ink, rim, scale)
    told = []
    for row, dark, edge in zip(rows, ink, rim, strict=True):
        verdict = _verdict(row.item, dark, edge, scale, beside)
        unsure = verdict.unsure or row.item.name in loose or row.item.name in hidden
        told.append(Verdict(row.item, verdict.marks, unsure))
    return told, scale


def scale_of(ink: Sequence[Values]) -> Scale:
    """Thresholds from the sheet's own bubbles, print taken off."""
    rest = [np.sort(values)[:-1] for values in ink if len(values) > 1]
    empties = np.concatenate(rest) if rest else np.zeros(1)
    empty = float(np.median(empties))
    noise = 1.4826 * float(np.median(np.abs(empties - empty)))
    tops = np.array([values.max() for values in ink])
    pens = tops[tops > empty + max(NOISE_PEN * noise, LEAST_PEN)]
    pen = float(np.median(pens)) if len(pens) else empty
    low = empty + max(NOISE_LOW * noise, LEAST_LOW)
    high = empty + max(HALF * (pen - empty), LEAST_HIGH)
    return Scale(empty, min(low, high), high, pen, bool(len(pens)) and pen - empty < FAINT)


def _verdict(item: Item, dark: Values, edge: Values, scale: Scale, beside: float) -> Verdict:
    filled = dark >= scale.high
    doubtful = bool(((dark > scale.low) & ~filled).any())
    marks = tuple(bubble.value for bubble, yes in zip(item.bubbles, filled, strict=True) if yes)
    several = len(marks) > 1 and not item.multiple
    stray = not marks and bool((edge > STRAY).any())
    crossed = bool(marks) and bool((edge[filled] > beside + CROSSED).any())
    faint = bool(marks) and scale.faint
    return Verdict(item, marks, doubtful or several or stray or crossed or faint)


def _beside_filled(ink: Sequence[Values], rim: Sequence[Values], scale: Scale) -> float:
    """How far this pupil usually fills over the edge."""
    over = [edge[dark >= scale.high] for dark, edge in zip(ink, rim, strict=True)]
    every = np.concatenate(over) if over else np.zeros(0)
    return float(np.median(every)) if len(every) else 0.0


def loose_items(blocks: Mapping[str, Sequence[Measured]]) -> set[str]:
    """Items whose printed bubbles are not where they should be; one in six, and all of a block."""
    prints = {
        row.item.name: float(np.median(row.print)) for block in blocks.values() for row in block
    }
    usual = float(np.median(list(prints.values()))) if prints else 0.0
    loose: set[str] = set()
    for block in blocks.values():
        names = [row.item.name for row in block]
        gone = [name for name in names if prints[name] < PRESENT * usual]
        loose.update(names if len(gone) * 6 > len(names) else gone)
    return loose


def _without_print(rows: Sequence[Measured], values: Sequence[Values]) -> list[Values]:
    """``values`` less what is printed there."""
    pools: dict[tuple[int, int], list[float]] = defaultdict(list)
    for row in values:
        for place, value in enumerate(row):
            pools[len(row), place].append(float(value))
    every = np.concatenate(list(values))
    usual = float(np.quantile(every, 0.35))
    bases = {
        key: float(np.quantile(pool, 0.35)) if len(pool) >= FEW else usual
        for key, pool in pools.items()
    }
    most = usual + PRINT
    clean = []
    for row in values:
        off = row - np.array([min(bases[len(row), n], most) for n in range(len(row))])
        shade = float(np.quantile(off, 0.4)) if len(off) > 1 else 0.0
        clean.append(off - np.clip(shade, -SHADE, SHADE))
    return clean
