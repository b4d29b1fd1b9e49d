"""What a read page means for the room: what is sure, what a person has to decide. Plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yunke.craft.marking.sheets import Problem, SheetReading
from yunke.school.exams.values.paper import DoubtKind, Way

# With these nothing on the picture is believed: take it again, or read it by eye.
SPOILT = frozenset(
    {
        Problem.BLURRED, Problem.DARK, Problem.SMALL, Problem.CUT, Problem.CORNERS,
        Problem.TURNED, Problem.LOOSE, Problem.OTHER_PAGE,
    }
)  # fmt: skip
# With fewer a part of the page may be away, and with it what was written there by hand.
LEAST_CORNERS = 3
# Ink of an area below this share: nobody seems to have written there.
LEAST_INK = 0.004


@dataclass(frozen=True)
class Judged:
    """``marks``: item → what is filled, None for surely nothing; only items that are sure.
    ``doubts``: (kind, item or reason).
    """

    marks: dict[str, str | None] = field(default_factory=dict)
    doubts: tuple[tuple[DoubtKind, str], ...] = ()


def judged(
    reading: SheetReading, places: Mapping[str, Mapping[str, Any]], *, known: bool
) -> Judged:
    """``known``: the code names a pupil's sheet. Whatever is not sure becomes a doubt."""
    if reading.refused is not None:
        return Judged(doubts=((DoubtKind.PAGE, reading.refused.value),))
    spoilt = [problem for problem in reading.problems if problem in SPOILT]
    if spoilt:
        return Judged(doubts=((DoubtKind.PAGE, spoilt[0].value),))
    if reading.quality.corners < LEAST_CORNERS:
        return Judged(doubts=((DoubtKind.PAGE, Problem.CORNERS.value),))
    filled = [
        item for item in reading.answers if item in places and places[item]["way"] != Way.WRITING
    ]
    unsure = _unsure(reading, filled)
    marks = {item: reading.answers[item] for item in filled if item not in unsure}
    doubts = [(DoubtKind.MARK, item) for item in filled if item in unsure]
    if not known:
        doubts.insert(0, (DoubtKind.WHOSE, "code"))
    return Judged(marks, tuple(doubts))


def _unsure(reading: SheetReading, filled: Iterable[str]) -> set[str]:
    """Without a code the reading lists every item; its marks stay, so only what has none is asked.

    A row without any mark may be empty or doubtful then: a person looks.
    """
    if Problem.NO_CODE in reading.problems:
        return {item for item in filled if reading.answers[item] is None}
    return set(reading.needs_person)


def agree(one: Mapping[str, str | None], two: Mapping[str, str | None]) -> bool:
    """Whether two readings of a page say the same wherever both are sure."""
    return all(one[item] == two[item] for item in one.keys() & two.keys())
