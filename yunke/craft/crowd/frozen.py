"""Counting a finished day by the roster of its week's first day.

Who joins, leaves, moves or is erased in between changes no number of the week: a person counts
where the person sat on Monday, or not at all. All days of a week share one roster, and longer
spans are sums of days, so no two looks at the same days differ by a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Seat:
    """A pupil's place on a week's roster. ``person`` 0: erased since; the seat still counts."""

    person: int
    school: int
    grade: int


@dataclass(frozen=True)
class Tally:
    enrolled: int
    took_part: int


def week_of(day: date) -> date:
    """The day whose roster counts: the Monday of its week."""
    return day - timedelta(days=day.weekday())


def tally(roster: Iterable[Seat], present: Iterable[int]) -> Mapping[tuple[int, int], Tally]:
    """(school, grade) → how many sat there, and how many of those are among ``present``."""
    there = set(present)
    found: dict[tuple[int, int], Tally] = {}
    for seat in roster:
        known = found.get((seat.school, seat.grade), Tally(0, 0))
        came = seat.person in there and seat.person != 0
        found[seat.school, seat.grade] = Tally(known.enrolled + 1, known.took_part + came)
    return found
