"""The answers of one question beside each other: how hard it is, and who says what most say.

An answer's nearness to the reference means little until one knows how near the others came;
answers that many give independently are more often right. Source: our own measurement (CARD.md);
the idea of standing within the group is that of Mohler & Mihalcea 2009 (answers as feedback to
the reference).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FEW = 4  # fewer answers than these say nothing about each other
STEADY = 0.3  # added to a spread, so that a question all of whose answers are alike stays calm
CROWD = 8


def beside(nearness: Floats, wholes: NDArray[np.float32]) -> Floats:
    """(n, m + CROWD) for the n answers of one question.

    ``nearness``: (n, m) numbers about the reference, larger is nearer, already scaled over all
    questions. ``wholes``: (n, 384) of length 1. Zeros where there are too few answers.
    """
    count, width = nearness.shape
    if count < FEW:
        return np.zeros((count, width + CROWD))
    spread = (nearness - nearness.mean(axis=0)) / (nearness.std(axis=0) + STEADY)
    return np.hstack([spread, _crowd(spread.mean(axis=1), wholes.astype(np.float64))])


def _crowd(near: Floats, wholes: Floats) -> Floats:
    """(n, CROWD): likeness to all, to the nearest, to the quarters next to and far from the key."""
    alike = wholes @ wholes.T
    np.fill_diagonal(alike, 0.0)
    count = len(near)
    every = alike.sum(axis=1) / (count - 1)
    closest = np.sort(alike, axis=1)[:, -min(4, count - 1) :].mean(axis=1)
    order = np.argsort(-near, kind="stable")
    quarter = max(2, count // 4)
    good, poor = (_likeness(alike, group) for group in (order[:quarter], order[-quarter:]))
    return np.column_stack(
        [
            every,
            closest,
            _standing(every),
            _standing(closest),
            good,
            poor,
            _standing(good - poor),
            good - poor,
        ]
    )


def _likeness(alike: Floats, group: NDArray[np.intp]) -> Floats:
    """(n,) mean likeness to a group, oneself left out (the diagonal is nought)."""
    member = np.zeros(len(alike))
    member[group] = 1
    mean: Floats = alike @ member / np.maximum(member.sum() - member, 1)
    return mean


def _standing(values: Floats) -> Floats:
    standing: Floats = (values - values.mean()) / (values.std() + 1e-3)
    return standing
