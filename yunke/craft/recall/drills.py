"""A pupil's own short drill: which questions, in which order, and why each.

The rule, in the order of taking:
1. own errors that were not yet made good, oldest due first;
2. points that are weak and due; 3. due; 4. weak; 5. one point of which nothing is known yet.
Of a point's questions the one whose chance is nearest to 0.8 comes first: hard enough to teach,
easy enough to go on (Wilson et al. 2019, "The Eighty Five Percent Rule for optimal learning"; a
little lower here, because these are the points that went wrong). No point takes more than half of
the minutes while others wait, and points take turns (interleaving: Rohrer and Taylor 2007). The
minutes are never exceeded: a question that does not fit is passed over for a shorter one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from yunke.craft.recall.estimates import Estimate, Standing, expected, standing_of

AIM = 0.8
MOST_OF_ONE_POINT = 0.5
# A question answered right within so many days proves nothing new.
REST_DAYS = 6.0
# Points of which nothing is known that one drill may try.
FRESH = 1


class Reason(IntEnum):
    """Why a question is in the drill; the smaller, the sooner it is taken."""

    OWN_ERROR = 0
    WEAK_AND_DUE = 1
    DUE = 2
    WEAK = 3
    UNSEEN = 4


@dataclass(frozen=True)
class Wanted:
    """A point of the pupil: its estimate, and how many days it is overdue (below 0: not yet)."""

    point: str
    estimate: Estimate
    overdue: float


@dataclass(frozen=True)
class Offer:
    """A question that may be asked. ``wrong``: this pupil's last answer to it was wrong;
    ``right_days``: days since this pupil last had it right, None for never.
    """

    item: str
    points: tuple[str, ...]
    minutes: float
    hardness: float = 0.0
    wrong: bool = False
    right_days: float | None = None


@dataclass(frozen=True)
class Chosen:
    """A question of the drill, for ``point``, with the chance that it goes right."""

    item: str
    point: str
    reason: Reason
    minutes: float
    chance: float


@dataclass(frozen=True)
class Drill:
    """``left``: points that wanted a place and got none, for lack of minutes or questions."""

    chosen: tuple[Chosen, ...]
    minutes: float
    left: tuple[str, ...]


def drill(points: Iterable[Wanted], items: Iterable[Offer], minutes: float) -> Drill:
    """Choose. Raises ValueError for minutes below 0 or a question of no minutes."""
    if minutes < 0:
        raise ValueError("minutes below 0")
    wanted = {one.point: one for one in points}
    offers = [offer for offer in items if _may_come(offer, wanted)]
    if any(offer.minutes <= 0 for offer in offers):
        raise ValueError("a question takes some minutes")
    queue = sorted(_candidates(offers, wanted), key=_first)
    chosen = _filled(queue, minutes)
    reached = {one.point for one in chosen}
    asked_for = dict.fromkeys(one.point for one in queue)
    left = [point for point in asked_for if point not in reached]
    left += [name for name in wanted if _calls(wanted[name]) and name not in asked_for]
    return Drill(_in_turns(chosen), sum(one.minutes for one in chosen), tuple(left))


def _may_come(offer: Offer, wanted: Mapping[str, Wanted]) -> bool:
    rested = offer.right_days is None or offer.right_days >= REST_DAYS
    return rested and any(point in wanted for point in offer.points)


def _reason(one: Wanted) -> Reason | None:
    standing = standing_of(one.estimate)
    if standing is Standing.UNSEEN:
        return Reason.UNSEEN
    weak = standing in (Standing.WEAK, Standing.UNSURE) and one.estimate.level < 1.0
    if one.overdue >= 0:
        return Reason.WEAK_AND_DUE if weak else Reason.DUE
    return Reason.WEAK if weak else None


def _calls(one: Wanted) -> bool:
    return _reason(one) not in (None, Reason.UNSEEN)


def _candidates(offers: Sequence[Offer], wanted: Mapping[str, Wanted]) -> list["_Ranked"]:
    found = []
    for offer in {offer.item: offer for offer in offers}.values():
        known = [wanted[point] for point in offer.points if point in wanted]
        chance = expected([one.estimate for one in known], offer.hardness)
        reasons = [(Reason.OWN_ERROR if offer.wrong else _reason(one), one) for one in known]
        real = [(reason, one) for reason, one in reasons if reason is not None]
        if real:
            reason, one = min(real, key=lambda pair: (pair[0], -pair[1].overdue, pair[1].point))
            chosen = Chosen(offer.item, one.point, reason, offer.minutes, chance)
            found.append(_Ranked(chosen, one.point, one.overdue))
    return found


@dataclass(frozen=True)
class _Ranked:
    chosen: Chosen
    point: str
    overdue: float


def _first(one: _Ranked) -> tuple[int, float, float, str]:
    chosen = one.chosen
    return chosen.reason, -one.overdue, abs(chosen.chance - AIM), chosen.item


def _filled(queue: Sequence[_Ranked], minutes: float) -> list[Chosen]:
    """First with the share that a point may have, then, if minutes are left, without it."""
    taken: dict[str, Chosen] = {}
    of_point: dict[str, float] = {}
    fresh: set[str] = set()
    for most in (MOST_OF_ONE_POINT * minutes, minutes):
        for one in queue:
            new = one.chosen
            too_fresh = new.reason is Reason.UNSEEN and len(fresh | {new.point}) > FRESH
            spent = sum(one.minutes for one in taken.values())
            heavy = of_point.get(new.point, 0.0) + new.minutes > most
            if new.item in taken or too_fresh or heavy or spent + new.minutes > minutes:
                continue
            taken[new.item] = new
            of_point[new.point] = of_point.get(new.point, 0.0) + new.minutes
            if new.reason is Reason.UNSEEN:
                fresh.add(new.point)
    return list(taken.values())


def _in_turns(chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """The likeliest to go right first; then never the same point twice running if it can be."""
    left = sorted(chosen, key=lambda one: (-one.chance, one.item))
    order: list[Chosen] = []
    while left:
        counts: dict[str, int] = {}
        for one in left:
            counts[one.point] = counts.get(one.point, 0) + 1
        others = [one for one in left if not order or one.point != order[-1].point] or left
        # The point with the most questions left goes first, or it would be left over at the end.
        next_one = max(others, key=lambda one: counts[one.point]) if order else others[0]
        order.append(next_one)
        left.remove(next_one)
    return tuple(order)
