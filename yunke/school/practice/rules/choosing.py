"""From what is kept of a pupil to the values that ``craft.recall.drill`` chooses from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yunke.craft.recall import Drill, Estimate, Offer, Wanted, drill
from yunke.school.practice.values import Asked

MINUTES = 10.0
MOST, FEWEST = 8, 5
# Minutes that a question of each kind takes; the others take the longest.
KIND_MINUTES = {
    "choice": 1.0, "true-false": 0.7, "multiple": 1.3, "number": 1.3, "blanks": 1.5,
    "formula": 1.8, "matching": 1.5, "ordering": 1.5,
}  # fmt: skip
LONGEST = 2.0
# Stands for the point of a question that has none.
NO_POINT = 0


@dataclass(frozen=True)
class Known:
    """A point as it stands for a pupil: estimate, and when it is due."""

    level: float
    doubt: float
    answers: int
    last: float | None
    due_at: datetime | None


@dataclass(frozen=True)
class Candidate:
    """A question that may be asked: ``wrong`` while it stands open in the error book."""

    question_id: int
    points: tuple[int, ...]
    kind: str
    hardness: float = 0.0
    wrong: bool = False
    right_at: datetime | None = None


def chosen(
    known: Mapping[int, Known], candidates: Iterable[Candidate], by: datetime,
    minutes: float = MINUTES,
) -> tuple[tuple[Asked, ...], tuple[int, ...]]:  # fmt: skip
    """The questions of one pupil's drill in order, each with its reason, and the points left over.

    ``by``: what is due until then is due.
    """
    offers = [_offer(one, by) for one in candidates]
    seen = {name for offer in offers for name in offer.points}
    wanted = [_wanted(point, one, by) for point, one in known.items()]
    named = {one.point for one in wanted}
    wanted += [Wanted(name, Estimate(), -1.0) for name in sorted(seen - named)]
    found = _short(drill(wanted, offers, minutes), wanted, offers, minutes)
    asked = tuple(
        Asked(int(one.item), int(one.point), int(one.reason), one.minutes, one.chance)
        for one in found.chosen
    )
    return asked, tuple(int(point) for point in found.left)


def _short(
    found: Drill, wanted: Sequence[Wanted], offers: Sequence[Offer], minutes: float
) -> Drill:
    """At most eight questions: the most urgent of them chosen, in turns again."""
    if len(found.chosen) <= MOST:
        return found
    urgent = sorted(found.chosen, key=lambda one: (one.reason, one.item))[:MOST]
    names = {one.item for one in urgent}
    return drill(wanted, [offer for offer in offers if offer.item in names], minutes)


def _wanted(point: int, one: Known, by: datetime) -> Wanted:
    overdue = (by - one.due_at) / timedelta(days=1) if one.due_at else -1.0
    return Wanted(str(point), Estimate(one.level, one.doubt, one.answers, one.last), overdue)


def _offer(one: Candidate, by: datetime) -> Offer:
    days = (by - one.right_at) / timedelta(days=1) if one.right_at and not one.wrong else None
    return Offer(
        str(one.question_id), tuple(str(point) for point in one.points or (NO_POINT,)),
        KIND_MINUTES.get(one.kind, LONGEST), one.hardness, one.wrong, days,
    )  # fmt: skip
