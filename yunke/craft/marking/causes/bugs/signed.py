"""Negative numbers."""

from fractions import Fraction

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, bug
from yunke.craft.marking.causes.choosing import signed
from yunke.craft.marking.causes.replies import value_text
from yunke.craft.marking.causes.sources import FOLKLORE, HART

PLUS, MINUS, TIMES, OVER = (signed(sign) for sign in "+-*÷")


@bug(
    "larger-minus-smaller",
    "不够减就倒过来减",
    "Subtracts the smaller from the larger, whichever stands first",
    FOLKLORE,
    CORE,
    MINUS,
)
def larger_minus_smaller(a: int, b: int) -> int | None:
    return b - a if 0 <= a < b else None


@bug(
    "minus-a-negative-subtracted",
    "减负数当减正数",
    "Takes minus a negative number for minus a positive one",
    HART,
    CORE,
    MINUS,
)
def minus_a_negative_subtracted(a: int, b: int) -> int | None:
    return a + b if b < 0 else None


@bug(
    "two-minuses-make-plus",
    "负负得正乱用",
    "Two minus signs make plus, wherever they stand: -3 - 5 = 8",
    HART,
    CORE,
    MINUS,
)
def two_minuses_make_plus(a: int, b: int) -> int | None:
    return -a + b if a < 0 < b else None


@bug(
    "negative-minus-treated-as-difference",
    "负数减正数只求差",
    "Subtracts the sizes and keeps the minus: -3 - 5 = -2",
    FOLKLORE,
    OFTEN,
    MINUS,
)
def sizes_subtracted(a: int, b: int) -> tuple[int, ...] | None:
    return (-abs(-a - b), abs(-a - b)) if a < 0 < b else None


@bug(
    "signs-ignored-adding",
    "加法不看符号",
    "Adds the sizes and ignores the signs",
    FOLKLORE,
    CORE,
    PLUS,
)
def signs_ignored_adding(a: int, b: int) -> int:
    return abs(a) + abs(b)


@bug(
    "sum-takes-the-minus",
    "异号相加成负和",
    "Adds the sizes and puts the minus before: -3 + 5 = -8",
    FOLKLORE,
    CORE,
    PLUS,
)
def sum_takes_the_minus(a: int, b: int) -> int | None:
    return -(abs(a) + abs(b)) if (a < 0) != (b < 0) else None


@bug(
    "wrong-sign-of-sum",
    "异号相加符号取错",
    "Subtracts the sizes but gives the sign of the smaller",
    FOLKLORE,
    CORE,
    PLUS,
)
def wrong_sign_of_sum(a: int, b: int) -> int:
    return -(a + b)


@bug(
    "wrong-sign-of-difference",
    "差的符号取错",
    "The right size with the wrong sign",
    FOLKLORE,
    OFTEN,
    MINUS,
)
def wrong_sign_of_difference(a: int, b: int) -> int:
    return b - a


@bug(
    "product-sign-wrong",
    "积的符号错",
    "The product has the wrong sign: minus times minus gives minus",
    HART,
    CORE,
    TIMES,
)
def product_sign_wrong(a: int, b: int) -> int:
    return -a * b


@bug(
    "product-of-negatives-added",
    "负数乘法当加法",
    "Adds where it says times",
    FOLKLORE,
    SELDOM,
    TIMES,
)
def product_of_negatives_added(a: int, b: int) -> int:
    return a + b


@bug("quotient-sign-wrong", "商的符号错", "The quotient has the wrong sign", FOLKLORE, CORE, OVER)
def quotient_sign_wrong(a: int, b: int) -> str:
    return value_text(Fraction(-a, b))
