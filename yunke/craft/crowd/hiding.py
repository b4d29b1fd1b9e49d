"""Which groups are not shown: the small ones, and as many beside them as it takes.

A small group that alone is missing from a sum is found by taking the others away. So at every
level the hidden groups are at least two and together at least ``k`` people; where the others do
not suffice, the sum above is hidden too. Hiding a unit hides all beneath it.
"""

from collections.abc import Mapping
from enum import StrEnum

from yunke.craft.crowd.units import Tree


class Why(StrEnum):
    """SMALL: fewer than ``k``. BESIDE: large enough, but it would tell a small one."""

    SMALL = "small"
    BESIDE = "beside"


def hidden(tree: Tree, weights: Mapping[str, int], k: int) -> dict[str, Why]:
    """key → why it is not shown. ``weights``: people behind each unit's number (its size, or how
    many took part); decided by them alone, so that what is hidden tells nothing new.
    """
    found = {key: Why.SMALL for key in tree.order if weights[key] < k}
    for key in list(found):
        _hide(tree, key, found)
    for key in reversed(tree.order):
        if key not in found:
            _beside(tree, key, weights, k, found)
    return found


def _beside(
    tree: Tree, key: str, weights: Mapping[str, int], k: int, found: dict[str, Why]
) -> None:
    """Make sure that the hidden parts of a shown unit cannot be had by taking away."""
    parts = tree.parts[key]
    gone = [part for part in parts if part in found]
    if not gone:
        return
    rest = sorted((p for p in parts if p not in found), key=lambda p: (weights[p], p))
    while len(gone) < 2 or sum(weights[part] for part in gone) < k:
        if not rest:
            _hide(tree, key, found)
            return
        gone.append(rest.pop(0))
        _hide(tree, gone[-1], found)


def _hide(tree: Tree, key: str, found: dict[str, Why]) -> None:
    for one in tree.below(key):
        found.setdefault(one, Why.BESIDE)
