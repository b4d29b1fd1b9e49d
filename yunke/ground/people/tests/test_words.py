"""Pages in two languages, with one thing to do, and forms that a machine and a thumb can use."""

import re

import pytest
from django.conf import settings
from django.test import Client

from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_pages import OPEN, pages_of

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture
def cast() -> Cast:
    """A city whose names are all in Latin letters: what stays Chinese was not translated."""
    cast = makers.cast()
    for n, row in enumerate(
        [
            cast.head,
            cast.teacher,
            cast.guardian,
            cast.admin,
            *cast.pupils,
            cast.other_pupil,
            cast.other_teacher,
        ]
    ):
        row.name = f"Person {n}"
        row.save()
    for n, org in enumerate([cast.city, cast.county, cast.school]):
        org.name = org.name_en = f"Org {n}"
        org.save()
    for of in (cast.one, cast.other):
        of.name = of.name_en
        of.save()
    return cast


def main_of(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    found = re.search(r"<main.*?</main>", page, re.S)
    assert found, path
    return found.group(0)


def english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.parametrize("somebody", ["head", "admin", "pupil", "guardian"])
def test_an_english_page_holds_no_chinese(cast: Cast, somebody: str) -> None:
    client = english(signed_in(getattr(cast, somebody)))
    for path in pages_of(somebody, cast):
        text = re.sub(r'lang="zh-CN"[^>]*>[^<]*|value="[^"]*"', "", main_of(client, path))
        assert CHINESE.findall(text) == [], path


def test_an_english_door_holds_no_chinese(cast: Cast) -> None:
    client = english(Client())
    for path in OPEN:
        text = re.sub(r'value="[^"]*"', "", main_of(client, path))
        assert CHINESE.findall(text) == [], path
    client.post("/sign-in/class", {"code": cast.one.code})
    for path in ("/sign-in/class", f"/sign-in/class/{cast.pupil.id}"):
        assert CHINESE.findall(main_of(client, path)) == [], path


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/sign-in", {"login": "x", "password": "y"}),
        ("/sign-in/class", {"code": "AAAAAA"}),
        ("/card", {"token": "x"}),
        ("/bind", {"code": "AAAABBBB", "child": "x", "relation": "x"}),
    ],
)
def test_a_refusal_is_said_in_both_languages(path: str, form: dict[str, str]) -> None:
    chinese = Client().post(path, form)
    other = english(Client()).post(path, form)
    assert chinese.status_code == other.status_code == 422
    said = [r.context["why"] for r in (chinese, other)]
    assert CHINESE.search(said[0])
    assert not CHINESE.search(said[1])


@pytest.mark.parametrize("somebody", ["head", "admin", "pupil", "guardian"])
def test_a_page_has_at_most_one_thing_to_do(cast: Cast, somebody: str) -> None:
    client = signed_in(getattr(cast, somebody))
    for path in pages_of(somebody, cast):
        assert main_of(client, path).count("main-thing") <= 1, path


@pytest.mark.parametrize("somebody", ["head", "admin", "pupil", "guardian"])
def test_every_form_that_writes_carries_its_token_and_no_page_has_inline_code(
    cast: Cast, somebody: str
) -> None:
    client = signed_in(getattr(cast, somebody))
    for path in pages_of(somebody, cast):
        page = client.get(path).content.decode()
        for form in re.findall(r'<form[^>]*method="post".*?</form>', page, re.S):
            assert "csrfmiddlewaretoken" in form, (path, form[:120])
        assert " style=" not in page, path
        assert not re.search(r"\son[a-z]+=", page), path
        assert not re.search(r"<script(?![^>]*(src=|application/json))", page), path


def test_every_field_has_a_label(cast: Cast) -> None:
    client = signed_in(cast.admin)
    for path in ("/account/password", "/pair", "/people"):
        assert unlabelled(main_of(client, path)) == [], path
    for path in OPEN:
        assert unlabelled(main_of(Client(), path)) == [], path


def unlabelled(page: str) -> list[str]:
    """Fields to fill in that no label names."""
    inside = re.sub(r"<label[^>]*>.*?</label>", "", page, flags=re.S)
    fields = re.findall(r"<(?:input|select|textarea)[^>]*>", inside)
    labels = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    return [
        field
        for field in fields
        if 'type="hidden"' not in field and not (set(re.findall(r'id="([^"]+)"', field)) & labels)
    ]
