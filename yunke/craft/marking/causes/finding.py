"""One answer: is it right, and if not, which rules give just this answer?"""

import re
from dataclasses import dataclass

from yunke.craft.marking.causes.bug import Bug
from yunke.craft.marking.causes.claims import work_out
from yunke.craft.marking.numbers import clean

LONGEST = 200
_LED_BY_ZERO = re.compile(r"-?0\d")


@dataclass(frozen=True)
class Cause:
    """A bug and the answer that it yields on this item, as the pupil would write it."""

    bug: Bug
    reproduces: str


@dataclass(frozen=True)
class Found:
    """``correct`` is None where item or answer is not understood: a person looks. ``causes``: the
    best known first; empty also where a slip would give the answer as easily.
    """

    correct: bool | None
    causes: tuple[Cause, ...] = ()


def find_causes(item: str, answer: str) -> Found:
    """What an answer to an arithmetic item tells by itself."""
    found = _every(item, answer)
    return Found(found.correct, found.causes if found.told else ())


def bugs_giving(item: str, answer: str) -> tuple[Cause, ...]:
    """Every bug of the library that yields this answer, told or not: for a teacher who asks."""
    return _every(item, answer).causes


@dataclass(frozen=True)
class _Every:
    correct: bool | None
    causes: tuple[Cause, ...] = ()
    told: bool = False


def _every(item: str, answer: str) -> _Every:
    worked = work_out(item) if len(item) <= LONGEST else None
    if worked is None:
        return _Every(None)
    if not answer.strip():
        return _Every(False)
    reply = worked.read(answer) if len(answer) <= LONGEST else None
    if reply is None:
        return _Every(None)
    if worked.is_right(reply):
        return _Every(True)
    given = worked.yield_of(reply)
    if given is None:
        return _Every(False)
    written = clean(answer)
    # No procedure writes a zero in front: 013 is a slip even where 13 would tell.
    told = given.told and not _LED_BY_ZERO.match(written)
    return _Every(False, tuple(Cause(bug, written) for bug in given.bugs), told)
