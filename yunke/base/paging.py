"""Long lists a page at a time, at the cost of one query however long the list is."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

T = TypeVar("T")


def page_number(typed: str) -> int:
    """The page that an address asks for; the first for what is no number or beyond all lists."""
    return int(typed) if typed.isdecimal() and len(typed) <= 6 else 1


@dataclass(frozen=True)
class Page(Generic[T]):
    rows: list[T]
    number: int
    more: bool


def page_of(rows: "QuerySet[Any]", number: int, *, size: int = 30) -> Page[Any]:
    """Page ``number`` (from 1). One row more than shown is fetched to know whether more follow."""
    number = max(1, number)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(found[:size], number, len(found) > size)
