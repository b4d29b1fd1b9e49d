"""A school's people: found, let go, given a new password; never those of another school."""

from datetime import timedelta

import pytest
from django.test import Client

from yunke.base.clock import today
from yunke.ground.lake.door import events_of
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.models import Card, Membership, Person
from yunke.ground.people.reads.school import school_class_lines, school_people, school_person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_sign_in import by_password, is_in
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def names(cast: Cast, **how: object) -> set[str]:
    return {line.name for line in school_people(cast.school.id, **how).rows}


def test_a_schools_classes_with_size_and_head_teacher(cast: Cast) -> None:
    lines = {line.id: line for line in school_class_lines(cast.school.id)}
    assert set(lines) == {cast.one.id, cast.other.id}
    assert (lines[cast.one.id].pupils, lines[cast.one.id].head) == (5, "班主任")
    assert (lines[cast.other.id].pupils, lines[cast.other.id].head) == (1, "")


def test_a_school_finds_its_pupils_staff_and_guardians_and_nobody_elses(cast: Cast) -> None:
    found = names(cast)
    assert {cast.pupil.name, "班主任", "任课老师", "校管理员", "家长", "隔壁"} <= found
    assert not {"远方", "远方老师", "远方家长", "远方管理员", "市教研员"} & found


def test_search_is_by_name_and_login_and_kind(cast: Cast) -> None:
    assert names(cast, search="任课") == {"任课老师"}
    assert names(cast, search=cast.head.login) == {"班主任"}
    assert names(cast, kind="guardian") == {"家长"}
    assert names(cast, search="学生 01") == {"学生01"}
    assert names(cast, search="100%_") == set()
    assert names(cast, kind="nonsense") == names(cast)


def test_a_long_school_is_paged(cast: Cast) -> None:
    makers.pupils(cast.one, 40)
    first = school_people(cast.school.id, kind="pupil")
    second = school_people(cast.school.id, kind="pupil", page=2)
    assert (len(first.rows), first.more) == (30, True)
    assert (len(second.rows), second.more) == (16, False)
    assert not {p.id for p in first.rows} & {p.id for p in second.rows}


def test_who_moved_to_another_school_belongs_to_that_one(cast: Cast) -> None:
    Membership.objects.filter(person=cast.pupil).update(until=today())
    makers.member(cast.pupil, cast.far, Role.PUPIL, since=today() - timedelta(days=1))
    assert school_person(cast.school.id, cast.pupil.id) is None
    assert school_person(cast.far_school.id, cast.pupil.id)
    path = f"/people/person/{cast.pupil.id}/leave"
    assert signed_in(cast.admin).post(path, makers.once()).status_code == 404


def test_who_leaves_is_out_at_once_with_card_and_devices(cast: Cast) -> None:
    token = cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})[cast.pupil.id]
    tablet = signed_in(cast.pupil)
    path = f"/people/person/{cast.pupil.id}/leave"
    response = signed_in(cast.admin).post(path, makers.once())
    assert response["Location"] == f"/people/class/{cast.one.id}"
    assert not is_in(tablet)
    assert Client().post("/card", {"token": token}).status_code == 422
    assert by_password(Client(), cast.pupil.login).status_code == 422
    assert not Card.objects.filter(revoked_at=None).exists()
    assert makers.who(cast.guardian).children == ()
    assert events_of(cast.pupil.id).rows[0].verb == "person.left"
    assert Person.objects.filter(id=cast.pupil.id).exists(), "rows stay"


def test_who_left_is_still_found_and_marked(cast: Cast) -> None:
    admin = signed_in(cast.admin)
    admin.post(f"/people/person/{cast.pupil.id}/leave", makers.once())
    assert cast.pupil.name in names(cast)
    page = admin.get(f"/people/person/{cast.pupil.id}").content.decode()
    assert "已离校" in page
    assert admin.post(f"/people/person/{cast.pupil.id}/password").status_code == 422


def test_leaving_twice_is_leaving_once(cast: Cast) -> None:
    admin, key = signed_in(cast.admin), makers.once()
    path = f"/people/person/{cast.pupil.id}/leave"
    first, second = admin.post(path, key), admin.post(path, key)
    assert (first.status_code, second.status_code) == (303, 303)
    left = [e for e in events_of(cast.pupil.id).rows if e.verb == "person.left"]
    assert len(left) == 1


def test_guardians_and_oneself_do_not_leave_here(cast: Cast) -> None:
    admin = signed_in(cast.admin)
    for somebody in (cast.guardian, cast.admin):
        path = f"/people/person/{somebody.id}/leave"
        assert admin.post(path, makers.once()).status_code == 422
        assert Person.objects.get(id=somebody.id).left_on is None


def test_a_new_password_is_shown_once_and_signs_everything_out(cast: Cast) -> None:
    tablet, admin = signed_in(cast.teacher), signed_in(cast.admin)
    response = admin.post(f"/people/person/{cast.teacher.id}/password")
    made = response.context["made"]
    assert made in response.content.decode()
    assert made not in admin.get(f"/people/person/{cast.teacher.id}").content.decode()
    assert not is_in(tablet)
    client = Client()
    assert by_password(client, cast.teacher.login, made).status_code == 303
    assert by_password(Client(), cast.teacher.login).status_code == 422
    assert made not in str(Person.objects.values().get(id=cast.teacher.id))


def test_a_staff_member_who_is_a_guardian_here_is_not_reset_from_here(cast: Cast) -> None:
    makers.bind(cast.far_teacher, cast.pupil)
    path = f"/people/person/{cast.far_teacher.id}/password"
    assert signed_in(cast.admin).post(path).status_code == 404


def test_the_school_may_be_chosen_only_among_ones_own(cast: Cast) -> None:
    client = signed_in(cast.admin)
    assert cast.school.name in client.get(f"/people?school={cast.school.id}").content.decode()
    for path in ("/people", "/people/changes", "/people/moves", "/people/unused"):
        assert client.get(path).status_code == 200
        for school in (cast.far_school.id, 9_000_000_001, "x"):
            assert client.get(f"{path}?school={school}").status_code == 404


def test_a_class_page_lists_its_pupils_and_teachers(cast: Cast) -> None:
    page = signed_in(cast.admin).get(f"/people/class/{cast.one.id}").content.decode()
    assert all(child.name in page for child in cast.pupils)
    assert "任课老师" in page
    assert f'/people/person/{cast.other_pupil.id}"' not in page
