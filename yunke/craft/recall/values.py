"""Answers in columns, and what the methods of this package hand out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# More points than this on one question are rare; those beyond are not traced.
MOST_POINTS = 8


class Unusable(ValueError):
    """The answers cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Answers:
    """Answers of many pupils, one row per question answered; n rows.

    ``pupil``, ``item``: whole numbers from 0, shape (n,). ``order``: when, in any unit, (n,).
    ``points``: numbers of the knowledge points from 0, -1 where there is none, (n, k).
    ``right``: 1 right, 0 wrong, (n,). Rows may stand in any order.
    """

    pupil: Ints
    item: Ints
    order: Floats
    points: Ints
    right: Floats

    def __len__(self) -> int:
        return len(self.pupil)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Answers":
        """The named rows only."""
        return Answers(
            self.pupil[rows], self.item[rows], self.order[rows], self.points[rows], self.right[rows]
        )
