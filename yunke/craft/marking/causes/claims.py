"""Which wrong answers of an item tell of a bug, and which a slip would give as well.

Of every item the answers of all bugs are worked out before any pupil's answer is looked at. An
answer is told as a bug only where a slip is unlikely to end there (``slips``), the better
the bug is known the more likely a slip may be; and all told answers of an item together may
take only a small part of each kind of slip. What is not told on one item may still be found
over a whole paper (``papers``).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from yunke.craft.marking.causes.bug import Bug, Known
from yunke.craft.marking.causes.library import BUGS
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.causes.replies import (
    Reply,
    decimal_text,
    read_reply,
    read_truth,
    value_text,
)
from yunke.craft.marking.causes.slips import Slip, Writing, slip_shares
from yunke.craft.marking.causes.terms import Kind, Problem
from yunke.craft.marking.causes.working import NoAnswer, relation, with_rest, worked
from yunke.craft.marking.numbers.units import UNITS

# The largest share of a kind of slip that one told answer may take.
ALONE = {Known.CORE: 0.13, Known.OFTEN: 0.06, Known.SELDOM: 0.03}
# The largest share that all told answers of an item may take together, by the weakest of them.
TOGETHER = {Known.CORE: 0.13, Known.OFTEN: 0.06, Known.SELDOM: 0.04}
# A fraction has few ways to be one off or turned round; the share of each is large by nature.
ALONE_IN_FRACTIONS = {Slip.ONE_OFF: 0.26, Slip.TURNED: 0.51}


@dataclass(frozen=True)
class Yield:
    """One wrong answer and the bugs that give it, the best known first. ``told``: no slip."""

    text: str
    reply: Reply
    bugs: tuple[Bug, ...]
    told: bool


@dataclass(frozen=True)
class Worked:
    """An item with its right answers and everything that its bugs yield."""

    right: tuple[Reply, ...]
    dimension: str
    yields: tuple[Yield, ...]
    stated: str = ""

    def read(self, answer: str) -> Reply | None:
        """What a pupil wrote, as an answer to this item."""
        found = read_reply(answer, self.dimension)
        return found or read_truth(answer, self.stated, self.right[0].relation)

    def is_right(self, reply: Reply) -> bool:
        return any(reply.same(one) for one in self.right)

    def yield_of(self, reply: Reply) -> Yield | None:
        """The bugs' answer that says the same as ``reply``."""
        if self.is_right(reply):
            return None
        return next((one for one in self.yields if one.reply.same(reply)), None)


@lru_cache(maxsize=4_096)
def work_out(item: str) -> Worked | None:
    """The item with all its answers; None where it is not understood or has no answer."""
    problem = read_item(item)
    if problem is None:
        return None
    try:
        writings, dimension = right_writings(problem)
        right = _right_replies(problem, writings, dimension)
    except NoAnswer:
        return None
    yields = _yields(problem, writings, dimension, right)
    return Worked(right, dimension, yields, problem.stated)


def _right_replies(
    problem: Problem, writings: tuple[Writing, ...], dimension: str
) -> tuple[Reply, ...]:
    """The right answers to compare with; a division that does not come out may also be exact."""
    if dimension:
        numbers = ((Fraction(one.number), one.worth) for one in writings)
        return tuple(Reply(number * worth, dimension, number) for number, worth in numbers)
    found = tuple(filter(None, (read_reply(one.number) for one in writings)))
    rest = with_rest(problem)
    if rest is None:
        return found
    exact = worked(problem.node).value
    return (
        *found,
        Reply(exact, bare=exact),
        Reply(Fraction(rest[0]), bare=Fraction(rest[0]), rest=rest[1]),
    )


def right_writings(problem: Problem) -> tuple[tuple[Writing, ...], str]:
    """The right answer in the ways in which it is written, the usual first, and its dimension."""
    if problem.against is not None:
        sign = relation(problem)
        sides = {"<": problem.against, ">": problem.node}
        larger = worked(sides[sign]) if sign in sides else None
        return (
            (Writing(sign), Writing(value_text(larger.value))) if larger else (Writing(sign),)
        ), ""
    amount = worked(problem.node)
    if amount.dimension:
        return _in_units(problem, amount.value, amount.dimension), amount.dimension
    rest = with_rest(problem)
    if rest and rest[1]:
        return (Writing(f"{rest[0]}……{rest[1]}"),), ""
    return tuple(Writing(text) for text in _written(problem, amount.value)), ""


def _written(problem: Problem, value: Fraction) -> tuple[str, ...]:
    if value.denominator == 1:
        return (str(value),)
    fractions = any(term.kind in (Kind.FRACTION, Kind.MIXED) for term in problem.terms)
    decimal = None if fractions else decimal_text(value)
    if decimal:
        return (decimal,)
    ratio = f"{value.numerator}/{value.denominator}"
    if value < 1:
        return (ratio,)
    return ratio, f"{int(value)} {value.numerator % value.denominator}/{value.denominator}"


def _in_units(problem: Problem, value: Fraction, dimension: str) -> tuple[Writing, ...]:
    if problem.into:
        return (Writing(value_text(value / problem.into[1]), problem.into[1]),)
    worths = {dict(UNITS[unit])[dimension] for term in problem.terms for _, unit in term.parts}
    return tuple(Writing(value_text(value / worth), worth) for worth in sorted(worths))


def _grouped(
    problem: Problem, dimension: str, right: Iterable[Reply]
) -> list[tuple[str, Reply, list[Bug]]]:
    """(text, answer, bugs) for every wrong answer that some bug yields."""
    groups: dict[Reply, tuple[str, list[Bug]]] = {}
    for bug in BUGS:
        for text in bug.answers(problem):
            reply = read_reply(text, dimension)
            if reply is None or any(reply.same(one) for one in right):
                continue
            bugs = groups.setdefault(reply, (text, []))[1]
            if bug not in bugs:
                bugs.append(bug)
    return [(text, reply, bugs) for reply, (text, bugs) in groups.items()]


def _yields(
    problem: Problem, writings: tuple[Writing, ...], dimension: str, right: tuple[Reply, ...]
) -> tuple[Yield, ...]:
    shares = slip_shares(writings)
    spent: dict[Slip, float] = defaultdict(float)
    found: list[Yield] = []
    fraction = any("/" in one.number for one in writings)
    groups = _grouped(problem, dimension, right)
    for text, reply, bugs in sorted(groups, key=lambda one: -sum(bug.known for bug in one[2])):
        bugs.sort(key=lambda bug: -bug.known)
        cost = shares.of(reply)
        known = bugs[0].known
        told = _affordable(cost, spent, known, fraction) and not (
            problem.against and known < Known.CORE
        )
        if told:
            for kind, share in cost.items():
                spent[kind] += share
        found.append(Yield(text, reply, tuple(bugs), told))
    return tuple(found)


def _affordable(
    cost: dict[Slip, float], spent: dict[Slip, float], known: Known, fraction: bool
) -> bool:
    for kind, share in cost.items():
        alone, together = ALONE[known], TOGETHER[known]
        if known is Known.CORE and fraction:
            alone = max(alone, ALONE_IN_FRACTIONS.get(kind, 0.0))
            together = max(alone, together)
        if share > alone or spent[kind] + share > together:
            return False
    return True
