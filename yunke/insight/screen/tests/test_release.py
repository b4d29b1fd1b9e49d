"""A day's figures are released once, by the roster of its Monday, and never move again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from yunke.base.clock import today
from yunke.base.models import Job
from yunke.ground.lake.door import Verb, cohorts_forget, lake_flush
from yunke.ground.lake.models import Cohort, RolledDay, SchoolDay
from yunke.ground.people.models import Membership, Person
from yunke.insight.screen.actions import tending
from yunke.insight.screen.actions.release import days_release, finished_until
from yunke.insight.screen.models import Figure, ReleasedDay
from yunke.insight.screen.tests.makers import (
    MONDAY,
    act,
    came,
    events_write,
    lived,
    released,
    school_week,
    seated,
    town,
)

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def figure(org: int, grade: int = 0, day: object = MONDAY) -> Figure:
    return Figure.objects.get(org_id=org, grade=grade, day=day)


def test_a_finished_week_is_released_day_by_day() -> None:
    made = released(town(), school_week())
    days = list(ReleasedDay.objects.order_by("day").values_list("day", "at_school"))
    assert [day for day, _school in days][:5] == school_week()
    assert [at_school for _day, at_school in days] == [True] * 5 + [False] * 2 + [False] * len(
        days[7:]
    )
    assert figure(made.city.id).enrolled == 75


def test_the_bands_hold_what_happened() -> None:
    made = released(town(), [MONDAY], share=0.9)
    found = figure(made.schools[0].id, 1)
    assert found.enrolled == 30
    assert found.took_low <= 27 <= found.took_high
    assert found.took_high - found.took_low >= 4
    assert found.minutes == 540
    assert found.visits == 30


def test_a_lesson_of_ones_own_school_is_no_platform() -> None:
    made = town()
    pupils = made.pupils[made.schools[0].id, 1]
    came(pupils[:12], MONDAY, lesson=1)
    came(pupils[12:], MONDAY, lesson=77)
    lake_flush()
    days_release()
    sums = SchoolDay.objects.get(day=MONDAY, school_id=made.schools[0].id, grade=1)
    assert (sums.took_part, sums.on_platform) == (30, 12)


def test_being_there_without_a_lesson_is_taking_part() -> None:
    made = town()
    pupils = made.pupils[made.schools[0].id, 1]
    events_write([act(p, MONDAY, Verb.PRESENT, lesson=0) for p in pupils[:11]])
    events_write([act(p, MONDAY, Verb.SIGNED_IN, lesson=0) for p in pupils[11:]])
    days_release()
    sums = SchoolDay.objects.get(day=MONDAY, school_id=made.schools[0].id, grade=1)
    assert (sums.took_part, sums.on_platform, sums.visits) == (11, 0, 19)


def test_who_joins_in_the_middle_of_a_week_changes_nothing_of_it() -> None:
    made = town()
    lived(made, [MONDAY])
    days_release()
    new = seated(made.classes[made.schools[0].id, 1], 3, since=TUESDAY)
    came(new, TUESDAY)
    days_release()
    found = SchoolDay.objects.filter(day=TUESDAY, school_id=made.schools[0].id, grade=1)
    assert not found.exists() or found.get().enrolled == 30


def test_who_leaves_or_moves_still_counts_where_they_sat() -> None:
    made = town()
    lived(made, school_week())
    child = made.pupils[made.schools[0].id, 1][0]
    Membership.objects.filter(person_id=child).update(until=TUESDAY)
    other = made.classes[made.schools[1].id, 1]
    Membership.objects.create(person_id=child, school_class=other, role="pupil", since=TUESDAY)
    days_release()
    for day in school_week():
        sums = SchoolDay.objects.get(day=day, school_id=made.schools[0].id, grade=1)
        assert (sums.enrolled, sums.took_part) == (30, 27)
    following = (
        SchoolDay.objects.get(day=MONDAY + timedelta(days=7), school_id=made.schools[0].id, grade=1)
        if SchoolDay.objects.filter(day=MONDAY + timedelta(days=7)).exists()
        else None
    )
    assert following is None or following.enrolled == 29


def test_a_released_figure_never_moves(lake: Path) -> None:
    made = released(town(), [MONDAY])
    before = list(Figure.objects.order_by("id").values())
    came(made.pupils[made.schools[0].id, 1], MONDAY, minutes=200)
    gone = made.pupils[made.schools[0].id, 1][0]
    Person.objects.filter(id=gone).update(left_on=MONDAY)
    assert cohorts_forget(gone) == 2, "its week and this week"
    days_release()
    assert list(Figure.objects.filter(id__lte=before[-1]["id"]).order_by("id").values()) == before
    assert SchoolDay.objects.get(day=MONDAY, school_id=made.schools[0].id, grade=1).took_part == 29


def test_a_second_run_changes_nothing() -> None:
    released(town(), school_week())
    before = list(Figure.objects.order_by("id").values())
    assert days_release() == []
    assert list(Figure.objects.order_by("id").values()) == before


def test_a_day_that_still_runs_is_not_released() -> None:
    made = released(town(), [MONDAY])
    came(made.everybody, today())
    days_release()
    assert not ReleasedDay.objects.filter(day__gte=today()).exists()


def test_a_day_is_over_half_an_hour_after_midnight() -> None:
    early, late = (
        datetime(2026, 11, 16, 16, 10, tzinfo=UTC),
        datetime(2026, 11, 16, 16, 40, tzinfo=UTC),
    )
    with time_machine.travel(early, tick=False):
        assert finished_until(early).isoformat() == "2026-11-15"
    with time_machine.travel(late, tick=False):
        assert finished_until(late).isoformat() == "2026-11-16"


def test_the_first_freeze_of_a_week_stays() -> None:
    made = released(town(), [MONDAY])
    seated(made.classes[made.schools[0].id, 1], 5)
    days_release()
    assert Cohort.objects.get(week=MONDAY).seats == 75


def test_a_day_summed_again_from_the_same_files_is_the_same(lake: Path) -> None:
    released(town(), school_week())
    columns = ("day", "school_id", "grade", "took_part", "visits", "seconds", "hours")
    before = list(SchoolDay.objects.order_by("day", "school_id", "grade").values_list(*columns))
    SchoolDay.objects.all().delete()
    RolledDay.objects.all().delete()
    days_release()
    after = list(SchoolDay.objects.order_by("day", "school_id", "grade").values_list(*columns))
    assert after == before


def test_few_pupils_show_nothing_and_hide_somebody_beside_them() -> None:
    made = released(town((({1: 4, 2: 30, 3: 40},),)), [MONDAY])
    school = made.schools[0].id
    assert (figure(school, 1).hidden, figure(school, 2).hidden) == ("small", "beside")
    assert figure(school, 1).enrolled is None
    assert figure(school, 3).hidden == ""


def test_sums_of_few_who_took_part_are_hidden() -> None:
    made = town((({1: 30, 2: 30, 3: 30},),))
    school = made.schools[0].id
    came(made.pupils[school, 1][:3], MONDAY)
    came([*made.pupils[school, 2][:25], *made.pupils[school, 3][:25]], MONDAY)
    days_release()
    assert figure(school, 1).minutes is None
    assert figure(school, 1).took_high >= 4
    assert [figure(school, g).minutes for g in (2, 3)].count(None) == 1, "one beside it, not both"


def test_the_hours_of_the_morning_are_counted_for_schools_not_for_grades() -> None:
    made = town()
    came(made.everybody, MONDAY, hour=8)
    days_release()
    hours = figure(made.city.id).hours
    assert hours[2][1] == 75
    assert hours[3] == [0, 4]
    assert figure(made.schools[0].id, 1).hours is None


def test_the_worker_asks_for_yesterday_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tending, "_looked", [])
    tending.screen_due()
    monkeypatch.setattr(tending, "_looked", [])
    tending.screen_due()
    assert Job.objects.filter(name="screen.release").count() == 1


def test_no_roster_no_figures() -> None:
    assert days_release() == []
    assert not Figure.objects.exists()
