"""A question, whatever its kind."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yunke.craft.marking.items.choosing import (
    ChoiceKey,
    MatchingKey,
    MultipleKey,
    OrderingKey,
    TrueFalseKey,
)
from yunke.craft.marking.items.keys import Key
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


class Kind(StrEnum):
    CHOICE = "choice"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    BLANKS = "blanks"
    NUMBER = "number"
    FORMULA = "formula"
    MATCHING = "matching"
    ORDERING = "ordering"
    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"
    HANDWRITING = "handwriting"
    READING = "reading"
    RECITATION = "recitation"
    PRACTICAL = "practical"
    SIGNED = "signed"


KEYS: dict[Kind, type] = {
    Kind.CHOICE: ChoiceKey,
    Kind.MULTIPLE: MultipleKey,
    Kind.TRUE_FALSE: TrueFalseKey,
    Kind.BLANKS: BlanksKey,
    Kind.NUMBER: NumberKey,
    Kind.FORMULA: FormulaKey,
    Kind.MATCHING: MatchingKey,
    Kind.ORDERING: OrderingKey,
    Kind.SHORT_TEXT: ShortTextKey,
    Kind.LONG_TEXT: LongTextKey,
    Kind.HANDWRITING: HandwritingKey,
    Kind.READING: ReadingKey,
    Kind.RECITATION: RecitationKey,
    Kind.PRACTICAL: PracticalKey,
    Kind.SIGNED: SignedKey,
}
_KINDS = {key: kind for kind, key in KEYS.items()}


@dataclass(frozen=True)
class Item:
    """``points``: what it is worth. ``knowledge``: ids of knowledge points. ``reasoning``: the
    worked way to the answer. Raises ValueError for points below zero.
    """

    id: str
    prompt: str
    key: Key
    points: Fraction = Fraction(1)
    knowledge: tuple[str, ...] = ()
    reasoning: str = ""

    def __post_init__(self) -> None:
        if self.points < 0:
            raise ValueError("points below zero")

    @property
    def kind(self) -> Kind:
        return _KINDS[type(self.key)]
