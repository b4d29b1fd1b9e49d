"""Several blanks, each with its own key; in any order where the author says so."""

from yunke.craft.marking.formulas import Leash
from yunke.craft.marking.items.writing import BlanksKey, FormulaKey, NumberKey, TextKey
from yunke.craft.marking.marks.formulas import said_of_formula
from yunke.craft.marking.marks.numbers import said_of_number
from yunke.craft.marking.marks.texts import said_of_text
from yunke.craft.marking.marks.values import Said, Verdict

_GOOD = {Verdict.RIGHT: 3, Verdict.PARTLY: 2, Verdict.UNSURE: 1, Verdict.WRONG: 0}
MOST_IN_ANY_ORDER = 12


def said_of_blanks(
    key: BlanksKey, answer: object, leash: Leash | None = None
) -> list[tuple[str, Said]] | None:
    """(blank, said) in the order of the key; None where the answer has another shape."""
    texts = _texts(key, answer)
    if texts is None:
        return None
    if not key.any_order or len(key.blanks) > MOST_IN_ANY_ORDER:
        pairs = zip(key.blanks, texts, strict=True)
        return [(blank.id, said_of_blank(blank.key, text, leash)) for blank, text in pairs]
    table = [[said_of_blank(blank.key, text, leash) for blank in key.blanks] for text in texts]
    chosen = _best(table)
    return [(blank.id, table[row][chosen[row]]) for row, blank in enumerate(key.blanks)]


def said_of_blank(key: NumberKey | FormulaKey | TextKey, text: object, leash: Leash | None) -> Said:
    if isinstance(key, NumberKey):
        return said_of_number(key, text)
    return (
        said_of_text(key, text) if isinstance(key, TextKey) else said_of_formula(key, text, leash)
    )


def _texts(key: BlanksKey, answer: object) -> list[object] | None:
    """One per blank: from {blank: text}, a list in order, or one text for one blank."""
    if isinstance(answer, dict):
        known = {blank.id for blank in key.blanks}
        return [answer.get(blank.id) for blank in key.blanks] if set(answer) <= known else None
    if answer is None:
        return [None] * len(key.blanks)
    if isinstance(answer, str) and len(key.blanks) == 1:
        return [answer]
    if isinstance(answer, list | tuple) and len(answer) == len(key.blanks):
        return list(answer)
    return None


def _best(table: list[list[Said]]) -> list[int]:
    """Which key each text is held against, so that most is right: by sets of keys used, exactly.

    The first text takes the first key among equals: the same whatever the machine.
    """
    size = len(table)
    # keys used (bits) -> (worth, choice of every text so far)
    states: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for row in range(size):
        found: dict[int, tuple[int, tuple[int, ...]]] = {}
        for used, (worth, chosen) in states.items():
            for column in range(size):
                if used >> column & 1:
                    continue
                better = worth + _GOOD[table[row][column].verdict] * 10**3
                state = (better, (*chosen, column))
                old = found.get(used | 1 << column)
                if old is None or (state[0], [-one for one in state[1]]) > (
                    old[0],
                    [-one for one in old[1]],
                ):
                    found[used | 1 << column] = state
        states = found
    return list(states[(1 << size) - 1][1])
