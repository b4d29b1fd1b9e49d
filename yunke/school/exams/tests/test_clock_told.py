"""The formula of the end against a clock that is simply counted down, minute by minute."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.school.exams.rules.calendar import Planned, limits_of, refused
from yunke.school.exams.rules.time import (
    Allowance,
    Entry,
    Plan,
    ends_at,
    entry,
    last_entry,
    left,
    over_at,
)
from yunke.school.exams.values.exams import Mode, Sort, Stop

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = 2_000


def m(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def stands(stops: list[tuple[int, int]], minute: int) -> bool:
    return any(began <= minute < ended for began, ended in stops)


def counted(start: int, minutes: int, stops: list[tuple[int, int]]) -> int:
    """The minute at which so many minutes were used, when only minutes that run are counted."""
    at = start
    while minutes:
        minutes -= not stands(stops, at)
        at += 1
    return at


stops_given = st.lists(
    st.tuples(st.integers(0, 150), st.integers(1, 40)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=4,
)
allowances = st.builds(
    Allowance, st.sampled_from([0, 10, 25, 50, 100]), st.integers(0, 20), st.integers(0, 15)
)


@given(stops_given, allowances, st.integers(0, 60), st.integers(5, 90))
@settings(max_examples=150)
def test_the_end_is_where_a_clock_that_is_counted_down_says_it_is(
    stops, allowance, start, minutes
) -> None:
    window = 90
    plan = Plan(m(0), m(window), minutes)
    more = allowance.over(minutes)
    full = counted(start, minutes + more, stops)
    shut = counted(0, window + more, stops)
    found = ends_at(
        plan, m(start), m(LATER), allowance=allowance, stops=[Stop(m(a), m(b)) for a, b in stops]
    )
    assert found == m(min(full, shut))


@given(stops_given, st.integers(0, 60), st.integers(5, 90))
@settings(max_examples=100)
def test_who_keeps_all_minutes_writes_exactly_so_many_however_often_the_clock_stood(
    stops, start, minutes
) -> None:
    plan = Plan(m(0), m(minutes), minutes, late_full=True)
    end = ends_at(plan, m(start), m(LATER), stops=[Stop(m(a), m(b)) for a, b in stops])
    assert end is not None
    last = round((end - NINE) / timedelta(minutes=1))
    assert sum(not stands(stops, minute) for minute in range(start, last)) == minutes


@given(stops_given, st.integers(0, 40), st.integers(0, 300))
@settings(max_examples=100)
def test_what_is_left_and_the_end_say_the_same_at_every_minute(stops, start, at) -> None:
    plan = Plan(m(0), m(60), 60)
    known = [Stop(m(a), m(b)) for a, b in stops]
    rest = left(plan, m(start), m(at), stops=known)
    end = ends_at(plan, m(start), m(at), stops=known)
    if stands(stops, at):
        assert end is None
    else:
        assert end is not None
        assert rest == max(end - m(at), timedelta(0))


@given(stops_given, allowances, st.integers(0, 60), st.none() | st.integers(0, 60))
@settings(max_examples=100)
def test_nobody_who_may_come_in_writes_after_the_exam_is_over(
    stops, allowance, start, late
) -> None:
    plan = Plan(m(0), m(60), 40, late_minutes=late, late_full=True)
    known = [Stop(m(a), m(b)) for a, b in stops]
    if entry(plan, m(start), known) is Entry.OPEN:
        end = ends_at(plan, m(start), m(LATER), allowance=allowance, stops=known)
        assert end is not None
        assert end <= over_at(plan, m(LATER), allowance, known)


@given(stops_given, st.none() | st.integers(0, 60), st.integers(-5, 300))
@settings(max_examples=100)
def test_the_door_is_open_exactly_from_the_start_to_the_last_entry_while_the_clock_runs(
    stops, late, at
) -> None:
    plan = Plan(m(0), m(60), 40, late_minutes=late)
    known = [Stop(m(a), m(b)) for a, b in stops]
    said = entry(plan, m(at), known)
    open_now = at >= 0 and m(at) <= last_entry(plan, m(at), known) and not stands(stops, at)
    assert (said is Entry.OPEN) == open_now


@pytest.mark.parametrize(
    ("percent", "minutes", "over"),
    [(0, 45, 0), (1, 45, 1), (25, 40, 10), (33, 40, 14), (50, 45, 23), (200, 40, 80)],
)
def test_extra_time_in_percent_is_whole_minutes_rounded_up(percent, minutes, over) -> None:
    assert Allowance(percent=percent).over(minutes) == over
    assert Allowance(percent, 3, 4).over(minutes) == over + 7


# Sort → for the grades 1 to 9, how many a class may have in a term; "-" where nothing limits them.
CN = {
    Sort.QUIZ: "---------",
    Sort.UNIT: "000000000",
    Sort.MIDTERM: "000000111",
    Sort.FINAL: "001111111",
    Sort.MOCK: "000000002",
}


@pytest.mark.parametrize("profile", ["cn", "strict"])
@pytest.mark.parametrize("sort", list(Sort))
def test_how_many_exams_a_term_may_have_by_sort_and_grade(profile, sort) -> None:
    for grade, most in enumerate(CN[sort], 1):
        for have in range(4):
            planned = [Planned(sort, Mode.SCREEN)] * have
            no = refused(profile, sort=sort, mode=Mode.SCREEN, grade=grade, planned=planned)
            assert (no is not None) == (most != "-" and have >= int(most)), (grade, have)


@pytest.mark.parametrize("mode", list(Mode))
def test_only_paper_is_kept_from_the_two_smallest_grades_in_a_quiz(mode) -> None:
    for grade in range(1, 10):
        no = refused("cn", sort=Sort.QUIZ, mode=mode, grade=grade, planned=[])
        assert (no is not None) == (mode is Mode.PAPER and grade < 3), grade


def test_other_sorts_do_not_count_towards_a_limit() -> None:
    planned = [Planned(Sort.QUIZ, Mode.SCREEN)] * 9 + [Planned(Sort.MOCK, Mode.PAPER)]
    assert refused("cn", sort=Sort.FINAL, mode=Mode.PAPER, grade=9, planned=planned) is None


def test_where_no_law_is_there_is_no_limit_to_show() -> None:
    assert [limits_of(p, 9) == () for p in ("cn", "strict", "eu", "us")] == [
        False, False, True, True,
    ]  # fmt: skip
    assert limits_of("cn", 10) == ()
