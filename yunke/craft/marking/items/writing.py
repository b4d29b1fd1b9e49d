"""Keys of what is written into a blank: numbers, formulas, words, several of them.

Every key checks itself when it is made and raises ValueError with a reason an author understands.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yunke.craft.marking.formulas.reading import Unread, read_formula
from yunke.craft.marking.items.results import Result, different, share_within
from yunke.craft.marking.numbers import Number, read_number, read_rest

HALF = Fraction(1, 2)


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
        share_within(self.kept, "what is kept")
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
        share_within(self.kept, "what is kept")
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
        different((one.id for one in self.blanks), "blanks")
        if not self.blanks:
            raise ValueError("there is no blank")
        if self.any_order and len({one.weight for one in self.blanks}) > 1:
            raise ValueError("blanks in any order weigh the same")
