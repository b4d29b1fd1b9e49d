"""A key, of whatever kind."""

from typing import TypeAlias

from yunke.craft.marking.items.choosing import (
    ChoiceKey,
    MatchingKey,
    MultipleKey,
    OrderingKey,
    TrueFalseKey,
)
from yunke.craft.marking.items.showing import (
    HandwritingKey,
    LongTextKey,
    PracticalKey,
    ReadingKey,
    RecitationKey,
    ShortTextKey,
    SignedKey,
)
from yunke.craft.marking.items.writing import BlanksKey, FormulaKey, NumberKey

Key: TypeAlias = (
    ChoiceKey | MultipleKey | TrueFalseKey | BlanksKey | NumberKey | FormulaKey | MatchingKey
    | OrderingKey | ShortTextKey | LongTextKey | HandwritingKey | ReadingKey | RecitationKey
    | PracticalKey | SignedKey
)  # fmt: skip
