"""One item, one answer, one marking: the door to all rules."""

from collections.abc import Callable
from fractions import Fraction

from yunke.craft.marking.formulas import Leash
from yunke.craft.marking.items.choosing import (
    ChoiceKey,
    MatchingKey,
    MultipleKey,
    OrderingKey,
    TrueFalseKey,
)
from yunke.craft.marking.items.showing import ShortTextKey, SignedKey
from yunke.craft.marking.items.values import Item
from yunke.craft.marking.items.writing import BlanksKey, FormulaKey, NumberKey, TextKey
from yunke.craft.marking.marks.blanks import said_of_blanks
from yunke.craft.marking.marks.formulas import said_of_formula
from yunke.craft.marking.marks.numbers import said_of_number
from yunke.craft.marking.marks.objective import (
    matched,
    said_of_choice,
    said_of_multiple,
    said_of_ordering,
    said_of_true_false,
)
from yunke.craft.marking.marks.texts import said_of_short_text, said_of_text
from yunke.craft.marking.marks.values import (
    BLANK,
    CERTAIN,
    RIGHT,
    Marking,
    Part,
    Said,
    Verdict,
    unsure,
)

NO_CONFIDENCE = Fraction(0)
_SIMPLE: dict[type, Callable[..., Said]] = {
    ChoiceKey: said_of_choice,
    MultipleKey: said_of_multiple,
    TrueFalseKey: said_of_true_false,
    OrderingKey: said_of_ordering,
    NumberKey: said_of_number,
    TextKey: said_of_text,
    ShortTextKey: said_of_short_text,
}


def mark(item: Item, answer: object, leash: Leash | None = None) -> Marking:
    """``answer`` as it comes out of JSON: text, truth value, list, list of pairs, {blank: text}.

    Whatever the answer is, there is a marking; an item whose key cannot be read cannot be made.
    ``leash``: the child that compares formulas, one for all where none is given.
    """
    key = item.key
    if isinstance(key, BlanksKey):
        return _together(item, _weighted(key, said_of_blanks(key, answer, leash)))
    if isinstance(key, MatchingKey):
        return _of_matching(item, key, answer)
    if isinstance(key, FormulaKey):
        return _of_one(item, said_of_formula(key, answer, leash))
    if isinstance(key, SignedKey):
        return _of_one(item, RIGHT if answer is True else unsure("signed.open"))
    rule = _SIMPLE.get(type(key))
    return _of_one(item, rule(key, answer) if rule else _to_a_person(answer))


def _to_a_person(answer: object) -> Said:
    """Long text, handwriting, voice, photographs: judged by people. Nothing handed in is looked
    at as well: a picture may have been lost on the way.
    """
    return unsure("person.nothing" if answer in (None, "", [], {}) else "person")


def _of_one(item: Item, said: Said) -> Marking:
    score = None if said.share is None else said.share * item.points
    sure = NO_CONFIDENCE if said.verdict is Verdict.UNSURE else CERTAIN
    return Marking(said.verdict, score, item.points, said.reason, said.causes, (), sure)


def _of_matching(item: Item, key: MatchingKey, answer: object) -> Marking:
    if answer in (None, "", [], {}):
        return _of_one(item, BLANK)
    found = matched(key, answer)
    if found is None:
        return _of_one(item, unsure("match.unread"))
    due = len({pair.left for pair in key.pairs})
    shares = [(side, said, Fraction(said.reason != "match.not-due", due)) for side, said in found]
    return _together(item, shares)


def _weighted(
    key: BlanksKey, said: list[tuple[str, Said]] | None
) -> list[tuple[str, Said, Fraction]]:
    total = sum((one.weight for one in key.blanks), Fraction(0))
    weights = {one.id: one.weight / total for one in key.blanks}
    if said is None:
        return [(one.id, unsure("blanks.unread"), weights[one.id]) for one in key.blanks]
    return [(name, one, weights[name]) for name, one in said]


def _together(item: Item, found: list[tuple[str, Said, Fraction]]) -> Marking:
    """The parts added up; one part unsure makes the whole unsure, the others keep their points."""
    parts = tuple(
        Part(name, said.verdict, _points(said, item.points * share), said.reason, said.causes)
        for name, said, share in found
    )
    sure = sum((part.score for part in parts if part.score is not None), Fraction(0))
    causes = tuple(dict.fromkeys(cause for part in parts for cause in part.causes))
    verdicts = {part.verdict for part in parts}
    if Verdict.UNSURE in verdicts:
        reason = next(part.reason for part in parts if part.verdict is Verdict.UNSURE)
        return Marking(
            Verdict.UNSURE, None, item.points, reason, causes, parts, NO_CONFIDENCE, at_least=sure
        )
    verdict, reason = _verdict(verdicts, parts)
    return Marking(verdict, sure, item.points, reason, causes, parts)


def _points(said: Said, worth: Fraction) -> Fraction | None:
    return None if said.share is None else said.share * worth


def _verdict(verdicts: set[Verdict], parts: tuple[Part, ...]) -> tuple[Verdict, str]:
    if verdicts == {Verdict.RIGHT}:
        return Verdict.RIGHT, "right"
    if {part.reason for part in parts} == {"blank"}:
        return Verdict.WRONG, "blank"
    if verdicts == {Verdict.WRONG}:
        return Verdict.WRONG, "wrong"
    return Verdict.PARTLY, "parts"
