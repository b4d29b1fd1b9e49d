"""Sums in a text, reckoned exactly: the only keys that a bank without keys can honestly have.

A text counts only if it is nothing but a word for "reckon" and the sum, or several numbered ones.
Whatever else stands there, or comes to no whole number without decimals or fractions in the sum
(a remainder might be asked), has no key.
"""

import re
from fractions import Fraction

from yunke.craft.marking.formulas import Unread, read_formula
from yunke.craft.marking.formulas.values import Tree
from yunke.craft.marking.items import Blank, BlanksKey, NumberKey

_WORDS = (
    r"(?:先观察，?然后)?(?:直接写出?得数|用?简便(?:方法)?(?:计算|运算)|简算|巧算|速算|口算|脱式计算"
    r"|递等式计算|(?:用|列)竖式计算|竖式计算|计算|求和)(?:下面|下列)?(?:各题|各式)?"
    r"(?:的结果)?[:：．.。，, ]*"
)
_SUM = r"[0-9+\-×÷()（）\[\]{}.\s]*?(?:\$\\d?frac[^$]*\$[0-9+\-×÷()（）\[\].\s]*?)*"
_END = r"[=＝]\s*(?:[（(]\s*[）)]|_+)?\s*[．.。；;，,]?\s*"
_ONE = re.compile(rf"(?P<word>(?:{_WORDS})?)\s*(?P<sum>{_SUM})\s*{_END}")
_NUMBERED = re.compile(r"[（(]\s*\d+\s*[）)]|[①②③④⑤⑥⑦⑧⑨]")
_HEAD = re.compile(rf"(?:{_WORDS})?\s*")
# The number of an exercise before its sum; and two parts that touch, which a reader of formulas
# would multiply: here it is always something else.
_MARK = re.compile(r"^\s*[（(]\s*\d\s*[）)]\s*(?=[\d（(])")
_TOUCH = re.compile(r"[\d)）}]\s*[（(]|[)）}]\s*\d|\d\s+\d")
MOST = 12


def with_sums(text: str) -> tuple[str, NumberKey | BlanksKey | None, str]:
    """The text (with places for several answers), the key or None, and the reasoning."""
    flat = " ".join(text.split())
    one = _ONE.fullmatch(flat)
    if one and _NUMBERED.search(flat[: one.start("sum")]) is None:
        key = _key(one["sum"])
        if key is not None:
            return text, key, f"{one['sum'].strip()} = {key.value}"
    return _several(text, flat)


def _several(text: str, flat: str) -> tuple[str, BlanksKey | None, str]:
    marks = list(_NUMBERED.finditer(flat))
    if not 2 <= len(marks) <= MOST or not _HEAD.fullmatch(flat[: marks[0].start()]):
        return text, None, ""
    ends = [*(mark.start() for mark in marks[1:]), len(flat)]
    keys, lines = [], [flat[: marks[0].start()].strip()]
    for mark, end in zip(marks, ends, strict=True):
        part = re.fullmatch(rf"\s*(?P<sum>{_SUM})\s*{_END}", flat[mark.end() : end])
        key = _key(part["sum"]) if part else None
        if part is None or key is None:
            return text, None, ""
        keys.append(key)
        lines.append(f"{mark[0]} {part['sum'].strip()} = ___")
    blanks = tuple(Blank(str(at), number=key) for at, key in enumerate(keys, 1))
    why = "\n".join(f"{line[:-3]}{key.value}" for line, key in zip(lines[1:], keys, strict=True))
    return "\n".join(filter(None, lines)), BlanksKey(blanks), why


def _key(told: str) -> NumberKey | None:
    """The sum's value as a key with the sum behind it; None for what is no plain sum."""
    bare = told.replace("$", "").replace("\\dfrac", "\\frac").replace("[", "(").replace("]", ")")
    bare = re.sub(r"(?<!frac)(?<!})\{([^{}]*)\}", r"(\1)", bare) if "frac" not in bare else bare
    bare = _MARK.sub("", bare)
    if not re.search(r"[+\-×÷]", bare) or _TOUCH.search(bare):
        return None
    try:
        found = read_formula(bare)
        value = _value(found[0].left) if len(found) == 1 and found[0].right is None else None
    except (Unread, ZeroDivisionError, ValueError):
        return None
    if value is None or abs(value) > 10**30:
        return None
    if value.denominator == 1:
        return NumberKey(str(value.numerator), expression=_expression(bare))
    if "." in bare and _ends(value):
        return NumberKey(f"{float(value):.10f}".rstrip("0"), expression=_expression(bare))
    return NumberKey(str(value), expression=_expression(bare)) if "frac" in bare else None


def _ends(value: Fraction) -> bool:
    """Is it a decimal of few places?"""
    return 10**8 % value.denominator == 0


def _expression(bare: str) -> str:
    """The sum as the library of bugs reads it; "" where it is not one of two terms."""
    plain = bare.replace("×", "*").replace("÷", "/").replace(" ", "")
    return plain if re.fullmatch(r"\d+(?:\.\d+)?[-+*/]\d+(?:\.\d+)?", plain) else ""


def _value(tree: Tree) -> Fraction:
    """Raises ValueError for anything but numbers and the four ways of reckoning."""
    sign, *parts = tree
    if sign == "num":
        return Fraction(str(parts[0]))
    values = [_value(part) for part in parts if isinstance(part, list)]
    if len(values) != len(parts):
        raise ValueError(str(sign))
    if sign == "neg":
        return -values[0]
    left, right = values
    if sign == "+":
        return left + right
    if sign == "*":
        return left * right
    if sign == "/":
        return left / right
    raise ValueError(str(sign))
