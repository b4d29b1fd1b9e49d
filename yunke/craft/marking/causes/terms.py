"""What an arithmetic item is made of: written numbers, and operations on them."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias


class Kind(StrEnum):
    WHOLE = "whole"
    DECIMAL = "decimal"
    FRACTION = "fraction"
    MIXED = "mixed"
    PERCENT = "percent"
    QUANTITY = "quantity"


@dataclass(frozen=True)
class Term:
    """A number as it is written. ``num``/``den`` unreduced; ``places`` behind the point;
    ``parts`` of a quantity: (number, unit) with ``value`` in the base of ``dimension``.
    """

    kind: Kind
    value: Fraction
    whole: int = 0
    num: int = 0
    den: int = 1
    places: int = 0
    parts: tuple[tuple[Fraction, str], ...] = ()
    dimension: str = ""

    @property
    def digits(self) -> int:
        """The digits without the point: 1.50 → 150."""
        return int(self.value * 10**self.places)

    @property
    def improper(self) -> int:
        """The numerator over ``den``, the whole included."""
        return self.whole * self.den + self.num


@dataclass(frozen=True)
class Operation:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Group:
    """Something in brackets."""

    inside: "Node"


Node: TypeAlias = Term | Operation | Group


@dataclass(frozen=True)
class Problem:
    """An item understood. ``against``: the other side of a comparison; ``stated``: the relation
    that the item states, for answers such as true or 错. ``into``: the unit that a conversion asks
    for, with its factor to the base.
    """

    node: Node
    against: Node | None = None
    into: tuple[str, Fraction] | None = None
    stated: str = ""

    @cached_property
    def pair(self) -> tuple[str, Term, Term] | None:
        """(sign, left, right) where the item is one operation on two numbers."""
        node = bare(self.node)
        if self.against is not None or self.into or not isinstance(node, Operation):
            return None
        left, right = bare(node.left), bare(node.right)
        if isinstance(left, Term) and isinstance(right, Term):
            return node.sign, left, right
        return None

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every number from left to right, the other side of a comparison last."""
        return terms_of(self.node) + (terms_of(self.against) if self.against else ())

    @cached_property
    def signs(self) -> tuple[str, ...]:
        return signs_of(self.node)


def bare(node: Node) -> Node:
    """Without brackets round the whole."""
    while isinstance(node, Group):
        node = node.inside
    return node


def terms_of(node: Node) -> tuple[Term, ...]:
    node = bare(node)
    if isinstance(node, Operation):
        return terms_of(node.left) + terms_of(node.right)
    return (node,) if isinstance(node, Term) else ()


def signs_of(node: Node) -> tuple[str, ...]:
    """The operations in the order in which they are read."""
    node = bare(node)
    if isinstance(node, Operation):
        return (*signs_of(node.left), node.sign, *signs_of(node.right))
    return ()


def has_group(node: Node) -> bool:
    """Are there brackets round more than one number?"""
    if isinstance(node, Group):
        return isinstance(bare(node), Operation) or has_group(node.inside)
    return isinstance(node, Operation) and (has_group(node.left) or has_group(node.right))
