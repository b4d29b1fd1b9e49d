"""Which rows of a bundle's academicSessions are terms of a city's calendar."""

from collections.abc import Iterable
from typing import NamedTuple

# A school year holds terms, a grading period lies inside one: neither is a term here.
KINDS = frozenset({"term", "semester"})
MOST = 12


class TermWant(NamedTuple):
    """As the file has it; days as ISO dates."""

    title: str
    first: str
    last: str


def terms_told(rows: Iterable[tuple[bool, str, str, str, str]]) -> list[TermWant]:
    """(gone, title, type, start, end) → terms in their order, each span of days once."""
    found = {
        (start, end): TermWant(title, start, end)
        for gone, title, kind, start, end in rows
        if not gone and kind.lower() in KINDS and title and start and start < end
    }
    return [found[days] for days in sorted(found)][:MOST]
