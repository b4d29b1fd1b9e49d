"""Percentages."""

from fractions import Fraction

from yunke.craft.marking.causes.bug import CORE, OFTEN, SELDOM, bug
from yunke.craft.marking.causes.choosing import percents
from yunke.craft.marking.causes.replies import value_text
from yunke.craft.marking.causes.sources import FOLKLORE, PARKER

TIMES, PLUS, MINUS, OVER = (percents(sign) for sign in "*+-÷")


@bug(
    "percent-sign-ignored",
    "忽略百分号",
    "Multiplies as if the sign % were not there",
    PARKER,
    CORE,
    TIMES,
)
def percent_sign_ignored(share: Fraction, other: Fraction, first: bool) -> str:
    return value_text(share * other)


@bug(
    "percent-one-place-off",
    "百分数化小数错位",
    "Moves the point one place or three instead of two: 5% = 0.5",
    FOLKLORE,
    CORE,
    TIMES,
)
def percent_one_place_off(share: Fraction, other: Fraction, first: bool) -> tuple[str, ...]:
    return value_text(share * other / 10), value_text(share * other / 1000)


@bug(
    "divides-by-the-percent",
    "除以百分数前的数",
    "Divides by the number before the sign: 20% of 50 = 50 ÷ 20",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def divides_by_the_percent(share: Fraction, other: Fraction, first: bool) -> str | None:
    return value_text(other / share) if share else None


@bug(
    "percent-taken-off",
    "直接减百分数",
    "Subtracts the number before the sign: 20% of 50 = 30",
    FOLKLORE,
    OFTEN,
    TIMES,
)
def percent_taken_off(share: Fraction, other: Fraction, first: bool) -> str:
    return value_text(other - share)


@bug(
    "percent-as-the-answer",
    "百分数当答案",
    "Gives the number before the sign as the answer",
    FOLKLORE,
    SELDOM,
    TIMES,
)
def percent_as_the_answer(share: Fraction, other: Fraction, first: bool) -> str:
    return value_text(share)


@bug(
    "percent-added-as-number",
    "百分数当整数加",
    "Adds the number before the sign: 50 + 20% = 70",
    PARKER,
    CORE,
    PLUS,
)
def percent_added_as_number(share: Fraction, other: Fraction, first: bool) -> str:
    return value_text(other + share)


@bug(
    "percent-subtracted-as-number",
    "百分数当整数减",
    "Subtracts the number before the sign: 50 - 20% = 30",
    FOLKLORE,
    CORE,
    MINUS,
)
def percent_subtracted_as_number(share: Fraction, other: Fraction, first: bool) -> str:
    return value_text(share - other if first else other - share)


@bug(
    "percent-of-the-other-added",
    "加百分数当增加百分之几",
    "Takes the percentage of the other number: 50 + 20% = 60",
    FOLKLORE,
    OFTEN,
    PLUS,
)
def percent_of_the_other_added(share: Fraction, other: Fraction, first: bool) -> str:
    return value_text(other + other * share / 100)


@bug(
    "percent-of-the-other-taken-off",
    "减百分数当减少百分之几",
    "Takes off the percentage of the other number: 50 - 20% = 40",
    FOLKLORE,
    OFTEN,
    MINUS,
)
def percent_of_the_other_taken_off(share: Fraction, other: Fraction, first: bool) -> str | None:
    return None if first else value_text(other - other * share / 100)


@bug(
    "percent-divided-as-number",
    "除以百分数忽略百分号",
    "Divides as if the sign % were not there",
    FOLKLORE,
    OFTEN,
    OVER,
)
def percent_divided_as_number(share: Fraction, other: Fraction, first: bool) -> str | None:
    over, under = (share, other) if first else (other, share)
    return value_text(over / under) if under else None


@bug(
    "percent-multiplied-for-divide",
    "除以百分数当乘",
    "Multiplies by the percentage where it says divide",
    FOLKLORE,
    SELDOM,
    OVER,
)
def percent_multiplied_for_divide(share: Fraction, other: Fraction, first: bool) -> str:
    return value_text(share * other / 100)
