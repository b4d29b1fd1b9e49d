"""Quotients with a remainder: 3……2, 3余2, 3 r 2, 3···2."""

import re

from yunke.craft.marking.numbers.clean import clean

_REST = re.compile(
    r"(-?\d{1,30})\s*(?:[.*]{3,}|余数?是?|r\.?|rem\.?|remainder)\s*(\d{1,30})", re.IGNORECASE
)


def read_rest(text: str) -> tuple[int, int] | None:
    """(quotient, remainder), or None where the whole text is not that."""
    match = _REST.fullmatch(clean(text).strip("= "))
    return (int(match[1]), int(match[2])) if match else None
