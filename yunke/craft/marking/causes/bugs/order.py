"""Several operations in one item."""

from fractions import Fraction

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, bug
from yunke.craft.marking.causes.choosing import chains, powers, value_of
from yunke.craft.marking.causes.replies import value_text
from yunke.craft.marking.causes.sources import FOLKLORE, LINCHEVSKI
from yunke.craft.marking.causes.terms import Group, Node, Operation, bare, has_group
from yunke.craft.marking.causes.working import NoAnswer, worked

Values = tuple[Fraction, ...]
Signs = tuple[str, ...]


def _once(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if not right:
        raise NoAnswer
    return left / right


def _reduced(values: Values, signs: Signs, first: str) -> tuple[list[Fraction], list[str]]:
    """All operations of ``first`` done from the left, the others still to do."""
    left, rest = [values[0]], list[str]()
    for sign, value in zip(signs, values[1:], strict=True):
        if sign in first:
            left[-1] = _once(sign, left[-1], value)
        else:
            left.append(value)
            rest.append(sign)
    return left, rest


def _in_turn(values: Values, signs: Signs, *turns: str) -> str | None:
    """The value when the operations are done in these turns; None for a division by zero."""
    left, rest = list(values), list(signs)
    try:
        for turn in turns:
            left, rest = _reduced(tuple(left), tuple(rest), turn)
    except NoAnswer:
        return None
    return value_text(left[0])


@bug(
    "left-to-right",
    "从左到右依次算",
    "Works from left to right whatever the operations",
    LINCHEVSKI,
    CORE,
    chains,
)
def left_to_right(node: Node, values: Values, signs: Signs) -> str | None:
    return None if has_group(node) else _in_turn(values, signs, "+-*÷")


@bug("brackets-ignored", "不看括号", "Works as if there were no brackets", FOLKLORE, CORE, chains)
def brackets_ignored(node: Node, values: Values, signs: Signs) -> str | None:
    return _in_turn(values, signs, "*÷", "+-") if has_group(node) else None


@bug(
    "brackets-ignored-left-to-right",
    "不看括号从左到右",
    "Ignores brackets and works from left to right",
    FOLKLORE,
    OFTEN,
    chains,
)
def brackets_ignored_left_to_right(node: Node, values: Values, signs: Signs) -> str | None:
    return _in_turn(values, signs, "+-*÷") if has_group(node) else None


@bug(
    "plus-and-minus-first",
    "先算加减后算乘除",
    "Adds and subtracts before multiplying and dividing",
    FOLKLORE,
    CORE,
    chains,
)
def plus_and_minus_first(node: Node, values: Values, signs: Signs) -> str | None:
    return None if has_group(node) else _in_turn(values, signs, "+-", "*÷")


@bug(
    "plus-before-minus",
    "先加后减",
    "Adds before it subtracts: 50 - 10 + 10 = 30",
    LINCHEVSKI,
    CORE,
    chains,
)
def plus_before_minus(node: Node, values: Values, signs: Signs) -> str | None:
    return None if has_group(node) else _in_turn(values, signs, "*÷", "+", "-")


@bug(
    "times-before-divide",
    "先乘后除",
    "Multiplies before it divides: 12 ÷ 3 × 2 = 2",
    LINCHEVSKI,
    CORE,
    chains,
)
def times_before_divide(node: Node, values: Values, signs: Signs) -> str | None:
    return None if has_group(node) else _in_turn(values, signs, "*", "÷", "+-")


@bug("right-to-left", "从右到左算", "Works from the right", FOLKLORE, SELDOM, chains)
def right_to_left(node: Node, values: Values, signs: Signs) -> str | None:
    if has_group(node):
        return None
    value = values[-1]
    try:
        for sign, left in zip(signs[::-1], values[-2::-1], strict=True):
            value = _once(sign, left, value)
    except NoAnswer:
        return None
    return value_text(value)


@bug(
    "pairs-first",
    "凑整乱算",
    "Works out both pairs before joining them: 25×4÷25×4 = 1",
    FOLKLORE,
    OFTEN,
    chains,
)
def pairs_first(node: Node, values: Values, signs: Signs) -> str | None:
    if has_group(node) or len(values) != 4 or signs[0] != signs[2] or signs[0] == signs[1]:
        return None
    try:
        left, right = (_once(signs[0], *values[at : at + 2]) for at in (0, 2))
        return value_text(_once(signs[1], left, right))
    except NoAnswer:
        return None


@bug(
    "distributes-to-the-first-only",
    "分配律漏乘",
    "Multiplies only the first number in the brackets",
    FOLKLORE,
    CORE,
    chains,
)
def distributes_to_the_first_only(node: Node, values: Values, signs: Signs) -> str | None:
    node = bare(node)
    if not isinstance(node, Operation) or node.sign != "*" or len(values) != 3:
        return None
    group, factor = (
        (node.right, node.left) if isinstance(node.right, Group) else (node.left, node.right)
    )
    inside, by = bare(group), value_of(factor)
    if not isinstance(inside, Operation) or inside.sign not in "+-" or by is None:
        return None
    first, second = value_of(inside.left), value_of(inside.right)
    if first is None or second is None:
        return None
    return value_text(_once(inside.sign, by * first, second))


@bug(
    "minus-bracket-sign-kept",
    "减号后去括号不变号",
    "Opens a bracket behind a minus without turning its signs",
    FOLKLORE,
    CORE,
    chains,
)
def minus_bracket_sign_kept(node: Node, values: Values, signs: Signs) -> str | None:
    node = bare(node)
    if not isinstance(node, Operation) or node.sign != "-" or not isinstance(node.right, Group):
        return None
    inside = bare(node.right)
    if not isinstance(inside, Operation) or inside.sign not in "+-":
        return None
    try:
        left, first, second = (worked(one).value for one in (node.left, inside.left, inside.right))
    except NoAnswer:
        return None
    return value_text(_once(inside.sign, left - first, second))


@bug(
    "power-as-product",
    "乘方当乘法",
    "Multiplies base and exponent: 5² = 10",
    FOLKLORE,
    CORE,
    powers,
)
def power_as_product(base: int, exponent: int) -> int:
    return base * exponent


@bug("power-as-sum", "乘方当加法", "Adds base and exponent", FOLKLORE, SELDOM, powers)
def power_as_sum(base: int, exponent: int) -> int:
    return base + exponent


@bug(
    "power-turned-round",
    "底数指数颠倒",
    "Takes the exponent for the base",
    FOLKLORE,
    SELDOM,
    powers,
)
def power_turned_round(base: int, exponent: int) -> int | None:
    return exponent**base if base <= 12 else None
