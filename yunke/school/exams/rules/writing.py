"""A question written straight into a paper: from the few fields of a form to an item."""

import re
from fractions import Fraction
from typing import Any

from yunke.craft.marking.items import (
    Choice,
    ChoiceKey,
    Item,
    Key,
    LongTextKey,
    MultipleKey,
    NumberKey,
    ShortTextKey,
    TrueFalseKey,
    item_to_json,
)

KINDS = ("choice", "multiple", "true-false", "number", "short-text", "long-text")
YES = {"对", "正确", "√", "true", "t", "yes", "y", "1"}
NO = {"错", "错误", "×", "false", "f", "no", "n", "0"}
LETTERS = "ABCDEFGH"
OPTION = re.compile(r"^\s*(?:([A-Ha-h])\s*[.．、):：)]\s*)?(.+?)\s*$")


class NotAQuestion(ValueError):
    """What the form says is no question; its text is the field: stem, options, key."""


def item_written(
    kind: str, *, stem: str, options: str = "", key: str = "", reasoning: str = "",
    knowledge: tuple[str, ...] = (), points: Fraction = Fraction(1),
) -> dict[str, Any]:  # fmt: skip
    """The item's JSON. ``options``: a line each. ``key``: letters, a number with its unit after a
    space, 对 or 错, or a reference answer a line. Raises NotAQuestion.
    """
    if not stem.strip():
        raise NotAQuestion("stem")
    try:
        made = _key(kind, options, key.strip())
    except NotAQuestion:
        raise
    except ValueError as bad:
        raise NotAQuestion("key") from bad
    item = Item(
        "new", stem.strip(), made, points=points, knowledge=knowledge, reasoning=reasoning.strip()
    )
    return item_to_json(item)


def _key(kind: str, options: str, key: str) -> Key:
    match kind:
        case "choice" | "multiple":
            return _choosing(kind, options, key)
        case "true-false":
            return TrueFalseKey(_truth(key))
        case "number":
            value, _, unit = key.partition(" ")
            return NumberKey(value, unit=unit.strip())
        case "short-text":
            if not key:
                raise NotAQuestion("key")
            return ShortTextKey(tuple(line.strip() for line in key.splitlines() if line.strip()))
        case "long-text":
            return LongTextKey()
    raise NotAQuestion("kind")


def _choosing(kind: str, options: str, key: str) -> Key:
    found = [OPTION.match(line) for line in options.splitlines() if line.strip()]
    texts = [one.group(2) for one in found if one]
    if not 2 <= len(texts) <= len(LETTERS):
        raise NotAQuestion("options")
    offered = tuple(Choice(LETTERS[n], text) for n, text in enumerate(texts))
    right = tuple(sorted({letter for letter in key.upper() if letter in LETTERS[: len(texts)]}))
    if not right or (kind == "choice" and len(right) != 1):
        raise NotAQuestion("key")
    return ChoiceKey(offered, right[0]) if kind == "choice" else MultipleKey(offered, right)


def _truth(key: str) -> bool:
    if key.lower() in YES:
        return True
    if key.lower() in NO:
        return False
    raise NotAQuestion("key")
