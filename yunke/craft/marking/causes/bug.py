"""A bug: a procedure that somebody follows, and that yields a wrong answer of its own.

Repair theory's word (Brown & Burton 1978): not a slip, which comes and goes, but a rule that is
followed. A bug is tried on an item by ``answers``; an item that it does not touch gives nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

from yunke.craft.marking.causes.terms import Problem

Chosen: TypeAlias = tuple[Any, ...] | None
Answer: TypeAlias = int | str | tuple[int | str | None, ...] | None


class Known(IntEnum):
    """How well a bug is known; the number is its weight before any answer is seen.

    CORE: found again and again, or taught against in every textbook. OFTEN: documented with
    several pupils. SELDOM: documented, rare.
    """

    CORE = 100
    OFTEN = 10
    SELDOM = 1


@dataclass(frozen=True)
class Bug:
    """``choose``: the item's numbers where the bug can show, else None. ``follow``: the answer, or
    several ways of writing or ending it; None where this item does not provoke it.
    """

    id: str
    zh: str
    en: str
    source: str
    known: Known
    choose: Callable[[Problem], Chosen]
    follow: Callable[..., Answer]

    def answers(self, problem: Problem) -> tuple[str, ...]:
        """What somebody with this bug would write; () where it does not show."""
        chosen = self.choose(problem)
        if chosen is None:
            return ()
        found = self.follow(*chosen)
        several = found if isinstance(found, tuple) else (found,)
        return tuple(str(one) for one in several if one is not None)


def bug(
    id: str, zh: str, en: str, source: str, known: Known, choose: Callable[[Problem], Chosen]
) -> Callable[[Callable[..., Answer]], Bug]:
    """Make the function below a bug of the library."""

    def made(follow: Callable[..., Answer]) -> Bug:
        return Bug(id, zh, en, source, known, choose, follow)

    return made


CORE, OFTEN, SELDOM = Known.CORE, Known.OFTEN, Known.SELDOM
