"""The weeks of a term, and units laid over them. Plain values in, plain values out.

In: a term's first and last day, spans without school and make-up days, weeks that were lost, units
as a first *teaching week* and a length. Out: which weekday's timetable a day follows, the weeks of
the term with what is taught in them, where each unit falls, and what one lost week more would move.
A *teaching week* is a week that is not lost and has at least one day of school; units count by
these, so a lost week shifts everything after it and nothing has to be written anew.
"""

from yunke.craft.calendar.days import Span, Term, weekday_taught
from yunke.craft.calendar.pacing import (
    Block,
    Placed,
    Shift,
    Week,
    behind,
    laid,
    place,
    shift,
    weeks_of,
)

__all__ = [
    "Block",
    "Placed",
    "Shift",
    "Span",
    "Term",
    "Week",
    "behind",
    "laid",
    "place",
    "shift",
    "weekday_taught",
    "weeks_of",
]
