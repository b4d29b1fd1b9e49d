"""Learning curves: how often a point goes wrong at the first try, the second, the third.

One opportunity is one answer on the point. The share of errors of each opportunity has Wilson's
interval (1927); a power law of practice, errors = a * k ** -b (Newell and Rosenbloom 1981), is laid
through them. Who has mastered a point stops answering, so late opportunities are those of the
others: each place says how many are still there, and places with few are not used for the law.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Two-sided 95 %.
Z = 1.959964
# A place of the curve with fewer answers than this share of the first place is those left over.
STILL_THERE = 0.3
PLACES = 3


@dataclass(frozen=True)
class Opportunity:
    """The k-th try (from 1): ``answers``, the share of ``errors`` with its 95 % interval."""

    number: int
    answers: int
    errors: float
    low: float
    high: float


class Trend(StrEnum):
    FALLING = "falling"
    RISING = "rising"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class PowerLaw:
    """errors = ``start`` * k ** -``rate``; ``low`` to ``high`` is the 95 % interval of the rate."""

    start: float
    rate: float
    low: float
    high: float

    def errors(self, number: int) -> float:
        """The share of errors at the k-th try, at most 1."""
        return min(1.0, self.start * math.pow(number, -self.rate))


@dataclass(frozen=True)
class Curve:
    """``law`` is None where too few places have answers enough."""

    opportunities: tuple[Opportunity, ...]
    law: PowerLaw | None
    trend: Trend


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """95 % interval of a share; 0 to 1 of nothing."""
    if not tries:
        return 0.0, 1.0
    share, square = hits / tries, Z * Z / tries
    middle = (share + square / 2) / (1 + square)
    reach = Z * math.sqrt(share * (1 - share) / tries + square / (4 * tries)) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def curve(pupils: Iterable[Sequence[bool]]) -> Curve:
    """Of one point: each pupil's answers in order, True for right. One pupil gives one's own curve.

    A single pupil has one answer a place, so the law may be there while the places say little.
    """
    lines = [line for line in pupils if line]
    longest = max((len(line) for line in lines), default=0)
    places = tuple(_opportunity(lines, at) for at in range(longest))
    law = _law(places)
    return Curve(places, law, _trend(law))


def _opportunity(lines: Sequence[Sequence[bool]], at: int) -> Opportunity:
    there = [line[at] for line in lines if len(line) > at]
    wrong = len(there) - sum(there)
    low, high = wilson(wrong, len(there))
    return Opportunity(at + 1, len(there), wrong / len(there), low, high)


def _trend(law: PowerLaw | None) -> Trend:
    if law is None or law.low <= 0 <= law.high:
        return Trend.CANNOT_TELL
    return Trend.FALLING if law.rate > 0 else Trend.RISING


def _law(places: Sequence[Opportunity]) -> PowerLaw | None:
    """Weighted least squares on logarithms; half an error is added so that none is not minus
    infinity, and a place weighs as much as its logarithm is sure.
    """
    used = [one for one in places if one.answers >= STILL_THERE * places[0].answers]
    if len(used) < PLACES:
        return None
    shares = [(one.errors * one.answers + 0.5) / (one.answers + 1) for one in used]
    weights = [one.answers * share / (1 - share) for one, share in zip(used, shares, strict=True)]
    x = [math.log(one.number) for one in used]
    y = [math.log(share) for share in shares]
    total = sum(weights)
    x_mean = sum(w * a for w, a in zip(weights, x, strict=True)) / total
    y_mean = sum(w * b for w, b in zip(weights, y, strict=True)) / total
    spread = sum(w * (a - x_mean) ** 2 for w, a in zip(weights, x, strict=True))
    both = zip(weights, x, y, strict=True)
    slope = sum(w * (a - x_mean) * (b - y_mean) for w, a, b in both) / spread
    reach = Z / math.sqrt(spread)
    start = math.exp(y_mean - slope * x_mean)
    return PowerLaw(start, -slope, -slope - reach, -slope + reach)
