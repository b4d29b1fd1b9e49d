"""Terms, holidays and make-up days: who says what for whom, and no lesson outside of them."""

from datetime import timedelta

import pytest
from django.conf import settings

from yunke.base.clock import monday, today
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.people.door import Place, Role
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.school.timetable.actions.terms import day_off_set, term_set
from yunke.school.timetable.models import DayOff, Term
from yunke.school.timetable.reads.air import air_of_day, day_of_grade, forget, term_of
from yunke.school.timetable.reads.terms import calendar_of, week_number, weeks_at
from yunke.school.timetable.tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = people.cast(pupils_in_class=1)
    made.more["county_staff"] = people.staff(made.county, Role.COUNTY_STAFF, "县教研员")
    return made


def places(cast: Cast) -> dict[str, Place]:
    city, county = cast.city.id, cast.county.id
    return {
        "city": Place(city=city),
        "county": Place(city=city, county=county),
        "school": Place(city=city, county=county, school=cast.school.id),
    }


def a_term(cast: Cast) -> Term:
    return makers.term(cast.city)


def on_air(cast: Cast, *, school: bool = False) -> int:
    forget()
    place = {"county_id": cast.county.id, "school_id": cast.school.id} if school else {}
    return len(day_of_grade(cast.city.id, 1, today(), **place))


def test_without_a_term_the_broadcasts_are_on(cast: Cast) -> None:
    makers.a_day(cast.city, grade=1, count=2)
    assert on_air(cast) == 2


def test_outside_a_term_there_is_no_lesson(cast: Cast) -> None:
    makers.a_day(cast.city, grade=1, count=2)
    term = a_term(cast)
    assert on_air(cast) == 2
    Term.objects.filter(id=term.id).update(last_day=today() - timedelta(days=1))
    assert on_air(cast) == 0
    assert air_of_day(cast.city.id, today()) == ()
    assert term_of(cast.city.id, today()) is None


def test_a_holiday_is_free_for_who_said_so_and_below(cast: Cast) -> None:
    makers.a_day(cast.city, grade=1, count=2)
    a_term(cast)
    day_off_set(
        actor_id=cast.admin.id, place=places(cast)["school"], first=today(), last=today(),
        name="运动会", taught_as=None,
    )  # fmt: skip
    assert (on_air(cast), on_air(cast, school=True)) == (2, 0)
    day_off_set(
        actor_id=cast.city_staff.id, place=places(cast)["city"], first=today(), last=today(),
        name="台风停课", taught_as=None,
    )  # fmt: skip
    assert (on_air(cast), on_air(cast, school=True)) == (0, 0)


def test_a_school_teaches_on_the_citys_holiday(cast: Cast) -> None:
    makers.a_day(cast.city, grade=1, count=2)
    a_term(cast)
    for place, taught in (("city", None), ("school", today().weekday())):
        day_off_set(
            actor_id=1, place=places(cast)[place], first=today(), last=today(), name="x",
            taught_as=taught,
        )  # fmt: skip
    assert (on_air(cast), on_air(cast, school=True)) == (0, 2)


def test_a_county_has_its_own_dates_and_gives_them_back(cast: Cast) -> None:
    base = a_term(cast)
    place, staff = places(cast)["county"], cast.more["county_staff"]
    term_set(
        actor_id=staff.id, place=place, first=today() + timedelta(days=3),
        last=today() + timedelta(days=50), base_id=base.id,
    )  # fmt: skip
    forget()
    county = calendar_of(cast.city.id, cast.county.id)
    assert (county.taught(today()), county.terms[0].moved) == (False, True)
    assert calendar_of(cast.city.id).taught(today()), "the city's own stays"
    assert not calendar_of(cast.city.id, cast.county.id, cast.school.id).taught(today())
    client = signed_in(staff)
    assert client.post(f"/terms/{county.terms[0].own}/drop", once()).status_code == 303
    forget()
    assert calendar_of(cast.city.id, cast.county.id).taught(today())
    assert Entry.objects.filter(act="calendar.shifted").count() == 2


def test_a_school_lies_over_its_county(cast: Cast) -> None:
    base = a_term(cast)
    for name, days in (("county", 3), ("school", 1)):
        term_set(
            actor_id=1, place=places(cast)[name], first=today() + timedelta(days=days),
            last=today() + timedelta(days=40), base_id=base.id,
        )  # fmt: skip
    forget()
    school = calendar_of(cast.city.id, cast.county.id, cast.school.id)
    assert school.terms[0].first == today() + timedelta(days=1)
    assert len(school.terms) == 1, "an own row is no second term"


@pytest.mark.parametrize(("first", "last", "name"), [(0, -1, "x"), (0, 500, "x"), (0, 90, " ")])
def test_dates_that_make_no_term_are_refused(cast: Cast, first: int, last: int, name: str) -> None:
    with pytest.raises(Refused):
        term_set(
            actor_id=1, place=places(cast)["city"], first=today() + timedelta(days=first),
            last=today() + timedelta(days=last), name=name,
        )  # fmt: skip
    assert not Term.objects.exists()


def test_terms_do_not_meet_and_need_the_citys_first(cast: Cast) -> None:
    base = a_term(cast)
    with pytest.raises(Refused):
        term_set(
            actor_id=1, place=places(cast)["city"], first=today(),
            last=today() + timedelta(days=90), name="又一个",
        )  # fmt: skip
    with pytest.raises(Refused):
        term_set(
            actor_id=1, place=places(cast)["county"], first=today(),
            last=today() + timedelta(days=9), base_id=base.id + 99,
        )  # fmt: skip
    same = term_set(
        actor_id=1, place=places(cast)["city"], first=base.first_day, last=base.last_day,
        name="改了名字", base_id=base.id,
    )  # fmt: skip
    assert same == base.id


@pytest.mark.parametrize(
    ("days", "name", "taught"), [(-1, "x", None), (90, "x", None), (0, "", None), (1, "x", 0)]
)
def test_days_off_that_make_no_sense(cast: Cast, days: int, name: str, taught: int | None) -> None:
    with pytest.raises(Refused):
        day_off_set(
            actor_id=1, place=places(cast)["city"], first=today(),
            last=today() + timedelta(days=days), name=name, taught_as=taught,
        )  # fmt: skip
    assert not DayOff.objects.exists()


def test_a_make_up_day_follows_the_slots_of_another_weekday(cast: Cast) -> None:
    term = a_term(cast)
    saturday = monday(today()) + timedelta(days=5)
    makers.slot(term, cast.one.id, weekday=2, period=3, subject="art")
    client = signed_in(cast.pupil)
    page = client.get("/week").content.decode()
    assert page.count("李老师") == 1
    day_off_set(
        actor_id=1, place=places(cast)["school"], first=saturday, last=saturday, name="补课",
        taught_as=2,
    )  # fmt: skip
    forget()
    assert client.get("/week").content.decode().count("李老师") == 2


def test_the_week_names_the_holiday(cast: Cast) -> None:
    a_term(cast)
    makers.a_week(cast.city, grade=1)
    first = monday(today())
    day_off_set(
        actor_id=1, place=places(cast)["city"], first=first, last=first, name="秋游",
        taught_as=None,
    )  # fmt: skip
    forget()
    assert "秋游" in signed_in(cast.pupil).get("/week?grade=1").content.decode()


def test_weeks_are_counted_at_the_place(cast: Cast) -> None:
    a_term(cast)
    calendar = calendar_of(cast.city.id)
    weeks = weeks_at(calendar, calendar.terms[0], [])
    assert week_number(weeks, today()) == (today() - weeks[0].monday).days // 7 + 1
    assert week_number(weeks, today() - timedelta(days=900)) == 0


def test_the_page_for_city_county_and_school(cast: Cast) -> None:
    a_term(cast)
    for who in (cast.city_staff, cast.more["county_staff"], cast.admin):
        page = signed_in(who).get("/terms")
        assert page.status_code == 200
        assert "第一学期" in page.content.decode()
    for who in (cast.teacher, cast.pupil, cast.guardian):
        assert signed_in(who).get("/terms").status_code == 404


def test_by_page_a_term_a_holiday_and_back(cast: Cast) -> None:
    client = signed_in(cast.city_staff)
    told = {"name": "春季", "name_en": "Spring", "first": "2027-02-22", "last": "2027-07-02"}
    assert client.post("/terms/save", {**once(), **told}).status_code == 303
    off = {"name": "五一", "first": "2027-05-01", "last": "2027-05-05"}
    assert client.post("/terms/off", {**once(), **off}).status_code == 303
    row = DayOff.objects.get()
    page = client.get("/terms").content.decode()
    assert "五一" in page
    assert "春季" in page
    assert signed_in(cast.admin).post(f"/terms/off/{row.id}/drop", once()).status_code == 404
    assert client.post(f"/terms/off/{row.id}/drop", once()).status_code == 303
    wrong = {**told, "first": "soon"}
    assert client.post("/terms/save", {**once(), **wrong}).status_code == 422


def test_nobody_speaks_for_another_office(cast: Cast) -> None:
    told = {"name": "x", "first": "2027-02-22", "last": "2027-07-02", "org": cast.city.id}
    for who in (cast.admin, cast.more["county_staff"]):
        assert signed_in(who).post("/terms/save", {**once(), **told}).status_code == 404
    assert not Term.objects.exists()


def test_a_trial_city_has_its_own_year(cast: Cast) -> None:
    a_term(cast)
    there = people.cast(pupils_in_class=1)
    assert "<h2>第一学期" in signed_in(cast.city_staff).get("/terms").content.decode()
    assert "<h2>第一学期" not in signed_in(there.city_staff).get("/terms").content.decode()


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "学期与假期"), ("en", "holidays")])
def test_the_page_speaks_both_languages(cast: Cast, language: str, word: str) -> None:
    client = signed_in(cast.city_staff)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert word in client.get("/terms").content.decode()
    assert Person.objects.exists()
