"""Bayesian knowledge tracing, fitted for all points at once.

Corbett and Anderson 1995: a point is known or not; ``prior`` known before the first answer,
``learn`` from one answer to the next, ``guess`` right when not known, ``slip`` wrong when known;
nothing is forgotten. The parameters are fitted by expectation and maximisation (Baum-Welch). One
sequence is one pupil's answers on one point; the k-th answers of all sequences are worked out
together (``waves``): a few numpy calls a wave instead of a few Python steps an answer.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from yunke.craft.recall.values import Answers, Floats, Ints
from yunke.craft.recall.waves import Past, Waves, in_time, waves

START = (0.3, 0.1, 0.25, 0.15)
# A point that nobody knows and everybody guesses explains the same answers; these bounds keep the
# meaning of the words (Baker, Corbett and Aleven 2008).
MOST = np.array([0.99, 0.9, 0.5, 0.5])
LEAST = 0.001
# Half-answers a parameter starts with, so that a point with three answers stays near the start.
WEIGHT = 2.0


@dataclass(frozen=True)
class Bkt:
    """One entry a point, each (points,); ``rounds`` of EM that were needed."""

    prior: Floats
    learn: Floats
    guess: Floats
    slip: Floats
    rounds: int


@dataclass(frozen=True)
class _Laid:
    """Sequences in waves: in wave order the ``point`` of each row, whether it was ``right``, and
    whether the sequence goes on after it (1.0) or ends (0.0).
    """

    layout: Waves
    point: Ints
    right: Floats
    goes_on: Floats


def fit_bkt(answers: Answers, points: int, *, rounds: int = 100, close: float = 1e-4) -> Bkt:
    """Fit the points of ``answers``; stops when no parameter moves by more than ``close``."""
    now = np.repeat(np.array(START)[:, None], points, axis=1)
    laid = _lay(answers)
    done = 0
    while done < rounds and len(laid.right):
        new = _maximise(laid, *_expect(laid, now), points)
        moved = float(np.abs(new - now).max())
        now, done = new, done + 1
        if moved < close:
            break
    prior, learn, guess, slip = now
    return Bkt(prior, learn, guess, slip, done)


def predict_bkt(bkt: Bkt, answers: Answers) -> Floats:
    """The chance of a right answer before each row, (n,): the mean over the question's points.

    A row without points gets the mean of all points' first chance.
    """
    row, _ = np.nonzero(answers.points >= 0)
    laid = _lay(answers)
    now = np.stack([bkt.prior, bkt.learn, bkt.guess, bkt.slip])
    chance = np.empty(len(row))
    known = _forward(laid, now)
    point = laid.point
    chance[laid.layout.row] = known * (1 - now[3, point]) + (1 - known) * now[2, point]
    count = np.bincount(row, minlength=len(answers))
    total = np.bincount(row, chance, len(answers))
    first = bkt.prior * (1 - bkt.slip) + (1 - bkt.prior) * bkt.guess
    middle = float(first.mean()) if len(first) else 0.5
    found: Floats = np.where(count > 0, total / np.maximum(count, 1), middle)
    return found


def _lay(answers: Answers) -> _Laid:
    row, column = np.nonzero(answers.points >= 0)
    point = answers.points[row, column]
    width = int(point.max(initial=0)) + 1
    place = np.empty(len(answers), dtype=np.int64)
    place[in_time(answers.order)] = np.arange(len(answers))
    time = np.argsort(place[row], kind="stable")
    layout = waves(Past(answers.pupil[row] * width + point, time))
    goes_on = np.zeros(len(row))
    for rows, following in pairwise(layout.slices()):
        goes_on[rows.start : rows.start + following.stop - following.start] = 1.0
    return _Laid(layout, point[layout.row], answers.right[row][layout.row], goes_on)


def _forward(laid: _Laid, now: Floats) -> Floats:
    """Known before each answer, given the answers before it, in wave order."""
    found = np.empty(len(laid.right))
    prior, learn, _, _ = now
    state = prior[laid.point[: laid.layout.groups]] if len(found) else found
    if_known, if_not = _likelihoods(laid, now)
    gain = learn[laid.point]
    for rows in laid.layout.slices():
        known = state[: rows.stop - rows.start]
        found[rows] = known
        seen = known * if_known[rows]
        after = seen / (seen + (1 - known) * if_not[rows])
        state = after + (1 - after) * gain[rows]
    return found


def _likelihoods(laid: _Laid, now: Floats) -> tuple[Floats, Floats]:
    """Of each answer, if the point is known and if it is not."""
    _, _, guess, slip = now[:, laid.point]
    right = laid.right > 0
    return np.where(right, 1 - slip, slip), np.where(right, guess, 1 - guess)


def _expect(laid: _Laid, now: Floats) -> tuple[Floats, Floats]:
    """Given all answers of its sequence: known at each row, and learnt between it and the next.

    Backwards by Rauch, Tung and Striebel's rule; with nothing forgotten, known stays known.
    """
    if_known, if_not = _likelihoods(laid, now)
    before = _forward(laid, now)
    seen = before * if_known
    known = seen / (seen + (1 - before) * if_not)
    learnt = (1 - known) * now[1, laid.point] * laid.goes_on
    slices = laid.layout.slices()
    for rows, following in zip(slices[-2::-1], slices[:0:-1], strict=True):
        here = slice(rows.start, rows.start + following.stop - following.start)
        ratio = known[following] / before[following]
        known[here] *= ratio
        learnt[here] *= ratio
    return known, learnt


def _maximise(laid: _Laid, known: Floats, learnt: Floats, points: int) -> Floats:
    """Expected counts over expected chances, with a few half-answers of the start."""
    first = slice(0, laid.layout.groups)
    unknown = 1 - known

    def over(hits: Floats, chances: Floats, start: float, rows: slice = slice(None)) -> Floats:
        point = laid.point[rows]
        top = np.bincount(point, hits[rows], points) + WEIGHT * start
        share: Floats = top / (np.bincount(point, chances[rows], points) + WEIGHT)
        return share

    found = np.stack(
        [
            over(known, np.ones_like(known), START[0], first),
            over(learnt, unknown * laid.goes_on, START[1]),
            over(unknown * laid.right, unknown, START[2]),
            over(known * (1 - laid.right), known, START[3]),
        ]
    )
    return np.clip(found, LEAST, MOST[:, None])
