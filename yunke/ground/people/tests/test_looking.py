"""Whoever is shown pupils' records leaves a line first; a script is stopped, and told why."""

import pytest
from django.test import Client

from yunke.base.trouble import Refused
from yunke.ground.audit.door import LIMIT, Act, lines_about, second_ask, second_decide
from yunke.ground.audit.models import Entry, Look
from yunke.ground.people.actions.looking import pupils_read, role_at
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


@pytest.mark.parametrize(
    ("somebody", "path", "part", "role"),
    [
        ("head", "/class/{one}/cards", "cards", "head_teacher"),
        ("head", "/class/{one}/pictures", "pictures", "head_teacher"),
        ("head", "/class/{one}/guardians", "guardians", "head_teacher"),
        ("admin", "/people/class/{one}", "class_list", "school_admin"),
        ("admin", "/people?q=%E5%AD%A6&kind=", "people_search", "school_admin"),
    ],
)
def test_a_page_with_pupils_leaves_one_line_that_each_of_them_finds(
    cast: Cast, somebody: str, path: str, part: str, role: str
) -> None:
    reader = getattr(cast, somebody)
    assert signed_in(reader).get(path.format(one=cast.one.id)).status_code == 200
    entry = Entry.objects.get(act=Act.RECORD_VIEWED)
    assert (entry.actor_id, entry.object_kind, entry.role) == (reader.id, part, role)
    for child in cast.pupils:
        assert [line.actor_id for line in lines_about(child.id).rows] == [reader.id]
    assert lines_about(cast.far_pupil.id).rows == []


def test_a_page_that_is_refused_leaves_nothing(cast: Cast) -> None:
    assert signed_in(cast.far_admin).get(f"/people/class/{cast.one.id}").status_code == 404
    assert not Look.objects.exists()


def test_own_class_and_own_child_are_not_counted_and_oneself_not_even_noted(cast: Cast) -> None:
    pupil_ids = [child.id for child in cast.pupils]
    pupils_read(who(cast.teacher), pupil_ids, part="class", class_id=cast.one.id)
    pupils_read(who(cast.guardian), pupil_ids[:1], part="child")
    pupils_read(who(cast.pupil), [cast.pupil.id], part="child")
    assert not Look.objects.filter(counted=True).exists()
    assert Entry.objects.filter(act=Act.RECORD_VIEWED).count() == 2


def test_the_role_is_the_one_that_opened_the_page(cast: Cast) -> None:
    assert role_at(who(cast.teacher), class_id=cast.one.id) == "teacher"
    assert role_at(who(cast.head), class_id=cast.one.id) == "head_teacher"
    assert role_at(who(cast.guardian), pupils=[cast.pupil.id]) == "guardian"
    assert role_at(who(cast.admin), class_id=cast.one.id) == "school_admin"
    assert role_at(who(cast.pupil)) == "pupil"


def pull(client: Client, classes: list[int]) -> list[int]:
    return [client.get(f"/people/class/{number}").status_code for number in classes]


def a_big_school(cast: Cast) -> list[int]:
    made = [makers.school_class(cast.school, grade=2) for _ in range(6)]
    for of in made:
        makers.pupils(of, 40)
    return [of.id for of in made]


def test_a_script_that_reads_the_whole_school_is_stopped_with_a_way_on(cast: Cast) -> None:
    classes = a_big_school(cast)
    client = signed_in(cast.admin)
    assert pull(client, classes) == [200, 200, 200, 200, 200, 429]
    stopped = client.get(f"/people/class/{classes[5]}")
    assert "/second/pupils" in stopped.content.decode()
    assert "200" in stopped.content.decode()
    assert Look.objects.filter(counted=True).values("pupil_id").distinct().count() == LIMIT
    assert Entry.objects.filter(act=Act.BULK_STOPPED).count() == 1
    asked = second_ask(
        who_id=cast.admin.id, kind="pupils.read", page="/people", reason="核对",
        about={"pupils": 400}, org_id=cast.school.id,
    )  # fmt: skip
    second_decide(id=asked, who_id=cast.city_staff.id, given=True)
    assert pull(client, classes[5:]) == [200]


def test_a_refusal_names_its_way_on(cast: Cast) -> None:
    many = list(range(10_000, 10_000 + LIMIT + 1))
    with pytest.raises(Refused) as stopped:
        pupils_read(who(cast.admin), many, part="people_search")
    assert stopped.value.status == 429
    assert stopped.value.way[0] == "/second/pupils"
