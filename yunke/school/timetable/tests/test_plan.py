"""Arranging a day: a plan begins with the first act, nothing is lost, each act has its event."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import Cast, guardian, pupils, who
from yunke.school.timetable.door import (
    ItemKind,
    Left,
    NotYours,
    Watched,
    plan_add,
    plan_arrange,
    plan_of,
    plan_remind,
    plan_remove,
    plan_rows,
    plan_tick,
    stops_of,
)
from yunke.school.timetable.models import PlanItem
from yunke.school.timetable.reads import plan as plan_reads
from yunke.school.timetable.reads.plan import place_of, watched_from, watched_of, with_shares
from yunke.school.timetable.tests.makers import a_day, broadcast, day_cast, item

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    return day_cast()


def keys(people: Cast, pupil: Any = None) -> list[str]:
    pupil = pupil or people.pupil
    return [s.key for s in stops_of(pupil.id, people.city.id, 1, today())]


def air(people: Cast) -> list[str]:
    return [f"b{b.id}" for b in people.more["day"]]


def last_event() -> Event:
    return Event.objects.latest("id")


def test_the_day_is_the_days_broadcasts_until_the_pupil_arranges_it(people: Cast) -> None:
    assert keys(people) == air(people)
    assert plan_rows(people.pupil.id, today()) == ()
    assert not PlanItem.objects.exists()


def test_the_order_asked_for_is_the_order_kept(people: Cast) -> None:
    wanted = [*reversed(air(people))]
    plan_arrange(who(people.pupil), people.pupil.id, today(), wanted)
    assert keys(people) == wanted
    assert keys(people, people.pupils[1]) == air(people)


def test_arranging_again_changes_nothing_and_makes_no_second_rows(people: Cast) -> None:
    wanted = [*reversed(air(people))]
    for _ in range(2):
        plan_arrange(who(people.pupil), people.pupil.id, today(), wanted)
    assert keys(people) == wanted
    assert PlanItem.objects.count() == 4


def test_half_an_order_loses_no_stop(people: Cast) -> None:
    wanted = [air(people)[3], "b999999", "nonsense"]
    plan_arrange(who(people.pupil), people.pupil.id, today(), wanted)
    assert keys(people) == [air(people)[3], *air(people)[:3]]


def test_arranging_leaves_an_event_with_the_order(people: Cast) -> None:
    plan_arrange(who(people.pupil), people.pupil.id, today(), air(people))
    event = last_event()
    assert (event.verb, event.object_kind) == (Verb.PLAN_ARRANGED, "plan")
    assert (event.actor_id, event.subject_id) == (people.pupil.id, 0)
    assert (event.school_id, event.class_id) == (people.school.id, people.one.id)
    assert event.result == {"day": "2026-11-18", "order": air(people)}


def test_a_tick_is_kept_and_can_be_taken_back(people: Cast) -> None:
    key = air(people)[1]
    plan_tick(who(people.pupil), people.pupil.id, today(), key, done=True)
    assert [s.done for s in stops_of(people.pupil.id, people.city.id, 1, today())] == [
        False, True, False, False,
    ]  # fmt: skip
    assert last_event().verb == Verb.PLAN_TICKED
    assert last_event().lesson_id == people.more["day"][1].lesson_id
    plan_tick(who(people.pupil), people.pupil.id, today(), key, done=False)
    assert not any(s.done for s in stops_of(people.pupil.id, people.city.id, 1, today()))
    assert last_event().result["done"] is False


def test_ticking_twice_keeps_the_first_time_and_one_event(people: Cast) -> None:
    key = air(people)[0]
    plan_tick(who(people.pupil), people.pupil.id, today(), key, done=True)
    events = Event.objects.count()
    with time_machine.travel(WEDNESDAY + timedelta(hours=1), tick=False):
        plan_tick(who(people.pupil), people.pupil.id, today(), key, done=True)
    assert PlanItem.objects.get(broadcast_id=int(key[1:])).done_at == now()
    assert Event.objects.count() == events


def test_the_first_tick_keeps_the_whole_day_in_its_order(people: Cast) -> None:
    plan_tick(who(people.pupil), people.pupil.id, today(), air(people)[2], done=True)
    assert keys(people) == air(people)
    assert PlanItem.objects.count() == 4


def test_what_comes_on_air_after_arranging_joins_the_end(people: Cast) -> None:
    wanted = [*reversed(air(people))]
    plan_arrange(who(people.pupil), people.pupil.id, today(), wanted)
    new = broadcast(people.city, period=5)
    assert keys(people) == [*wanted, f"b{new.id}"]
    plan_tick(who(people.pupil), people.pupil.id, today(), f"b{new.id}", done=True)
    assert keys(people) == [*wanted, f"b{new.id}"]


def test_something_of_ones_own_stands_at_the_end(people: Cast) -> None:
    number = plan_add(
        who(people.pupil), people.pupil.id, today(), kind=ItemKind.OWN, title=" 跳绳 ", minutes=15
    )
    assert keys(people) == [*air(people), f"i{number}"]
    row = PlanItem.objects.get(id=number)
    assert (row.title, row.minutes, row.kind) == ("跳绳", 15, "own")
    assert last_event().result == {"day": "2026-11-18", "added": "own"}


def test_a_break_needs_no_name(people: Cast) -> None:
    number = plan_add(
        who(people.pupil), people.pupil.id, today(), kind=ItemKind.BREAK, title="", minutes=10
    )
    assert PlanItem.objects.get(id=number).title == ""


@pytest.mark.parametrize(("title", "minutes"), [("", 20), ("  ", 20), ("跳绳", 4), ("跳绳", 121)])
def test_a_thing_without_a_name_or_a_sensible_time_is_refused(
    people: Cast, title: str, minutes: int
) -> None:
    with pytest.raises(Refused) as refused:
        plan_add(
            who(people.pupil), people.pupil.id, today(), kind=ItemKind.OWN, title=title,
            minutes=minutes,
        )  # fmt: skip
    assert "没有改动" in refused.value.text
    assert refused.value.status == 422
    assert not PlanItem.objects.exists()


def test_a_day_holds_twelve_things_of_ones_own(people: Cast) -> None:
    for _ in range(12):
        item(people.pupil)
    with pytest.raises(Refused, match="12"):
        plan_add(
            who(people.pupil), people.pupil.id, today(), kind=ItemKind.OWN, title="再来", minutes=10
        )
    assert PlanItem.objects.filter(broadcast=None).count() == 12


def test_what_is_taken_off_can_be_put_back_where_it_was(people: Cast) -> None:
    key = air(people)[1]
    plan_remove(who(people.pupil), people.pupil.id, today(), key)
    assert keys(people) == [k for k in air(people) if k != key]
    assert [r.broadcast_id for r in plan_rows(people.pupil.id, today()) if r.dropped] == [
        int(key[1:])
    ]
    plan_remove(who(people.pupil), people.pupil.id, today(), key, back=True)
    assert keys(people) == air(people)
    assert last_event().result["removed"] is False


def test_taking_off_twice_is_taking_off_once(people: Cast) -> None:
    key = air(people)[0]
    plan_remove(who(people.pupil), people.pupil.id, today(), key)
    events = Event.objects.count()
    plan_remove(who(people.pupil), people.pupil.id, today(), key)
    assert Event.objects.count() == events


def test_a_reminder_puts_another_grades_broadcast_into_the_plan_of_its_day(people: Cast) -> None:
    saturday = today() + timedelta(days=3)
    other = broadcast(people.city, grade=5, day=saturday, subject="science")
    assert plan_remind(who(people.pupil), people.pupil.id, other.id) == saturday
    plan_remind(who(people.pupil), people.pupil.id, other.id)
    stops = stops_of(people.pupil.id, people.city.id, 1, saturday)
    assert [s.key for s in stops] == [f"b{other.id}"]
    assert stops[0].subject == "science"
    assert stops[0].title
    assert f"{stops[0].starts_at:%H:%M}" == "08:30"


def test_a_reminder_brings_back_what_was_taken_off(people: Cast) -> None:
    first = people.more["day"][0]
    plan_remove(who(people.pupil), people.pupil.id, today(), f"b{first.id}")
    plan_remind(who(people.pupil), people.pupil.id, first.id)
    assert f"b{first.id}" in keys(people)


def test_a_reminder_of_nothing_is_not_there(people: Cast) -> None:
    with pytest.raises(NotYours):
        plan_remind(who(people.pupil), people.pupil.id, 999_999)


def test_a_guardian_ticks_for_the_child_and_is_named(people: Cast) -> None:
    plan_tick(who(people.guardian), people.pupil.id, today(), air(people)[0], done=True)
    event = last_event()
    assert (event.actor_id, event.subject_id) == (people.guardian.id, people.pupil.id)
    assert stops_of(people.pupil.id, people.city.id, 1, today())[0].done


STRANGERS = ("far_guardian", "far_pupil", "other_pupil", "teacher", "head", "admin", "city_staff")


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_arranges_ticks_adds_removes_or_reminds(people: Cast, name: str) -> None:
    stranger, pupil, day = who(getattr(people, name)), people.pupil.id, today()
    key = air(people)[0]
    acts = (
        lambda: plan_arrange(stranger, pupil, day, [key]),
        lambda: plan_tick(stranger, pupil, day, key, done=True),
        lambda: plan_add(stranger, pupil, day, kind=ItemKind.OWN, title="坏", minutes=10),
        lambda: plan_remove(stranger, pupil, day, key),
        lambda: plan_remind(stranger, pupil, people.more["day"][0].id),
    )
    for act in acts:
        with pytest.raises(NotYours):
            act()
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize("key", ["b999999", "i1", "", "b", "x3"])
def test_a_stop_that_is_not_in_the_day_is_not_there(people: Cast, key: str) -> None:
    with pytest.raises(NotYours):
        plan_tick(who(people.pupil), people.pupil.id, today(), key, done=True)


def test_another_pupils_own_thing_cannot_be_named(people: Cast) -> None:
    theirs = item(people.pupils[1])
    with pytest.raises(NotYours):
        plan_remove(who(people.pupil), people.pupil.id, today(), f"i{theirs.id}")
    theirs.refresh_from_db()
    assert theirs.dropped_at is None


def test_a_plan_is_one_query(people: Cast, django_assert_num_queries: Any) -> None:
    plan_arrange(who(people.pupil), people.pupil.id, today(), air(people))
    with django_assert_num_queries(1):
        assert len(plan_rows(people.pupil.id, today())) == 4
    keys(people)
    with django_assert_num_queries(1):
        keys(people)


def test_where_a_pupil_belongs_is_known_to_itself_and_its_guardian_only(people: Cast) -> None:
    mine = place_of(who(people.pupil), people.pupil.id)
    assert mine is not None
    assert (mine.grade, mine.class_id) == (1, people.one.id)
    assert place_of(who(people.guardian), people.pupil.id) == mine
    for name in STRANGERS:
        assert place_of(who(getattr(people, name)), people.pupil.id) is None


def test_plan_against_done_for_a_class(people: Cast) -> None:
    first, second = people.pupils
    plan_tick(who(first), first.id, today(), air(people)[0], done=True)
    plan_add(who(first), first.id, today(), kind=ItemKind.OWN, title="跳绳", minutes=15)
    sums = plan_of([first.id, second.id], today())
    assert (sums[first.id].planned, sums[first.id].done) == (5, 1)
    assert (sums[first.id].minutes, sums[first.id].minutes_done) == (95, 20)
    assert sums[first.id].arranged
    assert (sums[second.id].planned, sums[second.id].done) == (4, 0)
    assert not sums[second.id].arranged


@pytest.mark.parametrize("count", [5, 50])
def test_plan_against_done_costs_the_same_for_five_and_fifty(
    people: Cast, count: int, django_assert_num_queries: Any
) -> None:
    children = pupils(people.one, count)
    for child in children:
        item(child)
    plan_of([children[0].id], today())
    with django_assert_num_queries(2):
        found = plan_of([c.id for c in children], today())
    assert {f.planned for f in found.values()} == {5}


def test_a_pupil_of_no_class_has_an_empty_day(people: Cast) -> None:
    assert plan_of([999_999], today())[999_999].planned == 0


def test_two_grades_in_one_question_keep_their_own_days(people: Cast) -> None:
    third = day_cast(grade=3)
    found = plan_of([people.pupil.id, third.pupil.id], today())
    assert found[people.pupil.id].stops[0].lesson_id == people.more["day"][0].lesson_id
    assert found[third.pupil.id].stops[0].lesson_id == third.more["day"][0].lesson_id


def test_what_was_watched_is_told_by_the_room_that_knows(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_reads, "_sources", [])
    stops = stops_of(people.pupil.id, people.city.id, 1, today())
    assert watched_of(people.pupil.id, stops) == Watched()
    lesson = stops[1].lesson_id
    asked = []

    def read(pupil_id: Any, lesson_ids: Any) -> Watched:
        asked.append((pupil_id, list(lesson_ids)))
        return Watched({lesson: 0.4}, Left(lesson, 61.0, 0.4))

    watched_from(read)
    watched = watched_of(people.pupil.id, stops)
    assert asked == [(people.pupil.id, [s.lesson_id for s in stops])]
    assert [s.watched for s in with_shares(stops, watched)] == [0.0, 0.4, 0.0, 0.0]
    assert watched.left is not None
    assert watched.left.position == 61.0


def test_yesterdays_plan_is_not_todays(people: Cast) -> None:
    yesterday = today() - timedelta(days=1)
    a_day(people.city, day=yesterday, count=2)
    item(people.pupil, day=yesterday, position=9)
    assert len(stops_of(people.pupil.id, people.city.id, 1, yesterday)) == 3
    assert keys(people) == air(people)


def test_a_guardian_of_two_keeps_their_days_apart(people: Cast) -> None:
    parent = guardian(people.pupils[1])
    plan_tick(who(parent), people.pupils[1].id, today(), air(people)[0], done=True)
    assert not stops_of(people.pupil.id, people.city.id, 1, today())[0].done
    with pytest.raises(NotYours):
        plan_tick(who(parent), people.pupil.id, today(), air(people)[0], done=True)
