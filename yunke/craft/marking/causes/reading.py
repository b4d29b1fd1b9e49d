"""Items as they are typed: ``42-17``, ``1/2+1/3``, ``3 1/2×4``, ``20% of 50``, ``3km+500m``.

Also ``17÷5=``, ``0.45 ○ 0.5``, ``3.5km=?m``, ``-3-(-5)``, ``(8-3)×2``, ``5²``, Chinese words for
the operations, LaTeX, full-width signs. What is not understood gives None.
"""

import re
from fractions import Fraction

from yunke.craft.marking.causes.terms import Group, Kind, Node, Operation, Problem, Term, bare
from yunke.craft.marking.numbers import Form, Number, clean, read_number, read_quantity
from yunke.craft.marking.numbers.units import UNIT_PATTERN, UNITS

LONGEST = 200
MOST_DIGITS = 12
_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_TOKEN = re.compile(
    rf"\s*(?:(?P<quantity>(?:(?:\d+\s+\d+/\d+|\d+/\d+|{_NUMBER})\s*{UNIT_PATTERN}\s*)+)"
    r"|(?P<mixed>\d+(?:\s*又\s*|\s+)\d+\s*/\s*\d+)|(?P<fraction>\d+\s*/\s*\d+)"
    rf"|(?P<number>(?:{_NUMBER})\s*%?)|(?P<sign>[-+*÷/^()]))",
    re.IGNORECASE,
)
_ASKED = (
    "计算|算一算|列?竖式计算|口算|脱式计算|比较大小|比较|哪个大|compute|calculate|compare|evaluate"
    "|which is (?:larger|greater|bigger),?|(?:larger|greater|bigger) of"
)
_WORDS = (
    (re.compile(r"\{"), "("), (re.compile(r"\}"), ")"),
    (re.compile(rf"^(?:{_ASKED})\s*:?\s*", re.I), ""),
    (re.compile(r"^\(\d{1,2}\)(?=[\d(])"), ""),
    (re.compile(r"^(?:max|larger|greater|bigger)(?: of)?\s*\((.*)\)$", re.I), r"\1"),
    (re.compile(r"除以"), "÷"), (re.compile(r"乘以?"), "*"), (re.compile(r"加上?"), "+"),
    (re.compile(r"减去?"), "-"), (re.compile(r"(?<=[\d)%])\s*(?:x|X|of|times)\s*(?=[\d(.-])"), "*"),
    (re.compile(r"(?<=[\d)])\s*的\s*(?=\d)"), "*"), (re.compile(r"divided by"), "÷"),
    (re.compile(r"\bplus\b"), "+"), (re.compile(r"\bminus\b"), "-"),
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
)  # fmt: skip
_BLANK = r"(?:[?_○□◯]+|\(\s*\)|\.{3,}|\*{3,})"
_CONVERT = re.compile(
    rf"^(?P<from>.+?)\s*(?:=|\bin\b|\bto\b|等于|是)\s*{_BLANK}?\s*(?P<into>{UNIT_PATTERN})$", re.I
)
_ASK = re.compile(rf"\s*=?\s*{_BLANK}?\s*$")
_COMPARE = re.compile(rf"\s*(?:{_BLANK}|\bvs\.?\b|\band\b|\bor\b|[和与跟&;,]|<=?>|[<>~])\s*")
_RANK = {"+": 1, "-": 1, "*": 2, "÷": 2, "^": 3}
_FORMS = {Form.WHOLE: Kind.WHOLE, Form.DECIMAL: Kind.DECIMAL, Form.FRACTION: Kind.FRACTION,
          Form.MIXED: Kind.MIXED, Form.PERCENT: Kind.PERCENT}  # fmt: skip


class _Unread(Exception):
    """Not an item of arithmetic."""


def read_item(text: str) -> Problem | None:
    """The problem that the text sets, or None."""
    if len(text) > LONGEST:
        return None
    plain = clean(text)
    for pattern, sign in _WORDS:
        plain = pattern.sub(sign, plain)
    try:
        return _conversion(plain) or _comparison(plain) or Problem(_tree(_ASK.sub("", plain)))
    except _Unread:
        return None


def _conversion(text: str) -> Problem | None:
    match = _CONVERT.match(text)
    if match is None:
        return None
    node = bare(_tree(match["from"]))
    if not isinstance(node, Term) or node.kind is not Kind.QUANTITY:
        return None
    factor = dict(UNITS[match["into"].lower()]).get(node.dimension)
    return Problem(node, into=(match["into"], factor)) if factor else None


def _comparison(text: str) -> Problem | None:
    plain = text.strip(" =?")
    sides, sign = [side for side in _COMPARE.split(plain) if side], _COMPARE.search(plain)
    if len(sides) != 2 or sign is None:
        return None
    left, right = (_side(side) for side in sides)
    word = sign[0].strip()
    return Problem(left, against=right, stated=word if word in ("<", ">") else "")


def _side(text: str) -> Node:
    """One side of a comparison: a fraction alone stays one."""
    tokens = _tokens(text)
    return tokens[0] if len(tokens) == 1 and isinstance(tokens[0], Term) else _tree(text)


def _tree(text: str) -> Node:
    tokens = _tokens(text)
    alone = tokens[0] if len(tokens) == 1 else None
    if isinstance(alone, Term) and alone.kind is Kind.FRACTION:
        return Operation("÷", *(Term(Kind.WHOLE, Fraction(n), n) for n in (alone.num, alone.den)))
    node, at = _expression(tokens, 0, 0)
    if at != len(tokens):
        raise _Unread
    return node


def _tokens(text: str) -> list[Term | str]:
    """Terms and signs; a minus that follows no number belongs to the number behind it."""
    found: list[Term | str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unread
        at = match.end()
        if match["sign"]:
            found.append("÷" if match["sign"] == "/" else match["sign"])
            continue
        term = _quantity(match[0]) if match["quantity"] else _number(match[0])
        if _is_sign(found):
            found.pop()
            term = _minus(term)
        found.append(term)
    return found


def _is_sign(found: list[Term | str]) -> bool:
    if not found or found[-1] != "-":
        return False
    return len(found) == 1 or (isinstance(found[-2], str) and found[-2] != ")")


def _number(text: str) -> Term:
    number = read_number(text)
    if number is None or len(text) > 3 * MOST_DIGITS or number.form not in _FORMS:
        raise _Unread
    return _term(number)


def _term(number: Number) -> Term:
    kind = _FORMS[number.form]
    fraction = kind in (Kind.FRACTION, Kind.MIXED)
    whole = number.whole if kind in (Kind.WHOLE, Kind.MIXED) else 0
    if kind is Kind.WHOLE:
        return Term(kind, number.value, whole=whole)
    if fraction:
        return Term(kind, number.value, whole, number.num, number.den)
    return Term(kind, number.value, places=number.places)


def _minus(term: Term) -> Term:
    return Term(
        term.kind, -term.value, -term.whole, -term.num, term.den, term.places,
        tuple((-number, unit) for number, unit in term.parts), term.dimension,
    )  # fmt: skip


def _quantity(text: str) -> Term:
    quantity = read_quantity(text)
    if quantity is None:
        raise _Unread
    parts = tuple((number.value, unit) for number, unit in quantity.parts)
    places = max(number.places for number, _ in quantity.parts)
    return Term(
        Kind.QUANTITY, quantity.value, parts=parts, places=places, dimension=quantity.dimension
    )


def _expression(tokens: list[Term | str], at: int, least: int) -> tuple[Node, int]:
    """Climbing by rank; operations of one rank lean to the left."""
    node, at = _atom(tokens, at)
    while at < len(tokens):
        sign = tokens[at]
        if not isinstance(sign, str) or _RANK.get(sign, 0) <= least:
            break
        right, at = _expression(tokens, at + 1, _RANK[sign])
        node = Operation(sign, node, right)
    return node, at


def _atom(tokens: list[Term | str], at: int) -> tuple[Node, int]:
    if at >= len(tokens):
        raise _Unread
    one = tokens[at]
    if isinstance(one, Term):
        return one, at + 1
    if one == "-":
        inside, end = _atom(tokens, at + 1)
        return Operation("-", Term(Kind.WHOLE, Fraction(0)), inside), end
    if one != "(":
        raise _Unread
    node, end = _expression(tokens, at + 1, 0)
    if end >= len(tokens) or tokens[end] != ")":
        raise _Unread
    return Group(node), end + 1
