"""A formula as plain values, and what a comparison says."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

# ["num", "3/2"], ["sym", "x"], ["+", a, b], ["*", a, b], ["/", a, b], ["^", a, b], ["neg", a],
# ["fn", "sqrt", a]; lists of text only, so that they travel as JSON.
Tree: TypeAlias = list["str | Tree"]
# Between the two sides of a statement; "" for a formula that states nothing.
RELATIONS = ("=", "<", ">", "<=", ">=")


class Same(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Said:
    """``reason`` is a code: proved, points, refuted, too-long, unread, too-large, time, memory …"""

    same: Same
    reason: str


@dataclass(frozen=True)
class Statement:
    """``left`` alone, or ``left relation right``."""

    left: Tree
    relation: str = ""
    right: Tree | None = None

    def plain(self) -> list[object]:
        """For the wire."""
        return [self.relation, self.left, self.right]
