"""Adding and subtracting a/b and c/d."""

from math import lcm

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, Answer, bug
from yunke.craft.marking.causes.choosing import fractions
from yunke.craft.marking.causes.replies import ratio_text
from yunke.craft.marking.causes.sources import FOLKLORE, HART, PYKE, TATSUOKA

PLUS, MINUS = (fractions(sign) for sign in "+-")


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
    FOLKLORE,
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
    FOLKLORE,
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
    FOLKLORE,
    OFTEN,
    PLUS,
)
def larger_denominator_kept(a: int, b: int, c: int, d: int) -> str | None:
    return None if b == d else ratio_text(a + c, max(b, d))


@bug(
    "larger-denominator-kept-minus",
    "取较大的分母(减法)",
    "Subtracts the numerators over the larger denominator",
    FOLKLORE,
    OFTEN,
    MINUS,
)
def larger_denominator_kept_minus(a: int, b: int, c: int, d: int) -> str | None:
    return None if b == d else ratio_text(abs(a - c), max(b, d))


@bug(
    "numerators-added-denominators-multiplied",
    "分子相加分母相乘",
    "Adds the numerators and multiplies the denominators",
    FOLKLORE,
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
    FOLKLORE,
    SELDOM,
    PLUS,
)
def cross_products_over_sum(a: int, b: int, c: int, d: int) -> str | None:
    return ratio_text(a * d + b * c, b + d)


@bug(
    "all-four-numbers-added",
    "四个数全加",
    "Adds numerators and denominators to one whole number",
    FOLKLORE,
    SELDOM,
    PLUS,
)
def all_four_numbers_added(a: int, b: int, c: int, d: int) -> int:
    return a + b + c + d


@bug(
    "denominators-forgotten",
    "丢掉分母",
    "Works on the numerators only and leaves the denominators out",
    FOLKLORE,
    SELDOM,
    PLUS,
)
def denominators_forgotten(a: int, b: int, c: int, d: int) -> int:
    return a + c
