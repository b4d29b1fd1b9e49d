"""A county rings its own bells over the city's."""

from datetime import time
from typing import Any

import pytest

from yunke.base.clock import today
from yunke.ground.audit.models import Entry
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.timetable.actions.bells import county_bells_set
from yunke.school.timetable.actions.plan import NotYours
from yunke.school.timetable.door import BellIn, bells_write, day_of_grade
from yunke.school.timetable.models import Bell
from yunke.school.timetable.reads.bells import bell_lines
from yunke.school.timetable.tests.makers import a_day

pytestmark = pytest.mark.django_db
CITY_TIME, OWN_TIME = (time(8), time(8, 40)), (time(8, 31), time(9, 11))


@pytest.fixture
def found() -> Any:
    cast = people.cast()
    cast.more["staff"] = people.staff(cast.county, Role.COUNTY_STAFF)
    bells_write([BellIn(cast.city.id, 1, *CITY_TIME)])
    return cast


def own(found: Any, times: Any, kept: Any = ()) -> None:
    county_bells_set(people.who(found.more["staff"]), found.county.id, {1: times}, kept)


def test_pupils_of_the_county_follow_its_bells(found: Any) -> None:
    a_day(found.city, count=1)
    own(found, OWN_TIME)
    (air,) = day_of_grade(found.city.id, 1, today(), county_id=found.county.id)
    assert (air.starts_at.time(), air.ends_at.time()) == OWN_TIME
    (elsewhere,) = day_of_grade(found.city.id, 1, today())
    assert elsewhere.starts_at.time() != OWN_TIME[0]


def test_the_citys_change_is_noticed_and_kept_or_taken(found: Any) -> None:
    own(found, OWN_TIME)
    assert not bell_lines(found.county.id)[0].changed
    bells_write([BellIn(found.city.id, 1, time(8, 5), time(8, 45))])
    (line,) = bell_lines(found.county.id)
    assert line.changed
    assert line.beneath == CITY_TIME
    own(found, OWN_TIME, {1})
    assert not bell_lines(found.county.id)[0].changed
    own(found, None)
    assert not Bell.objects.filter(org_id=found.county.id).exists()


def test_the_same_again_leaves_one_line(found: Any) -> None:
    for _n in range(3):
        own(found, OWN_TIME)
    own(found, CITY_TIME)
    assert Entry.objects.filter(act="page.overridden").count() == 2


@pytest.mark.parametrize("name", ["city_staff", "admin", "teacher", "pupil"])
def test_nobody_else_rings_them(found: Any, name: str) -> None:
    somebody = getattr(found, name)
    with pytest.raises(NotYours):
        county_bells_set(people.who(somebody), found.county.id, {1: OWN_TIME})
    assert people.signed_in(somebody).get("/county/bells").status_code == 404


def test_the_form_sets_takes_and_refuses(found: Any) -> None:
    client = people.signed_in(found.more["staff"])
    good = {"starts-1": "08:30", "ends-1": "09:10", **people.once()}
    assert client.post("/county/bells", good).status_code == 303
    assert Bell.objects.get(org_id=found.county.id).starts == time(8, 30)
    for starts, ends in (("09:10", "08:30"), ("早上", "09:00"), ("08:30", "")):
        wrong = {"starts-1": starts, "ends-1": ends, **people.once()}
        answer = client.post("/county/bells", wrong)
        assert answer.status_code == 422
        assert starts in answer.content.decode()
    taken = {"starts-1": "08:30", "ends-1": "09:10", "choice-1": "take", **people.once()}
    assert client.post("/county/bells", taken).status_code == 303
    assert not Bell.objects.filter(org_id=found.county.id).exists()


def test_it_reads_in_english_and_when_there_are_none(found: Any) -> None:
    client = people.signed_in(found.more["staff"])
    client.cookies["yunke_language"] = "en"
    assert "Bell times" in client.get("/county/bells").content.decode()
    Bell.objects.all().delete()
    assert "no bell times yet" in client.get("/county/bells").content.decode()
