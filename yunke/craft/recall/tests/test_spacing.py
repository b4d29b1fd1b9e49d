"""Spaced return: later each time it goes right, soon when it goes wrong, never without a moment."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.recall.spacing import LONGEST_DAYS, Review, memory_of, next_due, overdue_days

DAY = timedelta(days=1)
MONDAY = datetime(2026, 9, 7, 8, tzinfo=UTC)
REVIEWS = st.lists(
    st.builds(
        lambda days, right: Review(MONDAY + timedelta(days=days), right),
        st.integers(0, 300),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def reviews(*rights: int, every: int = 7) -> list[Review]:
    return [Review(MONDAY + at * every * DAY, bool(right)) for at, right in enumerate(rights)]


def test_what_was_never_tried_is_never_due() -> None:
    assert memory_of([]) is None
    assert next_due([]) is None


def test_each_success_puts_it_further_off() -> None:
    waits = []
    tried: list[Review] = []
    now = MONDAY
    for _ in range(5):
        tried.append(Review(now, True))
        due = next_due(tried)
        assert due is not None
        waits.append((due - now) / DAY)
        now = due
    assert waits == sorted(waits)
    assert waits[0] <= 7
    assert waits[-1] > 20


def test_an_error_brings_it_back_within_days() -> None:
    right, wrong = memory_of(reviews(1, 1, 1, 1)), memory_of(reviews(1, 1, 1, 0))
    assert right is not None
    assert wrong is not None
    assert wrong.due - wrong.last <= 5 * DAY
    assert wrong.strength < right.strength / 3


def test_the_known_case_of_the_published_weights() -> None:
    """FSRS 6: the first interval after Good is the third weight, 2.3065 days, rounded."""
    memory = memory_of(reviews(1))
    assert memory is not None
    assert memory.strength == pytest.approx(2.3065)
    assert memory.due == MONDAY + 2 * DAY
    assert memory.chance(MONDAY + timedelta(days=2.3065)) == pytest.approx(0.9, abs=0.02)


@given(REVIEWS)
def test_the_chance_falls_with_time_from_one(tried) -> None:
    memory = memory_of(tried)
    assert memory is not None
    chances = [memory.chance(memory.last + days * DAY) for days in (0, 1, 5, 30, 200)]
    assert chances[0] == 1
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] > 0
    assert memory.chance(memory.last - 5 * DAY) == 1


@given(REVIEWS)
def test_it_is_due_after_the_last_try_and_within_bounds(tried) -> None:
    memory = memory_of(tried)
    assert memory is not None
    assert memory.last == max(one.when for one in tried)
    assert DAY <= memory.due - memory.last <= LONGEST_DAYS * DAY


@given(REVIEWS)
def test_the_order_in_which_tries_are_told_does_not_matter(tried) -> None:
    moments = {one.when for one in tried}
    if len(moments) == len(tried):
        assert memory_of(tried) == memory_of(list(reversed(tried)))


def test_who_wants_to_keep_more_comes_back_sooner() -> None:
    tried = reviews(1, 1, 1)
    sure, loose = next_due(tried, keep=0.95), next_due(tried, keep=0.8)
    assert sure is not None
    assert loose is not None
    assert sure < loose


def test_a_moment_is_one_moment_in_any_zone() -> None:
    shanghai = timezone(timedelta(hours=8))
    here = [Review(one.when.astimezone(shanghai), one.right) for one in reviews(1, 0, 1)]
    assert memory_of(here) == memory_of(reviews(1, 0, 1))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        memory_of([Review(datetime(2026, 9, 7, 8), True)])  # noqa: DTZ001


def test_days_past_due() -> None:
    memory = memory_of(reviews(1))
    assert memory is not None
    assert overdue_days(memory, memory.due + 3 * DAY) == pytest.approx(3)
    assert overdue_days(memory, memory.due - DAY) == pytest.approx(-1)
