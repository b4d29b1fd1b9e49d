"""Spans, shares, pictures and needs, decided on plain values."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.insight.screen.rules.capacity import Rush, needs_of, rush_of, verdict_of, worst
from yunke.insight.screen.rules.drawing import bar_of, columns_of, floor_of, line_of
from yunke.insight.screen.rules.shares import morning_of, moved, share_of, sums_of
from yunke.insight.screen.rules.spans import (
    after,
    around,
    before,
    days_of,
    finished,
    first_look,
    newest,
    span_of,
)
from yunke.insight.screen.values import DayFigure, Kind, Level, Need, Share, UnitOf, Verdict

MONDAY = date(2026, 11, 2)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
UNIT = UnitOf(Level.SCHOOL, 7)


def figure(n: int = 0, took: tuple[int, int] | None = (90, 94), **more: object) -> DayFigure:
    values = {
        "enrolled": 100, "took": took, "city": (60, 64), "visits": 200, "minutes": 600,
        "hours": ((0, 4),) * 7,
    }  # fmt: skip
    return DayFigure(MONDAY + timedelta(days=n), UNIT, **{**values, **more})


@given(DAYS, st.sampled_from(list(Kind)))
def test_a_span_holds_its_day_and_touches_its_neighbours(day: date, kind: Kind) -> None:
    span = around(kind, day)
    assert span.first <= day <= span.last
    assert before(span).last == span.first - timedelta(days=1)
    assert after(span).first == span.last + timedelta(days=1)
    assert len(days_of(span)) in {1, 7, 28, 29, 30, 31}


@given(DAYS, st.sampled_from(list(Kind)))
def test_an_address_leads_back_to_its_span(day: date, kind: Kind) -> None:
    span = around(kind, day)
    assert span_of(span.key, set(days_of(span))) == span


@given(DAYS, st.sampled_from(list(Kind)))
def test_a_span_with_a_day_that_is_missing_is_none(day: date, kind: Kind) -> None:
    span = around(kind, day)
    assert span_of(span.key, set(days_of(span)) - {day}) is None
    assert not finished(span, set(days_of(span)) - {day})


def test_the_first_look_is_the_last_finished_week_with_school() -> None:
    days = {MONDAY + timedelta(days=n) for n in range(17)}
    schooled = {day for day in days if day.weekday() < 5}
    assert first_look(days, schooled) == around(Kind.WEEK, MONDAY + timedelta(days=7))
    assert first_look({MONDAY}, {MONDAY}) == around(Kind.DAY, MONDAY)
    assert first_look(set(), set()) is None
    assert newest(Kind.MONTH, days, schooled) is None


@given(st.integers(0, 500), st.integers(0, 30), st.integers(1, 500))
def test_a_share_is_between_nothing_and_all(low: int, more: int, whole: int) -> None:
    found = share_of((min(low, whole), min(low + more, whole)), (whole, whole))
    assert found is not None
    assert 0 <= found.low <= found.middle <= found.high <= 100


def test_a_share_of_nobody_is_none() -> None:
    assert share_of((0, 0), (0, 0)) is None


def test_days_are_added_up_with_their_bands() -> None:
    found = sums_of([figure(0), figure(1, took=(80, 84))])
    assert found.rate is not None
    assert (found.rate.part, found.rate.whole) == ((170, 178), (200, 200))
    assert (found.days, found.visits, found.minutes) == (2, 400, 1200)


def test_a_hidden_day_is_left_out_of_all() -> None:
    hidden = figure(
        1, took=None, city=None, enrolled=None, visits=None, minutes=None, hidden="small"
    )
    assert sums_of([figure(), hidden]) == sums_of([figure()])
    assert sums_of([hidden]).hidden == "small"
    assert sums_of([]).rate is None


def test_sums_of_few_are_left_out_while_the_share_stays() -> None:
    found = sums_of([figure(visits=None, minutes=None)])
    assert found.rate is not None
    assert found.visits is found.minutes is None


def test_bands_that_touch_have_not_moved() -> None:
    def share(low: float, high: float) -> Share:
        return Share(low, high, (0, 0), (1, 1))

    assert moved(share(90, 94), share(93, 97)) == 0.0
    assert moved(share(90, 92), share(80, 84)) == 9
    assert moved(share(80, 84), share(90, 92)) == -9
    assert moved(None, share(1, 2)) is None


def test_the_morning_is_the_mean_of_its_days() -> None:
    busy = figure(1, hours=((10, 14),) * 7)
    found = morning_of([figure(), busy])
    assert found is not None
    assert found[0] == (6, 5.0, 9.0)
    assert morning_of([figure(hours=None)]) is None


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 5)), min_size=2, max_size=60))
def test_a_line_stays_within_its_picture(shares: list[tuple[float, float]]) -> None:
    days = [
        (MONDAY + timedelta(days=n), Share(low, min(100, low + more), (0, 0), (1, 1)), n % 2 == 0)
        for n, (low, more) in enumerate(shares)
    ]
    line = line_of(days)
    assert line is not None
    assert all(0 <= dot.x <= line.width and 0 <= dot.y <= line.height for dot in line.dots)
    assert len(line.band.split()) == 2 * len(days)
    assert line.floor < min(share.low for _d, share, _i in days) or line.floor == 0


def test_one_day_is_no_line() -> None:
    assert line_of([(MONDAY, Share(1, 2, (0, 0), (1, 1)), True)]) is None


@pytest.mark.parametrize(("lowest", "floor"), [(98, 90), (91, 80), (70, 60), (50, 40), (3, 0)])
def test_the_axis_begins_well_below(lowest: float, floor: int) -> None:
    assert floor_of([lowest, 99]) == floor


def test_the_tallest_column_fills_the_picture() -> None:
    columns = columns_of([(7, 0, 4), (8, 90, 94)], height=148)
    assert columns[1].height == pytest.approx(100 * 92 / 94, abs=0.1)
    assert columns[0].height < columns[1].height
    assert columns_of([]) == []


def test_a_bar_is_sure_up_to_the_lowest() -> None:
    bar = bar_of(Share(90, 95, (0, 0), (1, 1)))
    assert bar is not None
    assert (bar.sure, bar.open) == (90, 5)
    assert bar_of(None) is None


def test_the_rush_is_when_most_begin() -> None:
    seats = {1: 100, 2: 50, 7: 120}
    starts = {1: time(8), 2: time(8), 7: time(8, 40)}
    found = rush_of(seats, starts)
    assert found == Rush(time(8), 150, 150)
    assert rush_of({7: 500, **seats, 8: 300}, {7: time(9)}) == Rush(time(9), 570, 570)
    assert rush_of({}, starts) is None


def test_later_grades_find_the_earlier_ones_watching() -> None:
    found = rush_of({1: 100, 7: 120}, {1: time(8), 7: time(8, 20)})
    assert found == Rush(time(8, 20), 120, 220)


def test_needs_grow_with_the_people_and_shrink_with_the_minutes() -> None:
    rush = Rush(time(8), 6000, 6000)
    wide = {n.name: n.wanted for n in needs_of(rush, within=10, film_mbit=None, measured={})}
    tight = {n.name: n.wanted for n in needs_of(rush, within=5, film_mbit=2.0, measured={})}
    assert wide["pages"] == 60.0
    assert wide["sign_ins"] == 2.0
    assert tight["pages"] == 2 * wide["pages"]
    assert (wide["mbit"], tight["mbit"]) == (7200.0, 12000.0)


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [(None, Verdict.UNKNOWN), (9, Verdict.SHORT), (10, Verdict.TIGHT), (20, Verdict.ENOUGH)],
)
def test_enough_is_twice_what_is_needed(measured: float | None, verdict: Verdict) -> None:
    assert verdict_of(Need("pages", 10, measured)) == verdict


def test_the_morning_is_as_good_as_its_worst() -> None:
    good, bad, unknown = Need("a", 1, 9), Need("b", 9, 1), Need("c", 1, None)
    assert worst([good, bad, unknown]) == Verdict.SHORT
    assert worst([good, unknown]) == Verdict.UNKNOWN
    assert worst([good]) == Verdict.ENOUGH
