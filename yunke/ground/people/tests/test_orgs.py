"""A city opens once, its places and clerks come to be, and each school's first day is counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import today
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.actions.orgs import (
    STEPS,
    city_open,
    clerk_add,
    errand_give,
    org_add,
    setup_check,
    setup_code,
)
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.models import Duty, Errand, Membership, Org, Person, SchoolClass
from yunke.ground.people.reads.firstday import counties_of as counties_at
from yunke.ground.people.reads.firstday import errands_of, school_states
from yunke.ground.people.reads.orgs import counties_of, county_of, org_names, org_tree
from yunke.ground.people.reads.reach import names_of, org_places, schools_reached
from yunke.ground.people.reads.who import org_place
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.ground.people.values import Place, Role

pytestmark = pytest.mark.django_db
OPENING = {"name": "云州市", "name_en": "Yunzhou", "clerk": "王主任", "encoded": "hash"}


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def test_an_empty_server_has_a_code_and_a_city_ends_it() -> None:
    code = setup_code()
    assert len(code) == 10
    assert code == setup_code(), "every process says the same"
    assert setup_check(f" {code[:5].lower()}-{code[5:]}", "n")
    city_open(login="Wang.ZR", **OPENING)
    assert setup_code() == ""
    assert not setup_check(code, "n")
    assert not setup_check("", "n")


def test_guessing_the_servers_code_stops_after_twenty() -> None:
    for _ in range(20):
        assert not setup_check("222222", "somewhere")
    with pytest.raises(TooOften):
        setup_check(setup_code(), "somewhere")
    assert setup_check(setup_code(), "elsewhere")


def test_the_first_clerk_holds_the_city_and_it_is_on_record() -> None:
    person = city_open(login=" Wang.ZR ", **OPENING)
    city = Org.objects.get()
    assert (person.login, city.level, city.name) == ("wang.zr", "city", "云州市")
    assert makers.who(person).roles == {Role.CITY_STAFF}
    assert Entry.objects.get(act="role.changed").object_id == city.id
    assert Event.objects.get().object_id == city.id


def test_a_second_city_is_refused_and_leaves_nothing() -> None:
    city_open(login="first", **OPENING)
    with pytest.raises(Refused):
        city_open(login="second", **OPENING)
    assert (Org.objects.count(), Person.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["", "   ", "\u3000"])
def test_a_place_without_a_name_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        org_add(actor_id=cast.city_staff.id, parent=cast.county, level="school", name=name)
    with pytest.raises(Refused):
        city_open(login="x", **{**OPENING, "name": name})


def test_a_name_is_there_once_under_its_parent(cast: Cast) -> None:
    told = {"actor_id": cast.city_staff.id, "level": "school"}
    with pytest.raises(Refused):
        org_add(parent=cast.county, name=f"  {cast.school.name} ", **told)
    beside = makers.org("county", "河西县", cast.city)
    made = org_add(parent=beside, name=cast.school.name, **told)
    assert org_place(made) == Place(cast.city.id, beside.id, made.id)
    assert Entry.objects.filter(object_kind="org", object_id=made.id).count() == 1
    assert Event.objects.filter(verb="school.added", object_id=made.id).count() == 1


@pytest.mark.parametrize(
    ("login", "name"), [("abc", "x"), ("a b c d", "x"), ("", "x"), ("good.login", " ")]
)
def test_a_clerk_needs_a_login_and_a_name(cast: Cast, login: str, name: str) -> None:
    before = Person.objects.count()
    with pytest.raises(Refused):
        clerk_add(
            actor_id=cast.city_staff.id, org=cast.school, role=Role.SCHOOL_ADMIN, name=name,
            login=login, encoded="h",
        )  # fmt: skip
    assert Person.objects.count() == before


def test_a_clerks_login_is_nobody_elses(cast: Cast) -> None:
    told = {"actor_id": cast.city_staff.id, "role": Role.SCHOOL_ADMIN, "encoded": "h"}
    with pytest.raises(Refused):
        clerk_add(org=cast.school, name="x", login=cast.head.login.upper(), **told)
    made = clerk_add(org=cast.school, name="新管理员", login="New.Clerk", **told)
    assert Duty.objects.get(person=made).org_id == cast.school.id
    assert Entry.objects.get(subject_id=made.id).detail == {"role": "school_admin"}
    assert Event.objects.get(subject_id=made.id).verb == "role.changed"


def test_an_errand_is_handed_on_and_kept_once(cast: Cast) -> None:
    for person in (cast.admin, cast.head):
        errand_give(actor_id=cast.city_staff.id, org=cast.school, step="bells", person=person)
    assert Errand.objects.get().person_id == cast.head.id
    assert (errands_of(cast.head.id), errands_of(cast.admin.id)) == (["bells"], [])
    with pytest.raises(Refused):
        errand_give(actor_id=1, org=cast.school, step="nonsense", person=cast.admin)
    assert Errand.objects.count() == 1


def test_every_step_of_the_first_day_can_be_handed_over(cast: Cast) -> None:
    for step in STEPS:
        errand_give(actor_id=cast.city_staff.id, org=cast.school, step=step, person=cast.admin)
    assert errands_of(cast.admin.id) == list(STEPS)


def state(cast: Cast) -> Any:
    (found,) = school_states(org_place(cast.school))
    return found


def test_a_schools_state_counts_what_it_has(cast: Cast) -> None:
    cards_issue(actor_id=cast.head.id, persons={p.id: p.name for p in cast.pupils[:2]})
    errand_give(actor_id=1, org=cast.school, step="cards", person=cast.admin)
    now = state(cast)
    assert (now.classes, now.pupils, now.teachers, now.heads) == (2, 6, 3, 1)
    assert (now.cards, now.guardians) == (2, 1)
    assert now.clerks == ((cast.admin.id, "校管理员"),)
    assert now.errands == {"cards": "校管理员"}
    assert now.county == cast.county.name


def test_what_is_over_is_not_counted(cast: Cast) -> None:
    SchoolClass.objects.filter(id=cast.other.id).update(ended_on=today())
    Membership.objects.filter(person=cast.head).update(until=today())
    Duty.objects.filter(person=cast.admin).update(until=today())
    now = state(cast)
    assert (now.classes, now.class_ids, now.heads, now.clerks) == (1, (cast.one.id,), 0, ())


def test_a_new_school_has_nothing_yet(cast: Cast) -> None:
    new = makers.org("school", "湖边小学", cast.county)
    (now,) = school_states(org_place(new))
    assert (now.classes, now.pupils, now.teachers, now.cards, now.clerks) == (0, 0, 0, 0, ())


def test_city_county_and_school_see_what_is_theirs(cast: Cast) -> None:
    beside = makers.org("county", "河西县", cast.city)
    west = makers.org("school", "河西小学", beside)
    makers.cast()
    reach = {
        cast.city: {cast.school.id, cast.far_school.id, west.id},
        cast.county: {cast.school.id, cast.far_school.id},
        beside: {west.id},
        cast.school: {cast.school.id},
    }
    for org, seen in reach.items():
        assert {s.id for s in school_states(org_place(org))} == seen
    assert [c.id for c in counties_at(org_place(cast.city))] == [cast.county.id, beside.id]
    assert [c.id for c in counties_at(org_place(beside))] == [beside.id]
    assert counties_of(cast.city.id) == (cast.county.id, beside.id)


def test_a_school_that_left_is_no_line(cast: Cast) -> None:
    Org.objects.filter(id=cast.school.id).update(left_on=today())
    assert school_states(org_place(cast.school)) == []


def test_fifty_schools_cost_what_five_cost(cast: Cast) -> None:
    def cost(schools: int) -> int:
        for number in range(schools):
            school = makers.org("school", f"小学{number}", cast.county)
            makers.pupil(makers.school_class(school))
            makers.staff(school, Role.SCHOOL_ADMIN)
        with CaptureQueriesContext(connection) as made:
            school_states(org_place(cast.city))
        return len(made)

    assert cost(5) == cost(45) <= 9


def test_names_and_places_of_offices(cast: Cast) -> None:
    found = org_names([cast.school.id, cast.city.id, 0, 999_999])
    assert set(found) == {cast.school.id, cast.city.id}
    assert (found[cast.school.id].parent_id, found[cast.city.id].parent_id) == (cast.county.id, 0)
    assert org_names([]) == {}
    orgs = (cast.school, cast.county, cast.city)
    assert [county_of(org.id) for org in orgs] == [cast.county.id, 0, 0]
    assert county_of(0) == 0
    assert [one.id for one in org_tree()] == sorted(Org.objects.values_list("id", flat=True))
    assert org_places([cast.county.id, 999_999]) == {
        cast.county.id: Place(cast.city.id, cast.county.id)
    }


def test_names_of_people_are_told_for_leavers_too(cast: Cast) -> None:
    Person.objects.filter(id=cast.pupil.id).update(left_on=today() - timedelta(days=9))
    found = names_of([cast.pupil.id, 999_999])
    assert {number: one.name for number, one in found.items()} == {cast.pupil.id: cast.pupil.name}


def test_a_right_reaches_a_school_a_county_or_every_school(cast: Cast) -> None:
    county = makers.staff(cast.county, Role.COUNTY_STAFF)
    right = "participation.read"
    assert schools_reached(makers.who(cast.city_staff), right) is None
    both = {cast.school.id, cast.far_school.id}
    assert schools_reached(makers.who(county), right) == both
    assert schools_reached(makers.who(cast.admin), right) == {cast.school.id}
    for nobody in (cast.head, cast.guardian, cast.pupil):
        assert schools_reached(makers.who(nobody), right) == frozenset()


def post(who: Person, path: str, **told: str) -> int:
    return signed_in(who).post(path, {**once(), **told}).status_code


def test_schools_are_tended_by_city_and_county_alone(cast: Cast) -> None:
    county = makers.staff(cast.county, Role.COUNTY_STAFF)
    elsewhere = makers.staff(makers.org("county", "河西县", cast.city), Role.COUNTY_STAFF)
    paths = [f"/schools/{cast.school.id}/{act}" for act in ("clerk", "errand", "leave")]
    for who in (elsewhere, cast.admin, cast.head, cast.guardian, cast.pupil):
        for path in paths:
            assert post(who, path, reason="x", name="某人", login="some.body") == 404
        assert post(who, "/schools/new", name="新校", county=str(cast.county.id)) == 404
    assert post(county, "/schools/new", name="新校", county=str(cast.county.id)) == 303
    assert post(county, "/schools/county", name="新县") == 404
    assert Org.objects.filter(name="新校").count() == 1


def test_a_school_that_left_gets_no_clerk_and_leaves_once(cast: Cast) -> None:
    path = f"/schools/{cast.school.id}"
    assert post(cast.city_staff, f"{path}/leave", reason="") == 422
    assert post(cast.city_staff, f"{path}/leave", reason="并入邻市") == 303
    for act in ("clerk", "leave", "errand"):
        assert post(cast.city_staff, f"{path}/{act}", reason="x", name="人", login="abcd") == 404
    assert not Person.objects.filter(login="abcd").exists()


def test_an_errand_goes_to_the_schools_own_clerk(cast: Cast) -> None:
    path = f"/schools/{cast.school.id}/errand"
    for number in (cast.far_admin.id, cast.head.id, 0):
        assert post(cast.city_staff, path, to=str(number), step="bells") == 422
    assert not Errand.objects.exists()
    assert post(cast.city_staff, path, to=str(cast.admin.id), step="nonsense") == 422
    assert post(cast.city_staff, path, to=str(cast.admin.id), step="bells") == 303


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "学校"), ("en", "School")])
def test_the_schools_page_speaks_both_languages(cast: Cast, language: str, word: str) -> None:
    client = signed_in(cast.city_staff)
    client.cookies["yunke_language"] = language
    page = client.get("/schools").content.decode()
    assert word in page
    assert cast.school.name in page or cast.school.name_en in page
