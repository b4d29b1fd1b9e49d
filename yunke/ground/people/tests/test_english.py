"""Every page and every answer in English: no Chinese word of ours is left, refusals included."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from yunke.base.clock import today
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.actions.guardians import guardians_invite
from yunke.ground.people.actions.second import second_factor_seal
from yunke.ground.people.models import Duty, Guardianship, Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_pairing import a_tv
from yunke.ground.people.tests.test_second import SECRET
from yunke.ground.people.tests.test_sign_in import by_password
from yunke.ground.people.tests.test_words import CHINESE, english
from yunke.ground.people.values import Role
from yunke.ground.people.views.bind import RELATIONS
from yunke.ground.people.views.school import ROLES

pytestmark = pytest.mark.django_db
ROOM = Path(__file__).parent.parent
HOUSE = ROOM.parent.parent


@pytest.fixture
def cast() -> Cast:
    """Everybody and everything has a Latin name, so that what is Chinese is ours."""
    cast = makers.cast()
    for n, person in enumerate(Person.objects.order_by("id")):
        Person.objects.filter(id=person.id).update(name=f"Person {n}")
    for row in (cast.city, cast.county, cast.school, cast.far_school, cast.one, cast.other):
        row.name = row.name_en
        row.save()
    for org in (cast.city, cast.county, cast.school, cast.far_school):
        org.name = org.name_en = "Org"
        org.save()
    cast.pupil.refresh_from_db()
    return cast


def chinese_of(response: Any) -> list[str]:
    """Chinese words in the main part of the page, past what is marked as Chinese."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.S)
    assert found, response.status_code
    text = re.sub(r'lang="zh-CN"[^>]*>[^<]*|<input[^>]*type="radio"[^>]*>', "", found.group(0))
    return CHINESE.findall(text)


def a_sealed_head(cast: Cast) -> Client:
    Person.objects.filter(id=cast.head.id).update(totp=second_factor_seal(SECRET))
    client = Client()
    by_password(client, cast.head.login)
    return client


def a_found_tv(cast: Cast) -> Any:
    _tv, code = a_tv()
    return english(signed_in(cast.guardian)).get(f"/pair?code={code}")


def a_leavers_page(cast: Cast) -> Any:
    client = english(signed_in(cast.admin))
    client.post(f"/people/person/{cast.teacher.id}/leave", makers.once())
    return client.get(f"/people/person/{cast.teacher.id}")


def two_schools(cast: Cast) -> Any:
    Duty.objects.create(
        person=cast.admin, org=cast.far_school, role=Role.SCHOOL_ADMIN, since=today()
    )
    return english(signed_in(cast.admin)).get("/people")


def works_elsewhere(cast: Cast) -> Any:
    Duty.objects.create(person=cast.teacher, org=cast.city, role=Role.CITY_STAFF, since=today())
    return english(signed_in(cast.admin)).get(f"/people/person/{cast.teacher.id}")


def refused_elsewhere(cast: Cast) -> Any:
    Duty.objects.create(person=cast.teacher, org=cast.city, role=Role.CITY_STAFF, since=today())
    return english(signed_in(cast.admin)).post(f"/people/person/{cast.teacher.id}/password")


def locked(cast: Cast) -> Any:
    for _n in range(10):
        by_password(Client(), cast.teacher.login, "wrong-wrong")
    return by_password(english(Client()), cast.teacher.login)


def invited(cast: Cast) -> Any:
    guardians_invite(
        actor_id=cast.head.id, children={cast.pupil.id: "Person"}, class_id=cast.one.id
    )
    cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "Person"})
    return english(signed_in(cast.head)).get(f"/class/{cast.one.id}/guardians")


def a_poor_account(cast: Cast) -> Any:
    code = guardians_invite(
        actor_id=cast.head.id, children={cast.pupil.id: "Person"}, class_id=cast.one.id
    )[cast.pupil.id]
    form = {"code": code, "child": Person.objects.get(id=cast.pupil.id).name, "login": "a b"}
    return english(Client()).post("/bind", {**form, "password": "short"})


def poor_passwords(cast: Cast) -> Any:
    form = {"now": makers.PASSWORD, "new": "12345678", "again": "x"}
    return english(signed_in(cast.teacher)).post("/account/password", form)


def wrong_pictures(cast: Cast) -> Any:
    client = english(Client())
    client.post("/sign-in/class", {"code": cast.one.code})
    form = {"chosen": "car car", "picture": "car"}
    return client.post(f"/sign-in/class/{cast.pupil.id}", form)


def no_tick(cast: Cast) -> Any:
    path = f"/class/{cast.one.id}/cards/print"
    return english(signed_in(cast.head)).post(path, makers.once())


def oneself(cast: Cast) -> Any:
    return english(signed_in(cast.admin)).get(f"/people/person/{cast.admin.id}")


def a_new_password(cast: Cast) -> Any:
    return english(signed_in(cast.admin)).post(f"/people/person/{cast.teacher.id}/password")


def a_class_of_nobody(cast: Cast) -> Any:
    empty = makers.school_class(cast.school)
    return english(signed_in(cast.admin)).get(f"/class/{empty.id}/cards")


STATES: tuple[Callable[[Cast], Any], ...] = (
    a_found_tv, a_leavers_page, two_schools, works_elsewhere, refused_elsewhere, locked, invited,
    a_poor_account, poor_passwords, wrong_pictures, no_tick, oneself, a_new_password,
    a_class_of_nobody,
    lambda c: english(a_sealed_head(c)).get("/sign-in/second"),
    lambda c: english(a_sealed_head(c)).post("/sign-in/second", {"code": "000000"}),
    lambda c: english(signed_in(c.head)).get("/account/second"),
    lambda c: english(signed_in(c.pupil)).get("/account/second"),
    lambda c: english(signed_in(c.head)).post("/account/second/remove", {"code": "1"}),
    lambda c: english(signed_in(c.admin)).get("/people?kind=guardian"),
    lambda c: english(signed_in(c.admin)).get("/people?q=nobody-of-this-name"),
    lambda c: english(signed_in(c.pupil)).get("/pair?code=222222"),
    lambda c: english(signed_in(c.pupil)).get(f"/class/{c.one.id}/cards"),
    lambda c: english(signed_in(c.admin)).get(f"/people/class/{c.one.id}"),
)  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=range(len(STATES)))
def test_no_state_of_a_page_leaves_a_chinese_word_in_english(
    cast: Cast, state: Callable[[Cast], Any]
) -> None:
    assert chinese_of(state(cast)) == []


def test_the_same_states_are_chinese_for_those_who_read_chinese(cast: Cast) -> None:
    """Else the test above would pass on an empty page."""
    for path in ("/account", "/account/log", "/pair"):
        assert len(chinese_of(signed_in(cast.pupil).get(path))) > 2, path


def test_a_guardians_relation_is_said_in_the_readers_language(cast: Cast) -> None:
    Guardianship.objects.filter(guardian=cast.guardian).update(relation="爸爸")
    head = signed_in(cast.head)
    path = f"/class/{cast.one.id}/guardians"
    assert "<small>爸爸</small>" in head.get(path).content.decode()
    page = english(head).get(path).content.decode()
    assert "爸爸" not in page
    assert "<small>father</small>" in page


def msgids() -> dict[str, Any]:
    with (ROOM / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return {str(m.id[0] if m.pluralizable else m.id): m for m in read_po(file) if m.id}


def test_no_line_of_the_catalogue_is_empty_chinese_or_missing_a_blank() -> None:
    for msgid, message in msgids().items():
        texts = message.string if message.pluralizable else (message.string,)
        for text in texts:
            assert text, msgid
            assert not CHINESE.search(text.replace("中文", "").replace("云课", "")), text
            blanks = re.findall(r"%\(\w+\)[sd]", msgid)
            assert sorted(blanks) == sorted(re.findall(r"%\(\w+\)[sd]", text)), msgid


def test_every_word_of_a_template_is_in_the_catalogue() -> None:
    known = {*msgids(), *msgids_of_the_house()}
    said = r"""\{% translate (?:"([^"]+)"|'([^']+)')"""
    for template in (ROOM / "templates/people").glob("*.html"):
        for found in re.findall(said, template.read_text()):
            assert (found[0] or found[1]) in known, (template.name, found)


def msgids_of_the_house() -> set[str]:
    path = HOUSE / "site/locale/en/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        return {str(m.id) for m in read_po(file) if m.id and not m.pluralizable}


def test_every_role_and_relation_has_a_name_in_both_languages() -> None:
    known = msgids()
    assert set(ROLES) == set(Role)
    for kept, shown in RELATIONS:
        assert kept == str(shown)
        assert kept in known
    for name in ROLES.values():
        assert str(name) in known
