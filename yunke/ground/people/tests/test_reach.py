"""What an administrator's account may not become: a way to rights that the school has not given."""

from datetime import timedelta

import pytest
from django.test import Client

from yunke.base.clock import today
from yunke.ground.lake.door import Verb, events_of
from yunke.ground.people.actions.second import second_factor_seal
from yunke.ground.people.models import Card, Duty, Guardianship, Membership, Person
from yunke.ground.people.reads.school import school_person, works_elsewhere
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_keys import text_of
from yunke.ground.people.tests.test_second import SECRET
from yunke.ground.people.tests.test_sign_in import by_password, is_in
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db
ACTS = ("password", "second")


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def a_duty(cast: Cast, somebody: Person, org: object, role: Role) -> None:
    since = today() - timedelta(days=3)
    Duty.objects.create(person=somebody, org=org, role=role, since=since)


def sealed(somebody: Person) -> str:
    kept = second_factor_seal(SECRET)
    Person.objects.filter(id=somebody.id).update(totp=kept)
    somebody.refresh_from_db()
    return kept


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("level", ["city", "county", "far_school"])
def test_who_works_above_or_elsewhere_is_not_taken_over_from_a_school(
    cast: Cast, act: str, level: str
) -> None:
    """A teacher of this school who is also the city's: a new password would be the city's key."""
    somebody = cast.teacher
    role = {"city": Role.CITY_STAFF, "county": Role.COUNTY_STAFF}.get(level, Role.REVIEWER)
    a_duty(cast, somebody, getattr(cast, level), role)
    totp, password = sealed(somebody), somebody.password
    path = f"/people/person/{somebody.id}/{act}"
    response = signed_in(cast.admin).post(path, makers.once())
    assert response.status_code == 422
    assert "别的单位" in response.content.decode()
    after = Person.objects.get(id=somebody.id)
    assert (after.totp, after.password, after.left_on) == (totp, password, None)
    assert not Duty.objects.filter(person=somebody, until__isnull=False).exists()


def test_the_page_of_who_works_elsewhere_offers_no_button_that_would_be_refused(
    cast: Cast,
) -> None:
    makers.member(cast.teacher, cast.far, Role.TEACHER, subject="maths")
    page = signed_in(cast.admin).get(f"/people/person/{cast.teacher.id}").content.decode()
    assert "别的单位" in page
    assert not any(f'"/people/person/{cast.teacher.id}/{act}"' in page for act in ACTS)


def test_a_duty_elsewhere_that_is_over_stands_in_nobodys_way(cast: Cast) -> None:
    a_duty(cast, cast.teacher, cast.city, Role.CITY_STAFF)
    assert works_elsewhere(cast.teacher.id, cast.school.id)
    Duty.objects.filter(person=cast.teacher).update(until=today())
    assert not works_elsewhere(cast.teacher.id, cast.school.id)
    path = f"/people/person/{cast.teacher.id}/password"
    assert signed_in(cast.admin).post(path).status_code == 200


def test_two_classes_of_one_school_are_not_elsewhere(cast: Cast) -> None:
    makers.member(cast.teacher, cast.other, Role.TEACHER, subject="maths")
    a_duty(cast, cast.teacher, cast.school, Role.COUNSELLOR)
    assert not works_elsewhere(cast.teacher.id, cast.school.id)


def test_a_guardian_with_a_child_in_each_school_still_gets_a_password_here(cast: Cast) -> None:
    makers.bind(cast.guardian, cast.far_pupil)
    path = f"/people/person/{cast.guardian.id}/password"
    response = signed_in(cast.admin).post(path)
    assert response.status_code == 200
    assert by_password(Client(), cast.guardian.login, response.context["made"]).status_code == 303


@pytest.mark.parametrize("act", ACTS)
def test_an_unwatched_computer_makes_no_key_to_its_owners_account(cast: Cast, act: str) -> None:
    """Without the old password and without a code, one's own are not changed."""
    totp = sealed(cast.admin)
    client = signed_in(cast.admin)
    response = client.post(f"/people/person/{cast.admin.id}/{act}", makers.once())
    assert response.status_code == 422
    after = Person.objects.get(id=cast.admin.id)
    assert (after.totp, after.password, after.left_on) == (totp, cast.admin.password, None)
    assert is_in(client)


def test_ones_own_page_leads_to_the_account(cast: Cast) -> None:
    page = signed_in(cast.admin).get(f"/people/person/{cast.admin.id}").content.decode()
    assert 'href="/account"' in page
    assert not any(f"/people/person/{cast.admin.id}/{act}" in page for act in ACTS)


def test_a_colleague_who_administers_too_may_help(cast: Cast) -> None:
    other = makers.staff(cast.school, Role.SCHOOL_ADMIN, "另一位管理员")
    sealed(cast.admin)
    client = signed_in(other)
    assert client.post(f"/people/person/{cast.admin.id}/second", makers.once()).status_code == 303
    assert Person.objects.get(id=cast.admin.id).totp == ""
    event = events_of(cast.admin.id).rows[0]
    assert (event.verb, event.actor_id) == (Verb.SECOND_FACTOR_REMOVED, other.id)


@pytest.fixture
def both(cast: Cast) -> Cast:
    """The administrator has two schools."""
    a_duty(cast, cast.admin, cast.far_school, Role.SCHOOL_ADMIN)
    return cast


def test_an_administrator_of_two_schools_opens_people_of_both(both: Cast) -> None:
    client = signed_in(both.admin)
    for somebody in (both.pupil, both.far_pupil, both.teacher, both.far_teacher):
        response = client.get(f"/people/person/{somebody.id}")
        assert response.status_code == 200, somebody.name
        assert somebody.name in response.content.decode()


def test_a_leaver_of_the_second_school_is_noted_there(both: Cast) -> None:
    path = f"/people/person/{both.far_pupil.id}/leave"
    assert signed_in(both.admin).post(path, makers.once()).status_code == 303
    assert Person.objects.get(id=both.far_pupil.id).left_on == today()
    event = next(e for e in events_of(both.far_pupil.id).rows if e.verb == "person.left")
    assert event.school_id == both.far_school.id


def test_the_search_stays_in_the_school_that_was_chosen(both: Cast) -> None:
    client = signed_in(both.admin)
    page = client.get("/people", {"school": both.far_school.id, "q": "远方"})
    text = page.content.decode()
    assert "远方老师" in text
    assert f'<option value="{both.far_school.id}" selected' in text
    assert f"school={both.far_school.id}" in page.context["pages_query"]
    own = client.get("/people", {"school": both.school.id, "q": "远方"}).content.decode()
    assert "远方老师" not in own


def test_one_school_needs_no_choice(cast: Cast) -> None:
    assert 'name="school"' not in signed_in(cast.admin).get("/people").content.decode()


def test_a_school_that_is_not_ones_own_cannot_be_chosen(both: Cast) -> None:
    third = makers.org("school", "第三小学", both.county)
    makers.staff(third, Role.SCHOOL_ADMIN, "第三管理员")
    page = signed_in(both.admin).get("/people", {"school": third.id, "q": "第三"})
    assert page.status_code == 404
    assert "第三管理员" not in page.content.decode()


PRINTS = ("cards/print", "pictures/print", "guardians/print")


@pytest.mark.parametrize("path", PRINTS)
@pytest.mark.parametrize(
    ("somebody", "own", "beside", "far"),
    [
        ("head", 200, 404, 404), ("admin", 200, 200, 404), ("teacher", 404, 404, 404),
        ("other_teacher", 404, 404, 404), ("city_staff", 404, 404, 404),
        ("guardian", 404, 404, 404), ("pupil", 404, 404, 404), ("far_head", 404, 404, 200),
        ("far_admin", 404, 404, 200),
    ],
)  # fmt: skip
def test_who_may_print_whose(
    cast: Cast, somebody: str, own: int, beside: int, far: int, path: str
) -> None:
    client = signed_in(getattr(cast, somebody))
    got = tuple(
        client.post(f"/class/{of.id}/{path}", {**makers.once(), "which": "all"}).status_code
        for of in (cast.one, cast.other, cast.far)
    )
    assert got == (own, beside, far)


def test_a_sheet_names_its_own_class_and_nobody_of_another(cast: Cast) -> None:
    words = {**makers.once(), "which": "all"}
    text = text_of(signed_in(cast.admin).post(f"/class/{cast.other.id}/cards/print", words))
    assert cast.other_pupil.name in text
    assert not any(child.name in text for child in [*cast.pupils, cast.far_pupil])
    assert list(Card.objects.values_list("person_id", flat=True)) == [cast.other_pupil.id]


def test_an_administrators_former_school_is_closed_on_the_next_request(both: Cast) -> None:
    client = signed_in(both.admin)
    Duty.objects.filter(person=both.admin, org=both.school).update(until=today())
    assert client.get(f"/people/person/{both.pupil.id}").status_code == 404
    assert client.get(f"/class/{both.one.id}/cards").status_code == 404
    assert client.get(f"/people/person/{both.far_pupil.id}").status_code == 200


def test_a_tie_is_ended_only_through_the_childs_own_class(cast: Cast) -> None:
    tie = Guardianship.objects.get(guardian=cast.far_guardian)
    path = f"/class/{cast.one.id}/ties/{tie.id}/end"
    for somebody in (cast.head, cast.admin, cast.far_head):
        assert signed_in(somebody).post(path, makers.once()).status_code == 404
    tie.refresh_from_db()
    assert tie.until is None


def test_who_moved_away_belongs_to_the_new_school_alone(cast: Cast) -> None:
    Membership.objects.filter(person=cast.pupil).update(until=today())
    makers.member(cast.pupil, cast.far, Role.PUPIL, since=today())
    assert school_person(cast.school.id, cast.pupil.id) is None
    assert signed_in(cast.admin).get(f"/people/person/{cast.pupil.id}").status_code == 404
    assert signed_in(cast.far_admin).get(f"/people/person/{cast.pupil.id}").status_code == 200
    before = Person.objects.get(id=cast.pupil.id).left_on
    path = f"/people/person/{cast.pupil.id}/leave"
    assert signed_in(cast.admin).post(path, makers.once()).status_code == 404
    assert Person.objects.get(id=cast.pupil.id).left_on == before
