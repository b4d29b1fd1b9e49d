"""Multiplying and dividing a/b and c/d."""

from math import gcd, lcm

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, Answer, bug
from yunke.craft.marking.causes.choosing import fractions
from yunke.craft.marking.causes.replies import ratio_text
from yunke.craft.marking.causes.sources import ASHLOCK, FOLKLORE, PYKE, SIEGLER, TIROSH

TIMES, OVER = (fractions(sign) for sign in "*÷")


@bug(
    "common-denominator-kept-in-product",
    "同分母相乘分母不变",
    "Multiplies the numerators and keeps the common denominator",
    SIEGLER,
    CORE,
    TIMES,
)
def common_denominator_kept_in_product(a: int, b: int, c: int, d: int) -> str | None:
    m = lcm(b, d)
    return ratio_text(a * (m // b) * c * (m // d), m)


@bug(
    "fractions-cross-multiplied",
    "乘法交叉相乘",
    "Multiplies crosswise where it says times",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def cross_multiplied(a: int, b: int, c: int, d: int) -> Answer:
    return ratio_text(a * d, b * c), ratio_text(b * c, a * d)


@bug(
    "fractions-added-for-times",
    "分数乘法当加法",
    "Adds numerators and denominators where it says times",
    PYKE,
    SELDOM,
    TIMES,
)
def added_for_times(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(a + c, b + d)


@bug(
    "divides-without-inverting",
    "除法不颠倒",
    "Multiplies straight across where it says divide",
    FOLKLORE,
    CORE,
    OVER,
)
def divides_without_inverting(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(a * c, b * d)


@bug(
    "dividend-inverted",
    "颠倒了被除数",
    "Turns the first fraction over instead of the second",
    TIROSH,
    CORE,
    OVER,
)
def dividend_inverted(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(b * c, a * d)


@bug(
    "both-inverted",
    "两个分数都颠倒",
    "Turns both fractions over and multiplies",
    TIROSH,
    SELDOM,
    OVER,
)
def both_inverted(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(b * d, a * c)


@bug(
    "fraction-divided-digitwise",
    "分子分母各自除并舍余",
    "Divides top by top and bottom by bottom and drops what is left",
    ASHLOCK,
    SELDOM,
    OVER,
)
def divided_digitwise(a: int, b: int, c: int, d: int) -> str | None:
    def over(one: int, other: int) -> int:
        return max(one, other) // min(one, other) if min(one, other) else 0

    return ratio_text(over(a, c), over(b, d)) if a % (c or 1) or b % d else None


@bug(
    "common-denominator-kept-in-quotient",
    "同分母相除分母不变",
    "Divides the numerators and keeps the common denominator",
    FOLKLORE,
    OFTEN,
    OVER,
)
def common_denominator_kept_in_quotient(a: int, b: int, c: int, d: int) -> str | None:
    if b != d or not c:
        return None
    part = gcd(a, c)
    return ratio_text(a // part, b * (c // part))
