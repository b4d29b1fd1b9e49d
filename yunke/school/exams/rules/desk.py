"""What marks at the desk come to, who may take which piece, how far somebody drifts."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from yunke.school.exams.values.paper import Drift, Given, PieceState, Post, Verdict

SINGLE, DOUBLE, ARBITRATED = "single-marked", "double-marked", "arbitrated"
ARBITER_TURN = 3
SAMPLE_TURN = 0
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# Marks fewer than this tell nothing of a marker.
LEAST_FOR_DRIFT = 5
LAST = 20
# "3", "2.5", ".5", "5/2": no exponent, which would be reckoned out digit by digit.
TYPED = re.compile(r"\d{1,4}(?:\.\d{0,4})?|\.\d{1,4}|\d{1,4}/\d{1,4}")


def verdict_of(given: Iterable[Given], *, double: bool, tolerance: Fraction) -> Verdict:
    """What the marks that stand come to. A third's mark counts alone; two near each other count
    by their mean, exactly; two apart count nothing until a third has looked.
    """
    turns = {one.turn: one for one in given if one.turn != SAMPLE_TURN}
    if ARBITER_TURN in turns:
        return Verdict(PieceState.DONE, turns[ARBITER_TURN].score, ARBITRATED)
    if not double:
        first = turns.get(1) or turns.get(2)
        return Verdict(PieceState.DONE, first.score, SINGLE) if first else Verdict(PieceState.OPEN)
    if not {1, 2} <= turns.keys():
        return Verdict(PieceState.OPEN)
    one, two = turns[1].score, turns[2].score
    if abs(one - two) > tolerance:
        return Verdict(PieceState.SPLIT)
    return Verdict(PieceState.DONE, (one + two) / 2, DOUBLE)


def turn_free(taken: Iterable[int], post: Post, state: PieceState, *, double: bool) -> int | None:
    """The turn that a marker may take of a piece, None for none. ``taken``: given or leased."""
    there = set(taken)
    if post is Post.ARBITER:
        return ARBITER_TURN if state is PieceState.SPLIT and ARBITER_TURN not in there else None
    if state is not PieceState.OPEN:
        return None
    turns = (1, 2) if double else (1,)
    return next((turn for turn in turns if turn not in there), None)


def score_of(text: str, *, out_of: Fraction, step: Fraction) -> Fraction:
    """Points as typed ("3", "2.5", "5/2"). Raises ValueError outside of 0 to ``out_of`` and
    between the steps; all points and none are always steps.
    """
    score = points_typed(text)
    fits = score in (0, out_of) or (step > 0 and (score / step).denominator == 1)
    if not (0 <= score <= out_of and fits):
        raise ValueError(text)
    return score


def points_typed(text: str) -> Fraction:
    """Points from 0 on, as somebody types them. Raises ValueError for anything else."""
    plain = text.strip().replace("．", ".").replace("／", "/")
    if not TYPED.fullmatch(plain):
        raise ValueError(text[:12])
    try:
        return Fraction(plain)
    except ZeroDivisionError:
        raise ValueError(text[:12]) from None


def code_of(reply_id: int, salt: str) -> str:
    """What a piece is called at the desk: nothing can be read out of it."""
    digest = hashlib.blake2s(f"{salt}/{reply_id}".encode(), digest_size=5).digest()
    number = int.from_bytes(digest)
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(5))


def shuffle_of(reply_id: int, salt: str) -> int:
    """A place in the queue that has nothing to do with names, classes or time."""
    digest = hashlib.blake2s(f"{salt}:{reply_id}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) >> 1


def sample_due(turns: Sequence[int], every: int) -> bool:
    """Whether the next piece of a marker is a sample: one in ``every``, never two in a row."""
    if every <= 1:
        return False
    since = 0
    for turn in turns:
        since = 0 if turn == SAMPLE_TURN else since + 1
    return since >= every - 1


def drift_of(
    person_id: int, apart: Sequence[float], known: Sequence[float], seconds: Sequence[float]
) -> Drift:
    """Means over the last marks: ``apart`` from what counted, ``known`` from samples; shares of
    the points, above zero for generous."""
    return Drift(
        person_id=person_id, marks=len(apart), apart=_mean(apart[-LAST:]), known=len(known),
        known_apart=_mean(known[-LAST:]), seconds=_mean(seconds[-LAST:]),
    )  # fmt: skip


def drifts(one: Drift) -> bool:
    """Whether there is enough to say that somebody is a tenth of the points off."""
    by_known = one.known >= LEAST_FOR_DRIFT and abs(one.known_apart) >= 0.1
    return by_known or (one.marks >= LEAST_FOR_DRIFT and abs(one.apart) >= 0.1)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
