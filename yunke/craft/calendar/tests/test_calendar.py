"""Weeks of a term, days without school, units over weeks, and weeks that are lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.calendar import (
    Block,
    Span,
    Term,
    behind,
    laid,
    place,
    shift,
    weekday_taught,
    weeks_of,
)

# A Tuesday to a Friday, seventeen weeks; 1–7 October without school, 10 October made up as Monday.
TERM = Term(date(2026, 9, 1), date(2026, 12, 25))
NATIONAL = Span(date(2026, 10, 1), date(2026, 10, 7), "国庆")
MADE_UP = Span(date(2026, 10, 10), date(2026, 10, 10), "调休", taught_as=0)
SPANS = (NATIONAL, MADE_UP)


@pytest.mark.parametrize(
    ("day", "taught"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), 1),
        (date(2026, 9, 30), 2),
        (date(2026, 10, 1), None),
        (date(2026, 10, 8), 3),
        (date(2026, 10, 10), 0),
        (date(2026, 10, 11), 6),
        (date(2026, 12, 25), 4),
        (date(2026, 12, 26), None),
    ],
)
def test_a_day_follows_a_weekday_or_none(day: date, taught: int | None) -> None:
    assert weekday_taught(day, [TERM], SPANS) == taught


def test_without_a_term_nobody_has_said_no() -> None:
    assert weekday_taught(date(2026, 7, 1), [], []) == 2
    assert weekday_taught(date(2026, 10, 2), [], SPANS) is None


def test_the_nearest_to_the_school_wins() -> None:
    day = date(2026, 11, 4)
    sports = Span(day, day, "运动会", rank=2)
    works = Span(day, day, "照常", taught_as=2, rank=2)
    city = Span(day, day, "市里放假")
    assert weekday_taught(day, [TERM], [sports]) is None
    assert weekday_taught(day, [TERM], [city, works]) == 2
    assert weekday_taught(day, [TERM], [city, Span(day, day, "补课", taught_as=0)]) == 0


def test_the_weeks_of_a_term() -> None:
    weeks = weeks_of(TERM, SPANS, {3: "台风"})
    assert len(weeks) == 17
    assert (weeks[0].number, weeks[0].monday, weeks[0].days) == (1, date(2026, 8, 31), 4)
    assert weeks[0].short
    assert (weeks[2].lost, weeks[2].teaches) == ("台风", False)
    october = weeks[4]
    assert (october.names, october.days) == (("国庆",), 3)
    assert weeks[5].days == 3, "two days of the week and the Saturday that makes up"


def test_a_week_without_a_day_teaches_nothing() -> None:
    off = Span(date(2026, 10, 5), date(2026, 10, 11), "秋假")
    week = weeks_of(TERM, [off], {})[5]
    assert (week.days, week.teaches, week.short) == (0, False, False)


def test_units_step_over_lost_weeks_and_holidays() -> None:
    weeks = weeks_of(TERM, [Span(date(2026, 10, 5), date(2026, 10, 11), "秋假")], {3: "台风"})
    one, two, three = place([Block(1, 1, 2), Block(2, 3, 3), Block(3, 16, 2)], weeks)
    assert one.weeks == (1, 2)
    assert two.weeks == (4, 5, 7), "week 3 is lost, week 6 is free"
    assert (three.weeks, three.cut) == ((), 2)


def test_a_lost_week_moves_what_comes_after_and_nothing_before() -> None:
    blocks = [Block(1, 1, 2), Block(2, 3, 2), Block(3, 16, 2)]
    before, after = weeks_of(TERM, [], {}), weeks_of(TERM, [], {3: "水灾"})
    found = shift(blocks, before, after)
    assert found.moved == ((2, 3, 4), (3, 16, 17))
    assert found.off == (3,)


def test_a_unit_that_slides_into_a_short_week_is_told() -> None:
    blocks = [Block(1, 3, 2)]
    found = shift(blocks, weeks_of(TERM, SPANS, {}), weeks_of(TERM, SPANS, {3: "水灾"}))
    assert found.collisions == ((1, 5),)


def test_a_unit_cut_in_two_by_a_lost_week_stays_one() -> None:
    after = weeks_of(TERM, [], {4: "流感"})
    assert place([Block(1, 3, 3)], after)[0].weeks == (3, 5, 6)


@given(
    st.integers(1, 16), st.integers(1, 6), st.sets(st.integers(1, 17), max_size=6),
    st.integers(1, 17),
)  # fmt: skip
def test_losing_and_finding_a_week_again_is_nothing(
    first: int, length: int, lost: set[int], week: int
) -> None:
    """Undo is exact: the plan is counted in teaching weeks and never written anew."""
    blocks = [Block(1, first, length)]
    base = dict.fromkeys(lost - {week}, "x")
    before = place(blocks, weeks_of(TERM, SPANS, base))
    during = place(blocks, weeks_of(TERM, SPANS, {**base, week: "y"}))
    assert place(blocks, weeks_of(TERM, SPANS, base)) == before
    assert week not in during[0].weeks
    assert len(during[0].weeks) + during[0].cut == length
    if before[0].weeks and during[0].weeks:
        assert during[0].weeks[0] >= before[0].weeks[0]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(1, 24))
def test_units_are_laid_in_order_inside_the_term(sizes: list[int], weeks: int) -> None:
    blocks = laid(list(range(len(sizes))), sizes, weeks)
    assert [b.key for b in blocks] == list(range(len(sizes)))
    assert all(b.first >= 1 and b.first + b.weeks - 1 <= weeks and b.weeks >= 1 for b in blocks)
    assert [b.first for b in blocks] == sorted(b.first for b in blocks)


def test_even_units_fill_the_term_evenly() -> None:
    assert [(b.first, b.weeks) for b in laid([1, 2, 3, 4], [5, 5, 5, 5], 16)] == [
        (1, 4), (5, 4), (9, 4), (13, 4),
    ]  # fmt: skip


def test_ahead_and_behind_are_counted_in_weeks() -> None:
    weeks = weeks_of(TERM, [], {})
    plan = place([Block(1, 1, 3), Block(2, 4, 3)], weeks)
    late = place([Block(1, 1, 5), Block(2, 6, 3)], weeks)
    early = place([Block(1, 1, 2), Block(2, 3, 3)], weeks)
    assert behind(late, plan, 6) == 2
    assert behind(early, plan, 3) == -1
    assert behind(plan, plan, 2) == 0
    assert behind(late, plan, 17) is None
    assert behind(place([Block(9, 1, 3)], weeks), plan, 1) is None


def test_a_term_of_one_day_has_one_week() -> None:
    day = date(2026, 9, 2)
    weeks = weeks_of(Term(day, day), [], {})
    assert [(w.number, w.days) for w in weeks] == [(1, 1)]
    assert weeks[0].monday == day - timedelta(days=2)
