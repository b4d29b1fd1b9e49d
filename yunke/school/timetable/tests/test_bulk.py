"""The week written in bulk: whole, idempotent, and with an event when a person did it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from yunke.base.clock import at, today
from yunke.ground.lake.door import Verb
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import cast, who
from yunke.school.timetable.door import (
    BellIn,
    BroadcastIn,
    SlotIn,
    TermIn,
    bells_write,
    broadcasts_write,
    day_of_grade,
    plan_tick,
    slots_write,
    stops_of,
    term_write,
)
from yunke.school.timetable.models import Bell, Broadcast, Slot, Term
from yunke.school.timetable.tests.makers import a_lesson

pytestmark = pytest.mark.django_db(transaction=True)
AUTUMN = date(2026, 9, 1)


def on_air(city: int, lesson: int, *, period: int = 1, clock: time = time(8, 30)) -> BroadcastIn:
    starts = at(today(), clock)
    return BroadcastIn(city, 1, today(), period, starts, starts + timedelta(minutes=20), lesson)


def test_a_term_written_again_is_the_same_term() -> None:
    city = cast().city.id
    first = term_write(TermIn(city, "第一学期", "Autumn", AUTUMN, date(2027, 1, 15)))
    again = term_write(TermIn(city, "第一学期", "Autumn", AUTUMN, date(2027, 1, 22)))
    assert first == again
    assert Term.objects.get().last_day == date(2027, 1, 22)


def test_bells_written_again_change_their_times() -> None:
    org = cast().county.id
    bells = [BellIn(org, n, time(8 + n), time(8 + n, 40)) for n in range(1, 7)]
    assert bells_write(bells) == 6
    bells_write([BellIn(org, 1, time(9, 10), time(9, 50))])
    assert Bell.objects.filter(org_id=org).count() == 6
    assert Bell.objects.get(org_id=org, period=1).starts == time(9, 10)


def test_slots_of_a_class_are_replaced_period_by_period() -> None:
    people = cast()
    term = term_write(TermIn(people.city.id, "第一学期", "Autumn", AUTUMN, date(2027, 1, 15)))
    slots_write([SlotIn(term, people.one.id, 0, n, "maths", 5, "王老师") for n in (1, 2, 3)])
    slots_write([SlotIn(term, people.one.id, 0, 2, "art", 6, "李老师")])
    rows = Slot.objects.order_by("period").values_list("subject", "teacher_name")
    assert list(rows) == [("maths", "王老师"), ("art", "李老师"), ("maths", "王老师")]


def test_a_broadcast_written_again_keeps_its_number_and_the_plans_that_name_it() -> None:
    people = cast()
    city, pupil = people.city.id, people.pupil
    broadcasts_write([on_air(city, a_lesson().id)])
    number = Broadcast.objects.get().id
    plan_tick(who(pupil), pupil.id, today(), f"b{number}", done=True)
    other = a_lesson(subject="music", title="小星星")
    broadcasts_write([on_air(city, other.id, clock=time(9, 0))])
    assert Broadcast.objects.get().id == number
    stop = stops_of(pupil.id, city, 1, today())[0]
    assert (stop.title, stop.done) == ("小星星", True)


def test_a_write_is_seen_at_once_by_the_process_that_wrote() -> None:
    city = cast().city.id
    assert day_of_grade(city, 1, today()) == ()
    broadcasts_write([on_air(city, a_lesson().id)])
    assert len(day_of_grade(city, 1, today())) == 1


def test_a_thousand_broadcasts_cost_a_handful_of_queries(
    django_assert_max_num_queries: Any,
) -> None:
    city, lesson = cast().city.id, a_lesson().id
    rows = [
        BroadcastIn(
            city, grade, today() + timedelta(days=n), 1, at(today(), time(8)),
            at(today(), time(9)), lesson,
        )
        for grade in range(1, 10)
        for n in range(112)
    ]  # fmt: skip
    with django_assert_max_num_queries(12):
        assert broadcasts_write(rows) == 1008
    assert Broadcast.objects.count() == 1008


def test_one_wrong_row_leaves_nothing_behind() -> None:
    city = cast().city.id
    good = on_air(city, a_lesson().id)
    with pytest.raises(IntegrityError):
        broadcasts_write([good, on_air(city, 999_999, period=2)])
    assert not Broadcast.objects.exists()


def test_seeding_leaves_no_event_and_a_person_leaves_one() -> None:
    people = cast()
    lesson = a_lesson().id
    before = Event.objects.count()
    broadcasts_write([on_air(people.city.id, lesson)])
    assert Event.objects.count() == before
    broadcasts_write([on_air(people.city.id, lesson)], actor_id=people.city_staff.id)
    event = Event.objects.latest("id")
    assert (event.verb, event.object_kind) == (Verb.WEEK_SET, "broadcast")
    assert event.actor_id == people.city_staff.id
    assert event.result == {"count": 1}


def test_writing_nothing_is_allowed() -> None:
    assert broadcasts_write([]) == 0
    assert slots_write([]) == 0
    assert bells_write([]) == 0
