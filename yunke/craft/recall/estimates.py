"""What one pupil can do on each point, how sure that is, and which answers moved it.

The same filter as ``rating``, one answer at a time and without any table: an ``Estimate`` is two
numbers, an answer costs a few multiplications, and every step it took is kept, so that the steps of
all answers add up to the estimate exactly. A level of 0 is right on every other middling question.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

# Squared logits: before the first answer; added an answer; added a day without one.
UNKNOWN = 1.2
STEP = 0.03
DAY = 0.005
# From here on the share counts as mastered, and below here as weak (shares of middling questions).
MASTERED = 0.8
WEAK = 0.6
# No word for a child on fewer answers than these.
FEWEST = 3
# An interval wider than this says nothing.
TOO_WIDE = 0.55


@dataclass(frozen=True)
class Estimate:
    """``level`` in logits, its variance ``doubt``, from so many ``answers``, ``last`` on that day
    (days since any fixed day; None before the first).
    """

    level: float = 0.0
    doubt: float = UNKNOWN
    answers: int = 0
    last: float | None = None


@dataclass(frozen=True)
class Share:
    """Of 1 middling question: right, with its 95 % interval."""

    middle: float
    low: float
    high: float


class Standing(StrEnum):
    """What may be said of a point; UNSURE and UNSEEN are honest answers."""

    MASTERED = "mastered"
    NEARLY = "nearly"
    WEAK = "weak"
    UNSURE = "unsure"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class Seen:
    """One answer of the pupil. ``name`` is what to call it to a reader; ``day`` as in Estimate.
    ``hardness`` in logits, 0 for a middling question.
    """

    name: str
    points: tuple[str, ...]
    right: bool
    day: float
    hardness: float = 0.0


@dataclass(frozen=True)
class Move:
    """What one answer did to one point: ``change`` in logits, ``share`` from before to after."""

    answer: Seen
    change: float
    before: float
    after: float


@dataclass(frozen=True)
class Mastery:
    """A point of a pupil. ``moves``: every answer on it, the one that moved it most first."""

    point: str
    estimate: Estimate
    share: Share
    standing: Standing
    moves: tuple[Move, ...]


def expected(estimates: Sequence[Estimate], hardness: float = 0.0) -> float:
    """The chance of a right answer to a question on these points, doubt included."""
    level, doubt = _together(estimates)
    return _logistic((level - hardness) / math.sqrt(1 + math.pi / 8 * doubt))


def learnt(
    estimates: Sequence[Estimate], *, right: bool, day: float, hardness: float = 0.0
) -> list[Estimate]:
    """The estimates of a question's points after an answer; each takes its share of the surprise.

    Raises ValueError without any point.
    """
    if not estimates:
        raise ValueError("a question without points teaches nothing about points")
    aged = [_aged(estimate, day) for estimate in estimates]
    _, doubt = _together(aged)
    chance = expected(aged, hardness)
    information = chance * (1 - chance)
    gain = 1 / (1 + information * doubt)
    surprise = (float(right) - chance) * gain
    return [_moved(one, surprise, information * gain, day, len(aged)) for one in aged]


def share_of(estimate: Estimate) -> Share:
    """The estimate as a share of middling questions, with its 95 % interval."""
    reach = 1.96 * math.sqrt(estimate.doubt)
    level = estimate.level
    return Share(_logistic(level), _logistic(level - reach), _logistic(level + reach))


def standing_of(estimate: Estimate) -> Standing:
    """In a word. Weak or mastered only when the interval leaves the other word out."""
    if not estimate.answers:
        return Standing.UNSEEN
    share = share_of(estimate)
    if estimate.answers < FEWEST:
        return Standing.UNSURE
    if share.middle >= MASTERED and share.low >= 0.5:
        return Standing.MASTERED
    if share.middle < WEAK and share.high < MASTERED:
        return Standing.WEAK
    if share.high - share.low > TOO_WIDE:
        return Standing.UNSURE
    return Standing.NEARLY


def mastery(answers: Sequence[Seen]) -> dict[str, Mastery]:
    """Every point that one pupil's answers touch, by name in the order of first meeting.

    Answers are taken by ``day``; those of one day as they stand.
    """
    estimates: dict[str, Estimate] = {}
    moves: dict[str, list[Move]] = {}
    for answer in sorted(answers, key=lambda seen: seen.day):
        points = tuple(dict.fromkeys(answer.points))
        if not points:
            continue
        before = [estimates.get(point, Estimate()) for point in points]
        after = learnt(before, right=answer.right, day=answer.day, hardness=answer.hardness)
        for point, was, now in zip(points, before, after, strict=True):
            estimates[point] = now
            moves.setdefault(point, []).append(_move(answer, was, now))
    return {point: _summed(point, one, moves[point]) for point, one in estimates.items()}


def _summed(point: str, estimate: Estimate, moves: list[Move]) -> Mastery:
    most_first = tuple(sorted(moves, key=lambda move: -abs(move.change)))
    return Mastery(point, estimate, share_of(estimate), standing_of(estimate), most_first)


def _move(answer: Seen, was: Estimate, now: Estimate) -> Move:
    return Move(answer, now.level - was.level, _logistic(was.level), _logistic(now.level))


def _together(estimates: Sequence[Estimate]) -> tuple[float, float]:
    many = len(estimates)
    level = sum(one.level for one in estimates) / many
    return level, sum(one.doubt for one in estimates) / many**2


def _aged(estimate: Estimate, day: float) -> Estimate:
    days = max(0.0, day - estimate.last) if estimate.last is not None else 0.0
    return replace(estimate, doubt=min(UNKNOWN, estimate.doubt + STEP + DAY * days))


def _moved(
    estimate: Estimate, surprise: float, information: float, day: float, many: int
) -> Estimate:
    pull = estimate.doubt / many
    return Estimate(
        level=estimate.level + pull * surprise,
        doubt=estimate.doubt - pull * pull * information,
        answers=estimate.answers + 1,
        last=day if estimate.last is None else max(day, estimate.last),
    )


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, logit))))
