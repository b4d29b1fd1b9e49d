"""Filled, empty, or not sure: every bubble's ink is judged by its own sheet.

1. What is printed in a bubble (a letter, a shaded column) is taken off: a low quantile over the
   bubbles of the same value, then over the item's own bubbles; both only so far that a filled
   bubble can never be taken for print.
2. The sheet's empty bubbles give the noise (median, MAD), its darkest ones the pupil's own pen.
3. Up to ``low`` a bubble is certainly empty, from ``high`` it is certainly filled. Between them
   lies doubt (faint, erased, ticked, half filled), and doubt belongs to a person.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.layout import Item
from yunke.craft.marking.sheets.measure import Measured
from yunke.craft.marking.sheets.printed import LIGHTER, LIGHTEST, lower, without_print

Values = NDArray[np.float64]

LEAST_LOW = 0.05  # ink that is never called a mark, above the empties
LETTERS, LETTERS_MOST = 0.15, 0.25  # of the print's own ink: heavy letters vary more
LEAST_HIGH = 0.15  # ink that is never called filled, above the empties
LEAST_PEN = 0.10  # the faintest pen that counts when the pen is estimated
WIDEST_LOW = 0.6  # of the way to filled: there is always room for doubt
NOISE_LOW, NOISE_PEN = 6.0, 8.0  # deviations of the empties
HALF = 0.5  # of the pen's ink makes a bubble filled
FAINT = 0.18  # a pen that is lighter than this might be what is left of another
UNEVEN = 0.06  # noise of the empties: so much, and most of them are none
RIVAL = 0.5  # of the way to filled: less, print and all, and two bubbles are alike
STRAY = 0.15  # ink beside the bubbles of an empty item: a ring, a tick
CROSSED = 0.13  # ink beside a filled bubble, above the sheet's other filled ones
ALL_BLACK = 0.42  # no print has so much: where every bubble has, all are filled, or none is seen
ALIKE = 0.45  # of the sheet's usual likeness, for a part to be where it should
PRESENT = 0.4  # of the sheet's usual print, for a bubble to be where it should


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
    uneven: bool


def judge(
    blocks: Mapping[str, Sequence[Measured]], hidden: Container[str] = ()
) -> tuple[list[Verdict], Scale]:
    """A verdict an item, in order, and by what it was given. ``hidden`` items are never sure."""
    rows = [row for block in blocks.values() for row in block]
    light = [LIGHTEST if row.item.multiple else LIGHTER for row in rows]
    ink = without_print([row.ink for row in rows], light)
    rim = without_print([row.rim for row in rows], light)
    plain = np.concatenate([row.ink for row in rows])
    scale = scale_of([row.item for row in rows], ink, lower(plain, 0.35))
    black = lower(plain, 0.05) > ALL_BLACK
    loose = loose_items(blocks)
    beside = _beside_filled(ink, rim, scale)
    told = []
    for row, dark, edge in zip(rows, ink, rim, strict=True):
        verdict = _verdict(row.item, dark, edge, scale, beside)
        unsure = (
            verdict.unsure
            or black
            or scale.uneven
            or _rivalled(verdict, row.ink, scale)
            or row.item.name in loose
            or row.item.name in hidden
        )
        told.append(Verdict(row.item, verdict.marks, unsure))
    return told, scale


def scale_of(items: Sequence[Item], ink: Sequence[Values], printed: float) -> Scale:
    """Thresholds from the sheet's own bubbles, print taken off; ``printed``: how much that was."""
    rest = [_empties(item, values) for item, values in zip(items, ink, strict=True)]
    alone = np.sort([values[0] for values in ink if len(values) == 1])
    rest.append(alone[: max(1, len(alone) // 3)])
    empties = np.concatenate(rest) if rest else np.zeros(1)
    empty = float(np.median(empties)) if len(empties) else 0.0
    noise = 1.4826 * float(np.median(np.abs(empties - empty))) if len(empties) else 0.0
    tops = np.array([values.max() for values in ink])
    pens = tops[tops > empty + max(NOISE_PEN * noise, LEAST_PEN)]
    pen = float(np.median(pens)) if len(pens) else empty
    low = empty + max(NOISE_LOW * noise, LEAST_LOW + LETTERS * min(printed, LETTERS_MOST))
    high = empty + max(HALF * (pen - empty), LEAST_HIGH)
    faint = bool(len(pens)) and pen - empty < FAINT
    spread = empty - lower(np.concatenate(list(ink)), 0.05)
    uneven = noise > UNEVEN or spread > 2 * UNEVEN
    low = min(low, empty + WIDEST_LOW * (high - empty))
    return Scale(empty, low, high, pen, faint, uneven)


def _empties(item: Item, values: Values) -> Values:
    """Bubbles that are hardly filled: all but the darkest; of several choices, the lightest."""
    kept = max(1, len(values) // 3) if item.multiple else len(values) - 1
    return np.sort(values)[:kept]


def _verdict(item: Item, dark: Values, edge: Values, scale: Scale, beside: float) -> Verdict:
    filled = dark >= scale.high
    doubtful = bool(((dark > scale.low) & ~filled).any())
    marks = tuple(bubble.value for bubble, yes in zip(item.bubbles, filled, strict=True) if yes)
    several = len(marks) > 1 and not item.multiple
    stray = not marks and bool((edge > STRAY).any())
    crossed = bool(marks) and bool((edge[filled] > beside + CROSSED).any())
    faint = bool(marks) and scale.faint
    return Verdict(item, marks, doubtful or several or stray or crossed or faint)


def _rivalled(verdict: Verdict, plain: Values, scale: Scale) -> bool:
    """Whether a bubble that is called empty has, print and all, about the ink of a filled one."""
    filled = np.array([bubble.value in verdict.marks for bubble in verdict.item.bubbles])
    if not filled.any() or filled.all():
        return False
    apart = plain[filled].min() - plain[~filled].max()
    return bool(apart < RIVAL * (scale.high - scale.empty))


def _beside_filled(ink: Sequence[Values], rim: Sequence[Values], scale: Scale) -> float:
    """How far this pupil usually fills over the edge."""
    over = [edge[dark >= scale.high] for dark, edge in zip(ink, rim, strict=True)]
    every = np.concatenate(over) if over else np.zeros(0)
    return float(np.median(every)) if len(every) else 0.0


def loose_items(blocks: Mapping[str, Sequence[Measured]]) -> set[str]:
    """Items whose printed bubbles are not where they should be; one in six, and all of a block."""
    rows = [row for block in blocks.values() for row in block]
    prints = {row.item.name: float(row.print.min()) for row in rows}
    usual = float(np.median(np.concatenate([row.print for row in rows])))
    alike = ALIKE * float(np.median([row.alike for row in rows]))
    loose: set[str] = set()
    for block in blocks.values():
        gone = [
            row.item.name
            for row in block
            if prints[row.item.name] < PRESENT * usual or row.alike < alike
        ]
        every = [row.item.name for row in block]
        loose.update(every if len(gone) * 6 > len(every) else gone)
    return loose
