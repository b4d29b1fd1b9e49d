"""A whole number and a fraction."""

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, Answer, bug
from yunke.craft.marking.causes.choosing import whole_and_fraction
from yunke.craft.marking.causes.replies import ratio_text
from yunke.craft.marking.causes.sources import ASHLOCK, FOLKLORE


@bug(
    "whole-multiplies-both",
    "整数同乘分子分母",
    "The whole number multiplies the numerator and the denominator",
    ASHLOCK,
    CORE,
    whole_and_fraction("*"),
)
def whole_multiplies_both(n: int, a: int, b: int, first: bool) -> str | None:
    return ratio_text(n * a, n * b) if n else None


@bug(
    "whole-multiplies-denominator",
    "整数乘了分母",
    "The whole number multiplies the denominator",
    FOLKLORE,
    SELDOM,
    whole_and_fraction("*"),
)
def whole_multiplies_denominator(n: int, a: int, b: int, first: bool) -> str | None:
    return ratio_text(a, n * b) if n else None


@bug(
    "whole-added-to-numerator",
    "整数加到分子上",
    "Adds the whole number to the numerator",
    FOLKLORE,
    OFTEN,
    whole_and_fraction("+"),
)
def whole_added_to_numerator(n: int, a: int, b: int, first: bool) -> Answer:
    return ratio_text(n + a, b), ratio_text(n + a, n + b)


@bug(
    "whole-minus-numerator",
    "整数直接减分子",
    "Subtracts the numerator from the whole number",
    FOLKLORE,
    OFTEN,
    whole_and_fraction("-"),
)
def whole_minus_numerator(n: int, a: int, b: int, first: bool) -> str | None:
    return ratio_text(abs(n - a), b)


@bug(
    "whole-over-one-tops-and-bottoms",
    "整数看作n/1后上下各减",
    "Writes n as n/1 and subtracts tops and bottoms",
    FOLKLORE,
    SELDOM,
    whole_and_fraction("-"),
)
def whole_over_one(n: int, a: int, b: int, first: bool) -> str | None:
    return ratio_text(abs(n - a), b - 1)


@bug(
    "fraction-appended-to-whole",
    "整数减分数当带分数",
    "Takes n - a/b for the mixed number n a/b",
    FOLKLORE,
    SELDOM,
    whole_and_fraction("-"),
)
def fraction_appended(n: int, a: int, b: int, first: bool) -> str | None:
    return f"{n} {a}/{b}" if first and a < b else None


@bug(
    "whole-quotient-not-inverted",
    "整数与分数相除不颠倒",
    "Multiplies by the divisor where it says divide",
    FOLKLORE,
    OFTEN,
    whole_and_fraction("÷"),
)
def whole_quotient_not_inverted(n: int, a: int, b: int, first: bool) -> str | None:
    return ratio_text(n * a, b)
