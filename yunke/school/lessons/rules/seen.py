"""Which seconds of a video were on the screen, as a set of bits in one whole number.

Second ``i`` counts as seen when its middle (``i + 0.5``) was played. A stretch is half open, so
two stretches that touch never count a second twice and never lose one. Going back lowers nothing.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yunke.school.lessons.values import Stretch

# Nine tenths of the distinct seconds: the credits and the bell need not be watched.
DONE_SHARE = 0.9
LONGEST = 6 * 3600
MOST_STRETCHES = 200


class BadRanges(ValueError):
    """The stretches are not stretches of a video."""


@dataclass(frozen=True)
class Seen:
    """``once``: seconds seen at all; ``again``: seconds seen at least twice (bit i = second i)."""

    once: int = 0
    again: int = 0

    def plus(self, stretches: Iterable[Stretch], of_seconds: int) -> "Seen":
        """Add what was played, in the order in which it was played."""
        once, again = self.once, self.again
        for start, end in stretches:
            bits = bits_of(start, end, of_seconds)
            again |= once & bits
            once |= bits
        return Seen(once, again)

    def within(self, of_seconds: int) -> "Seen":
        """Without what lies behind the end: a new cut of the video may be shorter."""
        whole = (1 << of_seconds) - 1
        return Seen(self.once & whole, self.again & whole)


def bits_of(start: float, end: float, of_seconds: int) -> int:
    """The bits of the seconds whose middle lies in [start, end)."""
    first = max(0, math.ceil(start - 0.5))
    last = min(of_seconds, math.ceil(end - 0.5))
    return ((1 << (last - first)) - 1) << first if last > first else 0


def whole_seconds(length: float) -> int:
    """How many middles of seconds a video of this length has."""
    return math.ceil(min(length, LONGEST) - 0.5) if length > 0.5 else 0


def to_bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def from_bytes(data: bytes | memoryview) -> int:
    return int.from_bytes(bytes(data), "little")


def checked(ranges: object) -> tuple[Stretch, ...]:
    """Stretches as a browser sends them: [[from, to], ...] in seconds. Raises BadRanges."""
    if not isinstance(ranges, list | tuple) or len(ranges) > MOST_STRETCHES:
        raise BadRanges
    return tuple(_stretch(pair) for pair in ranges)


def _stretch(pair: object) -> Stretch:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise BadRanges
    start, end = (checked_second(value) for value in pair)
    return (start, end)


def checked_second(value: object) -> float:
    """A moment in a video. Raises BadRanges for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadRanges
    if not math.isfinite(value) or not 0 <= value <= LONGEST:
        raise BadRanges
    return float(value)


def stretches_of(bits: int, *, gap: int = 1) -> tuple[tuple[int, int], ...]:
    """The set as stretches [from, to) for drawing; holes shorter than ``gap`` are closed."""
    found: list[tuple[int, int]] = []
    at = 0
    while bits >> at:
        rest = bits >> at
        start = at + (rest & -rest).bit_length() - 1
        ones = ~(bits >> start)
        end = start + (ones & -ones).bit_length() - 1
        if found and start - found[-1][1] < gap:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        at = end
    return tuple(found)


def heat(people: Sequence[Seen], of_seconds: int, bins: int) -> tuple[tuple[float, float], ...]:
    """For each of ``bins`` equal parts of the video: (people who saw it, who saw it again).

    Means over the part's seconds, in people.
    """
    found = []
    for number in range(min(bins, of_seconds)):
        start = number * of_seconds // min(bins, of_seconds)
        end = (number + 1) * of_seconds // min(bins, of_seconds)
        part = ((1 << (end - start)) - 1) << start
        once = sum((p.once & part).bit_count() for p in people) / (end - start)
        again = sum((p.again & part).bit_count() for p in people) / (end - start)
        found.append((once, again))
    return tuple(found)
