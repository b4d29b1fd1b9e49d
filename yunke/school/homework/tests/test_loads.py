"""Minutes and instants: the limit of a grade child by child, the wall clock in strange zones."""
# ruff: noqa: DTZ001 - wall clocks have no zone

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.people.tests.makers import member
from yunke.ground.people.values import Role
from yunke.school.homework.actions.setting import homework_set, homework_withdraw
from yunke.school.homework.models import Homework
from yunke.school.homework.reads.load import load_for
from yunke.school.homework.rules.chart import WIDTH, chart_of
from yunke.school.homework.rules.load import Stretch, limit_of, load_of
from yunke.school.homework.rules.stages import Facts, is_late, key_shown, may_correct, stage_of
from yunke.school.homework.rules.times import AFTER_SCHOOL, evenings, instant, moved, wall_of
from yunke.school.homework.tests import makers
from yunke.school.homework.values import HANDED, PupilState, Reveal, Stage

pytestmark = pytest.mark.django_db
ZONES = ("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
DAYS = tuple(date(2026, 3, 2) + timedelta(days=n) for n in range(5))
EVENING: dict[str, Any] = {"due_at": makers.ago(hours=-9)}
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
stretches = st.builds(
    Stretch, st.integers(1, 3), st.sampled_from(["maths", "chinese"]), st.integers(0, 300),
    st.booleans(), st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(tuple),
)  # fmt: skip
instants = st.datetimes(datetime(2012, 1, 1), datetime(2035, 1, 1)).map(
    lambda one: one.replace(tzinfo=UTC)
)


@given(st.lists(stretches, max_size=8), stretches, st.integers(1, 12))
def test_nobodys_minutes_are_lost_or_counted_for_another(
    held: list[Stretch], new: Stretch, grade: int
) -> None:
    found = load_of([(n, f"{n}", "") for n in (1, 2, 3)], held, new, grade=grade, profile="cn")
    limit = limit_of(grade, "cn")
    for child in found.children:
        own = [one for one in held if one.pupil_id == child.pupil_id]
        alone = load_of([(child.pupil_id, "", "")], own, new, grade=grade, profile="cn")
        assert alone.children[0].fullest == child.fullest
        assert child.fullest.day in new.days
        assert child.fullest.all >= new.a_day
        there = [one for one in own if child.fullest.day in one.days]
        assert child.fullest.written + child.fullest.other == sum(one.a_day for one in there)
        assert sum(minutes for _, minutes in child.subjects) == sum(one.a_day for one in there)
        if child.over:
            assert new.written
            assert limit is not None
            assert child.fullest.all_written > limit.minutes
    assert found.top % 10 == 0
    assert found.top >= max(child.fullest.all for child in found.children)


@given(stretches)
def test_minutes_spread_over_days_are_never_less_than_all_of_them(one: Stretch) -> None:
    assert one.minutes <= one.a_day * len(one.days) < one.minutes + len(one.days)


@given(st.integers(-3, 20), st.sampled_from(["cn", "eu", "us", ""]))
def test_a_limit_is_only_where_a_rule_says_one_and_names_its_source(
    grade: int, profile: str
) -> None:
    limit = limit_of(grade, profile)
    assert (limit is not None) is (profile == "cn" and 1 <= grade <= 9)
    assert limit is None or (limit.source and limit.minutes in (0, 60, 90))


@given(instants, st.sampled_from(ZONES), st.integers(0, 60), st.integers(0, 60))
def test_days_later_and_again_days_later_is_all_of_them_later(
    at: datetime, name: str, first: int, then: int
) -> None:
    zone = ZoneInfo(name)
    found = moved(at, first + then, zone)
    wall = wall_of(at, zone) + timedelta(days=first + then)
    assert found == instant(wall.replace(fold=0), zone)
    assert abs(found - at - timedelta(days=first + then)) <= timedelta(hours=2)


@given(instants, st.integers(0, 60 * 24 * 20), st.sampled_from(ZONES))
def test_there_is_always_a_day_to_do_it_and_none_after_the_deadline(
    opens: datetime, minutes: int, name: str
) -> None:
    zone, due = ZoneInfo(name), opens + timedelta(minutes=minutes)
    days = evenings(opens, due, zone)
    assert days
    assert days[0] == wall_of(opens, zone).date()
    assert list(days) == sorted(set(days))
    last = wall_of(due, zone)
    assert days[-1] <= max(last.date(), days[0])
    if len(days) > 1 and last.time() < AFTER_SCHOOL:
        assert days[-1] < last.date()


def test_a_deadline_in_a_hundred_years_is_a_year_of_days() -> None:
    assert len(evenings(AT, AT.replace(year=2126), ZoneInfo("Asia/Shanghai"))) == 366


@given(
    st.integers(0, 4), st.booleans(), st.integers(0, 4), st.integers(-48, 48),
    st.sampled_from(list(Reveal)),
)  # fmt: skip
def test_the_key_is_never_seen_before_the_hand_in(
    number: int, handed: bool, returned: int, hours: int, reveal: Reveal
) -> None:
    at = AT + timedelta(hours=hours)
    facts = Facts(AT, AT + timedelta(days=1), number, AT if handed else None, returned)
    stage = stage_of(facts, at)
    shown = key_shown(reveal, stage, last_due=AT + timedelta(days=1), at=at)
    if not (number and handed):
        assert not shown
    if reveal is Reveal.DUE and at <= AT + timedelta(days=1):
        assert not shown
    assert stage in HANDED or not may_correct(stage, wrong=9, asked_to=True)


@pytest.mark.parametrize(
    ("first", "late"),
    [
        (None, False),
        (AT, False),
        (AT + timedelta(microseconds=1), True),
        (AT - timedelta(9), False),
    ],
)
def test_late_is_who_hands_in_after_the_instant_itself(first: datetime | None, late: bool) -> None:
    assert is_late(first, AT) is late


def state(stage: Stage, *, late: bool = False) -> PupilState:
    return PupilState(
        1, "", "", 1, stage, AT, False, late, AT if stage in HANDED else None, 1, 1, 0, False
    )


@given(st.lists(st.builds(state, st.sampled_from(list(Stage)), late=st.booleans()), max_size=60))
def test_the_classs_bar_counts_everybody_once_and_is_as_wide_as_its_place(
    states: list[PupilState],
) -> None:
    chart = chart_of(states)
    assert sum(part.count for part in chart.parts) == chart.all == len(states)
    assert chart.handed_in == sum(one.stage in HANDED for one in states)
    if states:
        assert abs(sum(part.width for part in chart.parts) - WIDTH) < 1
        assert all(part.x >= 0 and part.x + part.width <= WIDTH + 1 for part in chart.parts)
    else:
        assert chart.parts == ()


def load(people: Any, **more: Any) -> Any:
    """Due in nine hours: whatever the hour is now, that is one evening."""
    return load_for(makers.setting(people, **EVENING, **more), grade=3)


def test_a_pupil_of_two_classes_has_the_homework_of_both() -> None:
    people = makers.cast()
    member(people.pupil, people.other, Role.PUPIL)
    other = makers.setting(
        people, class_id=people.other.id, pupils=(people.pupil.id,), minutes=40, **EVENING
    )
    homework_set(who_id=people.other_teacher.id, setting=other)
    found = {one.pupil_id: one for one in load(people, minutes=30).children}
    assert found[people.pupil.id].fullest.all_written == 70
    assert found[people.pupil.id].over
    assert not found[people.pupils[1].id].over


def test_what_was_taken_back_or_lies_on_other_days_is_no_load() -> None:
    people = makers.cast()
    gone = makers.homework(people, minutes=50)
    homework_withdraw(who_id=1, homework_id=gone.id)
    makers.homework(people, minutes=50, opens_at=makers.ago(days=9), due_at=makers.ago(days=7))
    makers.homework(people, minutes=50, opens_at=makers.ago(days=-9), due_at=makers.ago(days=-11))
    found = load(people, minutes=20)
    assert {one.fullest.all for one in found.children} == {20}
    assert found.over == 0


def test_only_the_chosen_pupils_are_shown_and_limited() -> None:
    people = makers.cast()
    makers.homework(people, minutes=55, pupils=(people.pupil.id,), **EVENING)
    rest = tuple(one.id for one in people.pupils[1:])
    found = load(people, minutes=60, pupils=rest)
    assert {one.pupil_id for one in found.children} == set(rest)
    assert found.over == 0


def test_above_the_limit_without_a_reason_nothing_is_written() -> None:
    people = makers.cast()
    for reason in ("", "   "):
        with pytest.raises(Refused) as no:
            makers.homework(people, minutes=300, over_reason=reason)
        assert no.value.status == 422
    assert not Homework.objects.exists()
    assert not Entry.objects.filter(act="homework.over_limit").exists()
    row = makers.homework(people, minutes=300, over_reason=" 复习 ")
    entry = Entry.objects.get(act="homework.over_limit")
    assert (entry.object_id, entry.reason, entry.actor_id) == (row.id, "复习", people.teacher.id)
    assert entry.detail["minutes"] == 300


def test_where_no_rule_says_a_limit_no_reason_is_wanted(settings: Any) -> None:
    settings.PROFILE = "eu"
    people = makers.cast()
    assert makers.homework(people, minutes=300).over_reason == ""
    assert not Entry.objects.filter(act="homework.over_limit").exists()


def test_the_minutes_of_fifty_cost_what_those_of_five_do() -> None:
    costs = []
    for count in (5, 50):
        people = makers.cast(pupils=count)
        for _ in range(3):
            makers.homework(people, minutes=1)
        told = makers.setting(people, due_at=now() + timedelta(days=3))
        with CaptureQueriesContext(connection) as read:
            assert len(load_for(told, grade=3).children) == count
        with CaptureQueriesContext(connection) as written:
            homework_set(who_id=people.teacher.id, setting=told)
        costs.append((len(read), len(written)))
    assert all(abs(few - many) <= 2 for few, many in zip(*costs, strict=True)), costs
