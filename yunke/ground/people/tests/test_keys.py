"""A class's keys: cards and picture passwords on paper, and what happens to the old ones."""

import io
from time import process_time
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from yunke.ground.lake.door import events_of
from yunke.ground.people.models import Card, Person, SchoolClass, Session
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, sign_in, signed_in
from yunke.ground.people.tests.test_sign_in import by_pictures, is_in
from yunke.ground.people.views import keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def text_of(response: Any) -> str:
    """The words on a printed answer, without the spaces between Chinese and digits."""
    assert response["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(io.BytesIO(response.content))
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    return "".join(text.split())


def print_cards(client: Client, cast: Cast, **form: Any) -> Any:
    return client.post(f"/class/{cast.one.id}/cards/print", {**makers.once(), **form})


def test_a_class_gets_a_card_each_on_paper(cast: Cast) -> None:
    response = print_cards(signed_in(cast.head), cast, which="all")
    words = text_of(response)
    assert all(child.name in words for child in cast.pupils)
    assert cast.one.name in words
    assert Card.objects.filter(revoked_at__isnull=True).count() == len(cast.pupils)


def test_only_the_ticked_get_a_card(cast: Cast) -> None:
    chosen, other = cast.pupils[0], cast.pupils[1]
    response = print_cards(signed_in(cast.head), cast, which="ticked", pupil=[chosen.id])
    words = text_of(response)
    assert chosen.name in words
    assert other.name not in words
    assert list(Card.objects.values_list("person_id", flat=True)) == [chosen.id]


def test_nobody_ticked_is_said_and_changes_nothing(cast: Cast) -> None:
    response = print_cards(signed_in(cast.head), cast, which="ticked")
    assert response.status_code == 422
    assert "还没有选学生" in response.content.decode()
    assert not Card.objects.exists()


def test_a_pupil_of_another_class_is_not_printed_with_ours(cast: Cast) -> None:
    form = {"which": "ticked", "pupil": [cast.pupil.id, cast.far_pupil.id]}
    print_cards(signed_in(cast.head), cast, **form)
    assert set(Card.objects.values_list("person_id", flat=True)) == {cast.pupil.id}


def test_a_new_card_ends_the_old_one(cast: Cast, monkeypatch: Any) -> None:
    tokens: list[str] = []
    kept = keys.cards_issue

    def issue(**words: Any) -> dict[int, str]:
        made = kept(**words)
        tokens.append(made[cast.pupil.id])
        return made

    monkeypatch.setattr(keys, "cards_issue", issue)
    head = signed_in(cast.head)
    for _n in range(2):
        print_cards(head, cast, which="all")
    old, new = tokens
    assert Client().post("/card", {"token": old}).status_code == 422
    assert Client().post("/card", {"token": new}).status_code == 303


def test_no_token_is_kept_anywhere_but_on_paper(cast: Cast, monkeypatch: Any) -> None:
    tokens: list[str] = []
    kept = keys.cards_issue
    monkeypatch.setattr(keys, "cards_issue", lambda **words: _noted(tokens, kept(**words)))
    print_cards(signed_in(cast.head), cast, which="all")
    kept_hashes = set(Card.objects.values_list("token_hash", flat=True))
    assert len(tokens) == len(cast.pupils)
    assert not kept_hashes & set(tokens)


def _noted(tokens: list[str], made: dict[int, str]) -> dict[int, str]:
    tokens.extend(made.values())
    return made


def test_a_lost_card_opens_nothing_and_signs_out_what_it_opened(cast: Cast) -> None:
    token = keys.cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: cast.pupil.name})[
        cast.pupil.id
    ]
    thief, home = Client(), signed_in(cast.pupil)
    thief.post("/card", {"token": token})
    assert is_in(thief)
    path = f"/class/{cast.one.id}/cards/{cast.pupil.id}/end"
    assert signed_in(cast.head).post(path, makers.once()).status_code == 303
    assert not is_in(thief)
    assert is_in(home), "other ways in are not the card's"
    assert Client().post("/card", {"token": token}).status_code == 422
    verbs = [line.verb for line in events_of(cast.pupil.id).rows]
    assert "card.revoked" in verbs
    assert "card.issued" in verbs


def test_a_card_that_is_none_cannot_be_revoked(cast: Cast) -> None:
    head = signed_in(cast.head)
    for person in (cast.pupil.id, cast.far_pupil.id, 999_999):
        path = f"/class/{cast.one.id}/cards/{person}/end"
        assert head.post(path, makers.once()).status_code == 404


@pytest.mark.parametrize("somebody", ["teacher", "far_head", "far_admin", "guardian", "pupil"])
def test_keys_are_given_by_the_head_teacher_and_the_school_alone(cast: Cast, somebody: str) -> None:
    client, one = signed_in(getattr(cast, somebody)), cast.one.id
    for path in (
        f"/class/{one}/cards/print", f"/class/{one}/pictures/print", f"/class/{one}/code",
        f"/class/{one}/cards/{cast.pupil.id}/end", f"/class/{one}/guardians/print",
    ):  # fmt: skip
        assert client.post(path, {**makers.once(), "which": "all"}).status_code == 404, path
    assert not Card.objects.exists()
    assert SchoolClass.objects.get(id=one).code == cast.one.code


def test_new_pictures_are_on_the_slip_and_the_old_ones_are_worth_nothing(
    cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr(keys, "pictures_new", lambda: ("moon", "car", "heart"))
    in_class = Client()
    by_pictures(in_class, cast.pupil, cast.one)
    assert is_in(in_class)
    form = {**makers.once(), "which": "ticked", "pupil": [cast.pupil.id]}
    response = signed_in(cast.head).post(f"/class/{cast.one.id}/pictures/print", form)
    words = text_of(response)
    assert cast.pupil.name in words
    assert cast.one.code in words
    assert not is_in(in_class), "what the old pictures opened is signed out"
    assert by_pictures(Client(), cast.pupil, cast.one).status_code == 422
    fresh = Client()
    assert by_pictures(fresh, cast.pupil, cast.one, ("moon", "car", "heart")).status_code == 303
    other = cast.pupils[1]
    assert by_pictures(Client(), other, cast.one).status_code == 303, "nobody else's changed"


def test_new_pictures_are_three_different_ones() -> None:
    made = {keys.pictures_new() for _n in range(200)}
    assert all(len(set(pictures)) == 3 for pictures in made)
    assert len(made) > 100


def test_the_list_says_who_has_a_card_and_pictures(cast: Cast) -> None:
    head = signed_in(cast.head)
    Person.objects.filter(id=cast.pupil.id).update(pictures="")
    print_cards(head, cast, which="ticked", pupil=[cast.pupil.id])
    cards = head.get(f"/class/{cast.one.id}/cards").content.decode()
    assert f"还有 {len(cast.pupils) - 1} 人没有卡" in cards
    assert cast.one.code in cards
    pictures = head.get(f"/class/{cast.one.id}/pictures").content.decode()
    assert "还有 1 人没有图画密码" in pictures


def test_a_changed_code_is_an_event_and_shown_once(cast: Cast) -> None:
    head = signed_in(cast.head)
    response = head.post(f"/class/{cast.one.id}/code", makers.once(), follow=True)
    code = SchoolClass.objects.get(id=cast.one.id).code
    assert code != cast.one.code
    assert code in response.content.decode()
    assert events_of(cast.head.id).rows[0].verb == "class.code_changed"


def test_fifty_cards_are_printed_in_under_three_seconds(cast: Cast) -> None:
    makers.pupils(cast.one, 45)
    client = signed_in(cast.head)
    start = process_time()
    response = print_cards(client, cast, which="all")
    assert process_time() - start < 3
    assert len(pypdfium2.PdfDocument(io.BytesIO(response.content))) == 7


def test_the_school_administrator_may_print_too(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.admin)
    assert text_of(print_cards(client, cast, which="all"))
    assert Session.objects.count() == 1
