"""A formula against its key, by what it means."""

from yunke.craft.marking.formulas import (
    Leash,
    Same,
    compare_formulas,
    is_expanded,
    is_factored,
)
from yunke.craft.marking.formulas.reading import read_formula
from yunke.craft.marking.items.writing import FormulaKey, FormulaShape
from yunke.craft.marking.marks.values import BLANK, RIGHT, Said, partly, unsure, wrong


def said_of_formula(key: FormulaKey, answer: object, leash: Leash | None = None) -> Said:
    if answer is not None and not isinstance(answer, str):
        return unsure("answer.unread")
    if answer is None or not answer.strip():
        return BLANK
    said = [_compared(one, answer, leash) for one in key.accepted]
    if Same.YES in said:
        return _shaped(key, answer)
    if any(one is not Same.NO for one in said):
        return unsure(next(f"formula.{one}" for one in said if one is not Same.NO))
    for result in key.results:
        if _compared(result.text, answer, leash) is Same.YES:
            return wrong("formula.wrong", result.cause)
    return wrong("formula.wrong")


def _compared(key: str, answer: str, leash: Leash | None) -> Same | str:
    """Yes or no; else the reason why it is unsure."""
    said = compare_formulas(key, answer, leash)
    return said.reason if said.same is Same.UNSURE else said.same


def _shaped(key: FormulaKey, answer: str) -> Said:
    """It is right; is it written as asked? Of equations both sides are looked at."""
    if key.shape is FormulaShape.ANY:
        return RIGHT
    asked = is_expanded if key.shape is FormulaShape.EXPANDED else is_factored
    sides = [side for one in read_formula(answer) for side in (one.left, one.right) if side]
    return RIGHT if all(map(asked, sides)) else partly(key.kept, f"form.{key.shape.value}")
