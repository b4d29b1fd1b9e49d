"""Where the bubbles of a page are: the one shape that drawing, reading and both formats share.

Units are the template's own (millimetres for ours, pixels for OMRChecker's), x to the right, y
down, from the corner of the straightened page.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bubble:
    """One place to fill; ``x``, ``y`` its centre."""

    value: str
    x: float
    y: float


@dataclass(frozen=True)
class Item:
    """One question (or one digit of a number): at most one mark, or ``multiple``."""

    name: str
    bubbles: tuple[Bubble, ...]
    multiple: bool = False


@dataclass(frozen=True, eq=False)
class Block:
    """Items printed together, with bubbles of one size; they shift together where paper curls.

    Equal only to itself: what is worked out once for a block is kept by it.
    """

    name: str
    items: tuple[Item, ...]
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """All blocks of a page. ``joined``: a name for the marks of several items, in order."""

    width: float
    height: float
    blocks: tuple[Block, ...]
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for block in self.blocks for item in block.items)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that an answer may stand under: the items, then the joined ones."""
        return (*(item.name for item in self.items), *self.joined)
