"""What people and robots type: numbers that are none, names that look like code, long names."""

import json
from typing import Any

import pytest
from django.test import Client

from yunke.base.paging import page_number
from yunke.ground.people.actions.guardians import guardians_invite
from yunke.ground.people.models import Card, Guardianship, Invitation, Person
from yunke.ground.people.reads.demo import demo_accounts
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_keys import text_of
from yunke.ground.people.views.child import pinyin

pytestmark = pytest.mark.django_db
ODD = ("²", "1²", "-1", "0", "1e3", "", " ", "x", "9" * 30, "9" * 5000, "١", "1;--", "\x00")
NAMES = (
    """O'Brien "Bobby" & <b>Söhne</b>""",
    "<script>alert(1)</script>",
    '{{ who }}{% now %} #eval("x") $x$ \\ @a *b*',
    "阿卜杜热西提·图尔荪尼亚孜·买买提江",
    "محمد عبد الله",
    "\u202eevil",
    "李" * 60,
    "W" * 60,
    "Anna-Maria von und zu Hohenstaufen",
    "䶮𬎆",
)


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def named(somebody: Person, name: str) -> None:
    Person.objects.filter(id=somebody.id).update(name=name)
    somebody.name = name


@pytest.mark.parametrize("typed", ODD)
def test_a_page_that_is_no_number_is_a_page(cast: Cast, typed: str) -> None:
    client = signed_in(cast.admin)
    for path in ("/account/log", "/people", f"/people/class/{cast.one.id}"):
        response = client.get(path, {"page": typed, "q": "学", "kind": "pupil"})
        assert response.status_code == 200, path


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1", 1), ("7", 7), ("999999", 999_999), ("1000000", 1), ("²", 1), ("-2", 1), ("", 1),
     ("３", 3), ("1.5", 1), ("0", 0)],
)  # fmt: skip
def test_a_page_number_is_read(typed: str, number: int) -> None:
    assert page_number(typed) == number


@pytest.mark.parametrize("typed", ODD)
def test_a_tick_that_is_nobody_prints_nobody(cast: Cast, typed: str) -> None:
    words = {**makers.once(), "which": "ticked", "pupil": [typed]}
    response = signed_in(cast.head).post(f"/class/{cast.one.id}/cards/print", words)
    assert response.status_code == 422
    assert not Card.objects.exists()


def test_an_odd_tick_beside_a_right_one_prints_the_right_one(cast: Cast) -> None:
    words = {**makers.once(), "which": "ticked", "pupil": [*ODD, str(cast.pupil.id)]}
    assert signed_in(cast.head).post(f"/class/{cast.one.id}/cards/print", words).status_code == 200
    assert list(Card.objects.values_list("person_id", flat=True)) == [cast.pupil.id]


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, 10**30])
def test_a_number_beyond_the_database_is_not_found(cast: Cast, number: int) -> None:
    client = signed_in(cast.admin)
    for path in (
        f"/class/{number}/cards", f"/class/{number}/guardians", f"/people/class/{number}",
        f"/people/person/{number}",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    for path in (
        f"/account/devices/{number}/end", f"/people/person/{number}/leave",
        f"/class/{cast.one.id}/ties/{number}/end", f"/class/{cast.one.id}/cards/{number}/end",
    ):  # fmt: skip
        assert client.post(path, makers.once()).status_code == 404, path


@pytest.mark.parametrize("search", ["'", '"', "%", "_", "\\", "<b>", "x" * 500, "a b c d e f"])
def test_a_search_of_anything_finds_nobody_and_breaks_nothing(cast: Cast, search: str) -> None:
    response = signed_in(cast.admin).get("/people", {"q": search, "kind": ""})
    assert response.status_code == 200
    assert response.context["lines"] == [], search
    assert b'value="<b>"' not in response.content


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_on_every_page(cast: Cast, name: str) -> None:
    named(cast.pupil, name)
    named(cast.guardian, name)
    pages: list[tuple[Client, str]] = [
        (signed_in(cast.head), f"/class/{cast.one.id}/{page}")
        for page in ("cards", "pictures", "guardians")
    ]
    admin = signed_in(cast.admin)
    pages += [
        (admin, f"/people/class/{cast.one.id}"), (admin, f"/people/person/{cast.pupil.id}"),
        (admin, "/people?kind=pupil"), (signed_in(cast.pupil), "/account"),
        (signed_in(cast.guardian), "/account"),
    ]  # fmt: skip
    door = Client()
    door.post("/sign-in/class", {"code": cast.one.code})
    pages += [(door, "/sign-in/class"), (door, f"/sign-in/class/{cast.pupil.id}")]
    for client, path in pages:
        response = client.get(path)
        assert response.status_code == 200, path
        text = response.content.decode()
        assert escaped(name) in text, path
        assert "<script>alert" not in text, path
        assert "<b>Söhne" not in text, path


def escaped(name: str) -> str:
    pairs = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"))
    for plain, safe in pairs:
        name = name.replace(plain, safe)
    return name


@pytest.mark.parametrize("page", ["cards", "pictures", "guardians"])
@pytest.mark.parametrize("name", [NAMES[0], NAMES[2], NAMES[3], NAMES[6]])
def test_a_name_is_printed_as_it_is_written(cast: Cast, name: str, page: str) -> None:
    named(cast.pupil, name)
    words = {**makers.once(), "which": "ticked", "pupil": [cast.pupil.id]}
    printed = text_of(signed_in(cast.head).post(f"/class/{cast.one.id}/{page}/print", words))
    assert "".join(name.split()) in printed


@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_be_printed(cast: Cast, name: str) -> None:
    named(cast.pupil, name)
    words = {**makers.once(), "which": "all"}
    response = signed_in(cast.head).post(f"/class/{cast.one.id}/cards/print", words)
    assert response.content.startswith(b"%PDF")


def test_the_file_of_a_sheet_has_a_plain_name_and_is_kept_by_nobody(cast: Cast) -> None:
    words = {**makers.once(), "which": "all"}
    response = signed_in(cast.head).post(f"/class/{cast.one.id}/cards/print", words)
    assert response["Content-Disposition"] == f'inline; filename="cards-{cast.one.id}.pdf"'
    assert "no-store" in response["Cache-Control"]


def invited(cast: Cast) -> str:
    return guardians_invite(
        actor_id=cast.head.id, children={cast.pupil.id: cast.pupil.name}, class_id=cast.one.id
    )[cast.pupil.id]


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("阿卜杜·热西提", "阿卜杜热西提"), ("阿卜杜热西提", "阿卜杜•热西提"), ("李 小明", "李小明"),
     ("李小明", " 李　小明 "), ("Anna Lee", "anna lee"), ("STRASSE", "straße")],
)  # fmt: skip
def test_a_guardian_types_the_name_as_people_do(cast: Cast, kept: str, typed: str) -> None:
    named(cast.pupil, kept)
    form = {"code": invited(cast), "child": typed, "relation": "爸爸"}
    assert signed_in(cast.far_guardian).post("/bind", form).status_code == 303


@pytest.mark.parametrize("typed", ["", "李", "李小", "小明", "李小明明", "李晓明", "%", "_" * 3])
def test_a_part_of_the_name_is_not_the_name(cast: Cast, typed: str) -> None:
    named(cast.pupil, "李小明")
    form = {"code": invited(cast), "child": typed, "relation": "爸爸"}
    assert signed_in(cast.far_guardian).post("/bind", form).status_code == 422
    assert Invitation.objects.get().used_at is None


def test_an_invitation_that_was_used_binds_no_second_family(cast: Cast) -> None:
    form = {"code": invited(cast), "child": cast.pupil.name, "relation": "爸爸"}
    first, second = makers.person(makers.Kind.GUARDIAN), cast.far_guardian
    assert signed_in(first).post("/bind", form).status_code == 303
    assert signed_in(second).post("/bind", form).status_code == 422
    assert signed_in(first).post("/bind", form).status_code == 422
    account = {"name": "王", "login": "wang-wang", "password": "a-quiet-river"}
    assert Client().post("/bind", {**form, **account}).status_code == 422
    assert not Person.objects.filter(login="wang-wang").exists()
    assert Guardianship.objects.filter(child=cast.pupil).count() == 2


def test_a_new_invitation_makes_the_one_on_the_fridge_worthless(cast: Cast) -> None:
    old, new = invited(cast), invited(cast)
    client = signed_in(cast.far_guardian)
    form = {"child": cast.pupil.name, "relation": "爸爸"}
    assert client.post("/bind", {**form, "code": old}).status_code == 422
    assert client.post("/bind", {**form, "code": new}).status_code == 303


def test_a_relation_that_nobody_offered_is_kept_as_text(cast: Cast) -> None:
    text = "<i>x</i>" + "长" * 60
    form = {"code": invited(cast), "child": cast.pupil.name, "relation": text}
    assert signed_in(cast.far_guardian).post("/bind", form).status_code == 303
    tie = Guardianship.objects.get(guardian=cast.far_guardian, child=cast.pupil)
    assert len(tie.relation) == 20
    page = signed_in(cast.head).get(f"/class/{cast.one.id}/guardians").content.decode()
    assert "&lt;i&gt;x" in page
    assert "<i>x" not in page


@pytest.mark.parametrize(
    ("name", "grade", "sound"),
    [("李小明", 1, "lǐ xiǎo míng"), ("李小明", 2, "lǐ xiǎo míng"), ("李小明", 3, ""),
     ("Anna", 1, "Anna"), ("", 1, "")],
)  # fmt: skip
def test_names_sound_for_those_who_cannot_read_yet(name: str, grade: int, sound: str) -> None:
    assert pinyin(name, grade) == sound


def test_a_demo_file_with_more_and_less_than_is_known_is_read(settings: Any, tmp_path: Any) -> None:
    settings.DATA, settings.DEMO = tmp_path, True
    assert demo_accounts() == ()
    rows = [
        {"login": "a", "unknown": 1},
        {"way": "child", "pictures": ["sun", "car"], "totp": None},
    ]
    (tmp_path / "demo.json").write_text(json.dumps(rows))
    first, second = demo_accounts()
    assert (first.login, first.way, first.pictures) == ("a", "password", ())
    assert (second.way, second.pictures, second.totp) == ("child", ("sun", "car"), "")
