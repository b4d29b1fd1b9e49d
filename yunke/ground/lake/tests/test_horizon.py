"""No event is skipped, though on PostgreSQL a slow transaction commits a low id late."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from yunke.ground.lake.actions import lake_flush
from yunke.ground.lake.actions.horizon import ENDLESS, horizon
from yunke.ground.lake.models import Event, PersonDay
from yunke.ground.lake.tests.makers import lake, watched

__all__ = ["lake"]
pytestmark = pytest.mark.django_db(transaction=True)


class HeldOpen:
    """A transaction in another thread that wrote one event and does not end until told."""

    def __init__(self, person: int) -> None:
        self._written, self._told = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, args=(person,))
        self._keep = True
        self._thread.start()
        assert self._written.wait(10)

    def _run(self, person: int) -> None:
        try:
            with transaction.atomic():
                watched(person)
                self._written.set()
                self._told.wait(20)
                transaction.set_rollback(not self._keep)
        finally:
            connection.close()

    def end(self, *, commit: bool = True) -> None:
        self._keep = commit
        self._told.set()
        self._thread.join(10)


@pytest.fixture
def held_open() -> Iterator[Callable[[int], HeldOpen]]:
    """Begins transactions that stay open; at the end of the test none is left."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    begun: list[HeldOpen] = []

    def begin(person: int) -> HeldOpen:
        begun.append(HeldOpen(person))
        return begun[-1]

    yield begin
    for one in begun:
        one.end()


def taken() -> set[int]:
    """People whose acts have come to the lake."""
    return set(PersonDay.objects.values_list("person_id", flat=True))


def test_without_slow_transactions_everything_is_taken_at_once(lake: Path) -> None:
    for person in (1, 2, 3):
        watched(person)
    assert lake_flush() == 3
    assert taken() == {1, 2, 3}


def test_on_sqlite_the_horizon_is_endless_and_asks_nothing(django_assert_num_queries) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite")
    with django_assert_num_queries(0):
        assert horizon() == ENDLESS


def test_a_low_id_that_is_committed_late_is_not_skipped(lake: Path, held_open) -> None:
    watched(1)
    assert lake_flush() == 1
    slow = held_open(2)
    watched(3)
    assert lake_flush() == 0
    slow.end()
    assert lake_flush() == 2
    assert taken() == {1, 2, 3}
    assert Event.objects.count() == 3
    assert lake_flush() == 0


def test_a_slow_transaction_that_is_undone_holds_nothing_up(lake: Path, held_open) -> None:
    slow = held_open(2)
    watched(3)
    assert lake_flush() == 0
    slow.end(commit=False)
    assert lake_flush() == 1
    assert taken() == {3}


def test_slow_ones_that_follow_each_other_hold_up_only_what_comes_after(lake, held_open) -> None:
    first = held_open(1)
    watched(2)
    assert lake_flush() == 0
    second = held_open(3)
    first.end()
    assert lake_flush() == 2
    assert taken() == {1, 2}
    third = held_open(4)
    second.end()
    assert lake_flush() == 1
    assert taken() == {1, 2, 3}
    third.end()
    assert lake_flush() == 1
    assert taken() == {1, 2, 3, 4}


def test_a_transaction_that_writes_no_event_holds_nothing_up(lake: Path, held_open) -> None:
    with transaction.atomic():
        assert not Event.objects.exists()
        slow = held_open(9)
        slow.end()
    watched(1)
    assert lake_flush() == 2
