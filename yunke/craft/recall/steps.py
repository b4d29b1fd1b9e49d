"""What a class does next, from its answers to one question, and who could work together.

Peer instruction (Crouch and Mazur 2001, "Peer Instruction: Ten years of experience and results"):
below 35 % right the idea is taught again, from 35 % to 70 % pupils convince each other, above that
the class goes on. The shares are of those who answered; while too few have, nothing is advised.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yunke.craft.recall.curves import wilson
from yunke.craft.recall.estimates import Mastery, Standing

AGAIN_BELOW = 0.35
ON_ABOVE = 0.70
# Of the class, answers that must be in before a step is advised; and never fewer pupils than these.
ENOUGH = 0.6
FEWEST = 5
# A wrong answer is "the class's error" when so many of the wrong ones gave it.
SHARED = 0.5


class Step(StrEnum):
    """The card a teacher sees."""

    WAIT = "wait"
    AGAIN = "again"
    PAIR = "pair"
    ON = "on"


@dataclass(frozen=True)
class Advice:
    """``low`` to ``high``: 95 % interval of the share right; ``error``: the wrong answer that at
    least half of those who erred gave, None where they erred differently; ``sure``: the interval
    holds no other step.
    """

    step: Step
    right: int
    answered: int
    low: float
    high: float
    error: str | None
    sure: bool


def next_step(answers: Mapping[str, str], key: str, class_size: int) -> Advice:
    """``answers``: what each pupil gave, by pupil. Raises ValueError for a class of nobody."""
    if class_size < 1:
        raise ValueError("a class has pupils")
    given = Counter(answers.values())
    right, answered = given[key], len(answers)
    low, high = wilson(right, answered)
    if answered < max(min(FEWEST, class_size), ENOUGH * class_size):
        return Advice(Step.WAIT, right, answered, low, high, _shared(given, key), False)
    step = _step(right / answered)
    # A class that answered whole is no sample of itself.
    sure = answered >= class_size or _step(low) is step is _step(high)
    return Advice(step, right, answered, low, high, _shared(given, key), sure)


def _step(share: float) -> Step:
    if share < AGAIN_BELOW:
        return Step.AGAIN
    return Step.ON if share > ON_ABOVE else Step.PAIR


def _shared(given: Counter[str], key: str) -> str | None:
    wrong = Counter({answer: count for answer, count in given.items() if answer != key})
    total = wrong.total()
    if total < 2:
        return None
    answer, count = min(wrong.items(), key=lambda pair: (-pair[1], pair[0]))
    return answer if count >= SHARED * total and count >= 2 else None


@dataclass(frozen=True)
class Group:
    """Pupils for whom ``point`` is what to work on next."""

    point: str
    pupils: tuple[str, ...]


def groups(
    class_of: Mapping[str, Mapping[str, Mastery]], *, most: int = 6
) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Every pupil with a weak point in one group, and those who have none.

    A pupil goes where most others go, so that groups are few; none is larger than ``most``.
    Raises ValueError for groups of fewer than one.
    """
    if most < 1:
        raise ValueError("a group has pupils")
    weak = {pupil: _weak(points.values()) for pupil, points in class_of.items()}
    free = {pupil: points for pupil, points in weak.items() if points}
    found = []
    while free:
        count = Counter(point for points in free.values() for point in points)
        point = min(count, key=lambda one: (-count[one], one))
        members = [pupil for pupil, points in free.items() if point in points]
        members.sort(key=lambda pupil: class_of[pupil][point].share.middle)
        found += [Group(point, part) for part in _parts(members, most)]
        free = {pupil: points for pupil, points in free.items() if pupil not in members}
    return tuple(found), tuple(pupil for pupil, points in weak.items() if not points)


def _weak(points: Iterable[Mastery]) -> tuple[str, ...]:
    return tuple(one.point for one in points if one.standing is Standing.WEAK)


def _parts(members: Sequence[str], most: int) -> list[tuple[str, ...]]:
    """As even as can be: seven pupils in groups of six are four and three."""
    many = -(-len(members) // most)
    return [tuple(members[at::many]) for at in range(many)]
