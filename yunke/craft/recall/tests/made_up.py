"""Answers made up from known truths: what the methods should find is known because we put it in."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yunke.craft.recall.values import Answers


def logistic(logit: NDArray) -> NDArray:
    return 1 / (1 + np.exp(-logit))


def answers_of(rows: Sequence[tuple[int, int, Sequence[int], int]]) -> Answers:
    """Rows of (pupil, item, points, right), in the order of time."""
    wide = max((len(points) for _, _, points, _ in rows), default=1) or 1
    table = np.full((len(rows), wide), -1, dtype=np.int64)
    for at, (_, _, points, _) in enumerate(rows):
        table[at, : len(points)] = points
    return Answers(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.arange(len(rows), dtype=np.float64),
        table,
        np.array([row[3] for row in rows], dtype=np.float64),
    )


def without(answers: Answers, row: int) -> Answers:
    """The same answers with the outcome of one row turned round."""
    right = answers.right.copy()
    right[row] = 1 - right[row]
    return Answers(answers.pupil, answers.item, answers.order, answers.points, right)


def traced(
    sequences: int,
    length: int,
    points: int,
    *,
    prior: float = 0.3,
    learn: float = 0.15,
    guess: float = 0.2,
    slip: float = 0.1,
    seed: int = 0,
) -> Answers:
    """Answers of pupils who know or do not know: the truth behind Bayesian knowledge tracing."""
    chooser = np.random.default_rng(seed)
    many = sequences * points
    known = chooser.random(many) < prior
    right = np.empty((many, length))
    for at in range(length):
        right[:, at] = chooser.random(many) < np.where(known, 1 - slip, guess)
        known |= chooser.random(many) < learn
    pupil = np.repeat(np.arange(sequences), points * length)
    point = np.repeat(np.tile(np.arange(points), sequences), length)
    order = np.tile(np.arange(length, dtype=np.float64), many)
    return Answers(pupil, point, order, point[:, None], right.ravel())


@dataclass(frozen=True)
class School:
    """``truth``: the chance that each answer was drawn with, the most anybody could know."""

    answers: Answers
    truth: NDArray
    hardness: NDArray


def school(
    pupils: int = 120, length: int = 60, items: int = 300, points: int = 12, *, seed: int = 0
) -> School:
    """A school of pupils of different ability who learn, on questions of different hardness."""
    chooser = np.random.default_rng(seed)
    own = chooser.integers(0, points, items)
    second = np.where(chooser.random(items) < 0.3, (own + 1) % points, -1)
    of_item = np.stack([own, second], axis=1)
    hardness = chooser.normal(0, 0.8, points)[own] + chooser.normal(0, 0.8, items) - 0.4
    ability = chooser.normal(0, 1, pupils)
    tries = np.zeros((pupils, points))
    found = [np.empty((length, pupils)) for _ in range(3)]
    for at in range(length):
        item = chooser.integers(0, items, pupils)
        here = np.arange(pupils)
        learnt = 0.3 * np.log1p(tries[here, own[item]])
        truth = logistic(ability + learnt - hardness[item])
        found[0][at], found[1][at] = item, truth
        found[2][at] = chooser.random(pupils) < truth
        tries[here, own[item]] += 1
    item = found[0].ravel().astype(np.int64)
    pupil = np.tile(np.arange(pupils), length)
    order = np.arange(len(item), dtype=np.float64)
    answers = Answers(pupil, item, order, of_item[item], found[2].ravel())
    return School(answers, found[1].ravel(), hardness)


def csv_of(answers: Answers, *, names: bool = True) -> bytes:
    """The answers as the command reads them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["pupil", "order", "item", "points", "correct"])
    for row in range(len(answers)):
        points = [f"k{one}" if names else str(one) for one in answers.points[row] if one >= 0]
        writer.writerow(
            [
                f"p{answers.pupil[row]}" if names else answers.pupil[row],
                int(answers.order[row]),
                f"q{answers.item[row]}" if names else answers.item[row],
                "_".join(points),
                int(answers.right[row]),
            ]
        )
    return out.getvalue().encode()
