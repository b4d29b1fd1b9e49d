"""Choice, multiple choice, true or false, matching, ordering."""

import unicodedata
from fractions import Fraction
from itertools import pairwise

from yunke.craft.marking.items.choosing import (
    Choice,
    ChoiceKey,
    MatchingKey,
    MultipleKey,
    OrderingKey,
    OrderRule,
    PartRule,
    TrueFalseKey,
)
from yunke.craft.marking.marks.values import BLANK, RIGHT, Said, partly, unsure, wrong

MOST = 200
_TRUE = frozenset({"true", "t", "yes", "y", "√", "✓", "✔", "对", "正确", "是", "1"})
_FALSE = frozenset({"false", "f", "no", "n", "×", "✗", "✘", "x", "错", "错误", "否", "不对", "0"})


def plain_id(text: str) -> str:
    """``Ａ`` and `` a. `` are A; ids of other shapes stay as they are."""
    found = unicodedata.normalize("NFKC", text).strip()
    short = found.strip(" .()、。")
    return short.upper() if len(short) == 1 else found


def _ids(options: tuple[Choice, ...]) -> dict[str, Choice]:
    return {plain_id(one.id): one for one in options}


def said_of_choice(key: ChoiceKey, answer: object) -> Said:
    if answer in (None, "", []):
        return BLANK
    chosen = answer[0] if isinstance(answer, list | tuple) and len(answer) == 1 else answer
    option = _ids(key.options).get(plain_id(chosen)) if isinstance(chosen, str) else None
    if option is None:
        return unsure("choice.unknown")
    return RIGHT if option.id == key.right else wrong("choice.wrong", option.cause)


def _chosen(answer: object) -> list[str] | None:
    """The ids of an answer: a list, or the letters of ``ABD`` and ``A,B``."""
    if isinstance(answer, str):
        plain = unicodedata.normalize("NFKC", answer)
        parts = [sign for sign in plain if sign not in " ,;、，；."]
        return parts if len(answer) <= MOST else None
    if isinstance(answer, list | tuple) and len(answer) <= MOST:
        return list(answer) if all(isinstance(one, str) for one in answer) else None
    return None


def said_of_multiple(key: MultipleKey, answer: object) -> Said:
    if answer in (None, "", []):
        return BLANK
    ids = _ids(key.options)
    if isinstance(answer, str) and plain_id(answer) in ids:
        answer = [answer]
    chosen = _chosen(answer)
    if chosen is None or not all(plain_id(one) in ids for one in chosen):
        return unsure("choice.unknown")
    picked = {ids[plain_id(one)].id for one in chosen}
    hits, errors = picked & set(key.right), sorted(picked - set(key.right))
    causes = [one.cause for one in key.options if one.id in errors]
    if not errors and len(hits) == len(key.right):
        return RIGHT
    if key.rule is PartRule.EACH:
        share = Fraction(len(hits) - len(errors), len(key.right))
        return partly(share, "choice.part", *causes)
    if errors or key.rule is PartRule.ALL or not hits:
        return wrong("choice.wrong" if errors else "choice.incomplete", *causes)
    return partly(Fraction(1, 2), "choice.incomplete")


def said_of_true_false(key: TrueFalseKey, answer: object) -> Said:
    if answer in (None, ""):
        return BLANK
    if isinstance(answer, str):
        word = answer.strip().lower()
        plain = unicodedata.normalize("NFKC", word)
        answer = True if {word, plain} & _TRUE else False if {word, plain} & _FALSE else None
    if not isinstance(answer, bool):
        return unsure("choice.unknown")
    return RIGHT if answer is key.right else wrong("choice.wrong", key.cause)


def matched(key: MatchingKey, answer: object) -> list[tuple[str, Said]] | None:
    """What is said of each right pair, by its left side; None where the answer is no list of pairs.

    A left side joined twice where the key joins it once is wrong: nobody may join everything.
    """
    pairs = _pairs(answer)
    left, right = {one.id for one in key.left}, {one.id for one in key.right}
    if pairs is None or any(one not in left or other not in right for one, other in pairs):
        return None
    causes = {(one.left, one.right): one.cause for one in key.known}
    due: dict[str, set[str]] = {}
    for pair in key.pairs:
        due.setdefault(pair.left, set()).add(pair.right)
    found: list[tuple[str, Said]] = []
    for side, wanted in due.items():
        made = {other for one, other in pairs if one == side}
        told = [causes.get((side, other), "") for other in sorted(made - wanted)]
        said = BLANK if not made else RIGHT if made == wanted else wrong("match.wrong", *told)
        found.append((side, said))
    for side in sorted({one for one, _ in pairs} - set(due)):
        told = [causes.get((side, other), "") for one, other in sorted(pairs) if one == side]
        found.append((side, wrong("match.not-due", *told)))
    return found


def _pairs(answer: object) -> set[tuple[str, str]] | None:
    """From [["a","1"], …] or ["a 1", …] as QTI writes them, or {"a": "1"}."""
    if isinstance(answer, dict):
        answer = list(answer.items())
    if not isinstance(answer, list | tuple) or len(answer) > MOST:
        return None
    found: set[tuple[str, str]] = set()
    for one in answer:
        parts = one.split() if isinstance(one, str) else one
        if not isinstance(parts, list | tuple) or len(parts) != 2:
            return None
        if not all(isinstance(part, str) for part in parts):
            return None
        found.add((parts[0], parts[1]))
    return found


def said_of_ordering(key: OrderingKey, answer: object) -> Said:
    if answer in (None, "", []):
        return BLANK
    given = _chosen(answer)
    ids = _ids(key.options)
    if given is None or not all(plain_id(one) in ids for one in given):
        return unsure("choice.unknown")
    order = [ids[plain_id(one)].id for one in given]
    if len(set(order)) < len(order):
        return unsure("order.twice")
    if tuple(order) == key.order:
        return RIGHT
    causes = [one.cause for one in key.results if one.text.split() == order]
    if key.rule is OrderRule.ALL:
        return wrong("order.wrong", *causes)
    if key.rule is OrderRule.PLACE:
        hits, count = sum(a == b for a, b in zip(order, key.order, strict=False)), len(key.order)
    else:
        due = set(pairwise(key.order))
        hits = sum(pair in due for pair in pairwise(order))
        count = len(due)
    return partly(Fraction(hits, count), "order.part", *causes)
