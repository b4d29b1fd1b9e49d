"""Adding, subtracting, multiplying and dividing a/b and c/d."""

from math import gcd, lcm

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, Answer, bug
from yunke.craft.marking.causes.choosing import fractions, whole_and_fraction
from yunke.craft.marking.causes.replies import ratio_text
from yunke.craft.marking.causes.sources import (
    ASHLOCK,
    FOLKLORE,
    HART,
    KLEIN,
    NI,
    PYKE,
    SIEGLER,
    TATSUOKA,
    TIROSH,
)

PLUS, MINUS, TIMES, OVER = (fractions(sign) for sign in "+-*÷")


@bug(
    "fraction-tops-and-bottoms-added",
    "分子加分子分母加分母",
    "Adds the numerators and adds the denominators",
    HART,
    CORE,
    PLUS,
)
def tops_and_bottoms_added(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(a + c, b + d)


@bug(
    "fraction-tops-and-bottoms-subtracted",
    "分子减分子分母减分母",
    "Subtracts the numerators and subtracts the denominators",
    TATSUOKA,
    CORE,
    MINUS,
)
def tops_and_bottoms_subtracted(a: int, b: int, c: int, d: int) -> Answer:
    if b == d:
        return str(abs(a - c))
    return ratio_text(abs(a - c), abs(b - d)), ratio_text(a - c, b - d)


@bug(
    "common-denominator-numerators-kept",
    "通分后分子不变",
    "Finds the common denominator but keeps the numerators",
    KLEIN,
    CORE,
    PLUS,
)
def numerators_kept_added(a: int, b: int, c: int, d: int) -> Answer:
    if b == d:
        return None
    return ratio_text(a + c, lcm(b, d)), ratio_text(a + c, b * d)


@bug(
    "common-denominator-numerators-kept-minus",
    "通分后分子不变(减法)",
    "Finds the common denominator but subtracts the old numerators",
    KLEIN,
    CORE,
    MINUS,
)
def numerators_kept_subtracted(a: int, b: int, c: int, d: int) -> Answer:
    if b == d:
        return None
    return tuple(ratio_text(n, lcm(b, d)) for n in {a - c, abs(a - c)}) + tuple(
        ratio_text(n, b * d) for n in {a - c, abs(a - c)}
    )


@bug(
    "one-numerator-scaled",
    "通分只改一个分子",
    "Brings only one of the two numerators to the common denominator",
    FOLKLORE,
    OFTEN,
    PLUS,
)
def one_numerator_scaled(a: int, b: int, c: int, d: int) -> Answer:
    m = lcm(b, d)
    if b == d:
        return None
    return tuple(
        ratio_text(num, m) for num in (a * (m // b) + c, a + c * (m // d)) if m not in (b, d)
    )


@bug(
    "larger-denominator-kept",
    "取较大的分母",
    "Adds the numerators over the larger denominator",
    KLEIN,
    OFTEN,
    PLUS,
)
def larger_denominator_kept(a: int, b: int, c: int, d: int) -> str | None:
    return None if b == d else ratio_text(a + c, max(b, d))


@bug(
    "larger-denominator-kept-minus",
    "取较大的分母(减法)",
    "Subtracts the numerators over the larger denominator",
    KLEIN,
    OFTEN,
    MINUS,
)
def larger_denominator_kept_minus(a: int, b: int, c: int, d: int) -> str | None:
    return None if b == d else ratio_text(abs(a - c), max(b, d))


@bug(
    "numerators-added-denominators-multiplied",
    "分子相加分母相乘",
    "Adds the numerators and multiplies the denominators",
    ASHLOCK,
    OFTEN,
    PLUS,
)
def numerators_added_denominators_multiplied(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(a + c, b * d)


@bug(
    "fractions-multiplied-for-plus",
    "加法按乘法算",
    "Multiplies numerators and denominators where it says plus",
    PYKE,
    OFTEN,
    PLUS,
)
def multiplied_for_plus(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(a * c, b * d)


@bug(
    "cross-products-over-sum",
    "交叉相乘后分母相加",
    "Adds the cross products over the sum of the denominators",
    KLEIN,
    SELDOM,
    PLUS,
)
def cross_products_over_sum(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(a * d + b * c, b + d)


@bug(
    "all-four-numbers-added",
    "四个数全加",
    "Adds numerators and denominators to one whole number",
    NI,
    SELDOM,
    PLUS,
)
def all_four_numbers_added(a: int, b: int, c: int, d: int) -> int:
    return a + b + c + d


@bug(
    "denominators-forgotten",
    "丢掉分母",
    "Works on the numerators only and leaves the denominators out",
    NI,
    SELDOM,
    PLUS,
)
def denominators_forgotten(a: int, b: int, c: int, d: int) -> int:
    return a + c


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
    PYKE,
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
    TIROSH,
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
    SIEGLER,
    OFTEN,
    OVER,
)
def common_denominator_kept_in_quotient(a: int, b: int, c: int, d: int) -> str | None:
    if b != d or not c:
        return None
    part = gcd(a, c)
    return ratio_text(a // part, b * (c // part))


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
    TATSUOKA,
    OFTEN,
    whole_and_fraction("+"),
)
def whole_added_to_numerator(n: int, a: int, b: int, first: bool) -> Answer:
    return ratio_text(n + a, b), ratio_text(n + a, n + b)


@bug(
    "whole-minus-numerator",
    "整数直接减分子",
    "Subtracts the numerator from the whole number",
    TATSUOKA,
    OFTEN,
    whole_and_fraction("-"),
)
def whole_minus_numerator(n: int, a: int, b: int, first: bool) -> str | None:
    return ratio_text(abs(n - a), b)


@bug(
    "whole-over-one-tops-and-bottoms",
    "整数看作n/1后上下各减",
    "Writes n as n/1 and subtracts tops and bottoms",
    TATSUOKA,
    SELDOM,
    whole_and_fraction("-"),
)
def whole_over_one(n: int, a: int, b: int, first: bool) -> str | None:
    return ratio_text(abs(n - a), b - 1)


@bug(
    "fraction-appended-to-whole",
    "整数减分数当带分数",
    "Takes n - a/b for the mixed number n a/b",
    TATSUOKA,
    SELDOM,
    whole_and_fraction("-"),
)
def fraction_appended(n: int, a: int, b: int, first: bool) -> str | None:
    return f"{n} {a}/{b}" if first and a < b else None


@bug(
    "whole-quotient-not-inverted",
    "整数与分数相除不颠倒",
    "Multiplies by the divisor where it says divide",
    TIROSH,
    OFTEN,
    whole_and_fraction("÷"),
)
def whole_quotient_not_inverted(n: int, a: int, b: int, first: bool) -> str | None:
    return ratio_text(n * a, b)
