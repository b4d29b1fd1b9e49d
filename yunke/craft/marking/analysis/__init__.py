"""What a paper showed when a class had sat it: how hard, how telling, how sure. Pure.

In: one ``Row`` a pupil (shares of the points by item, and what was chosen). Out: ``PaperShown``
with the items, the points of knowledge and the reliability. Sums only; nothing names a pupil, and
nothing puts pupils in an order that leaves this module. ``CARD.md`` says how far to trust it.
"""

from yunke.craft.marking.analysis.paper import paper_shown
from yunke.craft.marking.analysis.reliability import (
    alpha_from,
    alpha_interval,
    alpha_of,
    correlation,
    variance,
)
from yunke.craft.marking.analysis.values import (
    Flag,
    ItemAsked,
    ItemShown,
    OptionShown,
    PaperShown,
    PointShown,
    Reliability,
    Row,
)

__all__ = [
    "Flag",
    "ItemAsked",
    "ItemShown",
    "OptionShown",
    "PaperShown",
    "PointShown",
    "Reliability",
    "Row",
    "alpha_from",
    "alpha_interval",
    "alpha_of",
    "correlation",
    "paper_shown",
    "variance",
]
