"""Questions with their keys, of every kind: frozen values that travel as JSON in QTI's words.

An ``Item`` has what every question has (points, knowledge, worked reasoning) and a key of its own
kind: what is right, what it is worth, and for each wrong option or wrong result the cause that it
betrays. ``item_to_json`` and ``item_from_json`` are each other's reverse.
"""

from yunke.craft.marking.items.choosing import (
    Choice,
    ChoiceKey,
    MatchingKey,
    MultipleKey,
    OrderingKey,
    OrderRule,
    Pair,
    PartRule,
    TrueFalseKey,
)
from yunke.craft.marking.items.exchange import BadItem, item_from_json, item_to_json
from yunke.craft.marking.items.keys import Key
from yunke.craft.marking.items.results import Result
from yunke.craft.marking.items.showing import (
    Criterion,
    HandwritingKey,
    LongTextKey,
    PracticalKey,
    ReadingKey,
    RecitationKey,
    ShortTextKey,
    SignedKey,
)
from yunke.craft.marking.items.values import Item, Kind
from yunke.craft.marking.items.writing import (
    Blank,
    BlanksKey,
    FormulaKey,
    FormulaShape,
    NumberForm,
    NumberKey,
    TextKey,
    UnitRule,
)

__all__ = [
    "BadItem",
    "Blank",
    "BlanksKey",
    "Choice",
    "ChoiceKey",
    "Criterion",
    "FormulaKey",
    "FormulaShape",
    "HandwritingKey",
    "Item",
    "Key",
    "Kind",
    "LongTextKey",
    "MatchingKey",
    "MultipleKey",
    "NumberForm",
    "NumberKey",
    "OrderRule",
    "OrderingKey",
    "Pair",
    "PartRule",
    "PracticalKey",
    "ReadingKey",
    "RecitationKey",
    "Result",
    "ShortTextKey",
    "SignedKey",
    "TextKey",
    "TrueFalseKey",
    "UnitRule",
    "item_from_json",
    "item_to_json",
]
