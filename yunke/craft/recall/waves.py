"""Pupils side by side: the k-th answers of all pupils are worked out together.

What a pupil knows after an answer depends on the answer before, so one pupil must be gone through
in order; but pupils do not depend on each other. Rows are therefore laid out wave by wave (all
first answers, all second answers, ...), the pupils with the most answers first, so that those still
there in a wave are always the first so many: plain slices, no look-ups, and numpy at full speed.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from yunke.craft.recall.values import Floats, Ints

FINE = 2.0**40


@dataclass(frozen=True)
class Waves:
    """``row``: rows of the table in wave order, (n,). ``starts``: where each wave begins, then n.
    ``groups``: how many groups (pupils) have rows at all.
    """

    row: Ints
    starts: Ints
    groups: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def slices(self) -> list[slice]:
        """One slice of ``row`` a wave; each is no longer than the one before."""
        return [slice(begin, end) for begin, end in pairwise(self.starts.tolist())]

    def back(self, values: NDArray[np.float64]) -> Floats:
        """Values in wave order, (..., n), put back into the order of the table."""
        found = np.empty_like(values)
        found[..., self.row] = values
        return found


def _by_group(group: Ints, time: Ints) -> Ints:
    """Rows by group, then by time. One whole key sorts several times faster than a stable sort."""
    when = np.empty(len(time), dtype=np.int64)
    when[time] = np.arange(len(time))
    if int(group.max(initial=0)) < 2**62 // max(len(time), 1):
        return np.argsort(group * len(time) + when)
    return np.lexsort((when, group))


class Past:
    """Rows in groups, each group in the order of time; asks what came earlier in the group.

    ``group``: a whole number from 0 for each row, (n,). ``time``: the rows as time goes, (n,).
    """

    def __init__(self, group: Ints, time: Ints) -> None:
        self.by = _by_group(group, time)
        sorted_group = group[self.by]
        self.begins = np.flatnonzero(np.diff(sorted_group, prepend=-1))
        self.sizes = np.diff(np.append(self.begins, len(self.by)))
        self._first = np.repeat(self.begins, self.sizes)

    def _out(self, values: NDArray[np.float64]) -> Floats:
        found = np.empty(len(self.by))
        found[self.by] = values
        return found

    def count(self) -> Floats:
        """How many rows of the group came earlier, (n,)."""
        return self._out(np.arange(len(self.by), dtype=np.float64) - self._first)

    def total(self, values: Floats) -> Floats:
        """The sum over the earlier rows of the group, (n,); the row itself is not in it.

        In whole steps of 2 ** -40: whole numbers add up without rounding (and wrap round without
        harm as long as a group's own sum is below 2 ** 22), so that what happens in one group
        cannot change even the last digit in another.
        """
        if not len(self.by):
            return np.zeros(0)
        ordered = np.rint(values[self.by] * FINE).astype(np.int64)
        upto = np.cumsum(ordered) - ordered
        return self._out((upto - upto[self._first]) / FINE)

    def previous(self, values: Floats, back: int = 1) -> Floats:
        """The value ``back`` rows earlier in the group, NaN where there is none, (n,)."""
        found = np.full(len(self.by), np.nan)
        at = np.arange(len(self.by))
        there = at - self._first >= back
        found[there] = values[self.by[at[there] - back]]
        return self._out(found)

    def runs(self, new: NDArray[np.bool_]) -> Ints:
        """Numbers from 0 of the stretches of each group; a stretch begins where ``new``."""
        starts = new[self.by].copy()
        starts[self.begins] = True
        found = np.empty(len(self.by), dtype=np.int64)
        found[self.by] = np.cumsum(starts) - 1
        return found


def in_time(order: Floats) -> Ints:
    """Rows by ``order``; rows of one moment stay as they stand in the file."""
    return np.argsort(order, kind="stable")


def waves(past: Past) -> Waves:
    """The layout for the groups of ``past``."""
    longest = np.argsort(-past.sizes, kind="stable")
    rank = np.empty(len(longest), dtype=np.int64)
    rank[longest] = np.arange(len(longest))
    place = np.arange(len(past.by)) - np.repeat(past.begins, past.sizes)
    key = place * len(longest) + np.repeat(rank, past.sizes)
    row = past.by[np.argsort(key)]
    starts = np.concatenate([[0], np.cumsum(np.bincount(place))]).astype(np.int64)
    return Waves(row, starts, len(longest))
