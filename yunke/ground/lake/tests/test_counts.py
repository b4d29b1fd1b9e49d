"""Counts of many people, never of few; only of spans that are over."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from yunke.base.clock import now, today
from yunke.ground.lake.actions import lake_flush
from yunke.ground.lake.actions.record import events_write
from yunke.ground.lake.reads import acts_of, lake_state
from yunke.ground.lake.reads.counts import finished_hour
from yunke.ground.lake.rules import Group, joined
from yunke.ground.lake.tests.makers import crowd, lake, past, watched, yesterday
from yunke.ground.lake.values import OTHERS, K, Verb

__all__ = ["lake"]
NOON = timezone.datetime(2026, 3, 4, 12, 20, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def group(key: str, people: int, acts: int = 0) -> Group:
    few = frozenset(range(people)) if people < K else frozenset()
    return Group(key, acts or people, people, few)


def test_big_groups_are_shown_as_they_are() -> None:
    assert [c.key for c in joined([group("a", 10), group("b", 40)])] == ["b", "a"]


def test_a_small_group_is_never_shown_alone() -> None:
    found = joined([group("a", 40), group("b", 9)])
    assert [c.key for c in found] == [OTHERS]


def test_small_groups_that_are_many_together_make_one() -> None:
    small = [Group(k, 6, 6, frozenset(range(n, n + 6))) for n, k in ((0, "x"), (6, "y"))]
    found = joined([group("a", 40), *small])
    assert [(c.key, c.people, c.acts) for c in found] == [("a", 40, 40), (OTHERS, 12, 12)]


def test_the_same_few_people_in_two_groups_are_still_few() -> None:
    same = [Group(k, 6, 6, frozenset(range(6))) for k in ("x", "y")]
    assert [c.key for c in joined([group("a", 40), *same])] == [OTHERS]


def test_with_nothing_big_nothing_is_shown() -> None:
    assert joined([group("a", 3), group("b", 4)]) == ()


@pytest.mark.parametrize("people", range(1, K))
def test_the_hidden_ones_cannot_be_had_by_taking_away(people: int) -> None:
    """Whatever is shown, the sum of what is hidden stands for at least K people."""
    found = joined([group("a", 30), group("b", 12), group("c", people)])
    assert all(count.people >= K for count in found)
    assert {count.key for count in found} == {"a", OTHERS}


@pytest.mark.django_db
def test_hours_of_today_and_verbs_of_yesterday(lake: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        crowd(now() - timedelta(hours=3), 12)
        crowd(now() - timedelta(days=1), 15, Verb.PRESENT)
        lake_flush()
        acts = acts_of(None)
    assert [(c.key, c.people) for c in acts.hours] == [("9", 12)]
    assert [(c.key, c.people) for c in acts.verbs] == [("presence.ticked", 15)]
    assert timezone.localtime(acts.until).hour == 12


@pytest.mark.django_db
def test_the_hour_that_still_runs_is_not_shown(lake: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        crowd(now() - timedelta(minutes=10), 30)
        lake_flush()
        assert acts_of(None).hours == ()


@pytest.mark.django_db
def test_an_hour_counts_only_once_it_is_in_the_lake(lake: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        crowd(now() - timedelta(hours=3), 30)
        assert timezone.localtime(finished_hour()).hour == 9
        assert acts_of(None).hours == ()
        lake_flush()
        cache.clear()
        assert timezone.localtime(finished_hour()).hour == 12
        assert acts_of(None).hours[0].people == 30


@pytest.mark.django_db
def test_a_school_sees_its_own_acts_only(lake: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        crowd(now() - timedelta(hours=2), 12, school_id=1)
        crowd(now() - timedelta(hours=3), 20, school_id=2)
        lake_flush()
        assert [(c.key, c.people) for c in acts_of({1}).hours] == [("10", 12)]
        assert {c.key for c in acts_of({1, 2}).hours} == {"9", "10"}
        assert acts_of(frozenset()).hours == ()


@pytest.mark.django_db
def test_the_lessons_of_the_week_that_ten_people_opened(lake: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        crowd(now() - timedelta(days=2), 11, lesson_id=5, title="圆的面积")
        crowd(now() - timedelta(days=2), 9, lesson_id=6, title="没有人气的课")
        crowd(now() - timedelta(days=9), 30, lesson_id=7, title="上上周的课")
        lake_flush()
        found = acts_of(None).lessons
    assert [(use.lesson_id, use.title, use.people) for use in found] == [(5, "圆的面积", 11)]


@pytest.mark.django_db
def test_the_state_tells_size_and_age(lake: Path) -> None:
    empty = lake_state()
    assert (empty.events, empty.waiting, empty.flushed_at) == (0, 0, None)
    watched(1)
    events_write([past(yesterday())])
    lake_flush()
    watched(2)
    state = lake_state()
    assert (state.events, state.files, state.days, state.waiting) == (2, 2, 2, 1)
    assert state.bytes > 0
    assert state.flushed_at is not None
    assert today() is not None
