"""What is printed in and around a bubble, taken off what was measured there."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

LIGHTER, LIGHTEST = 0.4, 0.0  # of an item's bubbles: one may be filled, or nearly all
FEW = 4  # values that make no quantile
PRINT = 0.10  # of ink: more than that above the other letters is no print
SHADE = 0.12  # the same for a shaded row or column
RANGE = 0.15  # of ink: from the lightest print of a sheet to the usual


def without_print(values: Sequence[Values], light: Sequence[float]) -> list[Values]:
    """``values`` less what is printed there: shaded rows, letters, and what both leave.

    ``light``: the share of an item's bubbles that is surely empty.
    """
    return _without_shade(_without_letters(_without_shade(values, light)), light)


def _without_shade(values: Sequence[Values], light: Sequence[float]) -> list[Values]:
    """Each item's lightest bubbles tell how much darker its row is printed than the others."""
    every = np.concatenate(list(values))
    usual = min(lower(every, 0.35), lower(every, 0.05) + RANGE)
    shades = [_shade(row, share, usual) for row, share in zip(values, light, strict=True)]
    return [row - shade for row, shade in zip(values, shades, strict=True)]


def _shade(row: Values, share: float, usual: float) -> float:
    """How much darker an item is printed. The one lightest bubble says too little to brighten."""
    if len(row) < 2:
        return 0.0
    least = 0.0 if share == LIGHTEST else -SHADE
    return min(max(lower(row, share) - usual, least), SHADE)


def _without_letters(values: Sequence[Values]) -> list[Values]:
    """Each value's lighter third tells how much ink its letter has."""
    every = np.concatenate(list(values))
    usual = min(lower(every, 0.35), lower(every, 0.05) + RANGE)
    pools: dict[tuple[int, int], list[float]] = defaultdict(list)
    for row in values:
        for place, value in enumerate(row):
            pools[len(row), place].append(float(value))
    bases = {
        key: min(lower(np.array(pool), 0.35), usual + PRINT) if len(pool) >= FEW else usual
        for key, pool in pools.items()
    }
    return [row - np.array([bases[len(row), place] for place in range(len(row))]) for row in values]


def lower(values: Values, share: float) -> float:
    """The value below which ``share`` of them lie (no interpolation: it is called often)."""
    return float(np.sort(values)[int(share * (len(values) - 1))])
