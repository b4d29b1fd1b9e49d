"""What marked answers to the same question say about one that is not marked yet.

Three likenesses (sense, runs of characters, words and pairs), and of each: how the labels lie
among the neighbours, and how near the nearest and the three nearest of each label are; then a
ridge regression over all three kernels (Saunders, Gammerman & Vovk 1998). Answer-based grading
after Heilman & Madnani 2013, which led on seen questions in SemEval-2013.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer

from yunke.craft.marking.short.words import read, terms

Floats = NDArray[np.float64]
BUCKETS = 1 << 14
SOFT = (0.08, 0.1, 0.15)  # how fast a neighbour's word loses weight, for each likeness
MIDDLING = 0.35  # a neighbour as unlike as this weighs what the usual share of labels does
RIDGE, USUAL = 0.8, 4.0


def characters(texts: Sequence[str]) -> csr_matrix:
    """(n, BUCKETS) counts of runs of 2 to 4 characters within words."""
    return _hashed("char_wb", (2, 4)).transform([read(text).text for text in texts])


def phrases(texts: Sequence[str]) -> csr_matrix:
    """(n, BUCKETS) counts of stems and pairs of stems."""
    return _hashed(terms, (1, 1)).transform(texts)


def _hashed(analyzer: object, spans: tuple[int, int]) -> HashingVectorizer:
    return HashingVectorizer(
        analyzer=analyzer,
        ngram_range=spans,
        n_features=BUCKETS,
        alternate_sign=False,
        norm=None,
    )


def rarities(counts: csr_matrix) -> NDArray[np.float32]:
    """(BUCKETS,) 1 + ln((1 + n) / (1 + texts that have it))."""
    texts = np.bincount(counts.indices, minlength=BUCKETS)
    rarity: Floats = 1 + np.log((1 + counts.shape[0]) / (1 + texts))
    return rarity.astype(np.float32)


def alike(
    texts: Sequence[str], wholes: NDArray[np.float32], rarity: Sequence[NDArray[np.float32]]
) -> tuple[Floats, Floats, Floats]:
    """Three (n, n) likenesses of the n answers to one question."""
    spelled = _cosines(characters(texts), rarity[0])
    worded = _cosines(phrases(texts), rarity[1])
    return (wholes @ wholes.T).astype(np.float64), spelled, worded


def _cosines(counts: csr_matrix, rarity: NDArray[np.float32]) -> Floats:
    """Cosines of damped counts times rarity; 0 where a text has nothing."""
    weighed = counts.astype(np.float64)
    weighed.data = (1 + np.log(weighed.data)) * rarity[weighed.indices]
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    products: Floats = (weighed @ weighed.T).toarray()
    cosines: Floats = products / np.outer(np.maximum(length, 1e-9), np.maximum(length, 1e-9))
    return cosines


def width(labels: int) -> int:
    """How many numbers ``told`` gives per answer."""
    return labels + 1 + len(SOFT) * 3 * labels + labels


def told(
    likeness: Sequence[Floats],
    marked: NDArray[np.intp],
    labels: NDArray[np.intp],
    open_: NDArray[np.intp],
    usual: Floats,
) -> Floats:
    """(len(open_), width) numbers for the open answers of one question.

    ``marked`` and ``open_`` are places in the likenesses, ``labels`` the marked ones' labels
    0..k-1, ``usual`` (k,) the shares of labels over all questions.
    """
    shares = np.eye(len(usual))[labels]
    here = (shares.sum(axis=0) + USUAL * usual) / (len(marked) + USUAL)
    rows = len(open_)
    columns = [np.log(np.tile(here, (rows, 1))), np.full((rows, 1), np.log1p(len(marked)))]
    for each, soft in zip(likeness, SOFT, strict=True):
        near = each[np.ix_(open_, marked)]
        columns += [_vote(near, shares, here, soft), _best(near, labels, len(usual))]
    kernel = np.sum(likeness, axis=0)
    own = kernel[np.ix_(marked, marked)] + RIDGE * np.eye(len(marked))
    ridge = kernel[np.ix_(open_, marked)] @ np.linalg.solve(own, shares - here)
    return np.hstack([*columns, here + ridge])


def _vote(near: Floats, shares: Floats, here: Floats, soft: float) -> Floats:
    """(rows, k) log shares of labels among the neighbours, drawn to the question's own share."""
    weight = np.exp(near / soft)
    calm = 2 * np.exp(MIDDLING / soft)
    every: Floats = weight.sum(axis=1, keepdims=True) + calm
    logs: Floats = np.log((weight @ shares + calm * here) / every)
    return logs


def _best(near: Floats, labels: NDArray[np.intp], kinds: int) -> Floats:
    """(rows, 2k) likeness to the nearest and to the three nearest of each label; 0 for none."""
    found = np.zeros((len(near), 2 * kinds))
    for kind in range(kinds):
        of_kind = -np.sort(-near[:, labels == kind], axis=1)
        if of_kind.shape[1]:
            found[:, 2 * kind] = of_kind[:, 0]
            found[:, 2 * kind + 1] = of_kind[:, :3].mean(axis=1)
    return found
