"""What each table holds about people: the data map, written where the table is.

Every model says it in one attribute, ``held = Held(...)``; a house check refuses a table without.
Export, erasure, retention and the privacy notices are all made from these lines, so that none of
them can forget a table.
"""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """Why it may be held at all; shown to people in these words' translations."""

    TEACHING = "teaching"
    ACCOUNT = "account"
    SAFETY = "safety"
    WELLBEING = "wellbeing"
    SERVICE = "service"


class Keep(StrEnum):
    """How long a row lives, counted from ``Held.since``."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TERM = "term"
    YEAR = "year"
    THREE_YEARS = "three_years"
    # As long as the person (or the thing it belongs to) is here, then as the erasure says.
    ACCOUNT = "account"
    # The school's own: no person's data, kept while the site lives.
    SITE = "site"


DAYS: dict[Keep, int] = {
    Keep.DAY: 1,
    Keep.WEEK: 7,
    Keep.MONTH: 31,
    Keep.TERM: 200,
    Keep.YEAR: 400,
    Keep.THREE_YEARS: 1100,
}


class Erase(StrEnum):
    """What a person's erasure does to the rows that name the person."""

    ROW = "row"  # the row goes
    BLANK = "blank"  # the row stays, its person and personal texts go
    KEEP = "keep"  # the law or others' rights need it; ``why`` says so on the receipt


@dataclass(frozen=True)
class Held:
    """``person``: the columns that name whom a row is about, as Django filters them
    ("person_id", "sheet__pupil_id"); empty for a table about nobody. All its columns are then
    personal and exported, but for ``secret`` ones (hashes, tokens). ``blank``: columns emptied by
    ``Erase.BLANK``. ``why``: the reason, for ``Erase.KEEP``. ``since``: where a limit counts from
    (a date or an instant; an empty one is not over yet).

    ``others``: columns that name somebody whose data the row is not (who printed a card): shown to
    nobody else. ``of``: (column, person column) where a column's text is about that one person
    only: it is exported to her, and to the others only while that person column is empty.
    """

    purpose: Purpose
    keep: Keep
    person: tuple[str, ...] = ()
    erase: Erase = Erase.ROW
    blank: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    since: str = "made_at"
    why: str = ""
    others: tuple[str, ...] = ()
    of: tuple[tuple[str, str], ...] = ()
