"""Ratings: what a pupil can do in general and on each point, each with its doubt.

A state-space Rasch model followed by an extended Kalman filter, one answer at a time: the chance
of a right answer is ``logistic(ability + mean over the question's points - hardness)``; an answer
moves each part by its share of the doubt. Elo's rating of items and pupils is the fixed step
(Pelánek 2016, "Applications of the Elo rating system in adaptive educational systems"); the doubt
makes it Glickman's (1999). The widened logistic uses the usual 1 + pi S / 8.
"""

from dataclasses import dataclass

import numpy as np

from yunke.craft.recall.values import Answers, Floats, Ints
from yunke.craft.recall.waves import Waves


@dataclass(frozen=True)
class Drift:
    """Variances in squared logits: at the start, and added before every answer.

    The slow drift remembers a pupil's whole way, the quick one follows the last weeks.
    """

    pupil: float
    point: float
    pupil_step: float
    point_step: float


SLOW = Drift(0.9, 0.3, 0.001, 0.006)
QUICK = Drift(0.9, 0.5, 0.03, 0.05)
# Stands for no variance where one is divided by.
TINY = 1e-9


@dataclass(frozen=True)
class Pairs:
    """Which pupil-and-point each row speaks of: ``number`` (n, k), the last number is nobody's.
    ``share``: how much of the question is that point, (n, k), 0 where there is none.
    """

    number: Ints
    share: Floats
    count: int


@dataclass(frozen=True)
class Rated:
    """Before each answer, one row a drift, (d, n), in the order of the table.

    ``chance`` of a right answer; ``pupil`` and ``point``: ability in logits; their ``doubt``s.
    """

    chance: Floats
    pupil: Floats
    point: Floats
    pupil_doubt: Floats
    point_doubt: Floats


def shares_of(points: Ints) -> Floats:
    """How much of a question each of its points is, (n, k); rows add up to 1 or 0."""
    there = points >= 0
    shares: Floats = there / np.maximum(there.sum(1, keepdims=True), 1)
    return shares


def pairs_of(answers: Answers) -> Pairs:
    """Numbers for the pairs of pupil and point that occur."""
    points = answers.points
    there = points >= 0
    width = int(points.max(initial=0)) + 1
    codes = (answers.pupil[:, None] * width + points)[there]
    names, numbers = np.unique(codes, return_inverse=True)
    number = np.full(points.shape, len(names), dtype=np.int64)
    number[there] = numbers
    return Pairs(number, shares_of(points), len(names))


def rate(
    answers: Answers,
    waves: Waves,
    pairs: Pairs,
    hardness: Floats,
    hardness_doubt: Floats,
    drifts: tuple[Drift, ...],
) -> Rated:
    """Follow every pupil through their answers. ``hardness`` (n,) in logits, with its variance."""
    steps = np.array([[d.pupil_step, d.point_step] for d in drifts])
    pupil_step, point_step = steps[:, :1], steps[:, 1:, None]
    pupil = np.zeros((len(drifts), waves.groups))
    pupil_var = np.repeat([[d.pupil] for d in drifts], waves.groups, axis=1)
    point = np.zeros((len(drifts), pairs.count + 1))
    point_var = np.repeat([[d.point] for d in drifts], pairs.count + 1, axis=1)
    # The question's points lie on an outer axis, so that numpy adds along the long one.
    numbers, shares = pairs.number[waves.row].T.copy(), pairs.share[waves.row].T.copy()
    hard, hard_var = hardness[waves.row], hardness_doubt[waves.row]
    right = answers.right[waves.row]
    out = np.empty((5, len(drifts), len(answers)))
    for rows in waves.slices():
        here = rows.stop - rows.start
        pair, share = numbers[:, rows], shares[:, rows]
        able, able_var = pupil[:, :here], pupil_var[:, :here]
        able_var += pupil_step
        known, known_var = point[:, pair], point_var[:, pair] + point_step
        pull = share * known_var
        on_points, on_points_var = (share * known).sum(1), (share * pull).sum(1)
        doubt = able_var + on_points_var + hard_var[rows]
        logit = (able + on_points - hard[rows]) / np.sqrt(1 + np.pi / 8 * doubt)
        chance = 1 / (1 + np.exp(-logit))
        out[:, :, rows] = chance, able, on_points, able_var, on_points_var
        information = chance * (1 - chance)
        gain = 1 / (1 + information * doubt)
        surprise = (right[rows] - chance) * gain
        information *= gain
        able += able_var * surprise
        able_var -= able_var * able_var * information
        point[:, pair] = known + pull * surprise[:, None]
        point_var[:, pair] = known_var - pull * pull * information[:, None]
    return Rated(*waves.back(out))


def from_both_sides(
    answers: Answers,
    ways: tuple[Waves, Waves],
    pairs: Pairs,
    hardness: Floats,
    hardness_doubt: Floats,
    drift: Drift,
) -> Floats:
    """The chance of each answer given all others of the pupil, earlier and later, (n,).

    For fitting only: it looks ahead. ``ways``: the waves forwards and backwards in time. What the
    two sides say is weighed by how sure each is, less the start that both began with (two-filter
    smoother, Fraser and Potter 1969).
    """
    sides = [rate(answers, way, pairs, hardness, hardness_doubt, (drift,)) for way in ways]
    ability, doubt = _weighed(
        [side.pupil[0] for side in sides], [side.pupil_doubt[0] for side in sides], drift.pupil
    )
    start = drift.point * (pairs.share**2).sum(1)
    on_points, point_doubt = _weighed(
        [side.point[0] for side in sides],
        [np.maximum(side.point_doubt[0], TINY) for side in sides],
        np.maximum(start, TINY),
    )
    total = doubt + point_doubt + hardness_doubt
    logit = (ability + on_points - hardness) / np.sqrt(1 + np.pi / 8 * total)
    chance: Floats = 1 / (1 + np.exp(-logit))
    return chance


def _weighed(
    means: list[Floats], doubts: list[Floats], start: Floats | float
) -> tuple[Floats, Floats]:
    sure = np.maximum(1 / doubts[0] + 1 / doubts[1] - 1 / start, 1 / start)
    return (means[0] / doubts[0] + means[1] / doubts[1]) / sure, 1 / sure


def fade(waves: Waves, values: Floats, keeps: tuple[float, ...]) -> Floats:
    """Running means of earlier ``values`` (n,) that fade by ``keeps`` (m,) an answer, (m, n)."""
    keep = np.array(keeps)[:, None]
    state = np.zeros((len(keeps), waves.groups))
    ordered = values[waves.row]
    out = np.empty((len(keeps), len(values)))
    for rows in waves.slices():
        here = state[:, : rows.stop - rows.start]
        out[:, rows] = here
        here *= keep
        here += (1 - keep) * ordered[rows]
    return waves.back(out)
