"""Is an answer right? For the kinds that need no judgement; everything else waits for a teacher."""

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

LONGEST_ANSWER = 500
MOST_ANSWERS = 50
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(/\d+(\.\d+)?)?%?")


def plain(text: str) -> str:
    """Full-width and half-width, capitals, blanks and punctuation are not what is asked."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LNM")


def number(text: str) -> Fraction | None:
    """'0.5', '½', '1/2' and '50%' are one number; None when the text is none."""
    folded = unicodedata.normalize("NFKC", text).replace("⁄", "/")
    folded = "".join(folded.split()).replace("−", "-").replace(",", "")
    if not _NUMBER.fullmatch(folded):
        return None
    scale = 100 if folded.endswith("%") else 1
    top, _, bottom = folded.rstrip("%").partition("/")
    below = Fraction(bottom) if bottom else Fraction(1)
    return Fraction(top) / below / scale if below else None


def is_right(kind: str, key: Sequence[str], value: str) -> bool | None:
    """True or False for an objective question; None when a person has to read it."""
    if not key:
        return None
    if kind == "choice":
        return letters(value) == {k.strip().upper() for k in key}
    if kind == "number":
        given = number(value)
        return given is not None and given in {number(k) for k in key}
    return plain(value) in {plain(k) for k in key}


def letters(value: str) -> set[str]:
    """'A', 'a,c' and 'CA' as the set of chosen options."""
    return {part.strip().upper() for part in re.split(r"[,，、\s]+", value) if part.strip()}
