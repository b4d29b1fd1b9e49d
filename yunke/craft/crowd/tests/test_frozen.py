"""Joining, leaving, moving and erasure change no number of a week that has begun."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.crowd import Seat, Tally, tally, week_of

ROSTER = [Seat(person, 1 + person % 2, 3) for person in range(1, 31)]


def test_a_day_counts_by_the_roster_of_its_monday() -> None:
    monday = date(2026, 11, 16)
    assert {week_of(monday + timedelta(days=n)) for n in range(7)} == {monday}
    assert week_of(monday + timedelta(days=7)) == monday + timedelta(days=7)


def test_who_took_part_is_counted_where_they_sat() -> None:
    found = tally(ROSTER, range(1, 11))
    assert found == {(1, 3): Tally(15, 5), (2, 3): Tally(15, 5)}


@given(st.sets(st.integers(31, 99)))
def test_somebody_who_joined_since_counts_nowhere(joined: set[int]) -> None:
    assert tally(ROSTER, {1, 2} | joined) == tally(ROSTER, {1, 2})


def test_a_seat_of_somebody_erased_still_counts_and_nobody_sits_in_it() -> None:
    blank = [Seat(0, s.school, s.grade) if s.person == 7 else s for s in ROSTER]
    before, after = tally(ROSTER, [7, 0]), tally(blank, [7, 0])
    assert {k: t.enrolled for k, t in before.items()} == {k: t.enrolled for k, t in after.items()}
    assert sum(t.took_part for t in after.values()) == 0


@given(st.lists(st.integers(1, 30)))
def test_being_there_twice_is_being_there(present: list[int]) -> None:
    assert tally(ROSTER, present) == tally(ROSTER, set(present))


@given(st.sets(st.integers(1, 30)))
def test_nobody_is_lost_or_doubled(present: set[int]) -> None:
    found = tally(ROSTER, present)
    assert sum(t.enrolled for t in found.values()) == len(ROSTER)
    assert sum(t.took_part for t in found.values()) == len(present)
