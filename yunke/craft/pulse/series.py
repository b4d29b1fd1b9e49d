"""From single readings to a curve: ten seconds a point, gaps left open, odd readings left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median

STEP = 10  # seconds a point
GAP = 30  # seconds without a good reading
LOWEST, HIGHEST = 30, 220  # beats a minute that a person may have
JUMP = 25  # beats away from its neighbours
NEIGHBOURS = 5  # on either side
LONGEST = 24 * 3600


class Reason(StrEnum):
    """Why a file gives no curve."""

    NOT_FIT = "not_fit"
    BROKEN = "broken"
    NO_HEART = "no_heart"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


class NoPulse(Exception):
    """The file gives no heart rate; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Sample:
    """One reading: seconds since the epoch (or since the device began), beats a minute."""

    at: float
    bpm: int


@dataclass(frozen=True)
class Series:
    """``started``: seconds since the epoch, 0 when the device's clock does not tell. ``points``:
    (seconds from the start, beats a minute), one for each ten seconds that have good readings.
    ``gaps``: (from, to) in seconds. ``artefacts``: the share of readings that were left out.
    """

    started: float
    seconds: int
    points: tuple[tuple[int, int], ...]
    gaps: tuple[tuple[int, int], ...]
    artefacts: float
    samples: int
    device: str = ""


def series_of(samples: Sequence[Sample], *, device: str = "") -> Series:
    """Raises NoPulse: nothing read, less than a minute, more than a day."""
    heard = sorted(samples, key=lambda sample: sample.at)
    if not heard:
        raise NoPulse(Reason.NO_HEART)
    first, seconds = heard[0].at, round(heard[-1].at - heard[0].at)
    if seconds > LONGEST:
        raise NoPulse(Reason.TOO_LONG)
    good = good_ones(heard)
    if seconds < 60 or not good:
        raise NoPulse(Reason.TOO_SHORT)
    return Series(
        started=first if first > 10**9 else 0.0,
        seconds=seconds,
        points=_points(good, first),
        gaps=_gaps(good, first, seconds),
        artefacts=round(1 - len(good) / len(heard), 4),
        samples=len(heard),
        device=device[:40],
    )


def good_ones(heard: Sequence[Sample]) -> list[Sample]:
    """Without what no heart does: out of range, or far from the median of its neighbours."""
    possible = [s for s in heard if LOWEST <= s.bpm <= HIGHEST]
    kept = []
    for index, sample in enumerate(possible):
        around = possible[max(0, index - NEIGHBOURS) : index + NEIGHBOURS + 1]
        if abs(sample.bpm - median(s.bpm for s in around)) <= JUMP:
            kept.append(sample)
    return kept


def _points(good: Sequence[Sample], first: float) -> tuple[tuple[int, int], ...]:
    bins: dict[int, list[int]] = {}
    for sample in good:
        bins.setdefault(int((sample.at - first) // STEP), []).append(sample.bpm)
    return tuple((number * STEP, round(median(bins[number]))) for number in sorted(bins))


def _gaps(good: Sequence[Sample], first: float, seconds: int) -> tuple[tuple[int, int], ...]:
    moments = [0, *(round(s.at - first) for s in good), seconds]
    return tuple((before, after) for before, after in pairwise(moments) if after - before >= GAP)
