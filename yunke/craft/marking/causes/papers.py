"""One pupil's whole paper: which rule explains the wrong answers, taken together.

One wrong answer may be a slip; the same rule three times is none. For every bug the answers of
the paper are weighed: how likely are they if the pupil follows it (``FOLLOWED`` of the time it
shows), how likely if the pupil knows the matter and slips? A bug is told when the odds for it,
its commonness counted in, are better than ``ENOUGH`` to one.

The idea is that of DEBUGGY (Burton 1982): not the bug that fits one item, but the one that
predicts the answers right and wrong over all of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log

from yunke.craft.marking.causes.bug import Bug, Known
from yunke.craft.marking.causes.claims import Worked, work_out
from yunke.craft.marking.causes.replies import Reply

# Where the bug shows: it is followed; the answer is right all the same; something else is written.
FOLLOWED, RIGHT_ALL_THE_SAME, OTHERWISE = 0.75, 0.10, 0.15
# Somebody without the bug: right, or a slip that ends in just this answer.
RIGHT, SLIPPED_HERE = 0.85, 0.15 / 20
PRIOR = {Known.CORE: 1 / 50, Known.OFTEN: 1 / 200, Known.SELDOM: 1 / 1000}
ENOUGH = 4.0
FEWEST = 2


@dataclass(frozen=True)
class PaperCause:
    """A bug that explains a paper. ``explains``: numbers of the lines that it gives; ``against``:
    lines on which it would have shown and did not; ``odds``: for it, to one.
    """

    bug: Bug
    explains: tuple[int, ...]
    against: tuple[int, ...]
    odds: float


@dataclass(frozen=True)
class _Line:
    worked: Worked
    reply: Reply | None

    @property
    def right(self) -> bool:
        return self.reply is not None and self.worked.is_right(self.reply)


def causes_of(answers: Iterable[tuple[str, str]]) -> tuple[PaperCause, ...]:
    """The bugs that explain a pupil's (item, answer) pairs, the best first; () where none does.

    The order of the pairs changes nothing but the line numbers. Bugs that give the same answers
    on every line of this paper cannot be told apart and come together, the better known first.
    """
    lines = [(number, line) for number, line in enumerate(map(_line, answers)) if line]
    fits: dict[str, list[int]] = defaultdict(list)
    misses: dict[str, list[int]] = defaultdict(list)
    weights: dict[str, float] = defaultdict(float)
    bugs: dict[str, Bug] = {}
    for number, line in lines:
        for bug, fit in _shown(line):
            bugs[bug.id] = bug
            (fits if fit else misses)[bug.id].append(number)
            weights[bug.id] += _weight(line.right, fit)
    found = []
    for key, bug in bugs.items():
        odds = weights[key] + log(PRIOR[bug.known])
        if len(fits[key]) >= FEWEST and odds > log(ENOUGH):
            found.append(PaperCause(bug, tuple(fits[key]), tuple(misses[key]), _told(odds)))
    return _distinct(sorted(found, key=lambda one: (-one.odds, -one.bug.known, one.bug.id)))


def _told(odds: float) -> float:
    """e to the odds, kept to what can be printed."""
    return round(exp(min(odds, 30.0)), 2)


def _line(pair: tuple[str, str]) -> _Line | None:
    worked = work_out(pair[0])
    return _Line(worked, worked.read(pair[1])) if worked else None


def _shown(line: _Line) -> list[tuple[Bug, bool]]:
    """(bug, does its answer stand there?) for every bug that this item would have shown."""
    given = line.worked.yield_of(line.reply) if line.reply else None
    found: dict[str, tuple[Bug, bool]] = {}
    for one in line.worked.yields:
        for bug in one.bugs:
            fit = one is given or (bug.id in found and found[bug.id][1])
            found[bug.id] = (bug, fit)
    return list(found.values())


def _weight(right: bool, fit: bool) -> float:
    """log of how much likelier this line is with the bug than without."""
    if fit:
        return log(FOLLOWED / SLIPPED_HERE)
    if right:
        return log(RIGHT_ALL_THE_SAME / RIGHT)
    return log(OTHERWISE / (1 - RIGHT))


def _distinct(found: list[PaperCause]) -> tuple[PaperCause, ...]:
    """Leaves out what a better one explains already; equals stay beside each other."""
    kept: list[PaperCause] = []
    for one in found:
        lines = set(one.explains)
        covered = any(
            lines <= set(better.explains)
            and (better.explains, better.against) != (one.explains, one.against)
            for better in kept
        )
        if not covered:
            kept.append(one)
    return tuple(kept)
