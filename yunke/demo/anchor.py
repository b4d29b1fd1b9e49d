"""When the demo city lives: a term with today in its middle, whatever day it is."""

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS_BEFORE, WEEKS = 9, 20


@dataclass(frozen=True)
class Calendar:
    """A term from a Monday to a Sunday. Days are the school's calendar days."""

    first_day: date
    today: date

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=7 * WEEKS - 1)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=n) for n in range(7 * WEEKS))

    @property
    def past(self) -> tuple[date, ...]:
        """The last three weeks, today included, oldest first."""
        return tuple(self.today - timedelta(days=n) for n in range(20, -1, -1))

    @property
    def names(self) -> tuple[str, str]:
        """The term as a school names it: the first begins in autumn."""
        autumn = self.first_day.month >= 8 or self.first_day.month == 1
        year = self.first_day.year - (0 if self.first_day.month >= 8 else 1)
        term, term_en = ("第一学期", "autumn") if autumn else ("第二学期", "spring")
        return (f"{year}–{year + 1} 学年{term}", f"{year}–{year + 1}, {term_en} term")


def calendar_of(today: date, first_day: date | None = None) -> Calendar:
    """The term of ``today``; ``first_day`` is that of the term which the city had before.

    A term goes on while today lies in it with three weeks to come; the next one begins after it,
    so that two terms never overlap.
    """
    if first_day is not None:
        known = Calendar(first_day, today)
        if first_day <= today <= known.last_day - timedelta(days=21):
            return known
        if first_day <= today <= known.last_day:
            return Calendar(known.last_day + timedelta(days=1), today)
    monday = today - timedelta(days=today.weekday())
    return Calendar(monday - timedelta(weeks=WEEKS_BEFORE), today)
