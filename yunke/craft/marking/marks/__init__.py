"""Marks: an item and an answer in, a ``Marking`` out.

Objective answers are settled at once, numbers and formulas by what they mean; whatever is not
understood, or is a matter of judgement, goes to a person and is never a zero. The same item and
answer give the same marking, bit by bit, in whatever order papers are marked.
"""

from yunke.craft.marking.marks.marking import mark
from yunke.craft.marking.marks.values import RULE, Marking, Part, Verdict

__all__ = ["RULE", "Marking", "Part", "Verdict", "mark"]
