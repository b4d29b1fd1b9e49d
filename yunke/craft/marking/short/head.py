"""A linear head: numbers of an answer to a label and an honest confidence.

Multinomial logistic regression with a strong penalty (few questions, many numbers), labels that
are rare helped by an offset, and Platt scaling of the chosen label's chance (Platt 1999); offset
and scaling are set on answers that the regression had not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from yunke.craft.marking.short.scores import macro_f1, weighted_f1

Floats = NDArray[np.float64]
OFFSETS = (0.0, 0.2, 0.4, 0.6, 0.8)
FARTHEST = 5.0  # standard deviations; an odd answer is odd, not infinitely so


@dataclass(frozen=True)
class Head:
    """``mean``, ``scale``: (m,); ``slopes``: (m, k); ``base``, ``offsets``: (k,); ``trust``: 2."""

    mean: Floats
    scale: Floats
    slopes: Floats
    base: Floats
    offsets: Floats
    trust: Floats

    def chances(self, numbers: Floats) -> Floats:
        """(n, k) chance of each label, before any offset."""
        return _softmax(self._scaled(numbers) @ self.slopes + self.base)

    def choose(self, chances: Floats) -> tuple[NDArray[np.intp], Floats]:
        """The label of each answer and how likely it is to be right."""
        chosen = (np.log(chances + 1e-9) + self.offsets).argmax(axis=1)
        told = _logit(chances[np.arange(len(chosen)), chosen])
        return chosen, 1 / (1 + np.exp(-(self.trust[0] * told + self.trust[1])))

    def _scaled(self, numbers: Floats) -> Floats:
        scaled: Floats = ((numbers - self.mean) / self.scale).clip(-FARTHEST, FARTHEST)
        return scaled


def fit(
    numbers: Floats, labels: NDArray[np.intp], folds: NDArray[np.intp], kinds: int, penalty: float
) -> Head:
    """``folds``: (n,) which answers are held out together while offsets and trust are set.

    ``penalty``: sklearn's C, small for a strong one.
    """
    unseen = np.zeros((len(labels), kinds))
    for fold in np.unique(folds):
        out = folds == fold
        unseen[out] = _bare(numbers[~out], labels[~out], kinds, penalty).chances(numbers[out])
    bare = _bare(numbers, labels, kinds, penalty)
    offsets = _offsets(unseen, labels, kinds)
    chosen = (np.log(unseen + 1e-9) + offsets).argmax(axis=1)
    told = _logit(unseen[np.arange(len(labels)), chosen])
    trust = _trust(told, chosen == labels)
    return Head(bare.mean, bare.scale, bare.slopes, bare.base, offsets, trust)


def _bare(numbers: Floats, labels: NDArray[np.intp], kinds: int, penalty: float) -> Head:
    """The regression alone. A label that is not among ``labels`` gets no chance."""
    mean, scale = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
    slopes, base = np.zeros((numbers.shape[1], kinds)), np.full(kinds, -20.0)
    head = Head(mean, scale, slopes, base, np.zeros(kinds), np.array([1.0, 0.0]))
    present = np.unique(labels)
    if len(present) < 2:
        base[present] = 0.0
        return head
    model = LogisticRegression(C=penalty, max_iter=200).fit(head._scaled(numbers), labels)
    slopes[:, present], base[present] = _both_sides(model.coef_, model.intercept_)
    return head


def _both_sides(coef: Floats, intercept: Floats) -> tuple[Floats, Floats]:
    """Slopes (m, k) and bases (k,); two labels share one line of coefficients."""
    if len(coef) == 1:
        coef = np.vstack([np.zeros_like(coef), coef])
        intercept = np.concatenate([[0.0], intercept])
    return coef.T, intercept


def _offsets(chances: Floats, labels: NDArray[np.intp], kinds: int) -> Floats:
    """The offsets, one label after the other, that raise weighted and macro F1 together."""
    logs, offsets = np.log(chances + 1e-9), np.zeros(kinds)
    for kind in np.argsort(np.bincount(labels, minlength=kinds), kind="stable")[:-1]:
        scores = [_score(logs + _with(offsets, kind, step), labels) for step in OFFSETS]
        offsets = _with(offsets, kind, OFFSETS[int(np.argmax(scores))])
    return offsets


def _with(offsets: Floats, kind: int, step: float) -> Floats:
    changed = offsets.copy()
    changed[kind] = step
    return changed


def _score(logs: Floats, labels: NDArray[np.intp]) -> float:
    said: Sequence[int] = logs.argmax(axis=1).tolist()
    return weighted_f1(labels.tolist(), said) + macro_f1(labels.tolist(), said)


def _trust(told: Floats, right: NDArray[np.bool_]) -> Floats:
    """Slope and base from the told log odds to the chance of being right; never a falling line."""
    if right.all() or not right.any():
        return np.array([0.0, 2.0 if right.all() else -2.0])
    model = LogisticRegression(C=10.0).fit(told[:, None], right)
    slope = max(0.0, float(model.coef_[0, 0]))
    return np.array([slope, float(model.intercept_[0])])


def _logit(chance: Floats) -> Floats:
    kept = chance.clip(1e-6, 1 - 1e-6)
    logit: Floats = np.log(kept / (1 - kept))
    return logit


def _softmax(values: Floats) -> Floats:
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances
