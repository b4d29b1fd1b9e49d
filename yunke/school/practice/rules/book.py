"""What a pupil's tries of one question say: open, on its way back, mastered; and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yunke.craft.marking.causes import BY_ID
from yunke.craft.recall import Review, next_due
from yunke.school.practice.values import CauseWord, ErrorState, Origin, Try

# Right so often in a row, at least so far apart, and it counts as mastered.
RIGHTS = 2
APART = timedelta(hours=20)


@dataclass(frozen=True)
class Page:
    """One question of the book as its tries leave it."""

    state: ErrorState
    times: int
    first_at: datetime
    last_at: datetime
    value: str
    causes: tuple[str, ...]
    due_at: datetime | None


def page_of(tries: Iterable[Try]) -> Page | None:
    """None where nothing was ever wrong."""
    ordered = sorted(tries, key=lambda one: (one.at, one.id))
    wrong = [one for one in ordered if not one.right]
    if not wrong:
        return None
    since = [one for one in ordered if one.at >= wrong[0].at]
    last = wrong[-1]
    after = [one for one in ordered if (one.at, one.id) > (last.at, last.id)]
    state = _state(after)
    due = next_due(Review(one.at, one.right) for one in since)
    return Page(
        state, len(wrong), wrong[0].at, last.at, last.value, last.causes,
        None if state is ErrorState.MASTERED else due,
    )  # fmt: skip


def _state(after: Sequence[Try]) -> ErrorState:
    """``after``: the right tries that followed the last wrong one."""
    if not after:
        return ErrorState.OPEN
    counted = [after[0]]
    for one in after[1:]:
        if one.at - counted[-1].at >= APART:
            counted.append(one)
    return ErrorState.MASTERED if len(counted) >= RIGHTS else ErrorState.RETURNING


# Kinds whose answers are written: a bug of the library reproduces them.
WRITTEN = frozenset({"number", "blanks", "formula"})


def origin_of(cause: str, kind: str) -> Origin:
    """A bug of the library reproduced what was written; anything else came with the option."""
    return Origin.BUG if kind in WRITTEN and cause in BY_ID else Origin.OPTION


def cause_of(
    found: Sequence[str], words: Mapping[Origin, str], learnt: str = "", kind: str = ""
) -> CauseWord | None:
    """The cause that is shown. A teacher's word on this pupil's error counts most, then a
    teacher's on this wrong answer, then the pupil's own, then what the answer itself betrays."""
    for origin in (Origin.TEACHER, Origin.LEARNT, Origin.PUPIL):
        told = learnt if origin is Origin.LEARNT else words.get(origin, "")
        if told:
            return CauseWord(told, origin)
    return CauseWord(found[0], origin_of(found[0], kind)) if found else None
