"""One answer after the other into the estimates of a pupil's points. Pure, and bit by bit the same
whether the answers come at once or in parts, as long as they come in the order of time."""

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from yunke.craft.recall import Estimate, Review, learnt, memory_of
from yunke.craft.recall.estimates import UNKNOWN
from yunke.school.practice.values import Moved, PointState

DAY_SECONDS = 86_400
# Answers kept in a point's line; the newest tries that decide when it comes back; the moves told.
LINE, TRIES, MOVES = 200, 40, 8
# Answers that a question is taken to have had before the first, half of them wrong.
PRIOR = 4.0
HARDEST = 2.0


def state_new() -> PointState:
    return PointState(0.0, UNKNOWN)


def fold(
    states: Mapping[int, PointState], points: Iterable[int], *,
    answered_id: int, at: datetime, right: bool, hardness: float,
) -> dict[int, PointState]:  # fmt: skip
    """The states of the answer's points after it; states that are given are changed in place."""
    known = {point: states.get(point) or state_new() for point in dict.fromkeys(points)}
    if not known:
        return {}
    before = [Estimate(s.level, s.doubt, s.answers, s.last) for s in known.values()]
    seconds = at.timestamp()
    after = learnt(before, right=right, day=seconds / DAY_SECONDS, hardness=hardness)
    for state, was, then in zip(known.values(), before, after, strict=True):
        state.level, state.doubt = then.level, then.doubt
        state.answers, state.last = then.answers, then.last
        state.line = (state.line + ("1" if right else "0"))[:LINE]
        state.tries = [*state.tries, (int(seconds), int(right))][-TRIES:]
        move = Moved(answered_id, then.level - was.level, share(was.level), share(then.level))
        state.moves = sorted([*state.moves, move], key=_most_first)[:MOVES]
    return known


def _most_first(move: Moved) -> tuple[float, int]:
    return -abs(move.change), move.answered_id


def share(level: float) -> float:
    """Of 1 middling question, right."""
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, level))))


def due_of(tries: Iterable[tuple[int, int]]) -> datetime | None:
    """When the point should come back; None for what was never tried."""
    reviews = (Review(datetime.fromtimestamp(at, UTC), bool(right)) for at, right in tries)
    memory = memory_of(reviews)
    return memory.due if memory else None


def hardness_of(answers: int, wrong: int) -> float:
    """In logits, 0 for a middling question; few answers say little."""
    odds = (wrong + PRIOR / 2) / (answers - wrong + PRIOR / 2)
    return max(-HARDEST, min(HARDEST, math.log(odds)))


def order_of(at: datetime, answered_id: int) -> tuple[float, int]:
    """The order in which answers are taken."""
    return at.timestamp(), answered_id
