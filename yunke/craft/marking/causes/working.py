"""The right answer of an item, exactly."""

from dataclasses import dataclass
from fractions import Fraction

from yunke.craft.marking.causes.terms import Kind, Node, Operation, Problem, Term, bare

LARGEST_POWER = 12
LARGEST = 10**30


class NoAnswer(Exception):
    """Division by zero, units that do not fit, a power too high."""


@dataclass(frozen=True)
class Amount:
    """``value`` in the base of ``dimension`` ("" for a bare number)."""

    value: Fraction
    dimension: str = ""


def worked(node: Node) -> Amount:
    """The value of an expression. Raises NoAnswer."""
    node = bare(node)
    if isinstance(node, Term):
        return Amount(node.value, node.dimension)
    if not isinstance(node, Operation):
        raise NoAnswer
    left, right = worked(node.left), worked(node.right)
    if node.sign in "+-":
        found = _added(node.sign, left, right)
    elif node.sign == "*":
        found = _times(left, right)
    else:
        found = _over(left, right) if node.sign == "÷" else _raised(left, right)
    if abs(found.value) > LARGEST:
        raise NoAnswer
    return found


def _added(sign: str, left: Amount, right: Amount) -> Amount:
    if left.dimension != right.dimension:
        raise NoAnswer
    value = left.value + right.value if sign == "+" else left.value - right.value
    return Amount(value, left.dimension)


def _times(left: Amount, right: Amount) -> Amount:
    if left.dimension and right.dimension:
        raise NoAnswer
    return Amount(left.value * right.value, left.dimension or right.dimension)


def _over(left: Amount, right: Amount) -> Amount:
    if not right.value or (right.dimension and right.dimension != left.dimension):
        raise NoAnswer
    return Amount(left.value / right.value, "" if right.dimension else left.dimension)


def _raised(left: Amount, right: Amount) -> Amount:
    if left.dimension or right.dimension or right.value.denominator > 1:
        raise NoAnswer
    if not 0 <= right.value <= LARGEST_POWER or abs(left.value) > 10**6:
        raise NoAnswer
    return Amount(left.value ** int(right.value))


def relation(problem: Problem) -> str:
    """``<``, ``=`` or ``>`` between the two sides. Raises NoAnswer."""
    if problem.against is None:
        raise NoAnswer
    left, right = worked(problem.node), worked(problem.against)
    if left.dimension != right.dimension:
        raise NoAnswer
    return "<" if left.value < right.value else ">" if left.value > right.value else "="


def with_rest(problem: Problem) -> tuple[int, int] | None:
    """(quotient, remainder) of a division of whole numbers."""
    pair = problem.pair
    if pair is None or pair[0] != "÷" or pair[1].kind != Kind.WHOLE or pair[2].kind != Kind.WHOLE:
        return None
    if pair[1].value < 0 or pair[2].value <= 0:
        return None
    return divmod(int(pair[1].value), int(pair[2].value))
