"""What a slip of the pen would make of the right answer, and how likely each result is.

A slip comes once and follows no rule, so within a kind every result is taken as equally likely:

* digit: one digit replaced by any other;
* one-off: one more or one less, in a fraction above or below, in a decimal in its last place;
* turned: two neighbouring digits changed places;
* near-5, near-10, near-20: any whole number (steps of the last place) within 5, 10, 20;
* near-tenth: any whole number within a tenth of the answer;
* near-fraction: numerator and denominator each within 3.

Not slips here: ten more or ten less, a zero too many or too few. A carry or borrow left out and a
place missed give just these answers; from one answer alone nobody can tell them apart, and the
rule is far more common than the accident.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yunke.craft.marking.causes.replies import Reply

_RUN = re.compile(r"\d+")
_RATIO = re.compile(r"-?(?:(\d+) )?(\d+)/(\d+)")
_REST = "……"
_PLAIN = re.compile(r"-?\d+(?:\.(\d+))?")
# (value, remainder or None)
Result = tuple[Fraction, int | None]
REACH = 3


class Slip(StrEnum):
    DIGIT = "digit"
    ONE_OFF = "one-off"
    TURNED = "turned"
    NEAR_5 = "near-5"
    NEAR_10 = "near-10"
    NEAR_20 = "near-20"
    NEAR_TENTH = "near-tenth"
    NEAR_FRACTION = "near-fraction"


@dataclass(frozen=True)
class Slipped:
    """The results of one kind of slip on one written answer."""

    kind: Slip
    texts: tuple[str, ...]


def slipped(text: str) -> tuple[Slipped, ...]:
    """Every kind that the written right answer allows; ``text``: 25, -8, 0.75, 5/6, 1 1/6, 3……2."""
    kinds: dict[Slip, Iterator[str]] = {
        Slip.DIGIT: _digits(text),
        Slip.ONE_OFF: _one_off(text),
        Slip.TURNED: _turned(text),
        Slip.NEAR_FRACTION: _near_fraction(text),
    }
    found = [Slipped(kind, tuple(texts)) for kind, texts in kinds.items()]
    return tuple(one for one in found if one.texts)


def _digits(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        for place in range(run.start(), run.end()):
            lead = place == run.start() and len(run[0]) > 1
            for digit in "0123456789"[lead:]:
                if digit != text[place]:
                    yield text[:place] + digit + text[place + 1 :]


def _one_off(text: str) -> Iterator[str]:
    if "." in text.replace("……", ""):
        front, _, behind = text.partition(".")
        tail = _RUN.match(behind)
        scale = len(tail[0]) if tail else 0
        number = int(front.lstrip("-") + behind[:scale])
        for step in (-1, 1):
            moved = str(abs(number + step)).zfill(scale + 1)
            yield f"{'-' * text.startswith('-')}{moved[:-scale]}.{moved[-scale:]}{behind[scale:]}"
        return
    for run in _RUN.finditer(text):
        for step in (-1, 1):
            if int(run[0]) + step >= 0:
                yield text[: run.start()] + str(int(run[0]) + step) + text[run.end() :]


def _turned(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        for place in range(run.start(), run.end() - 1):
            one, other = text[place], text[place + 1]
            lead = other == "0" and place == run.start()
            tail = one == "0" and place + 2 == run.end() and "." in text[: place + 1]
            if one != other and not lead and not tail:
                yield text[:place] + other + one + text[place + 2 :]


def _near_fraction(text: str) -> Iterator[str]:
    match = _RATIO.fullmatch(text)
    if not match:
        return
    whole = "-" * text.startswith("-") + (f"{match[1]} " if match[1] else "")
    for up in range(-REACH, REACH + 1):
        for down in range(-REACH, REACH + 1):
            num, den = int(match[2]) + up, int(match[3]) + down
            if (up or down) and num >= 0 and den > 0:
                yield f"{whole}{num}/{den}"


def _result(text: str) -> Result | None:
    """The value of what a slip left; None where a zero stands below the line."""
    if _REST in text:
        quotient, _, rest = text.partition(_REST)
        return Fraction(quotient), int(rest)
    match = _RATIO.fullmatch(text)
    if match is None:
        return Fraction(text), None
    if not int(match[3]):
        return None
    size = int(match[1] or 0) + Fraction(int(match[2]), int(match[3]))
    return (-size if text.startswith("-") else size), None


@dataclass(frozen=True)
class Writing:
    """One way to write the right answer: its number, and what its unit is worth (0 without one)."""

    number: str
    worth: Fraction = Fraction(0)


@dataclass(frozen=True)
class _Table:
    """What slips make of one writing."""

    worth: Fraction
    kinds: tuple[tuple[Slip, Mapping[Result | None, int], int], ...]
    right: Fraction | None
    step: Fraction

    def shares(self, reply: Reply) -> Iterator[tuple[Slip, float]]:
        value = reply.value / self.worth if self.worth and reply.dimension else reply.bare
        if value is None:
            value = reply.value
        for kind, results, count in self.kinds:
            yield kind, results.get((value, reply.rest), 0) / count
        if self.right is not None and reply.rest is None:
            away = abs(value - self.right) / self.step
            for kind, reach in _reaches(self.right, self.step).items():
                near = away.denominator == 1 and 0 < away <= reach
                yield kind, near / (2 * reach)


@dataclass(frozen=True)
class Shares:
    """How likely each kind of slip is to end in a given answer."""

    tables: tuple[_Table, ...]

    def of(self, reply: Reply) -> dict[Slip, float]:
        """kind → share of its results that say the same as ``reply``; the largest over writings."""
        found: dict[Slip, float] = {}
        if reply.relation:
            return found
        for table in self.tables:
            for kind, share in table.shares(reply):
                if share > found.get(kind, 0.0):
                    found[kind] = share
        return found


def slip_shares(writings: tuple[Writing, ...]) -> Shares:
    """Ready to say how likely an answer is by a slip."""
    return Shares(tuple(_table(one) for one in writings if one.number not in ("<", "=", ">")))


def _table(writing: Writing) -> _Table:
    kinds = []
    for one in slipped(writing.number):
        results = Counter(_result(text) for text in one.texts)
        kinds.append((one.kind, results, len(one.texts)))
    plain = _PLAIN.fullmatch(writing.number)
    right = Fraction(writing.number) if plain else None
    step = Fraction(1, 10 ** len(plain[1] or "")) if plain else Fraction(1)
    return _Table(writing.worth, tuple(kinds), right, step)


def _reaches(right: Fraction, step: Fraction) -> dict[Slip, int]:
    tenth = int(abs(right) / step) // 10
    reaches = {Slip.NEAR_5: 5, Slip.NEAR_10: 10, Slip.NEAR_20: 20}
    return {**reaches, Slip.NEAR_TENTH: tenth} if tenth > 10 else reaches
