"""Mixed numbers."""

from math import lcm

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, Answer, bug
from yunke.craft.marking.causes.choosing import mixeds
from yunke.craft.marking.causes.replies import mixed_text, ratio_text
from yunke.craft.marking.causes.sources import ASHLOCK, FOLKLORE, KLEIN, TATSUOKA
from yunke.craft.marking.causes.terms import Term

PLUS, MINUS, TIMES = (mixeds(sign) for sign in "+-*")


def _common(a: Term, b: Term) -> tuple[int, int, int]:
    """The two numerators over the common denominator, and it."""
    m = lcm(a.den, b.den)
    return a.num * (m // a.den), b.num * (m // b.den), m


@bug(
    "mixed-tops-and-bottoms-added",
    "带分数分子分母各相加",
    "Adds wholes, numerators and denominators each for themselves",
    KLEIN,
    CORE,
    PLUS,
)
def mixed_tops_and_bottoms_added(a: Term, b: Term) -> str | None:
    if not (a.num and b.num):
        return None
    return mixed_text(a.whole + b.whole, a.num + b.num, a.den + b.den)


@bug(
    "mixed-wholes-lost",
    "带分数丢掉整数部分",
    "Adds the fractions and leaves the wholes out",
    FOLKLORE,
    SELDOM,
    PLUS,
)
def mixed_wholes_lost(a: Term, b: Term) -> str | None:
    one, other, m = _common(a, b)
    return ratio_text(one + other, m)


@bug(
    "mixed-numerators-smaller-from-larger",
    "带分数分子大减小",
    "Subtracts wholes, and the smaller numerator from the larger",
    TATSUOKA,
    CORE,
    MINUS,
)
def mixed_smaller_from_larger(a: Term, b: Term) -> str | None:
    one, other, m = _common(a, b)
    return mixed_text(a.whole - b.whole, other - one, m) if other > one > 0 else None


@bug(
    "mixed-tops-and-bottoms-subtracted",
    "带分数分子分母各相减",
    "Subtracts wholes, numerators and denominators each for themselves",
    TATSUOKA,
    OFTEN,
    MINUS,
)
def mixed_tops_and_bottoms_subtracted(a: Term, b: Term) -> str | None:
    if a.den == b.den or not (a.num and b.num):
        return None
    return mixed_text(a.whole - b.whole, abs(a.num - b.num), abs(a.den - b.den))


@bug(
    "mixed-borrows-ten",
    "带分数借一当十",
    "Borrows one whole and counts it as ten of the parts",
    ASHLOCK,
    OFTEN,
    MINUS,
)
def mixed_borrows_ten(a: Term, b: Term) -> str | None:
    one, other, m = _common(a, b)
    if other <= one or m == 10:
        return None
    return mixed_text(a.whole - b.whole - 1, one + 10 - other, m)


@bug(
    "mixed-borrow-no-decrement",
    "带分数借位不退一",
    "Borrows one whole but does not take it away",
    TATSUOKA,
    CORE,
    MINUS,
)
def mixed_borrow_no_decrement(a: Term, b: Term) -> str | None:
    one, other, m = _common(a, b)
    return mixed_text(a.whole - b.whole, one + m - other, m) if other > one else None


@bug(
    "mixed-borrow-numerator-only-denominator",
    "借位后忘加原分子",
    "Having borrowed, forgets the numerator that was there",
    FOLKLORE,
    SELDOM,
    MINUS,
)
def mixed_borrow_forgets(a: Term, b: Term) -> str | None:
    one, other, m = _common(a, b)
    return mixed_text(a.whole - b.whole - 1, m - other, m) if 0 < one < other else None


@bug(
    "whole-minus-mixed-copies-fraction",
    "整数减带分数照抄分数",
    "From a whole number: subtracts the wholes and copies the fraction",
    TATSUOKA,
    CORE,
    MINUS,
)
def whole_minus_mixed(a: Term, b: Term) -> str | None:
    return None if a.num or not b.num else mixed_text(a.whole - b.whole, b.num, b.den)


@bug(
    "mixed-multiplied-apart",
    "带分数整数分数分别乘",
    "Multiplies the wholes and the fractions each for themselves",
    FOLKLORE,
    CORE,
    TIMES,
)
def mixed_multiplied_apart(a: Term, b: Term) -> Answer:
    if a.num and b.num:
        return mixed_text((a.whole or 1) * (b.whole or 1), a.num * b.num, a.den * b.den)
    mixed, whole = (a, b) if a.num else (b, a)
    return (
        mixed_text(mixed.whole * whole.whole, mixed.num, mixed.den),
        mixed_text(mixed.whole, mixed.num * whole.whole, mixed.den),
    )


@bug(
    "mixed-whole-added-not-multiplied",
    "化假分数时整数加分子",
    "Makes a mixed number improper by adding the whole to the numerator",
    FOLKLORE,
    OFTEN,
    PLUS,
)
def mixed_made_improper_by_adding(a: Term, b: Term) -> str | None:
    m = lcm(a.den, b.den)
    return ratio_text((a.whole + a.num) * (m // a.den) + (b.whole + b.num) * (m // b.den), m)
