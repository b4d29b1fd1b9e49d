"""The data map's own rule: shown a table that lies, it has to name the lie."""

from types import SimpleNamespace
from typing import Any

import pytest

from yunke.base.held import Erase, Held, Keep, Purpose
from yunke.checks.house.datamap import faults, leads
from yunke.ground.people.models import Card, Membership, Person
from yunke.school.lessons.models import Answer


def told(like: type, held: object) -> list[str]:
    """The faults of a table like this one with another line in the map."""
    table: Any = type("Table", (), {"_meta": like._meta, "held": held})
    if held is None:
        del table.held
    return [fault.partition(": ")[2] for fault in faults([table])]


def test_every_table_of_the_house_is_in_the_map() -> None:
    assert faults() == []


def test_a_table_without_a_line_is_named() -> None:
    assert told(Person, None) == ["no line in the data map (held = Held(...))"]


def test_a_line_that_was_inherited_does_not_count() -> None:
    table: Any = type("Table", (SimpleNamespace,), {"_meta": Person._meta})
    assert len(faults([table])) == 1


def test_a_good_line_has_no_fault() -> None:
    assert told(Card, Card.held) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ({"person": ("nobody_id",)}, "nobody_id is no column that Django can filter by"),
        ({"person": ("person_id",), "secret": ("x",)}, "x is no column"),
        ({"person": ("person_id",), "of": (("x", "person_id"),)}, "x is no column"),
        ({"keep": Keep.YEAR, "since": "then"}, "kept for a year since then, which is no column"),
        ({"erase": Erase.KEEP}, "kept through an erasure without saying why"),
        ({"erase": Erase.BLANK}, "blanked by an erasure, and no column named"),
    ],
)
def test_a_line_that_is_not_so_is_named(line: dict[str, Any], fault: str) -> None:
    values = {"keep": Keep.ACCOUNT, "others": ("made_by_id", "person_id"), **line}
    assert fault in told(Card, Held(Purpose.ACCOUNT, **values))


def test_a_person_who_is_not_mentioned_is_named() -> None:
    held = Held(Purpose.ACCOUNT, Keep.ACCOUNT, person=("person_id",))
    assert told(Membership, held) == ["stands_for_id names a person; say it in person= or others="]


@pytest.mark.parametrize(
    ("path", "good"),
    [("person_id", True), ("submission__person_id", True), ("submission__person__login", True),
     ("submission__nobody", False), ("value__x", False)],
)  # fmt: skip
def test_a_way_over_tables_is_followed(path: str, good: bool) -> None:
    assert leads(Answer, path) is good
