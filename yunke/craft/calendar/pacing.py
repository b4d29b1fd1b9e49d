"""Units over the weeks of a term."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yunke.craft.calendar.days import Span, Term, span_of, weekday_taught

FULL = 5  # days of school in an ordinary week


@dataclass(frozen=True)
class Week:
    """A calendar week of a term. ``days``: of school; ``names``: of what it has instead;
    ``lost``: why it was lost, "" for a week that was not.
    """

    number: int
    monday: date
    days: int
    names: tuple[str, ...] = ()
    lost: str = ""

    @property
    def teaches(self) -> bool:
        return not self.lost and self.days > 0

    @property
    def short(self) -> bool:
        """Taught, but not whole: what falls here has less time than it was given."""
        return self.teaches and self.days < FULL


@dataclass(frozen=True)
class Block:
    """A unit: from which teaching week (1 is the first), for how many."""

    key: int
    first: int
    weeks: int


@dataclass(frozen=True)
class Placed:
    """A unit on the calendar: the numbers of its weeks. ``cut``: weeks that fall off the end."""

    key: int
    weeks: tuple[int, ...]
    cut: int = 0


@dataclass(frozen=True)
class Shift:
    """What one lost week more does: units that move (key, first week before, after), units that
    fall off the end wholly or in part, units that fall into short weeks they were not in before.
    """

    moved: tuple[tuple[int, int, int], ...]
    off: tuple[int, ...]
    collisions: tuple[tuple[int, int], ...]


def weeks_of(term: Term, spans: Sequence[Span], lost: Mapping[int, str]) -> tuple[Week, ...]:
    """The weeks of a term from Monday to Sunday, numbered from 1."""
    first = term.first - timedelta(days=term.first.weekday())
    count = (term.last - first).days // 7 + 1
    return tuple(
        _week(number, first + timedelta(weeks=number - 1), term, spans, lost.get(number, ""))
        for number in range(1, count + 1)
    )


def _week(number: int, monday: date, term: Term, spans: Sequence[Span], lost: str) -> Week:
    days = [monday + timedelta(days=n) for n in range(7)]
    taught = [d for d in days if weekday_taught(d, [term], spans) in range(FULL)]
    free = [span_of(d, spans) for d in days]
    names = dict.fromkeys(s.name for s in free if s is not None and s.taught_as is None and s.name)
    return Week(number, monday, len(taught), tuple(names), lost)


def place(blocks: Sequence[Block], weeks: Sequence[Week]) -> tuple[Placed, ...]:
    """Where each unit falls: its teaching weeks as weeks of the calendar."""
    open_weeks = [week.number for week in weeks if week.teaches]
    return tuple(_placed(block, open_weeks) for block in blocks)


def _placed(block: Block, open_weeks: Sequence[int]) -> Placed:
    start = max(block.first, 1) - 1
    found = tuple(open_weeks[start : start + block.weeks])
    return Placed(block.key, found, block.weeks - len(found))


def shift(blocks: Sequence[Block], before: Sequence[Week], after: Sequence[Week]) -> Shift:
    """What changes between two calendars of the same term."""
    old = {placed.key: placed for placed in place(blocks, before)}
    short = {week.number for week in after if week.short}
    moved, off, collisions = [], [], []
    for new in place(blocks, after):
        was = old[new.key]
        if new.cut > was.cut:
            off.append(new.key)
        if new.weeks and was.weeks and new.weeks[0] != was.weeks[0]:
            moved.append((new.key, was.weeks[0], new.weeks[0]))
        collisions += [(new.key, w) for w in new.weeks if w in short and w not in was.weeks]
    return Shift(tuple(moved), tuple(off), tuple(collisions))


def laid(keys: Sequence[int], sizes: Sequence[int], weeks: int) -> tuple[Block, ...]:
    """Units in their order over all teaching weeks, each as long as its share of the lessons.

    Every unit has a week at least; where there are more units than weeks, the last ones share it.
    """
    whole, blocks, done = max(sum(sizes), 1), [], 0
    for key, size in zip(keys, sizes, strict=True):
        start = round(weeks * done / whole)
        done += size
        end = max(round(weeks * done / whole), start + 1)
        start = min(start, weeks - 1)
        blocks.append(Block(key, start + 1, max(1, min(end, weeks) - start)))
    return tuple(blocks)


def behind(own: Sequence[Placed], plan: Sequence[Placed], week: int) -> int | None:
    """By how many weeks a class is behind the plan in the unit it is at; negative: ahead.

    None where the class is at no unit, or at one that the plan does not have.
    """
    current = next((p for p in own if p.weeks and p.weeks[0] <= week <= p.weeks[-1]), None)
    planned = {p.key: p for p in plan}.get(current.key) if current else None
    if current is None or planned is None or not planned.weeks:
        return None
    return current.weeks[0] - planned.weeks[0]
