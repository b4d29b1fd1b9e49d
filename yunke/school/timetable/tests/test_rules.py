"""How a day is put together, on plain values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from yunke.school.timetable.rules import (
    air_state,
    is_live,
    moved,
    next_stop,
    now_and_next,
    ordered,
    outside,
    share_gone,
    stops_of_day,
    stops_taken_off,
    with_bells,
)
from yunke.school.timetable.values import ItemKind, OnAir, PlanRow, Stop, TermView

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 18)
START = datetime(2026, 11, 18, 8, 30, tzinfo=ZONE)


def on_air(number: int, *, starts: datetime = START, minutes: int = 20, **more: object) -> OnAir:
    values = {
        "id": number,
        "lesson_id": 100 + number,
        "title": f"第{number}课",
        "title_en": f"Lesson {number}",
        "subject": "chinese",
        "grade": 3,
        "day": DAY,
        "period": number,
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=minutes),
        "has_video": True,
        "minutes": minutes,
    }
    return OnAir(**{**values, **more})  # type: ignore[arg-type]


def day(count: int = 3) -> list[OnAir]:
    return [on_air(n, starts=START + timedelta(hours=n - 1)) for n in range(1, count + 1)]


def row(number: int, *, broadcast: int = 0, **more: object) -> PlanRow:
    values = {
        "id": number,
        "broadcast_id": broadcast,
        "lesson_id": 100 + broadcast if broadcast else 0,
        "kind": ItemKind.LESSON.value if broadcast else ItemKind.OWN.value,
        "title": f"旧名{number}",
        "position": number,
        "minutes": 15,
        "done": False,
        "dropped": False,
    }
    return PlanRow(**{**values, **more})  # type: ignore[arg-type]


def keys(stops: Sequence[Stop]) -> list[str]:
    return [stop.key for stop in stops]


def test_a_countys_bell_moves_a_broadcast_to_its_own_time() -> None:
    moved_day = with_bells(day(2), {2: (time(10, 5), time(10, 45))})
    assert moved_day[0].starts_at == START
    assert moved_day[1].starts_at == datetime(2026, 11, 18, 10, 5, tzinfo=ZONE)
    assert moved_day[1].ends_at == datetime(2026, 11, 18, 10, 45, tzinfo=ZONE)


def test_bells_that_turn_the_order_round_turn_the_day_round() -> None:
    bells = {1: (time(15, 0), time(15, 20)), 2: (time(8, 0), time(8, 20))}
    assert [b.id for b in with_bells(day(2), bells)] == [2, 1]


def test_a_bell_of_another_period_changes_nothing() -> None:
    assert with_bells(day(2), {7: (time(9, 0), time(9, 20))}) == tuple(day(2))


@pytest.mark.parametrize(
    ("minutes", "now_id", "next_id"),
    [(-5, 0, 1), (0, 1, 2), (19, 1, 2), (20, 0, 2), (60, 2, 3), (125, 3, 0), (300, 0, 0)],
)
def test_now_and_next_follow_the_clock(minutes: int, now_id: int, next_id: int) -> None:
    running, coming = now_and_next(day(3), START + timedelta(minutes=minutes))
    assert (running.id if running else 0) == now_id
    assert (coming.id if coming else 0) == next_id


def test_nothing_is_on_on_an_empty_day() -> None:
    assert now_and_next([], START) == (None, None)


@pytest.mark.parametrize(
    ("minutes", "state"), [(-1, "later"), (0, "now"), (19, "now"), (20, "past")]
)
def test_a_broadcast_is_later_now_or_past(minutes: int, state: str) -> None:
    assert air_state(on_air(1), START + timedelta(minutes=minutes)) == state


@pytest.mark.parametrize(("minutes", "share"), [(-10, 0), (0, 0), (5, 25), (20, 100), (99, 100)])
def test_the_share_that_is_over_stays_between_nothing_and_all(minutes: int, share: int) -> None:
    moment = START + timedelta(minutes=minutes)
    assert share_gone(START, START + timedelta(minutes=20), moment) == share


def test_a_broadcast_without_length_has_no_share() -> None:
    assert share_gone(START, START, START) == 0


def test_moments_of_another_zone_are_the_same_moments() -> None:
    running, _coming = now_and_next(day(1), datetime(2026, 11, 18, 0, 31, tzinfo=UTC))
    assert running is not None


def test_without_a_plan_the_day_is_its_broadcasts() -> None:
    stops = stops_of_day(day(3), [])
    assert keys(stops) == ["b1", "b2", "b3"]
    assert {stop.id for stop in stops} == {0}
    assert stops[0].title_en == "Lesson 1"
    assert not any(stop.done for stop in stops)


def test_the_plans_order_is_kept_and_own_things_stand_where_they_were_put() -> None:
    rows = [
        row(1, broadcast=2, position=0),
        row(2, position=1),
        row(3, broadcast=1, position=2),
    ]
    assert keys(stops_of_day(day(2), rows)) == ["b2", "i2", "b1"]


def test_what_comes_on_air_later_is_added_at_the_end() -> None:
    rows = [row(1, broadcast=2, position=0), row(2, position=1)]
    assert keys(stops_of_day(day(3), rows)) == ["b2", "i2", "b1", "b3"]


def test_what_was_taken_off_does_not_come_back_by_itself() -> None:
    rows = [row(1, broadcast=1, dropped=True), row(2, broadcast=2)]
    assert keys(stops_of_day(day(2), rows)) == ["b2"]


def test_a_kept_stop_shows_what_the_broadcast_says_today() -> None:
    stop = stops_of_day(day(1), [row(9, broadcast=1, done=True)])[0]
    assert (stop.id, stop.title, stop.done) == (9, "第1课", True)
    assert stop.starts_at == START
    assert stop.has_video


def test_a_reminder_of_another_grade_says_what_its_broadcast_says() -> None:
    other = on_air(77, starts=START + timedelta(hours=9), grade=5, subject="science")
    rows = [row(4, broadcast=77, title="旧名"), row(5, broadcast=1, position=9)]
    assert outside(day(1), rows) == (77,)
    stop = stops_of_day(day(1), rows, [other])[0]
    assert (stop.key, stop.title, stop.subject) == ("b77", "第77课", "science")
    assert stop.starts_at == other.starts_at


def test_a_broadcast_that_went_leaves_the_name_that_was_kept() -> None:
    stop = stops_of_day(day(1), [row(4, broadcast=77, title="影子")])[0]
    assert (stop.key, stop.title, stop.starts_at, stop.minutes) == ("b77", "影子", None, 15)


def test_what_was_taken_off_can_be_listed() -> None:
    rows = [row(1, broadcast=2, dropped=True, position=1), row(2, dropped=True), row(3)]
    assert keys(stops_taken_off(day(2), rows)) == ["b2", "i2"]
    assert keys(stops_of_day(day(2), rows)) == ["i3", "b1"]


def test_equal_positions_keep_the_order_of_the_rows() -> None:
    rows = [row(5, position=0), row(3, position=0)]
    assert keys(stops_of_day([], rows)) == ["i3", "i5"]


def test_the_next_stop_is_the_first_that_is_not_done() -> None:
    stops = stops_of_day(day(3), [row(1, broadcast=1, done=True)])
    found = next_stop(stops, START + timedelta(hours=8))
    assert found is not None
    assert found.key == "b2"


def test_a_lesson_on_the_air_goes_before_what_was_missed() -> None:
    found = next_stop(stops_of_day(day(3), []), START + timedelta(hours=1, minutes=3))
    assert found is not None
    assert found.key == "b2"


def test_a_lesson_on_the_air_that_is_done_is_not_next() -> None:
    stops = stops_of_day(day(2), [row(1, broadcast=1, done=True)])
    found = next_stop(stops, START + timedelta(minutes=3))
    assert found is not None
    assert found.key == "b2"


def test_nothing_is_next_when_all_is_done_or_empty() -> None:
    done = stops_of_day(day(1), [row(1, broadcast=1, done=True)])
    assert next_stop(done, START) is None
    assert next_stop((), START) is None


def test_something_of_ones_own_is_never_live() -> None:
    own = stops_of_day([], [row(1)])[0]
    assert not is_live(own, START)
    assert is_live(stops_of_day(day(1), [])[0], START)
    assert not is_live(stops_of_day(day(1), [])[0], START + timedelta(minutes=20))


@pytest.mark.parametrize(
    ("key", "step", "order"),
    [
        ("b", -1, ["b", "a", "c"]),
        ("b", 1, ["a", "c", "b"]),
        ("a", -1, ["a", "b", "c"]),
        ("c", 1, ["a", "b", "c"]),
        ("x", 1, ["a", "b", "c"]),
        ("c", -2, ["c", "a", "b"]),
    ],
)
def test_one_stop_moves_and_the_others_keep_their_order(
    key: str, step: int, order: list[str]
) -> None:
    assert moved(["a", "b", "c"], key, step) == order


def test_moving_leaves_the_given_list_alone() -> None:
    given = ["a", "b"]
    moved(given, "a", 1)
    assert given == ["a", "b"]


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        (["c", "a", "b"], ["c", "a", "b"]),
        (["c"], ["c", "a", "b"]),
        ([], ["a", "b", "c"]),
        (["x", "b", "y"], ["b", "a", "c"]),
        (["b", "b", "a"], ["b", "a", "c"]),
    ],
)
def test_an_order_with_strangers_gaps_or_doubles_loses_nothing(
    wanted: list[str], order: list[str]
) -> None:
    assert ordered(["a", "b", "c"], wanted) == order


def test_a_stops_name_does_not_change_when_it_is_kept() -> None:
    before = stops_of_day(day(1), [])[0]
    after = stops_of_day(day(1), [row(8, broadcast=1)])[0]
    assert before.key == after.key == "b1"
    assert replace(after, broadcast_id=0).key == "i8"


@pytest.mark.parametrize(
    ("day_of_week", "week"),
    [(date(2026, 9, 1), 1), (date(2026, 9, 6), 1), (date(2026, 9, 7), 2), (date(2026, 8, 31), 0)],
)
def test_weeks_of_a_term_change_on_mondays(day_of_week: date, week: int) -> None:
    term = TermView("第一学期", "Autumn", date(2026, 9, 1), date(2027, 1, 20))
    assert term.week_of(day_of_week) == week


def test_after_the_term_there_is_no_week() -> None:
    term = TermView("第一学期", "Autumn", date(2026, 9, 1), date(2027, 1, 20))
    assert term.week_of(date(2027, 1, 21)) == 0
