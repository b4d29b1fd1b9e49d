"""Which numbers about people may be shown. Decided on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass

from yunke.ground.lake.values import OTHERS, Count, K


@dataclass(frozen=True)
class Group:
    """The acts of one hour or verb; ``few`` names its people while they are fewer than ``K``."""

    key: str
    acts: int
    people: int
    few: frozenset[int] = frozenset()


def joined(groups: Iterable[Group], *, k: int = K) -> tuple[Count, ...]:
    """Counts without a small group among them: the small ones become one group ``OTHERS``.

    When even together they are fewer than ``k`` people, the smallest shown group joins them too;
    otherwise the sum of all minus the shown ones would tell the hidden one. With nothing big
    enough to join, nothing is shown.
    """
    shown = sorted((g for g in groups if g.people >= k), key=lambda g: (g.people, g.acts, g.key))
    small = [g for g in groups if g.people < k and g.acts]
    if not small:
        return _in_order(shown)
    people = len(frozenset[int]().union(*(g.few for g in small)))
    acts = sum(g.acts for g in small)
    if people < k:
        if not shown:
            return ()
        smallest = shown.pop(0)
        # At least that many: who is in both groups is not known, and need not be.
        people, acts = smallest.people, acts + smallest.acts
    return (*_in_order(shown), Count(OTHERS, acts, people))


def _in_order(groups: Iterable[Group]) -> tuple[Count, ...]:
    return tuple(
        Count(g.key, g.acts, g.people) for g in sorted(groups, key=lambda g: (-g.acts, g.key))
    )
