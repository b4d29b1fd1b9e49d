"""Every page of accounts: who may see it, in both languages, at what cost."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in

pytestmark = pytest.mark.django_db

OPEN = (
    "/sign-in", "/sign-in?way=child", "/sign-in?way=card", "/sign-in?way=password", "/card",
    "/bind", "/tv/pair",
)  # fmt: skip
OWN = ("/account", "/account/password", "/account/log", "/pair")
CLASS = ("cards", "pictures", "guardians")


def pages_of(somebody: str, cast: Cast) -> tuple[str, ...]:
    one = cast.one.id
    tended = tuple(f"/class/{one}/{page}" for page in CLASS)
    school = ("/people", "/people?q=%E5%AD%A6&kind=pupil", f"/people/class/{one}",
              f"/people/person/{cast.pupil.id}")  # fmt: skip
    return {
        "head": (*OWN, "/account/second", *tended),
        "admin": (*OWN, *tended, *school),
        "pupil": OWN,
        "guardian": OWN,
    }[somebody]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_open_pages_show_themselves_to_strangers(language: str) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for path in OPEN:
        response = client.get(path)
        assert response.status_code == 200, path
        assert b"<h1" in response.content, path


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("somebody", ["head", "admin", "pupil", "guardian"])
def test_pages_show_themselves_to_who_may_see_them(somebody: str, language: str) -> None:
    cast = makers.cast()
    client = signed_in(getattr(cast, somebody))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for path in pages_of(somebody, cast):
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        assert b"<h1" in response.content, path


@pytest.mark.parametrize(
    "somebody", ["teacher", "other_teacher", "far_head", "far_admin", "pupil", "guardian"]
)
def test_a_class_is_tended_by_its_own_head_and_school_alone(somebody: str) -> None:
    cast = makers.cast()
    client = signed_in(getattr(cast, somebody))
    for page in CLASS:
        theirs, nobodys = f"/class/{cast.one.id}/{page}", f"/class/999999/{page}"
        response, nothing = client.get(theirs), client.get(nobodys)
        assert response.status_code == nothing.status_code == 404
        same = nothing.content.replace(nobodys.encode(), theirs.encode())
        assert len(response.content) == len(same), "not yours looks like not there"


@pytest.mark.parametrize("somebody", ["teacher", "head", "far_admin", "pupil", "guardian"])
def test_a_school_is_administered_by_its_own_administrator_alone(somebody: str) -> None:
    cast = makers.cast()
    client = signed_in(getattr(cast, somebody))
    assert client.get(f"/people/class/{cast.one.id}").status_code == 404
    assert client.get(f"/people/person/{cast.pupil.id}").status_code == 404
    for act in ("leave", "password", "second"):
        path = f"/people/person/{cast.pupil.id}/{act}"
        assert client.post(path, makers.once()).status_code == 404
    assert Person.objects.get(id=cast.pupil.id).left_on is None


def test_a_stranger_is_sent_to_the_door_and_back() -> None:
    cast = makers.cast()
    response = Client().get(f"/class/{cast.one.id}/cards")
    assert response.status_code == 302
    assert response["Location"] == f"/sign-in?next=/class/{cast.one.id}/cards"


LISTS = (
    ("head", "/class/{one}/cards"),
    ("head", "/class/{one}/pictures"),
    ("head", "/class/{one}/guardians"),
    ("admin", "/people"),
    ("admin", "/people?q=%E5%AD%A6"),
    ("admin", "/people/class/{one}"),
    ("", "/sign-in/class"),
)


@pytest.mark.parametrize(("somebody", "path"), LISTS)
def test_a_list_costs_the_same_for_five_pupils_and_for_fifty(somebody: str, path: str) -> None:
    cast = makers.cast(pupils_in_class=5)
    client = signed_in(getattr(cast, somebody)) if somebody else Client()
    if not somebody:
        client.post("/sign-in/class", {"code": cast.one.code})
    path = path.format(one=cast.one.id)
    few = queries(client, path)
    for child in makers.pupils(cast.one, 45):
        makers.guardian(child)
    many = queries(client, path)
    assert abs(many - few) <= 2
    assert many <= 22


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)
