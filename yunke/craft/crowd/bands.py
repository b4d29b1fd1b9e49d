"""A count of people as a band, a sum as a round number."""

from typing import NamedTuple


class Band(NamedTuple):
    """From ``low`` to ``high``, both possible."""

    low: int
    high: int

    @property
    def values(self) -> int:
        return self.high - self.low + 1

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def band_of(count: int, whole: int, width: int) -> Band:
    """The band of ``count`` among ``whole`` people: at least ``width`` values, or all there are.

    Bands are laid from 0 upwards and from ``whole`` downwards, so that "nobody" and "everybody"
    are told apart from "few" and "nearly all" no better than the rest. Where the two meet, one
    band is wider. Raises ValueError for a count that cannot be.
    """
    if not 0 <= count <= whole:
        raise ValueError(f"{count} of {whole}")
    bands = (whole + 1) // width
    below = bands // 2
    seam, top = below * width, whole + 1 - (bands - below) * width
    if bands < 2:
        return Band(0, whole)
    if count >= top:
        high = whole - (whole - count) // width * width
        return Band(high - width + 1, high)
    if count >= seam - width:
        return Band(seam - width, top - 1)
    low = count // width * width
    return Band(low, low + width - 1)


def rounded(value: float, base: int) -> int:
    """The nearest multiple of ``base``, halves upwards."""
    return int((value + base / 2) // base) * base
