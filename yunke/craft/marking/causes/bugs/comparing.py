"""Which of two numbers is larger: rules that look at something else than the size."""

from collections.abc import Callable
from fractions import Fraction

from yunke.craft.marking.causes.bug import CORE, OFTEN, Answer, bug
from yunke.craft.marking.causes.choosing import compared
from yunke.craft.marking.causes.replies import value_text
from yunke.craft.marking.causes.sources import BEHR, FOLKLORE, NI, PEARN, RESNICK, SACKUR, STACEY
from yunke.craft.marking.causes.terms import Kind, Term

POINTED = compared(Kind.DECIMAL, Kind.WHOLE)
PARTS = compared(Kind.FRACTION)
INTEGERS = compared(Kind.WHOLE)
Measure = Callable[[Term], Fraction | int]


def _told(a: Term, b: Term, size: Measure) -> Answer:
    """The sign that follows from ``size``, and the number that would be called the larger."""
    if size(a) == size(b):
        return None
    larger = a if size(a) > size(b) else b
    written = (
        f"{larger.num}/{larger.den}" if larger.kind is Kind.FRACTION else value_text(larger.value)
    )
    return (">" if larger is a else "<", written)


def _behind(term: Term) -> int:
    return term.digits - int(term.value) * int(10**term.places)


def _same_whole(a: Term, b: Term) -> bool:
    return (
        int(a.value) == int(b.value)
        and a.value >= 0
        and b.value >= 0
        and max(a.places, b.places) > 0
    )


@bug(
    "longer-decimal-is-larger",
    "小数位数多就大",
    "The decimal with more digits is the larger",
    STACEY,
    CORE,
    POINTED,
)
def longer_is_larger(a: Term, b: Term) -> Answer:
    return _told(a, b, lambda term: term.places) if _same_whole(a, b) else None


@bug(
    "decimal-part-as-whole-compared",
    "小数部分当整数比",
    "Compares what stands behind the point as whole numbers",
    RESNICK,
    CORE,
    POINTED,
)
def part_as_whole_compared(a: Term, b: Term) -> Answer:
    return _told(a, b, _behind) if _same_whole(a, b) else None


@bug(
    "shorter-decimal-is-larger",
    "小数位数少就大",
    "The decimal with fewer digits is the larger: its parts are bigger",
    RESNICK,
    OFTEN,
    POINTED,
)
def shorter_is_larger(a: Term, b: Term) -> Answer:
    return _told(a, b, lambda term: -term.places) if _same_whole(a, b) else None


@bug(
    "smaller-number-behind-the-point-is-larger",
    "小数部分数小就大",
    "Takes decimals for something like 1/n: 0.3 is larger than 0.4",
    STACEY,
    OFTEN,
    POINTED,
)
def reciprocal_thinking(a: Term, b: Term) -> Answer:
    return _told(a, b, lambda term: -_behind(term)) if _same_whole(a, b) else None


@bug(
    "zero-behind-the-point-makes-small",
    "小数点后有0就小",
    "Only a zero right behind the point makes a decimal small; else longer is larger",
    SACKUR,
    OFTEN,
    POINTED,
)
def zero_rule(a: Term, b: Term) -> Answer:
    if not _same_whole(a, b):
        return None
    return _told(
        a, b, lambda t: -1 if t.places > 0 and _behind(t) * 10 < 10**t.places else _behind(t)
    )


@bug(
    "larger-denominator-is-larger",
    "分母大分数就大",
    "The fraction with the larger denominator is the larger",
    BEHR,
    CORE,
    PARTS,
)
def larger_denominator(a: Term, b: Term) -> Answer:
    return _told(a, b, lambda term: term.den)


@bug(
    "larger-numbers-are-larger",
    "数字大分数就大",
    "The fraction with the larger numbers is the larger",
    NI,
    CORE,
    PARTS,
)
def larger_numbers(a: Term, b: Term) -> Answer:
    return _told(a, b, lambda term: term.num + term.den)


@bug(
    "smaller-denominator-is-larger",
    "分母小分数就大",
    "The fraction with the smaller denominator is the larger, whatever stands above",
    BEHR,
    OFTEN,
    PARTS,
)
def smaller_denominator(a: Term, b: Term) -> Answer:
    return _told(a, b, lambda term: -term.den)


@bug(
    "smaller-gap-is-larger",
    "看分子分母相差几",
    "Compares how much is missing to the whole in parts: 5/6 = 7/8",
    PEARN,
    CORE,
    PARTS,
)
def smaller_gap(a: Term, b: Term) -> Answer:
    gaps = {term.den - term.num for term in (a, b)}
    return "=" if len(gaps) == 1 else _told(a, b, lambda term: term.num - term.den)


@bug(
    "minus-ignored-comparing",
    "比大小不看负号",
    "Compares the sizes and ignores the minus: -5 > -3",
    FOLKLORE,
    CORE,
    INTEGERS,
)
def minus_ignored(a: Term, b: Term) -> Answer:
    return _told(a, b, lambda term: abs(term.value)) if min(a.value, b.value) < 0 else None
