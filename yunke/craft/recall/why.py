"""Which of a pupil's own answers moved the chance that a tracer gives for the next question.

Asked of the whole method, ratings and trees together, not of a simpler one beside it: each earlier
answer is turned round (right to wrong, wrong to right), all else stays, and the chance is asked for
again. The difference is what the answer, as it was, did to the chance.
"""

from dataclasses import dataclass

import numpy as np

from yunke.craft.recall.tracing import Tracer, chances
from yunke.craft.recall.values import Answers

# Answers further back than this are not turned round.
REACH = 60


@dataclass(frozen=True)
class Mover:
    """``row`` of the history; ``change``: the chance as it is, less that with the answer turned."""

    row: int
    right: bool
    change: float


def moved(tracer: Tracer, history: Answers, asked: Answers) -> tuple[float, tuple[Mover, ...]]:
    """The chance of the one row ``asked``, and what moved it, most first.

    ``history``: the same pupil's earlier answers, in any order. Raises ValueError when more than
    one pupil or more than one question is given.
    """
    if len(asked) != 1 or (history.pupil != asked.pupil[0]).any():
        raise ValueError("one question of one pupil")
    rows = np.argsort(history.order, kind="stable")[-REACH:]
    many = len(rows) + 1
    # Pupil 0 answered as it was; pupil k is the same one with the k-th of ``rows`` turned round.
    copies = history.take(np.tile(np.arange(len(history)), many))
    pupil = np.repeat(np.arange(many), len(history))
    right = copies.right.copy()
    turned = np.arange(1, many) * len(history) + rows
    right[turned] = 1 - right[turned]
    past = Answers(pupil, copies.item, copies.order, copies.points, right)
    next_one = asked.take(np.zeros(many, dtype=np.int64))
    question = Answers(
        np.arange(many), next_one.item, next_one.order, next_one.points, next_one.right
    )
    found = chances(tracer, past, question, shared=False)
    movers = [
        Mover(int(row), bool(history.right[row]), float(found[0] - other))
        for row, other in zip(rows, found[1:], strict=True)
    ]
    movers.sort(key=lambda mover: -abs(mover.change))
    return float(found[0]), tuple(movers)
