"""One number out of one text, and how it was written."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yunke.craft.marking.numbers.chinese import chinese_number
from yunke.craft.marking.numbers.clean import clean


class Form(StrEnum):
    WHOLE = "whole"
    DECIMAL = "decimal"
    FRACTION = "fraction"
    MIXED = "mixed"
    PERCENT = "percent"
    WORDS = "words"


@dataclass(frozen=True)
class Number:
    """A number and its writing. ``num``/``den`` as written (not reduced), ``whole`` of a mixed
    number, ``places`` behind the point; of ``WORDS`` only the value is known.
    """

    value: Fraction
    form: Form
    whole: int = 0
    num: int = 0
    den: int = 1
    places: int = 0


_SIGN = r"(?P<sign>[+-]?)\s*"
_PLAIN = re.compile(
    _SIGN + r"(?P<front>\d+|\d{1,3}(?:,\d{3})+|)(?:\.(?P<behind>\d*))?\s*(?P<pc>%?)"
)
_MIXED = re.compile(
    _SIGN + r"(?:(?P<whole>\d+)(?:\s*又\s*|\s+)\(?)?(?P<num>\d+)\s*/\s*(?P<den>\d+)\)?"
)
_POWER = re.compile(
    _SIGN + r"(?P<front>\d+(?:\.\d+)?)\s*(?:\*|e|E)\s*10\^\(?(?P<power>-?\d{1,2})\)?"
)
MOST_DIGITS = 60


def read_number(text: str) -> Number | None:
    """The one number that the whole text is; None for anything else (also a zero below a line)."""
    plain = clean(text).strip("=＝ ").rstrip(".") if text else ""
    while len(plain) > 2 and plain[0] == "(" and plain[-1] == ")":
        plain = plain[1:-1].strip()
    if not plain or len(plain) > 4 * MOST_DIGITS:
        return None
    for reader in (_plain, _fraction, _power, _words):
        found = reader(plain)
        if found is not None:
            return found
    return None


def _plain(text: str) -> Number | None:
    match = _PLAIN.fullmatch(text)
    if not match or not (match["front"] or match["behind"]) or len(text) > MOST_DIGITS:
        return None
    behind = match["behind"] or ""
    value = Fraction(int((match["front"].replace(",", "") or "0") + behind), 10 ** len(behind))
    value = -value if match["sign"] == "-" else value
    if match["pc"]:
        return Number(value / 100, Form.PERCENT, places=len(behind))
    if behind:
        return Number(value, Form.DECIMAL, places=len(behind))
    return Number(value, Form.WHOLE, whole=int(value))


def _fraction(text: str) -> Number | None:
    match = _MIXED.fullmatch(text)
    if not match or not int(match["den"]) or len(text) > MOST_DIGITS:
        return None
    whole, num, den = int(match["whole"] or 0), int(match["num"]), int(match["den"])
    value = whole + Fraction(num, den)
    form = Form.MIXED if match["whole"] else Form.FRACTION
    return Number(-value if match["sign"] == "-" else value, form, whole, num, den)


def _power(text: str) -> Number | None:
    match = _POWER.fullmatch(text)
    if not match:
        return None
    value = Fraction(match["front"]) * Fraction(10) ** int(match["power"])
    return Number(-value if match["sign"] == "-" else value, Form.DECIMAL)


def _words(text: str) -> Number | None:
    value = chinese_number(text)
    return None if value is None else Number(value, Form.WORDS)
