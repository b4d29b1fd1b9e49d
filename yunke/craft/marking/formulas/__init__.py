"""Formulas: read by a parser of our own, compared in a child process on a short leash.

In: two texts (``2(x+1)``, ``\\frac{x}{2}``, ``y=2x+1``, ``x=1或x=2``). Out: a ``Same``: yes, no,
or unsure with the reason. Nothing a pupil types is ever evaluated as a program: ``reading`` makes
plain lists of it, and only these lists reach sympy, in a child with little time and memory.
"""

from yunke.craft.marking.formulas.leash import Leash, compare_formulas
from yunke.craft.marking.formulas.reading import Unread, read_formula
from yunke.craft.marking.formulas.shapes import is_expanded, is_factored
from yunke.craft.marking.formulas.values import Said, Same

__all__ = [
    "Leash",
    "Said",
    "Same",
    "Unread",
    "compare_formulas",
    "is_expanded",
    "is_factored",
    "read_formula",
]
