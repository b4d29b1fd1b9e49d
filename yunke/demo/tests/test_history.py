"""The made-up past: plausible, different from child to child, never in the future."""

from collections import Counter
from datetime import datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest

from yunke.base.clock import at
from yunke.demo.history import NOTES, SHOWN, Day, _acts, _day, _presence, _stops, _watch
from yunke.demo.tests.makers import CALENDAR, TODAY, air, paper_city
from yunke.ground.lake.door import Verb

FILMS = frozenset({1, 2})


@cache
def days_of(pupil: int) -> tuple[Day, ...]:
    plan = paper_city().class_of("yinxing", 1)
    found = (_day(pupil, plan, air(day), FILMS) for day in CALENDAR.past)
    return tuple(day for day in found if day)


def pupils() -> list[int]:
    return paper_city().class_of("yinxing", 1).pupils


def test_a_day_is_the_same_whenever_it_is_told() -> None:
    plan = paper_city().class_of("yinxing", 1)
    for pupil in pupils()[:5]:
        assert _day(pupil, plan, air(TODAY), FILMS) == _day(pupil, plan, air(TODAY), FILMS)


def test_nothing_on_air_is_a_day_at_rest() -> None:
    assert _day(pupils()[0], paper_city().class_of("yinxing", 1), (), FILMS) is None


def test_most_come_on_school_days_and_few_at_weekends() -> None:
    came = Counter(day.day.weekday() >= 5 for pupil in pupils() for day in days_of(pupil))
    school_days = sum(1 for day in CALENDAR.past if day.weekday() < 5)
    assert 0.75 < came[False] / (school_days * len(pupils())) < 0.99
    assert 0.2 < came[True] / ((21 - school_days) * len(pupils())) < 0.6


def test_children_differ_but_none_is_all_or_nothing() -> None:
    minutes = [sum(s for day in days_of(p) for _air, s in day.watched) for p in pupils()]
    assert len(set(minutes)) == len(minutes)
    assert min(minutes) > 0
    assert max(minutes) < 8 * min(minutes), "a class, not a contest"


def test_a_child_comes_about_when_the_first_lesson_begins() -> None:
    for pupil in pupils():
        for day in days_of(pupil):
            early = day.air[0].starts_at - day.came
            assert -timedelta(minutes=7) < early < timedelta(minutes=15)


def test_nobody_watches_longer_than_the_film_lasts() -> None:
    for pupil in pupils():
        for day in days_of(pupil):
            for on_air, seconds in day.watched:
                assert 0 < seconds <= (200 if on_air.lesson_id in FILMS else 900)


def test_acts_of_a_day_are_in_order_and_told_once() -> None:
    for pupil in pupils()[:10]:
        for day in days_of(pupil):
            acts = list(_acts(day))
            assert len({act.uid for act in acts}) == len(acts)
            assert acts[0].verb == Verb.SIGNED_IN
            assert {act.actor_id for act in acts} == {pupil}
            opened = [act for act in acts if act.verb == Verb.OPENED]
            watched = [act for act in acts if act.verb == Verb.PROGRESSED]
            assert [act.lesson_id for act in opened] == [act.lesson_id for act in watched]
            assert all(a.at < b.at for a, b in zip(opened, watched, strict=True))
            assert all(act.seconds == 0 for act in acts if act.verb != Verb.PROGRESSED)


def test_acts_of_different_days_and_children_never_share_a_number() -> None:
    uids = [act.uid for p in pupils()[:12] for day in days_of(p) for act in _acts(day)]
    assert len(set(uids)) == len(uids)


def test_acts_say_class_and_school() -> None:
    plan = paper_city().class_of("yinxing", 1)
    for act in _acts(days_of(pupils()[0])[0]):
        assert (act.class_id, act.school_id) == (plan.id, plan.school_id)
        assert act.day == act.at.astimezone(at(TODAY, time(0)).tzinfo).date()


def test_presence_ends_with_the_last_lesson_or_now() -> None:
    day = days_of(pupils()[0])[0]
    late = at(day.day, time(23))
    row = _presence(day, late)
    assert row.first_at == day.came
    assert row.last_at >= row.first_at
    assert row.ticks >= 1
    cut = _presence(day, day.came + timedelta(minutes=1))
    assert cut.last_at <= day.came + timedelta(minutes=1)


def test_only_what_was_watched_is_ticked_and_not_all_of_it() -> None:
    ticked = Counter[bool]()
    for pupil in pupils():
        for day in days_of(pupil):
            watched = {on_air.id for on_air, _seconds in day.watched}
            for stop in _stops(day, CALENDAR):
                assert stop.done_at is None or stop.on_air.id in watched
                if stop.on_air.id in watched:
                    ticked[stop.done_at is not None] += 1
    assert ticked[True] > ticked[False] > 0


def test_todays_plan_is_left_to_the_pupil() -> None:
    for pupil in pupils()[:10]:
        for day in days_of(pupil):
            if day.day == TODAY:
                assert list(_stops(day, CALENDAR)) == []


def test_stops_follow_the_programme() -> None:
    for day in days_of(pupils()[0]):
        places = [stop.position for stop in _stops(day, CALENDAR)]
        assert places == list(range(len(places)))
        assert all(
            a.on_air.starts_at < b.on_air.starts_at for a, b in pairwise(_stops(day, CALENDAR))
        )


@pytest.mark.parametrize("seconds", [20, 131, 360])
def test_how_far_a_pupil_is_fits_the_film(seconds: int) -> None:
    ends = set()
    for pupil in pupils():
        row = _watch(pupil, 7, seconds, TODAY)
        ((start, end),) = row.stretches
        assert 0 <= start < end <= seconds
        assert row.position == end
        assert row.of_seconds == seconds
        assert isinstance(row.changed_at, datetime)
        assert row.changed_at.date() < TODAY
        ends.add(end)
    assert seconds in ends, "some saw it to the end"
    assert len(ends) > 3, "and some did not"


def test_the_shown_classes_are_the_named_childrens_own() -> None:
    seats = {paper_city().class_of(*seat).id for seat in SHOWN}
    for key in NOTES:
        (home,) = [p for p in paper_city().classes if paper_city().cast[key] in p.pupils]
        assert home.id in seats


def test_notes_are_short_enough_to_read() -> None:
    for notes in NOTES.values():
        assert 1 <= len(notes) <= 5
        assert all(0 < len(text) < 40 for text in notes)
