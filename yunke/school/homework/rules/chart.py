"""The class in one picture: how many are how far. On plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from yunke.school.homework.values import PupilState, Stage

ORDER = (
    ("returned", frozenset({Stage.RETURNED, Stage.CORRECTING})),
    ("corrected", frozenset({Stage.CORRECTED})),
    ("handed_in", frozenset({Stage.HANDED_IN})),
    ("begun", frozenset({Stage.BEGUN})),
    ("new", frozenset({Stage.NEW, Stage.WAITING})),
    ("overdue", frozenset({Stage.OVERDUE})),
)
WIDTH = 600


@dataclass(frozen=True)
class Part:
    """A stretch of the bar, in its units."""

    name: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Chart:
    parts: tuple[Part, ...]
    handed_in: int
    late: int
    all: int
    width: int = WIDTH


def chart_of(states: Sequence[PupilState]) -> Chart:
    count, x, parts = len(states), 0.0, []
    for name, stages in ORDER:
        there = sum(one.stage in stages for one in states)
        width = round(WIDTH * there / count, 1) if count else 0
        if there:
            parts.append(Part(name, there, round(x, 1), width))
        x += width
    handed = sum(one.submitted_at is not None for one in states)
    return Chart(tuple(parts), handed, sum(one.late for one in states), count)
