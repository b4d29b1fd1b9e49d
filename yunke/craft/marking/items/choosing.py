"""Keys of what is chosen, joined or put in order.

Every key checks itself when it is made and raises ValueError with a reason an author understands.
``cause`` is the id of a wrong cause, "" for none: of the library (``causes``) or the school's own.
"""

from dataclasses import dataclass
from enum import StrEnum

from yunke.craft.marking.items.results import Result, different


class PartRule(StrEnum):
    """What an incomplete answer to a multiple choice is worth; a wrong option always spoils it in
    ALL and HALF. EACH: its share per right option, a wrong one takes a share away.
    """

    ALL = "all"
    HALF = "half"
    EACH = "each"


class OrderRule(StrEnum):
    """ALL or nothing; a share for each right PLACE; a share for each right NEIGHBOUR."""

    ALL = "all"
    PLACE = "place"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True)
class Choice:
    """An option, or one side of a match."""

    id: str
    text: str
    cause: str = ""


@dataclass(frozen=True)
class Pair:
    left: str
    right: str
    cause: str = ""


@dataclass(frozen=True)
class ChoiceKey:
    options: tuple[Choice, ...]
    right: str

    def __post_init__(self) -> None:
        different((one.id for one in self.options), "options")
        if self.right not in {one.id for one in self.options}:
            raise ValueError("the right option is none of the options")


@dataclass(frozen=True)
class MultipleKey:
    options: tuple[Choice, ...]
    right: tuple[str, ...]
    rule: PartRule = PartRule.HALF

    def __post_init__(self) -> None:
        different((one.id for one in self.options), "options")
        different(self.right, "right options")
        if not self.right or not set(self.right) <= {one.id for one in self.options}:
            raise ValueError("the right options are not all among the options")


@dataclass(frozen=True)
class TrueFalseKey:
    right: bool
    cause: str = ""


@dataclass(frozen=True)
class MatchingKey:
    """``pairs``: the right ones; ``known``: wrong pairs with their causes."""

    left: tuple[Choice, ...]
    right: tuple[Choice, ...]
    pairs: tuple[Pair, ...]
    known: tuple[Pair, ...] = ()

    def __post_init__(self) -> None:
        different((one.id for one in self.left), "left side")
        different((one.id for one in self.right), "right side")
        left, right = {one.id for one in self.left}, {one.id for one in self.right}
        for pair in (*self.pairs, *self.known):
            if pair.left not in left or pair.right not in right:
                raise ValueError(f"the pair {pair.left}–{pair.right} joins nothing")
        if not self.pairs:
            raise ValueError("there is no right pair")


@dataclass(frozen=True)
class OrderingKey:
    """``results``: known wrong orders, their ids with blanks between."""

    options: tuple[Choice, ...]
    order: tuple[str, ...]
    rule: OrderRule = OrderRule.ALL
    results: tuple[Result, ...] = ()

    def __post_init__(self) -> None:
        different((one.id for one in self.options), "options")
        if sorted(self.order) != sorted(one.id for one in self.options) or len(self.order) < 2:
            raise ValueError("the order names each option once")
