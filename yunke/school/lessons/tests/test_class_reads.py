"""A class on one day, value by value: who comes first, what a share is, what a guardian is told."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.clock import at, now, today
from yunke.ground.people.door import PersonName
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.models import Presence, Watch
from yunke.school.lessons.reads.classes import (
    BINS,
    day_minutes,
    heats_of,
    presence_days,
    presences_of,
    pupil_lines,
    shares_of_many,
    span,
)
from yunke.school.lessons.rules.chart import STRIP_HEIGHT, STRIP_WIDTH, bar_chart, heat_strip
from yunke.school.lessons.tests.makers import SECONDS, here, hour, taught, watched
from yunke.school.lessons.values import DayMinutes, PresenceDay
from yunke.school.lessons.views.child import chart_of, finding
from yunke.school.lessons.views.classes import day_context, school_day
from yunke.school.timetable.tests.makers import broadcast

DAY = date(2026, 11, 18)
NAMES = [PersonName(number, f"学生{number}", "panda") for number in (1, 2, 3, 4)]


def was_there(number: int) -> PresenceDay:
    moment = datetime(2026, 11, 18, 9, number, tzinfo=now().tzinfo)
    return PresenceDay(DAY, moment, moment + timedelta(hours=1))


# Lines of a class


def test_who_has_not_begun_and_is_not_there_comes_first() -> None:
    lines = pupil_lines(
        NAMES, {2: was_there(2), 4: was_there(4)}, {1: {7: 0.5}, 2: {7: 1.0}}, [7], {}
    )
    assert [line.id for line in lines] == [3, 4, 1, 2]
    assert [line.started for line in lines] == [False, False, True, True]
    assert [line.first_at is not None for line in lines] == [False, True, False, True]


def test_a_share_is_the_mean_over_the_days_lessons_begun_or_not() -> None:
    [line] = pupil_lines(NAMES[:1], {}, {1: {7: 1.0, 8: 0.5}}, [7, 8, 9], {1: (2, 5)})
    assert line.share == pytest.approx(0.5)
    assert (line.plan_done, line.plan_of) == (2, 5)
    [nothing] = pupil_lines(NAMES[:1], {}, {}, [], {})
    assert (nothing.share, nothing.started, nothing.plan_of) == (0.0, False, 0)


@given(st.permutations(NAMES), st.sets(st.integers(1, 4)), st.sets(st.integers(1, 4)))
def test_every_pupil_has_one_line_in_the_classs_order(
    names: list[PersonName], there: set[int], begun: set[int]
) -> None:
    lines = pupil_lines(
        names, {n: was_there(n) for n in there}, {n: {7: 0.1} for n in begun}, [7], {}
    )
    assert sorted(line.id for line in lines) == [1, 2, 3, 4]
    groups = [(line.started, line.first_at is not None) for line in lines]
    assert groups == sorted(groups)
    order = [name.id for name in names]
    for group in set(groups):
        alike = [line.id for line in lines if (line.started, line.first_at is not None) == group]
        assert alike == sorted(alike, key=order.index)


def test_days_are_marked_by_presence_and_a_span_ends_today() -> None:
    since, until = span(DAY, 14)
    assert (until - since).days == 13
    assert until == DAY
    assert span(DAY, 1) == (DAY, DAY)
    days = day_minutes([(since, 3.5), (until, 0.0)], {until: was_there(1)})
    assert [(d.day, d.minutes, d.present) for d in days] == [
        (since, 3.5, False), (until, 0.0, True),
    ]  # fmt: skip


# Reads from rows


@pytest.mark.django_db
def test_shares_come_by_person_and_lesson_and_stay_within_one() -> None:
    cast, first, second = people.cast(), taught(), taught()
    watched(cast.pupils[0], first, (0, 60))
    watched(cast.pupils[0], second, (0, SECONDS))
    watched(cast.pupils[1], first, (0, 30))
    watched(cast.far_pupil, first, (0, 90))
    Watch.objects.filter(lesson=second).update(seconds=SECONDS * 2)
    ids = [child.id for child in cast.pupils]
    assert shares_of_many(ids, [first.id, second.id]) == {
        ids[0]: {first.id: 0.5, second.id: 1.0},
        ids[1]: {first.id: 0.25},
    }
    Watch.objects.update(of_seconds=0)
    assert shares_of_many(ids, [second.id]) == {ids[0]: {second.id: 0.0}}
    assert shares_of_many([], [first.id]) == {}


@pytest.mark.django_db
def test_presence_is_read_by_class_and_by_days() -> None:
    cast = people.cast()
    child, other = cast.pupils[:2]
    here(child)
    here(cast.far_pupil)
    for back in (1, 3):
        day = today() - timedelta(days=back)
        moment = at(day, now().time())
        Presence.objects.create(person=child, day=day, first_at=moment, last_at=moment)
    assert set(presences_of([child.id, other.id], today())) == {child.id}
    found = presence_days(child.id, today() - timedelta(days=2), today())
    assert sorted(found) == [today() - timedelta(days=1), today()]
    assert presence_days(other.id, date.min, today()) == {}


@pytest.mark.django_db
def test_a_heat_counts_those_who_began_finished_and_went_back() -> None:
    cast, row, unseen = people.cast(), taught(), taught()
    watched(cast.pupils[0], row, (0, SECONDS))
    watched(cast.pupils[1], row, (0, 60), (0, 60))
    watched(cast.far_pupil, row, (0, SECONDS))
    ids = [child.id for child in cast.pupils]
    heats = heats_of(ids, [row.id, unseen.id])
    heat = heats[row.id]
    assert (heat.people, heat.started, heat.finished) == (5, 2, 1)
    assert len(heat.parts) == BINS
    assert heat.parts[0] == (2, 1)
    assert heat.parts[-1] == (1, 0)
    nothing = heats[unseen.id]
    assert (nothing.started, nothing.of_seconds, nothing.parts) == (0, 0, ())
    strip = heat_strip(heat.parts, heat.people)
    assert strip[0].height == pytest.approx(STRIP_HEIGHT * 2 / 5)
    assert strip[-1].x + strip[-1].width == pytest.approx(STRIP_WIDTH, abs=0.05)


@pytest.mark.django_db
@pytest.mark.parametrize("pupils", [5, 50])
def test_a_day_of_a_class_costs_six_queries_at_any_size(
    pupils: int, django_assert_max_num_queries: Any
) -> None:
    made = hour(pupils=pupils)
    names = tuple(PersonName(p.id, p.name, p.animal) for p in made.people.pupils)
    _day, lessons = school_day(1, made.people.school.id)
    with django_assert_max_num_queries(6):
        context = day_context(names, today(), lessons)
    assert len(context["lines"]) == len(context["waiting"]) == pupils
    assert [h.air.lesson_id for h in context["hours"]] == [made.lesson.id]


@pytest.mark.django_db
@pytest.mark.parametrize(("back", "found"), [(0, True), (1, True), (7, True), (8, False)])
def test_the_last_school_day_is_looked_for_a_week_back(back: int, found: bool) -> None:
    cast = people.cast()
    row = taught()
    day = today() - timedelta(days=back)
    broadcast(cast.city, grade=1, of=row, day=day)
    shown, lessons = school_day(1, cast.school.id)
    assert (shown, bool(lessons)) == ((day, True) if found else (today(), False))
    assert school_day(2, cast.school.id) == (today(), ())


# What a guardian is told


def fortnight(before: float, after: float) -> tuple[DayMinutes, ...]:
    minutes = [before / 7] * 7 + [after / 7] * 7
    start = date(2026, 10, 25)
    return tuple(
        DayMinutes(start + timedelta(days=n), count, n % 2 == 0) for n, count in enumerate(minutes)
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (0, 0, "这两周还没有看课"),
        (10, 30, "最近七天看了 30 分钟，比前七天多 20 分钟"),
        (30, 10, "最近七天看了 10 分钟，比前七天少 20 分钟"),
        (20, 20, "最近七天看了 20 分钟，和前七天一样"),
        (20.2, 20.4, "最近七天看了 20 分钟，和前七天一样"),
        (0, 5, "最近七天看了 5 分钟，比前七天多 5 分钟"),
    ],
)
def test_the_sentence_compares_two_weeks_without_a_judgement(
    before: float, after: float, told: str
) -> None:
    days = fortnight(before, after)
    assert finding(days) == told
    with translation.override("en"):
        assert finding(days).isascii() or "’" in finding(days)
        assert finding(days) != told


def test_the_first_of_a_month_says_its_month() -> None:
    chart = chart_of(fortnight(7, 70))
    labels = [bar.label for bar in chart.bars]
    assert labels[6:9] == ["31", "11/1", "2"]
    assert [bar.marked for bar in chart.bars] == [n % 2 == 0 for n in range(14)]
    assert [bar.value for bar in chart.bars] == [1.0] * 7 + [10.0] * 7


@given(st.lists(st.floats(min_value=0, max_value=900), min_size=1, max_size=31))
def test_a_chart_has_a_bar_a_day_side_by_side(minutes: list[float]) -> None:
    chart = bar_chart([(str(n), value, False) for n, value in enumerate(minutes)])
    assert [bar.label for bar in chart.bars] == [str(n) for n in range(len(minutes))]
    for left, right in zip(chart.bars, chart.bars[1:], strict=False):
        assert left.x + left.width <= right.x + 0.2
    assert chart.lines[1].value >= max(minutes)
    assert replace(chart, bars=()) == replace(bar_chart([("x", max(minutes), True)]), bars=())
