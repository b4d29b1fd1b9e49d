"""How hard items and points are, from the answers of many pupils, with few answers an item.

An item's hardness is the base, plus its points', plus its own; the last two are drawn towards 0 by
as much as their answers are few: normal priors whose widths are themselves fitted (empirical Bayes,
Efron and Morris 1975). Newton steps between passes of ``rating`` over all pupils, seen from both
sides: an item met early is measured against what the pupil showed later, too.
"""

from dataclasses import dataclass, replace

import numpy as np

from yunke.craft.recall.rating import SLOW, Drift, Pairs, from_both_sides, pairs_of, shares_of
from yunke.craft.recall.values import Answers, Floats, Ints
from yunke.craft.recall.waves import Past, in_time, waves

# Widths (standard deviations in logits) to begin with, and the bounds of what is believed.
SPREAD = 0.8
NARROWEST, WIDEST = 0.3, 2.0
ROUNDS = 4


@dataclass(frozen=True)
class Difficulty:
    """Logits. ``point`` and ``point_count`` have one entry more, 0, for "no point" (number -1).
    ``item_doubt``: variance of each item's own part; ``item_spread``, ``point_spread``: variances
    among items and among points.
    """

    base: float
    point: Floats
    item: Floats
    item_doubt: Floats
    item_count: Floats
    point_count: Floats
    item_spread: float = SPREAD**2
    point_spread: float = SPREAD**2

    def hardness(self, answers: Answers, share: Floats) -> Floats:
        """Of each row's question, (n,)."""
        found: Floats = self.of_points(answers.points, share) + self.base + self.item[answers.item]
        return found

    def against_middling(self, points: Ints) -> Floats:
        """Of every item, (items,), 0 for a middling one. ``points`` of each item, (items, k)."""
        found: Floats = self.of_points(points, shares_of(points)) + self.item
        return found

    def of_points(self, points: Ints, share: Floats) -> Floats:
        """The points' part of it, (n,)."""
        found: Floats = (self.point[points] * share).sum(1)
        return found


def unknown(items: int, points: int, base: float = 0.0) -> Difficulty:
    """Before anybody answered."""
    return Difficulty(
        base,
        np.zeros(points + 1),
        np.zeros(items),
        np.full(items, SPREAD**2),
        np.zeros(items),
        np.zeros(points + 1),
    )


def fit_difficulty(answers: Answers, items: int, points: int, drift: Drift = SLOW) -> Difficulty:
    """From ``answers`` alone. ``items``, ``points``: how many numbers there may be."""
    if not len(answers):
        return unknown(items, points)
    right = float(np.clip(answers.right.mean(), 0.02, 0.98))
    there = answers.points >= 0
    now = replace(
        unknown(items, points, base=float(np.log((1 - right) / right))),
        item_count=np.bincount(answers.item, minlength=items).astype(np.float64),
        point_count=np.bincount(answers.points[there], minlength=points + 1).astype(np.float64),
    )
    pairs = pairs_of(answers)
    time = in_time(answers.order)
    ways = waves(Past(answers.pupil, time)), waves(Past(answers.pupil, time[::-1]))
    for _ in range(ROUNDS):
        hardness, doubt = now.hardness(answers, pairs.share), now.item_doubt[answers.item]
        chance = from_both_sides(answers, ways, pairs, hardness, doubt, drift)
        now = _step(now, answers, pairs, chance)
    return now


def _step(now: Difficulty, answers: Answers, pairs: Pairs, chance: Floats) -> Difficulty:
    """``chance``: of each answer, given the pupil's others; who did better than that?"""
    short = chance - answers.right  # above 0: fewer right than expected, so harder
    weight = chance * (1 - chance)
    row, column = np.nonzero(answers.points >= 0)
    on, share = answers.points[row, column], pairs.share[row, column]
    pull = np.bincount(on, short[row] * share, len(now.point))
    hold = np.bincount(on, weight[row] * share**2, len(now.point))
    point_doubt = 1 / (hold + 1 / now.point_spread)
    point = now.point + (pull - now.point / now.point_spread) * point_doubt
    point[-1] = 0.0
    pull = np.bincount(answers.item, short, len(now.item))
    hold = np.bincount(answers.item, weight, len(now.item))
    item_doubt = 1 / (hold + 1 / now.item_spread)
    item = now.item + (pull - now.item / now.item_spread) * item_doubt
    item_spread = _width(item, item_doubt, now.item_count)
    return replace(
        now,
        base=now.base + 0.5 * float(short.sum() / weight.sum()),
        point=point,
        item=item,
        item_doubt=np.where(now.item_count > 0, item_doubt, item_spread),
        item_spread=item_spread,
        point_spread=_width(point, point_doubt, now.point_count),
    )


def _width(value: Floats, doubt: Floats, count: Floats) -> float:
    """The variance among those that were answered at all (one step of EM)."""
    seen = count > 0
    if not seen.any():
        return SPREAD**2
    return float(np.clip((value[seen] ** 2 + doubt[seen]).mean(), NARROWEST**2, WIDEST**2))
