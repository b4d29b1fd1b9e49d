"""Why a suggestion: the words it rests on, as values that a page can say in any language."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz

from yunke.craft.marking.short.closeness import Side, nearest
from yunke.craft.marking.short.opposites import DENIALS, FILLER, FILLER_HAN
from yunke.craft.marking.short.values import Reason, Row, Why
from yunke.craft.marking.short.vectors import Sense
from yunke.craft.marking.short.words import LONGEST, opposed, read, stem

ALIKE, SPELLED, MOST = 0.6, 80, 6


def reasons(question: str, reference: Side, answer: Side, marked: Sequence[Row]) -> tuple[Why, ...]:
    """What speaks for and against, most telling first; ``marked`` are of the same question."""
    if not answer.read.text:
        return (Why(Reason.EMPTY),)
    found, missing = _words(question, reference, answer)
    told = [
        Why(Reason.OPPOSITE, tuple(f"{a} / {b}" for a, b in opposed(reference.read, answer.read))),
        Why(Reason.NUMBER, tuple(sorted(reference.read.numbers - answer.read.numbers))),
        Why(Reason.FOUND, found[:MOST]),
        Why(Reason.MISSING, missing[:MOST]),
    ]
    kept = [why for why in told if why.words]
    if (answer.read.denials > 0) != (reference.read.denials > 0):
        kept.insert(0, Why(Reason.DENIES))
    return (*kept, *_likest(answer, marked))


def _words(question: str, reference: Side, answer: Side) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The reference's own words that the answer has, in its way, and those that it has not."""
    asked, said = set(read(question).content), set(answer.read.content)
    near = dict(whole_words(reference.sense, nearest(reference.sense, answer.sense)))
    found: list[str] = []
    missing: list[str] = []
    for word in reference.read.words:
        if word in FILLER or word in FILLER_HAN or word in DENIALS or stem(word) in asked:
            continue
        has = stem(word) in said or near.get(word, 0.0) >= ALIKE or _misspelt(word, answer)
        (found if has else missing).append(word)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(missing))


def whole_words(sense: Sense, near: np.ndarray) -> list[tuple[str, float]]:
    """Words put together from pieces, each with the best likeness among its pieces."""
    words: list[tuple[str, float]] = []
    for name, likeness in zip(sense.names, near.tolist(), strict=True):
        if name.startswith("##") and words:
            word, best = words[-1]
            words[-1] = (word + name[2:], max(best, likeness))
        else:
            words.append((name, likeness))
    return words


def _misspelt(word: str, answer: Side) -> bool:
    return len(word) > 3 and any(fuzz.ratio(word, other) >= SPELLED for other in answer.read.words)


def _likest(answer: Side, marked: Sequence[Row]) -> tuple[Why, ...]:
    """The marked answer that is spelled most alike, with its label."""
    known = [row for row in marked if row.label]
    if not known:
        return ()
    best = max(
        known, key=lambda row: fuzz.token_sort_ratio(read(row.answer).text, answer.read.text)
    )
    return (Why(Reason.LIKE, (best.answer[:LONGEST], best.label or "")),)
