"""On which items a bug can show: each chooser gives the numbers that a bug works on, or None."""

from collections.abc import Callable
from fractions import Fraction

from yunke.craft.marking.causes.bug import Chosen
from yunke.craft.marking.causes.terms import Kind, Node, Problem, Term, bare

Choose = Callable[[Problem], Chosen]
FRACTIONS = (Kind.FRACTION, Kind.MIXED)


def _pair(problem: Problem, sign: str) -> tuple[Term, Term] | None:
    pair = problem.pair
    return pair[1:] if pair and pair[0] == sign else None


def _plain(term: Term, *kinds: Kind) -> bool:
    return term.kind in kinds and term.value >= 0


def wholes(sign: str) -> Choose:
    """(a, b) of two whole numbers from zero up; a subtraction only where something is left."""

    def choose(problem: Problem) -> Chosen:
        pair = _pair(problem, sign)
        if not pair or not all(_plain(term, Kind.WHOLE) for term in pair):
            return None
        a, b = (int(term.value) for term in pair)
        return None if (sign == "-" and a < b) or (sign == "÷" and not b) else (a, b)

    return choose


def sums(problem: Problem) -> Chosen:
    """(numbers,) of a sum of two or more whole numbers."""
    if problem.against is not None or problem.into or set(problem.signs) != {"+"}:
        return None
    if not all(_plain(term, Kind.WHOLE) for term in problem.terms):
        return None
    return (tuple(int(term.value) for term in problem.terms),)


def decimals(sign: str) -> Choose:
    """(a, b) as terms, at least one with a point, none negative."""

    def choose(problem: Problem) -> Chosen:
        pair = _pair(problem, sign)
        if not pair or not all(_plain(term, Kind.WHOLE, Kind.DECIMAL) for term in pair):
            return None
        if all(term.kind is Kind.WHOLE for term in pair):
            return None
        return None if (sign == "÷" and not pair[1].value) else pair

    return choose


def fractions(sign: str) -> Choose:
    """(a, b, c, d) of a/b and c/d, mixed numbers and wholes left out."""

    def choose(problem: Problem) -> Chosen:
        pair = _pair(problem, sign)
        if not pair or not all(_plain(term, Kind.FRACTION) for term in pair):
            return None
        return pair[0].num, pair[0].den, pair[1].num, pair[1].den

    return choose


def whole_and_fraction(sign: str) -> Choose:
    """(n, a, b, first) of a whole number and a/b; ``first``: the whole stands first."""

    def choose(problem: Problem) -> Chosen:
        pair = _pair(problem, sign)
        if not pair:
            return None
        left, right = pair
        if _plain(left, Kind.WHOLE) and _plain(right, Kind.FRACTION):
            return int(left.value), right.num, right.den, True
        if _plain(left, Kind.FRACTION) and _plain(right, Kind.WHOLE):
            return int(right.value), left.num, left.den, False
        return None

    return choose


def mixeds(sign: str) -> Choose:
    """(a, b) as terms: wholes, fractions and mixed numbers, at least one mixed."""

    def choose(problem: Problem) -> Chosen:
        pair = _pair(problem, sign)
        if not pair or not all(_plain(term, Kind.WHOLE, *FRACTIONS) for term in pair):
            return None
        return pair if any(term.kind is Kind.MIXED for term in pair) else None

    return choose


def signed(sign: str) -> Choose:
    """(a, b) of whole numbers where a sign matters: one is negative, or the result is."""

    def choose(problem: Problem) -> Chosen:
        pair = _pair(problem, sign)
        if not pair or not all(term.kind is Kind.WHOLE for term in pair):
            return None
        a, b = (int(term.value) for term in pair)
        if a >= 0 and b >= 0 and not (sign == "-" and a < b):
            return None
        return None if (sign == "÷" and not b) else (a, b)

    return choose


def chains(problem: Problem) -> Chosen:
    """(node, numbers, signs) of three or more bare numbers."""
    terms = problem.terms
    if problem.against is not None or problem.into or len(terms) < 3 or "^" in problem.signs:
        return None
    if any(term.kind is Kind.QUANTITY for term in terms):
        return None
    return problem.node, tuple(term.value for term in terms), problem.signs


def percents(sign: str) -> Choose:
    """(p, other, first): p the number before the sign %, other a bare number."""

    def choose(problem: Problem) -> Chosen:
        pair = _pair(problem, sign)
        if not pair or {term.kind for term in pair} & {Kind.QUANTITY}:
            return None
        first = pair[0].kind is Kind.PERCENT
        if first == (pair[1].kind is Kind.PERCENT):
            return None
        share, other = pair if first else (pair[1], pair[0])
        return share.value * 100, other.value, first

    return choose


def quantities(sign: str) -> Choose:
    """(a, b) as terms with units of one dimension."""

    def choose(problem: Problem) -> Chosen:
        pair = _pair(problem, sign)
        if not pair or not all(_plain(term, Kind.QUANTITY) for term in pair):
            return None
        return pair if pair[0].dimension == pair[1].dimension else None

    return choose


def conversions(problem: Problem) -> Chosen:
    """(term, unit, factor) of ``3.5km=?m``."""
    node = bare(problem.node)
    if problem.into is None or not isinstance(node, Term):
        return None
    return node, *problem.into


def powers(problem: Problem) -> Chosen:
    """(base, exponent) of whole numbers."""
    pair = _pair(problem, "^")
    if not pair or not all(_plain(term, Kind.WHOLE) for term in pair):
        return None
    return int(pair[0].value), int(pair[1].value)


def compared(*kinds: Kind) -> Choose:
    """(a, b) as terms where two numbers of these kinds are compared."""

    def choose(problem: Problem) -> Chosen:
        if problem.against is None:
            return None
        left, right = bare(problem.node), bare(problem.against)
        if not isinstance(left, Term) or not isinstance(right, Term):
            return None
        return (left, right) if left.kind in kinds and right.kind in kinds else None

    return choose


def value_of(node: Node) -> Fraction | None:
    """The value of a number in brackets or not; None of an operation."""
    node = bare(node)
    return node.value if isinstance(node, Term) else None
