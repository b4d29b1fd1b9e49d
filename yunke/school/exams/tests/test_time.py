"""The documented formula of a sitting's end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.exams.rules.time import (
    Allowance,
    Entry,
    Plan,
    ends_at,
    entry,
    last_entry,
    left,
    moved,
    over_at,
    running,
)
from yunke.school.exams.values.exams import Stop

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)


def m(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


PLAN = Plan(m(0), m(60), 60)


def test_on_time_the_end_is_the_minutes_after_the_start() -> None:
    assert ends_at(PLAN, m(0), m(1)) == m(60)


def test_who_comes_late_loses_what_the_window_cuts() -> None:
    assert ends_at(PLAN, m(10), m(11)) == m(60)


def test_where_latecomers_keep_all_minutes_the_window_cuts_nothing() -> None:
    assert ends_at(Plan(m(0), m(60), 60, late_full=True), m(10), m(11)) == m(70)


def test_extra_time_is_never_cut_by_a_window_that_is_shorter() -> None:
    assert ends_at(PLAN, m(0), m(1), allowance=Allowance(percent=25)) == m(75)


def test_extra_time_in_percent_is_rounded_up_to_the_pupils_good() -> None:
    assert Allowance(percent=25).over(45) == 12


def test_late_with_extra_time_loses_only_the_lateness() -> None:
    assert ends_at(PLAN, m(10), m(11), allowance=Allowance(minutes=20)) == m(80)


def test_a_fire_alarm_moves_end_and_window_alike() -> None:
    assert ends_at(PLAN, m(0), m(50), stops=[Stop(m(20), m(35))]) == m(75)


def test_while_a_pause_runs_there_is_no_end_and_what_is_left_stands_still() -> None:
    stops = [Stop(m(20))]
    assert ends_at(PLAN, m(0), m(30), stops=stops) is None
    assert left(PLAN, m(0), m(21), stops=stops) == left(PLAN, m(0), m(40), stops=stops)
    assert left(PLAN, m(0), m(40), stops=stops) == timedelta(minutes=40)


def test_two_pauses_that_overlap_count_once() -> None:
    stops = [Stop(m(10), m(20)), Stop(m(15), m(30), own=True)]
    assert ends_at(PLAN, m(0), m(40), stops=stops) == m(80)


def test_a_pause_inside_another_adds_nothing() -> None:
    assert ends_at(PLAN, m(0), m(59), stops=[Stop(m(10), m(30)), Stop(m(15), m(20))]) == m(80)


def test_a_pause_after_the_end_revives_nothing() -> None:
    assert ends_at(PLAN, m(0), m(90), stops=[Stop(m(61), m(80))]) == m(60)


def test_a_pause_before_ones_start_moves_the_window_and_gives_no_minutes() -> None:
    stops = [Stop(m(5), m(20))]
    assert ends_at(PLAN, m(20), m(21), stops=stops) == m(75)
    assert ends_at(PLAN, m(15.0), m(30), stops=stops) == m(75)


def test_minutes_given_by_the_invigilator_come_on_top() -> None:
    assert ends_at(PLAN, m(0), m(5), allowance=Allowance(extended=7)) == m(67)


def test_nothing_is_left_after_the_end_and_never_less() -> None:
    assert left(PLAN, m(0), m(90)) == timedelta(0)


@pytest.mark.parametrize(
    ("at", "stops", "said"),
    [
        (-1, [], Entry.EARLY),
        (0, [], Entry.OPEN),
        (60, [], Entry.OPEN),
        (61, [], Entry.LATE),
        (10, [Stop(m(5))], Entry.PAUSED),
        (65, [Stop(m(5), m(15))], Entry.OPEN),
        (10, [Stop(m(5), own=True)], Entry.OPEN),
    ],
)
def test_when_one_may_come_in(at, stops, said) -> None:
    assert entry(PLAN, m(at), stops) is said


def test_the_late_rule_is_moved_by_the_exams_pauses() -> None:
    plan = Plan(m(0), m(60), 60, late_minutes=15)
    assert last_entry(plan, m(0)) == m(15)
    assert last_entry(plan, m(30), [Stop(m(5), m(15))]) == m(25)
    assert entry(plan, m(20)) is Entry.LATE


def test_a_late_rule_beyond_the_window_ends_with_it() -> None:
    assert last_entry(Plan(m(0), m(60), 60, late_minutes=90), m(0)) == m(60)


def test_the_exam_is_over_when_nobody_can_sit_any_more() -> None:
    assert over_at(PLAN, m(0), Allowance()) == m(60)
    assert over_at(PLAN, m(0), Allowance(percent=50)) == m(90)
    assert over_at(Plan(m(0), m(60), 60, late_full=True), m(0), Allowance()) == m(120)
    plan = Plan(m(0), m(60), 60, late_minutes=15, late_full=True)
    assert over_at(plan, m(0), Allowance()) == m(75)


def test_a_pause_runs_from_its_first_instant_to_its_last() -> None:
    assert running(Stop(m(1)), m(1))
    assert not running(Stop(m(1)), m(0))
    assert not running(Stop(m(1), m(2)), m(2))


spans = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=6)


@given(spans)
def test_an_end_only_ever_moves_later_and_by_no_more_than_the_pauses(given_spans) -> None:
    stops = [Stop(m(a), m(a + b)) for a, b in given_spans]
    end = moved(m(60), stops, m(0), m(500))
    assert m(60) <= end <= m(60 + sum(b for _a, b in given_spans))


@given(spans, st.randoms())
def test_the_order_in_which_pauses_are_told_changes_nothing(given_spans, chance) -> None:
    stops = [Stop(m(a), m(a + b)) for a, b in given_spans]
    mixed = stops.copy()
    chance.shuffle(mixed)
    assert moved(m(60), stops, m(0), m(500)) == moved(m(60), mixed, m(0), m(500))
