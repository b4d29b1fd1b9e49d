"""All bugs, in the order of the school years."""

from types import ModuleType

from yunke.craft.marking.causes.bug import Bug
from yunke.craft.marking.causes.bugs import (
    addition,
    borrowing,
    comparing,
    decimals,
    division,
    fraction_products,
    fractions,
    mixed,
    multiplication,
    order,
    percent,
    signed,
    subtraction,
    units,
    wholes_and_fractions,
)

_CHAPTERS = (
    addition, subtraction, borrowing, multiplication, division, order, units, fractions,
    fraction_products, wholes_and_fractions, mixed, decimals, comparing, percent, signed,
)  # fmt: skip


def _of(chapter: ModuleType) -> list[Bug]:
    return [one for one in vars(chapter).values() if isinstance(one, Bug)]


BUGS: tuple[Bug, ...] = (
    *(one for chapter in _CHAPTERS for one in _of(chapter)), *units.SWAPPED, *units.CONVERTED
)  # fmt: skip
BY_ID = {one.id: one for one in BUGS}
