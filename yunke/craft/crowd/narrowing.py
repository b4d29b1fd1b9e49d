"""Bands that stay as wide as promised, whatever is added up and taken away.

An attacker knows every size, every band, that parts add up to their whole, and that who used the
platform or was there at an hour also took part. ``narrowed`` draws all these conclusions;
``banded`` widens bands until none of them leaves fewer than ``width`` values anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from yunke.craft.crowd.bands import Band, band_of
from yunke.craft.crowd.units import Rule, Tree

Bands = dict[str, Band]
# Rounds in which only the side that cut is opened.
PATIENT = 12


@dataclass(frozen=True)
class Counted:
    """A count of people per unit. ``within`` names the count that it is a part of ("" for none).

    A unit that is not in ``of`` is not counted (hours end at the school, not at the grade).
    """

    of: Mapping[str, int]
    within: str = ""


def banded(
    tree: Tree, counts: Mapping[str, Counted], hidden: Mapping[str, object], rule: Rule
) -> dict[str, Bands]:
    """name → key → band, for units that are not hidden. ``counts`` in order: the whole before
    its parts. Bands start at ``band_of`` and only ever widen; all of a small city may end as wide
    as its size. Cost: about 10 µs a unit and count.
    """
    bands = {name: _first(tree, counted, hidden, rule) for name, counted in counts.items()}
    for turn in count():
        found = narrowed(tree, counts, bands)
        tight = _tight(tree, found, rule)
        if not tight:
            break
        for name, key in tight:
            _widen(tree, bands[name], found[name][key], key, rule.width, everywhere=turn > PATIENT)
    return {
        name: {key: band for key, band in known.items() if key not in hidden}
        for name, known in bands.items()
    }


def narrowed(
    tree: Tree, counts: Mapping[str, Counted], bands: Mapping[str, Bands]
) -> dict[str, Bands]:
    """What follows from the bands: the narrowest that adding and taking away makes of them."""
    found = {name: dict(known) for name, known in bands.items()}
    while True:
        before = {name: dict(known) for name, known in found.items()}
        for known in found.values():
            _up_and_down(tree, known)
        for name, counted in counts.items():
            if counted.within:
                _within(found[name], found[counted.within])
        if before == found:
            return found


def _first(tree: Tree, counted: Counted, hidden: Mapping[str, object], rule: Rule) -> Bands:
    sizes = {key: tree.units[key].size for key in counted.of}
    return {
        key: Band(0, sizes[key]) if key in hidden else band_of(many, sizes[key], rule.width)
        for key, many in counted.of.items()
    }


def _tight(tree: Tree, found: Mapping[str, Bands], rule: Rule) -> list[tuple[str, str]]:
    return [
        (name, key)
        for name, known in found.items()
        for key, band in known.items()
        if band.values < min(rule.width, tree.units[key].size + 1)
    ]


def _widen(tree: Tree, bands: Bands, left: Band, key: str, width: int, *, everywhere: bool) -> None:
    """Open the side that cut: of the band above for the unit, of its own for its parts.

    ``everywhere``: both sides of both and of the parts, for the rare knots of several counts.
    """
    own = bands[key]
    from_below, from_above = left.low > own.low, left.high < own.high
    _open(tree, bands, key, width * (from_above or everywhere), width * (from_below or everywhere))
    above = tree.units[key].parent
    if above in bands:
        low, high = width * (from_below or everywhere), width * (from_above or everywhere)
        _open(tree, bands, above, low, high)
    for part in tree.parts[key] if everywhere else ():
        if part in bands:
            _open(tree, bands, part, width, width)


def _open(tree: Tree, bands: Bands, key: str, down: int, up: int) -> None:
    low, high = bands[key]
    bands[key] = Band(max(0, low - down), min(tree.units[key].size, high + up))


def _up_and_down(tree: Tree, known: Bands) -> None:
    """Parts add up to their whole: narrow every whole by its parts, then every part by the rest."""
    sums: dict[str, tuple[int, int]] = {}
    for key in reversed(tree.order):
        parts = [known[part] for part in tree.parts[key] if part in known]
        if key in known and parts:
            low, high = sum(p.low for p in parts), sum(p.high for p in parts)
            sums[key] = (low, high)
            known[key] = Band(max(known[key].low, low), min(known[key].high, high))
    for key in tree.order:
        if key in sums:
            _down(tree, known, key, *sums[key])


def _down(tree: Tree, known: Bands, key: str, low: int, high: int) -> None:
    whole = known[key]
    for part in tree.parts[key]:
        if part in known:
            own = known[part]
            known[part] = Band(
                max(own.low, whole.low - (high - own.high)),
                min(own.high, whole.high - (low - own.low)),
            )


def _within(part: Bands, whole: Bands) -> None:
    """Who is counted in the part is counted in the whole."""
    for key, band in part.items():
        above = whole[key]
        part[key] = Band(band.low, min(band.high, above.high))
        whole[key] = Band(max(above.low, band.low), above.high)
