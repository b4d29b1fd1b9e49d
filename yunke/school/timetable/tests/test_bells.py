"""Each place rings its own bells over those above it, and notices when those change."""

from datetime import time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.clock import today
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.timetable.actions.bells import bells_set
from yunke.school.timetable.actions.plan import NotYours
from yunke.school.timetable.door import BellIn, bells_write, day_of_grade
from yunke.school.timetable.models import Bell
from yunke.school.timetable.reads.bells import bell_lines
from yunke.school.timetable.rules import bells_laid, bells_meeting
from yunke.school.timetable.tests.makers import a_day
from yunke.school.timetable.values import BellLine
from yunke.school.timetable.views.bells import clock

CITY_TIME, OWN_TIME = (time(8), time(8, 40)), (time(8, 31), time(9, 11))
SCHOOL_TIME = (time(9), time(9, 35))
LAY = {
    "morning": "4", "from": "08:20", "afternoon": "2", "from_after": "14:00", "minutes": "40",
    "gap": "10",
}  # fmt: skip


@pytest.fixture
def found(db: Any) -> Any:
    cast = people.cast()
    cast.more["staff"] = people.staff(cast.county, Role.COUNTY_STAFF)
    bells_write([BellIn(cast.city.id, 1, *CITY_TIME)])
    return cast


def place(found: Any) -> Any:
    return people.who(found.more["staff"]).grants[0].place


def at_school(found: Any) -> Any:
    return people.who(found.admin).grants[0].place


def own(found: Any, times: Any, kept: Any = ()) -> list[int]:
    return bells_set(people.who(found.more["staff"]), place(found), {1: times}, kept)


def test_pupils_of_the_county_follow_its_bells(found: Any) -> None:
    a_day(found.city, count=1)
    assert own(found, OWN_TIME) == [1]
    (air,) = day_of_grade(found.city.id, 1, today(), county_id=found.county.id)
    assert (air.starts_at.time(), air.ends_at.time()) == OWN_TIME
    (elsewhere,) = day_of_grade(found.city.id, 1, today())
    assert elsewhere.starts_at.time() != OWN_TIME[0]


def test_a_change_above_is_noticed_and_kept_or_taken(found: Any) -> None:
    own(found, OWN_TIME)
    assert not bell_lines(place(found))[0].changed
    bells_write([BellIn(found.city.id, 1, time(8, 5), time(8, 45))])
    (line,) = bell_lines(place(found))
    assert line.changed
    assert line.beneath == CITY_TIME
    page = people.signed_in(found.more["staff"]).get("/bells").content.decode()
    assert "上面改过了" in page
    assert "08:00 – 08:40" in page
    own(found, OWN_TIME, {1})
    assert not bell_lines(place(found))[0].changed
    own(found, None)
    assert not Bell.objects.filter(org_id=found.county.id).exists()


def test_a_school_lies_over_its_county_and_hears_of_its_change(found: Any) -> None:
    own(found, OWN_TIME)
    admin = people.who(found.admin)
    bells_set(admin, at_school(found), {1: SCHOOL_TIME})
    assert bell_lines(at_school(found)) == (BellLine(1, OWN_TIME, SCHOOL_TIME, OWN_TIME),)
    own(found, (time(8, 20), time(9)))
    assert bell_lines(at_school(found))[0].changed
    own(found, None)
    (line,) = bell_lines(at_school(found))
    assert (line.above, line.own) == (CITY_TIME, SCHOOL_TIME)


def test_the_city_has_nothing_above_it(found: Any) -> None:
    above = people.who(found.city_staff).grants[0].place
    assert bell_lines(above) == (BellLine(1, None, CITY_TIME),)
    assert bells_set(people.who(found.city_staff), above, {1: None}) == [1]
    assert bell_lines(above) == ()


def test_what_is_above_is_no_bell_of_ones_own(found: Any) -> None:
    assert own(found, CITY_TIME) == []
    assert not Bell.objects.filter(org_id=found.county.id).exists()


def test_the_same_again_leaves_one_line(found: Any) -> None:
    before = Event.objects.filter(verb="week.set").count()
    for _n in range(3):
        own(found, OWN_TIME)
    own(found, CITY_TIME)
    lines = Entry.objects.filter(act="calendar.shifted", object_kind="bell")
    assert [line.object_id for line in lines] == [found.county.id] * 2
    assert Event.objects.filter(verb="week.set").count() == before + 2


@pytest.mark.parametrize("name", ["admin", "far_admin", "teacher", "head", "pupil", "guardian"])
def test_nobody_else_rings_them(found: Any, name: str) -> None:
    somebody = getattr(found, name)
    with pytest.raises(NotYours):
        bells_set(people.who(somebody), place(found), {1: OWN_TIME})
    client = people.signed_in(somebody)
    told = {"org": found.county.id, "starts-1": "08:30", "ends-1": "09:10", **people.once()}
    assert client.get(f"/bells?org={found.county.id}").status_code == 404
    assert client.post("/bells", told).status_code == 404
    assert not Bell.objects.filter(org_id=found.county.id).exists()


@pytest.mark.parametrize(("name", "org"), [("city_staff", "city"), ("admin", "school")])
def test_each_office_writes_its_own(found: Any, name: str, org: str) -> None:
    client = people.signed_in(getattr(found, name))
    told = {"starts-3": "10:00", "ends-3": "10:40", **people.once()}
    answer = client.post("/bells", told)
    org_id = getattr(found, org).id
    assert (answer.status_code, answer["Location"]) == (303, f"/bells?org={org_id}")
    assert Bell.objects.get(period=3).org_id == org_id
    assert client.get(answer["Location"]).status_code == 200


def test_the_form_sets_takes_and_refuses(found: Any) -> None:
    client = people.signed_in(found.more["staff"])
    good = {"starts-1": "08:30", "ends-1": "09:10", **people.once()}
    assert client.post("/bells", good).status_code == 303
    assert Bell.objects.get(org_id=found.county.id).starts == time(8, 30)
    for starts, ends in (("09:10", "08:30"), ("早上", "09:00"), ("08:30", "")):
        wrong = {"starts-1": starts, "ends-1": ends, **people.once()}
        answer = client.post("/bells", wrong)
        assert answer.status_code == 422
        assert starts in answer.content.decode()
    taken = {"starts-1": "08:30", "ends-1": "09:10", "choice-1": "take", **people.once()}
    assert client.post("/bells", taken).status_code == 303
    assert not Bell.objects.filter(org_id=found.county.id).exists()


def test_periods_that_overlap_those_above_are_refused(found: Any) -> None:
    answer = people.signed_in(found.more["staff"]).post(
        "/bells", {"starts-2": "08:30", "ends-2": "09:10", **people.once()}
    )
    assert (answer.status_code, answer.context["wrong"]) == (422, [2])
    assert not Bell.objects.filter(org_id=found.county.id).exists()


def test_a_day_laid_at_once_is_shown_and_written_only_when_saved(found: Any) -> None:
    client = people.signed_in(found.city_staff)
    seen = client.get("/bells", LAY)
    rows = {f"starts-{r['line'].period}": r["starts"] for r in seen.context["rows"]}
    assert list(rows.values()) == ["08:20", "09:10", "10:00", "10:50", "14:00", "14:50", ""]
    assert Bell.objects.count() == 1, "looking writes nothing"
    ends = {f"ends-{r['line'].period}": r["ends"] for r in seen.context["rows"]}
    assert client.post("/bells", {**rows, **ends, **people.once()}).status_code == 303
    assert Bell.objects.filter(org_id=found.city.id).count() == 6


@pytest.mark.parametrize(
    "wrong",
    [{"morning": "0"}, {"morning": "x"}, {"afternoon": "7"}, {"minutes": "5"}, {"gap": "99"},
     {"from": "25:99"}, {"from_after": "09:00"}, {"from_after": "23:00"}],
)  # fmt: skip
def test_a_day_that_cannot_ring_is_refused_with_its_numbers(
    found: Any, wrong: dict[str, str]
) -> None:
    answer = people.signed_in(found.city_staff).get("/bells", {**LAY, **wrong})
    assert answer.status_code == 422
    assert answer.context["lay"] == {**LAY, **wrong}
    assert "08:00" in answer.content.decode(), "the bells of today are still there"


@pytest.mark.parametrize(
    ("language", "word"), [("zh-hans", "全市按这些时间上课"), ("en", "The whole city follows")]
)
def test_it_reads_in_both_languages_and_when_there_are_none(
    found: Any, language: str, word: str
) -> None:
    Bell.objects.all().delete()
    client = people.signed_in(found.city_staff)
    client.cookies["yunke_language"] = language
    answer = client.get("/bells")
    assert word in answer.content.decode()
    assert [row["line"].period for row in answer.context["rows"]] == [1]


def test_the_page_costs_the_same_for_one_period_and_twelve(
    found: Any, django_assert_max_num_queries: Any
) -> None:
    at = place(found)
    with django_assert_max_num_queries(1):
        bell_lines(at)
    for period in range(2, 13):
        bells_write([BellIn(found.city.id, period, time(7 + period), time(7 + period, 40))])
    with django_assert_max_num_queries(1):
        assert len(bell_lines(at)) == 12


@given(
    st.integers(1, 6), st.integers(0, 6), st.integers(10, 90), st.integers(0, 60),
    st.times(), st.times(),
)  # fmt: skip
def test_bells_laid_at_once_follow_each_other_within_the_day(
    morning: int, afternoon: int, minutes: int, gap: int, first: time, second: time
) -> None:
    laid = bells_laid([(first, morning), (second, afternoon)], minutes, gap)
    assert list(laid) in ([], list(range(1, morning + afternoon + 1)))
    assert bells_meeting(laid) == []
    for begins, ends in laid.values():
        length = timedelta(hours=ends.hour - begins.hour, minutes=ends.minute - begins.minute)
        assert length == timedelta(minutes=minutes)
    for one, later in pairwise(laid.values()):
        assert one[1] <= later[0]


@pytest.mark.parametrize(
    ("bells", "meeting"),
    [
        ({}, []),
        ({1: CITY_TIME}, []),
        ({1: CITY_TIME, 2: (time(8, 40), time(9))}, []),
        ({1: CITY_TIME, 2: (time(8, 39), time(9))}, [2]),
        ({2: CITY_TIME, 1: OWN_TIME}, [2]),
    ],
)
def test_periods_meet_when_one_begins_before_the_other_ends(bells: Any, meeting: Any) -> None:
    assert bells_meeting(bells) == meeting


@pytest.mark.parametrize(
    ("text", "read"),
    [("08:30", time(8, 30)), ("08：30", time(8, 30)), ("08:30:15", time(8, 30, 15)), ("", None),
     ("8点", None), ("24:00", None), ("08:30:15.5", None)],
)  # fmt: skip
def test_a_clock_is_read_or_is_none(text: str, read: time | None) -> None:
    assert clock(text) == read
