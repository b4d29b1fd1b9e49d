"""The key of each kind of question: what is right, and what a wrong answer betrays.

Every key checks itself when it is made and raises ValueError with a reason an author understands.
``cause`` is the id of a wrong cause, "" for none: of the library (``causes``) or the school's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from yunke.craft.marking.formulas.reading import Unread, read_formula
from yunke.craft.marking.numbers import Number, read_number, read_rest

HALF = Fraction(1, 2)


def _different(ids: Iterable[str], what: str) -> None:
    found = list(ids)
    if len(set(found)) < len(found) or "" in found:
        raise ValueError(f"{what}: every one needs an id of its own")


def _share(value: Fraction, what: str) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{what} lies between 0 and 1")


def number_of(text: str) -> Number:
    """The number that an author wrote. Raises ValueError."""
    found = read_number(text)
    if found is None:
        raise ValueError(f"{text!r} is not a number")
    return found


def _formula(text: str) -> None:
    try:
        read_formula(text)
    except Unread as reason:
        raise ValueError(f"the formula {text!r} cannot be read: {reason}") from None


class PartRule(StrEnum):
    """What an incomplete answer to a multiple choice is worth; a wrong option always spoils it in
    ALL and HALF. EACH: its share per right option, a wrong one takes a share away.
    """

    ALL = "all"
    HALF = "half"
    EACH = "each"


class OrderRule(StrEnum):
    """ALL or nothing; a share for each right PLACE; a share for each right NEIGHBOUR."""

    ALL = "all"
    PLACE = "place"
    NEIGHBOUR = "neighbour"


class UnitRule(StrEnum):
    """A unit left out costs part of the points (NEEDED) or nothing (FREE)."""

    NEEDED = "needed"
    FREE = "free"


class NumberForm(StrEnum):
    """How the number must be written for all of its points."""

    ANY = "any"
    LOWEST = "lowest"
    MIXED = "mixed"
    PERCENT = "percent"
    DECIMAL = "decimal"


class FormulaShape(StrEnum):
    ANY = "any"
    EXPANDED = "expanded"
    FACTORED = "factored"


@dataclass(frozen=True)
class Choice:
    """An option, or one side of a match."""

    id: str
    text: str
    cause: str = ""


@dataclass(frozen=True)
class Result:
    """A wrong result that is known, and what it betrays."""

    text: str
    cause: str


@dataclass(frozen=True)
class Pair:
    left: str
    right: str
    cause: str = ""


@dataclass(frozen=True)
class Criterion:
    """What a person looks at, and its part of the points."""

    id: str
    text: str
    points: Fraction


@dataclass(frozen=True)
class ChoiceKey:
    options: tuple[Choice, ...]
    right: str

    def __post_init__(self) -> None:
        _different((one.id for one in self.options), "options")
        if self.right not in {one.id for one in self.options}:
            raise ValueError("the right option is none of the options")


@dataclass(frozen=True)
class MultipleKey:
    options: tuple[Choice, ...]
    right: tuple[str, ...]
    rule: PartRule = PartRule.HALF

    def __post_init__(self) -> None:
        _different((one.id for one in self.options), "options")
        _different(self.right, "right options")
        if not self.right or not set(self.right) <= {one.id for one in self.options}:
            raise ValueError("the right options are not all among the options")


@dataclass(frozen=True)
class TrueFalseKey:
    right: bool
    cause: str = ""


@dataclass(frozen=True)
class NumberKey:
    """``value``: a number as people write it, ``3……2`` for a quotient with remainder. ``unit`` as
    printed. ``tolerance``: "0.01", or "1%" of the value, the ends included. ``places``: digits
    that must stand behind the point. ``kept``: the share left when the value is right and form or
    unit is not. ``expression``: the arithmetic behind the item, for the library of bugs.
    """

    value: str
    unit: str = ""
    tolerance: str = "0"
    unit_rule: UnitRule = UnitRule.NEEDED
    form: NumberForm = NumberForm.ANY
    places: int | None = None
    kept: Fraction = HALF
    expression: str = ""
    results: tuple[Result, ...] = ()

    def __post_init__(self) -> None:
        _share(self.kept, "what is kept")
        if read_rest(self.value) is None:
            number_of(self.value)
        if number_of(self.tolerance).value < 0:
            raise ValueError("a tolerance below zero")
        if self.places is not None and not 0 <= self.places <= 12:
            raise ValueError("places behind the point: 0 to 12")


@dataclass(frozen=True)
class FormulaKey:
    """``accepted``: any of these, and whatever is equal to one of them."""

    accepted: tuple[str, ...]
    shape: FormulaShape = FormulaShape.ANY
    kept: Fraction = HALF
    results: tuple[Result, ...] = ()

    def __post_init__(self) -> None:
        _share(self.kept, "what is kept")
        if not self.accepted:
            raise ValueError("the formula is missing")
        for one in (*self.accepted, *(result.text for result in self.results)):
            _formula(one)


@dataclass(frozen=True)
class TextKey:
    """A word or two. ``closed``: nothing else can be right, so anything else is wrong; else it
    goes to a person.
    """

    accepted: tuple[str, ...]
    closed: bool = False
    case_matters: bool = False
    results: tuple[Result, ...] = ()

    def __post_init__(self) -> None:
        if not self.accepted or not all(one.strip() for one in self.accepted):
            raise ValueError("the accepted words are missing")


@dataclass(frozen=True)
class Blank:
    """One blank with exactly one key, of three kinds; ``weight`` among the blanks."""

    id: str
    number: NumberKey | None = None
    formula: FormulaKey | None = None
    text: TextKey | None = None
    weight: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if sum(one is not None for one in (self.number, self.formula, self.text)) != 1:
            raise ValueError(f"blank {self.id}: one key, of a number, a formula or a text")
        if self.weight <= 0:
            raise ValueError(f"blank {self.id}: a weight above zero")

    @property
    def key(self) -> NumberKey | FormulaKey | TextKey:
        found = self.number or self.formula or self.text
        assert found is not None  # noqa: S101 - checked when made
        return found


@dataclass(frozen=True)
class BlanksKey:
    """``any_order``: the answers may stand in any of the blanks (all of them weigh the same)."""

    blanks: tuple[Blank, ...]
    any_order: bool = False

    def __post_init__(self) -> None:
        _different((one.id for one in self.blanks), "blanks")
        if not self.blanks:
            raise ValueError("there is no blank")
        if self.any_order and len({one.weight for one in self.blanks}) > 1:
            raise ValueError("blanks in any order weigh the same")


@dataclass(frozen=True)
class MatchingKey:
    """``pairs``: the right ones; ``known``: wrong pairs with their causes."""

    left: tuple[Choice, ...]
    right: tuple[Choice, ...]
    pairs: tuple[Pair, ...]
    known: tuple[Pair, ...] = ()

    def __post_init__(self) -> None:
        _different((one.id for one in self.left), "left side")
        _different((one.id for one in self.right), "right side")
        left, right = {one.id for one in self.left}, {one.id for one in self.right}
        for pair in (*self.pairs, *self.known):
            if pair.left not in left or pair.right not in right:
                raise ValueError(f"the pair {pair.left}–{pair.right} joins nothing")
        if not self.pairs:
            raise ValueError("there is no right pair")


@dataclass(frozen=True)
class OrderingKey:
    """``results``: known wrong orders, their ids with blanks between."""

    options: tuple[Choice, ...]
    order: tuple[str, ...]
    rule: OrderRule = OrderRule.ALL
    results: tuple[Result, ...] = ()

    def __post_init__(self) -> None:
        _different((one.id for one in self.options), "options")
        if sorted(self.order) != sorted(one.id for one in self.options) or len(self.order) < 2:
            raise ValueError("the order names each option once")


@dataclass(frozen=True)
class ShortTextKey:
    """A sentence or two; a suggestion comes from ``short``, a person decides."""

    references: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class LongTextKey:
    criteria: tuple[Criterion, ...] = ()
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class HandwritingKey:
    """Written on a picture; ``expected`` is for the marker's eyes."""

    picture: str
    expected: str = ""
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class ReadingKey:
    """A text read aloud; ``language`` as in HTML: zh, en."""

    text: str
    language: str = "zh"
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class RecitationKey:
    text: str
    language: str = "zh"
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class PracticalKey:
    """Shown by photographs or a film; ``media``: photo, video."""

    media: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()

    def __post_init__(self) -> None:
        if not self.media or not set(self.media) <= {"photo", "video"}:
            raise ValueError("a practical task is shown by photo or video")


@dataclass(frozen=True)
class SignedKey:
    """A task whose doing a guardian signs with these words."""

    statement: str


Key: TypeAlias = (
    ChoiceKey | MultipleKey | TrueFalseKey | BlanksKey | NumberKey | FormulaKey | MatchingKey
    | OrderingKey | ShortTextKey | LongTextKey | HandwritingKey | ReadingKey | RecitationKey
    | PracticalKey | SignedKey
)  # fmt: skip
