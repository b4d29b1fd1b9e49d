"""Is there school on a day, and by which weekday's timetable?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """Days without school, or (``taught_as`` 0 to 6) a make-up day that follows that weekday.

    ``rank``: a school's own (2) wins over its county's (1), that over the city's (0).
    """

    first: date
    last: date
    name: str = ""
    taught_as: int | None = None
    rank: int = 0

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Term:
    first: date
    last: date


def weekday_taught(day: date, terms: Sequence[Term], spans: Sequence[Span]) -> int | None:
    """The weekday whose timetable the day follows; None: no school on it.

    Where no term is known, every day may be taught: nobody has said otherwise yet.
    """
    if terms and not any(term.first <= day <= term.last for term in terms):
        return None
    told = span_of(day, spans)
    return day.weekday() if told is None else told.taught_as


def span_of(day: date, spans: Sequence[Span]) -> Span | None:
    """What is said about the day: the nearest to the school wins, a make-up day over a holiday."""
    found = [span for span in spans if span.holds(day)]
    return max(found, key=lambda s: (s.rank, s.taught_as is not None), default=None)
