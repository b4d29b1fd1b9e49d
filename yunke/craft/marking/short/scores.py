"""How good suggestions are: F1 per label, weighted and macro, coverage at a precision, intervals.

Definitions as in SemEval-2013 task 7 (Dzikovska et al. 2013): weighted by how often a label is
truly given, macro over the labels that are truly given.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np

Label = TypeVar("Label", bound=Hashable)


def f1_of(truth: Sequence[Label], said: Sequence[Label]) -> dict[Label, float]:
    """F1 of each label that is truly given."""
    given, told = Counter(truth), Counter(said)
    right = Counter(a for a, b in zip(truth, said, strict=True) if a == b)
    return {label: 2 * right[label] / (given[label] + told[label]) for label in given}


def weighted_f1(truth: Sequence[Label], said: Sequence[Label]) -> float:
    """0..1; 0 for no rows."""
    given, each = Counter(truth), f1_of(truth, said)
    return sum(each[label] * count for label, count in given.items()) / max(1, len(truth))


def macro_f1(truth: Sequence[Label], said: Sequence[Label]) -> float:
    """0..1; 0 for no rows."""
    each = f1_of(truth, said)
    return sum(each.values()) / max(1, len(each))


def coverage(right: Sequence[bool], confidence: Sequence[float], precision: float = 0.9) -> float:
    """The largest share of answers, the surest first, of which ``precision`` are right.

    Answers of equal confidence are taken together: no threshold could part them.
    """
    if not right:
        return 0.0
    order = np.argsort(-np.asarray(confidence), kind="stable")
    hits = np.cumsum(np.asarray(right, float)[order])
    sure = np.asarray(confidence)[order]
    last = np.append(sure[1:] != sure[:-1], True)
    reached = (hits / np.arange(1, len(right) + 1) >= precision - 1e-12) & last
    return float((np.flatnonzero(reached)[-1] + 1) / len(right)) if reached.any() else 0.0


def interval(
    truth: Sequence[Label],
    said: Sequence[Label],
    groups: Sequence[Hashable],
    rounds: int = 1_000,
    seed: int = 7,
) -> dict[str, tuple[float, float]]:
    """95 % intervals of weighted and macro F1 by drawing whole groups (questions) again."""
    places: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    known, draw = list(places.values()), np.random.default_rng(seed)
    found: dict[str, list[float]] = {"weighted": [], "macro": []}
    for _ in range(rounds):
        rows = [p for pick in draw.integers(0, len(known), len(known)) for p in known[pick]]
        a, b = [truth[row] for row in rows], [said[row] for row in rows]
        found["weighted"].append(weighted_f1(a, b))
        found["macro"].append(macro_f1(a, b))
    return {
        name: (float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975)))
        for name, values in found.items()
    }
