"""Counts of a crowd that tell nothing about one: groups large enough, bands, frozen rosters.

``hidden`` says which groups are too small to show and which must stay hidden beside them;
``banded`` gives every count of people as a band that no adding and taking away can narrow;
``rounded`` rounds sums; ``frozen`` counts a finished span by the roster of its first day.
What it promises, what was measured, when it fails: ``CARD.md``.
"""

from yunke.craft.crowd.bands import Band, band_of, rounded
from yunke.craft.crowd.frozen import Seat, Tally, tally, week_of
from yunke.craft.crowd.hiding import Why, hidden
from yunke.craft.crowd.narrowing import Counted, banded, narrowed
from yunke.craft.crowd.units import SCREEN, TEACHER, Rule, Tree, Unit

__all__ = [
    "SCREEN",
    "TEACHER",
    "Band",
    "Counted",
    "Rule",
    "Seat",
    "Tally",
    "Tree",
    "Unit",
    "Why",
    "band_of",
    "banded",
    "hidden",
    "narrowed",
    "rounded",
    "tally",
    "week_of",
]
