"""The chance of a right answer before it is given: ratings and history, weighed by boosted trees.

Fitting: the trees must learn from rows as they will meet them, with items known from others' work.
So the train pupils are split into folds; hardness is fitted on the other folds, the fold's rows are
looked at with it, and the trees are fitted on all of these rows. Then hardness is fitted on all.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from yunke.craft.recall.difficulty import Difficulty, fit_difficulty
from yunke.craft.recall.features import NAMES, look
from yunke.craft.recall.values import Answers, Floats

FOLDS = 5
# Below this many answers the rating alone is safer than trees over it.
FEWEST = 2_000
# After so many answers the trees weigh as much as the rating alone.
HALF_TRUST = 15_000
# Rows a block: the trees walk a block that stays in the processor's cache.
BLOCK = 4_000


@dataclass(frozen=True)
class Tracer:
    """``items``, ``points``: how many numbers may occur; no ``trees`` after too few answers."""

    known: Difficulty
    trees: HistGradientBoostingClassifier | None
    items: int
    points: int

    @property
    def trust(self) -> float:
        """How much the trees weigh against the rating alone: they need many answers to grow."""
        many = float(self.known.item_count.sum())
        return many / (many + HALF_TRUST)


def fit(train: Answers, items: int, points: int, *, seed: int = 0) -> Tracer:
    """From ``train`` alone."""
    known = fit_difficulty(train, items, points)
    if len(train) < FEWEST or train.right.min() == train.right.max():
        return Tracer(known, None, items, points)
    columns = _as_met(train, items, points, seed)
    trees = HistGradientBoostingClassifier(
        learning_rate=0.12,
        max_iter=64,
        max_depth=4,
        max_leaf_nodes=16,
        min_samples_leaf=80,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    )
    with threadpool_limits(limits=1):
        trees.fit(columns.T, train.right)
    return Tracer(known, trees, items, points)


def _as_met(train: Answers, items: int, points: int, seed: int) -> Floats:
    pupils = int(train.pupil.max()) + 1
    fold = np.random.default_rng(seed).permutation(pupils)[train.pupil] % FOLDS
    columns = np.empty((len(NAMES), len(train)))
    for number in range(FOLDS):
        inside = fold == number
        if inside.any():
            known = fit_difficulty(train.take(~inside), items, points)
            teach = np.full(int(inside.sum()), told_in_time(train))
            columns[:, inside] = look(train.take(inside), known, teach)
    # Trees cannot be grown over a column that is empty throughout (no item ever met twice, say).
    columns[np.isnan(columns).all(axis=1)] = 0.0
    return columns


def chances(tracer: Tracer, history: Answers, asked: Answers, *, shared: bool = True) -> Floats:
    """The chance of a right answer for each row of ``asked``, (n,).

    ``history``: what the same pupils answered in the train rows. ``shared``: whether the rows of
    ``asked`` stand in the order of time for all pupils together, so that an item's hardness may be
    corrected by what others answered earlier.
    """
    both = joined(history, asked)
    new = np.arange(len(both)) >= len(history)
    teach = new if shared else np.zeros(len(both), dtype=np.bool_)
    columns = look(both, tracer.known, teach, new)
    logit = columns[NAMES.index("logit")]
    if tracer.trees is not None:
        logit = tracer.trust * _grown(tracer.trees, columns) + (1 - tracer.trust) * logit
    found: Floats = 1 / (1 + np.exp(-logit))
    return found


def _grown(trees: HistGradientBoostingClassifier, columns: Floats) -> Floats:
    """What the trees say, in logits, (n,)."""
    found = np.empty(columns.shape[1])
    with threadpool_limits(limits=1):
        for at in range(0, len(found), BLOCK):
            block = np.ascontiguousarray(columns[:, at : at + BLOCK].T)
            found[at : at + BLOCK] = trees.decision_function(block)
    return found


def foretold(tracer: Tracer, train: Answers, test: Answers) -> Floats:
    """The chances of the rows of ``test``, knowing the ``train`` rows of the same pupils, (n,).

    What others answered in ``test`` counts only where the file stands in the order of time, so that
    "earlier" means the same by row and by moment.
    """
    history = train.take(np.isin(train.pupil, test.pupil))
    return chances(tracer, history, test, shared=told_in_time(test))


def told_in_time(answers: Answers) -> bool:
    """Whether the rows of all pupils together stand in the order of time."""
    return bool((np.diff(answers.order) >= 0).all())


def joined(first: Answers, second: Answers) -> Answers:
    """The rows of one after the rows of the other; where one has fewer points, -1 fills up."""
    wide = max(first.points.shape[1], second.points.shape[1])
    parts = [
        np.pad(one.points, ((0, 0), (0, wide - one.points.shape[1])), constant_values=-1)
        for one in (first, second)
    ]
    return Answers(
        np.concatenate([first.pupil, second.pupil]),
        np.concatenate([first.item, second.item]),
        np.concatenate([first.order, second.order]),
        np.concatenate(parts),
        np.concatenate([first.right, second.right]),
    )
