"""Who somebody is today: every grant, class and child, and nothing of yesterday or tomorrow."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from yunke.base.clock import today
from yunke.ground.people.door import (
    city_id,
    class_by_id,
    class_pupils,
    places_of,
    school_classes,
    who_of,
)
from yunke.ground.people.models import Duty, Guardianship, Membership, Person, SchoolClass
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, sign_in, who
from yunke.ground.people.values import Grant, Kind, Place, Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return makers.cast(grade=2)


def place_of_class(cast: Cast, person: Person) -> Place:
    return Place(cast.city.id, cast.county.id, cast.school.id, 2, cast.one.id, person.id)


def test_a_pupil_holds_one_grant_in_its_class(cast: Cast) -> None:
    found = who(cast.pupil)
    assert found.grants == (Grant(Role.PUPIL, place_of_class(cast, cast.pupil)),)
    assert [of.id for of in found.classes] == [cast.one.id]
    assert (found.kind, found.grade, found.is_pupil, found.is_small) == (Kind.PUPIL, 2, True, True)
    assert found.children == ()


def test_a_pupil_of_grade_three_is_not_small() -> None:
    of = makers.school_class(makers.org("school", "校"), grade=3)
    assert not who(makers.pupil(of)).is_small


def test_a_teacher_holds_a_grant_per_class_and_subject(cast: Cast) -> None:
    makers.member(cast.teacher, cast.one, Role.TEACHER, subject="music")
    makers.member(cast.teacher, cast.other, Role.TEACHER, subject="chinese")
    found = who(cast.teacher)
    held = {(grant.place.class_id, grant.subject) for grant in found.grants}
    assert held == {
        (cast.one.id, "chinese"), (cast.one.id, "music"), (cast.other.id, "chinese"),
    }  # fmt: skip
    assert [of.id for of in found.classes] == sorted(
        [cast.one.id, cast.other.id], key=lambda i: SchoolClass.objects.get(id=i).number
    )
    assert not found.is_small


def test_a_guardian_holds_a_grant_per_child_in_the_childs_class(cast: Cast) -> None:
    makers.bind(cast.guardian, cast.far_pupil)
    found = who(cast.guardian)
    assert [child.id for child in found.children] == [cast.pupil.id, cast.far_pupil.id]
    assert {grant.place.school for grant in found.grants} == {cast.school.id, cast.far_school.id}
    assert {grant.place.person for grant in found.grants} == {cast.pupil.id, cast.far_pupil.id}


def test_a_guardian_of_nobody_holds_only_what_is_their_own() -> None:
    found = who(makers.person(Kind.GUARDIAN))
    assert found.grants == (Grant(Role.GUARDIAN, Place()),)
    assert found.children == ()


def test_a_teacher_who_is_a_mother_is_both(cast: Cast) -> None:
    makers.bind(cast.teacher, cast.far_pupil)
    found = who(cast.teacher)
    assert found.roles == {Role.TEACHER, Role.GUARDIAN}
    assert [child.id for child in found.children] == [cast.far_pupil.id]


@pytest.mark.parametrize(
    ("level", "expected"),
    [("city", (1, 0, 0)), ("county", (1, 1, 0)), ("school", (1, 1, 1))],
)
def test_a_duty_reaches_from_its_org(
    cast: Cast, level: str, expected: tuple[int, int, int]
) -> None:
    somebody = makers.staff(getattr(cast, level), Role.CITY_STAFF)
    place = who(somebody).grants[0].place
    assert (bool(place.city), bool(place.county), bool(place.school)) == tuple(
        bool(part) for part in expected
    )
    assert place.city == cast.city.id
    assert place.person == somebody.id


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (-DAY, None, True), (timedelta(0), None, True), (DAY, None, False),
        (-DAY, DAY, True), (-2 * DAY, timedelta(0), False), (-3 * DAY, -DAY, False),
    ],
)  # fmt: skip
def test_a_tie_holds_from_its_first_day_to_the_day_before_its_last(
    cast: Cast, since: timedelta, until: timedelta | None, held: bool
) -> None:
    end = None if until is None else today() + until
    dates = {"since": today() + since, "until": end}
    for model, owner in (
        (Membership, {"person": cast.pupil}),
        (Duty, {"person": cast.admin}),
        (Guardianship, {"guardian": cast.guardian}),
    ):
        model.objects.filter(**owner).update(**dates)
    assert bool(who(cast.pupil).grants) is held
    assert bool(who(cast.admin).grants) is held
    assert bool(who(cast.guardian).children) is held


def test_a_class_that_ended_is_nobodys_any_more(cast: Cast) -> None:
    SchoolClass.objects.filter(id=cast.one.id).update(ended_on=today())
    assert who(cast.pupil).grants == ()
    assert who(cast.teacher).classes == ()


def test_a_guardian_sees_no_child_who_left(cast: Cast) -> None:
    Person.objects.filter(id=cast.pupil.id).update(left_on=today())
    assert who(cast.guardian).children == ()


def test_a_leaver_of_tomorrow_is_still_in(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.pupil)
    token = client.cookies[settings.SESSION_COOKIE_NAME].value
    Person.objects.filter(id=cast.pupil.id).update(left_on=today() + DAY)
    assert who_of(token)
    Person.objects.filter(id=cast.pupil.id).update(left_on=today())
    assert who_of(token) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "\x00", "' OR '1'='1"])
def test_a_token_that_is_none_is_nobody(token: str) -> None:
    assert who_of(token) is None


def test_a_hash_is_not_a_token(cast: Cast) -> None:
    session = sign_in(Client(), cast.pupil)
    assert who_of(session) is None


@pytest.mark.parametrize(
    ("somebody", "most"), [("pupil", 2), ("teacher", 5), ("admin", 5), ("guardian", 4)]
)
def test_knowing_who_costs_few_queries(
    cast: Cast, somebody: str, most: int, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    sign_in(client, getattr(cast, somebody))
    token = client.cookies[settings.SESSION_COOKIE_NAME].value
    with django_assert_max_num_queries(most):
        assert who_of(token)


def test_ten_children_cost_what_one_costs(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for child in cast.pupils[1:]:
        makers.bind(cast.guardian, child)
    with django_assert_max_num_queries(2):
        assert len(who(cast.guardian).children) == 5


def test_the_places_of_many_pupils_are_one_query(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    ids = [child.id for child in cast.pupils] + [cast.far_pupil.id, 999_999]
    with django_assert_num_queries(1):
        places = places_of(ids)
    assert places[cast.pupil.id] == place_of_class(cast, cast.pupil)
    assert places[cast.far_pupil.id].school == cast.far_school.id
    assert places[999_999] == Place(person=999_999)


def test_a_classs_pupils_are_those_of_today_by_name(cast: Cast) -> None:
    makers.member(makers.person(Kind.PUPIL, "明天来"), cast.one, Role.PUPIL, since=today() + DAY)
    makers.pupil(cast.one, "走了", left_on=today())
    names = [pupil.name for pupil in class_pupils(cast.one.id)]
    assert names == [f"学生0{n}" for n in range(1, 6)]
    assert class_pupils(999_999) == ()


def test_a_class_has_its_names_and_its_school(cast: Cast) -> None:
    found = class_by_id(cast.one.id)
    assert found
    assert (found.school, found.grade, found.code) == (cast.school.name, 2, cast.one.code)
    assert found.name_en.startswith("Grade 2")
    assert class_by_id(999_999) is None


def test_a_schools_classes_go_by_grade_and_number(cast: Cast) -> None:
    older = makers.school_class(cast.school, grade=6, number=1)
    ended = makers.school_class(cast.school, grade=1)
    SchoolClass.objects.filter(id=ended.id).update(ended_on=today())
    ids = [of.id for of in school_classes(cast.school.id)]
    assert ids[-1] == older.id
    assert ended.id not in ids
    assert cast.far.id not in ids


def test_the_one_city_of_a_site(cast: Cast) -> None:
    assert city_id() == cast.city.id
