"""Two trees into sympy, and whether they are the same. Runs in the child only.

First a proof where one is cheap: the difference of two quotients of polynomials, multiplied out.
Else both are worked out to forty digits at fixed points: one point apart refutes, all points alike
is taken for the same (the chance of an accident is below 1 to 10^100). Same at positive points but
not at negative ones (√(xy) and √x·√y): unsure, because the task will have meant one domain. No
``simplify``: it has no bound, and the points do not need it.
"""

from collections.abc import Iterator
from fractions import Fraction

import sympy
from sympy import Expr, Integer, Rational, Symbol

from yunke.craft.marking.formulas.values import Same, Tree

HIGHEST_POWER = 64
DIGITS = 40
CLOSE = sympy.Float("1e-30", DIGITS)
MOST_SYMBOLS = 6
# Fixed for ever, so that a mark is the same on every machine and every day.
SEEDS = (3, 7, 11, 19, 29, 41)
SIGNS = (7, 1, 2, 3, 4, 5)
_FUNCTIONS = {
    "sqrt": sympy.sqrt, "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "ln": sympy.log,
    "log": lambda x: sympy.log(x, 10), "lg": lambda x: sympy.log(x, 10), "exp": sympy.exp,
    "abs": sympy.Abs,
}  # fmt: skip


class TooLarge(Exception):
    """A power beyond ``HIGHEST_POWER`` or too many letters."""


def built(tree: Tree) -> Expr:
    """The expression that a tree means. Raises TooLarge."""
    kind = tree[0]
    if kind == "num":
        value = Fraction(str(tree[1]))
        return Rational(value.numerator, value.denominator)
    if kind == "sym":
        return sympy.pi if tree[1] == "pi" else Symbol(str(tree[1]), real=True)
    if kind == "fn":
        return _FUNCTIONS[str(tree[1])](_part(tree, 2))
    return _joined(str(kind), [_part(tree, place) for place in range(1, len(tree))])


def _part(tree: Tree, place: int) -> Expr:
    part = tree[place]
    assert isinstance(part, list)  # noqa: S101 - trees come from our own reader
    return built(part)


def _joined(kind: str, parts: list[Expr]) -> Expr:
    if kind == "neg":
        return -parts[0]
    left, right = parts
    if kind == "+":
        return left + right
    if kind == "*":
        return left * right
    if kind == "/":
        return left / right
    if right.is_number and not abs(right) <= HIGHEST_POWER:
        raise TooLarge
    return left**right


def same(key: Expr, answer: Expr) -> Same:
    """Are two expressions the same wherever the key has a real value?"""
    if key.has(sympy.zoo, sympy.nan) or answer.has(sympy.zoo, sympy.nan):
        return Same.NO if key.is_finite else Same.UNSURE
    if key == answer or _proved(key - answer):
        return Same.YES
    letters = sorted(key.free_symbols | answer.free_symbols, key=str)
    if len(letters) > MOST_SYMBOLS:
        raise TooLarge
    positive = [_alike(key, answer, point) for point in _points(letters, False)]
    mixed = [_alike(key, answer, point) for point in _points(letters, True)]
    if False in positive or True not in positive + mixed:
        return Same.NO if False in positive + mixed else Same.UNSURE
    if False in mixed:
        return Same.UNSURE
    return Same.YES


def _proved(difference: Expr) -> bool:
    """Zero, when multiplied out? Only for quotients of polynomials of small degree."""
    letters = difference.free_symbols
    if not letters or not difference.is_rational_function(*letters) or difference.count_ops() > 120:
        return False
    above, _ = sympy.fraction(sympy.together(difference))
    degrees = [
        sympy.Poly(above, letter).degree() for letter in letters if above.is_polynomial(letter)
    ]
    return bool(sum(degrees) <= 24 and sympy.expand(above) == 0)


def _points(letters: list[Symbol], mixed: bool) -> Iterator[dict[Symbol, Expr]]:
    """Fixed points; ``mixed``: with every pattern of signs that three letters can have."""
    for number, seed in enumerate(SEEDS):
        yield {
            letter: Rational((seed * (place + 2) ** 2) % 97 + 1, 13 + 7 * place)
            * (-1 if mixed and (SIGNS[number] >> place % 3) & 1 else 1)
            for place, letter in enumerate(letters)
        }


def _alike(key: Expr, answer: Expr, point: dict[Symbol, Expr]) -> bool | None:
    """None where the key has no real value."""
    expected, got = (sympy.N(one.subs(point), DIGITS) for one in (key, answer))
    if not (expected.is_number and expected.is_real and expected.is_finite):
        return None
    if not got.is_number or got.is_finite is not True:
        return False
    scale = max(abs(expected), Integer(1))
    return bool(abs(expected - got) <= CLOSE * scale)


def same_statement(key: list[object], answer: list[object]) -> Same:
    """Two statements [relation, left, right]; an equation may be turned round and multiplied."""
    sign, other = str(key[0]), str(answer[0])
    turned = {sign[:1], other[:1]} == {"<", ">"} and sign[1:] == other[1:]
    if sign != other and not turned:
        return _one_sided(key, answer)
    if not sign:
        return same(built(key[1]), built(answer[1]))  # type: ignore[arg-type]
    one, two = _difference(key), _difference(answer)
    if other[:1] != sign[:1]:
        two = -two
    return _proportional(one, two, directed=sign[:1] in "<>")


def _one_sided(key: list[object], answer: list[object]) -> Same:
    """``x=5`` where 5 was asked, or 5 where ``x=5`` was: the letter's value counts."""
    stated, plain = (key, answer) if key[0] else (answer, key)
    if stated[0] != "=" or plain[0]:
        return Same.NO
    left, value = built(stated[1]), built(stated[2])  # type: ignore[arg-type]
    if not isinstance(left, Symbol) or left in value.free_symbols:
        return Same.UNSURE
    return same(value, built(plain[1]))  # type: ignore[arg-type]


def _difference(statement: list[object]) -> Expr:
    return built(statement[1]) - built(statement[2])  # type: ignore[arg-type]


def _proportional(one: Expr, two: Expr, directed: bool) -> Same:
    """Is ``two`` a number times ``one``? A relation with a direction wants it above zero."""
    for point in _points(sorted(one.free_symbols | two.free_symbols, key=str), False):
        first, second = (side.subs(point) for side in (one, two))
        if first.is_real and second.is_real and first != 0 and second != 0:
            factor = second / first
            if directed and factor.is_positive is not True:
                return Same.NO
            return same(one * factor, two)
    return Same.YES if one == two else Same.NO
