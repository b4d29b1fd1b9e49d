"""Answers over the wire: one's own only, once, and nothing told that is not the pupil's."""

import base64
import json
import secrets
from collections.abc import Iterator

import pytest
from django.db import connection

from yunke.base.sealing import seal
from yunke.gate.front.tests import makers as front
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.models import Reply
from yunke.school.attempts.reads.keys import permit, server_box
from yunke.school.attempts.rules.boxes import box_close, box_public
from yunke.school.attempts.tests import makers

pytestmark = pytest.mark.django_db(transaction=True)
SAVE, SUBMIT, SEALED = (f"/front/attempts/{what}" for what in ("save", "submit", "sealed"))


@pytest.fixture(autouse=True)
def open_front() -> Iterator[None]:
    front.forget()
    with front.writing():
        yield


def sent(row, seq: int = 5, value: object = "B", **more: object) -> dict[str, object]:
    answers = [{"question": row.order[0], "value": value, "seq": seq}]
    return {"attempt": row.id, "answers": answers, "device": "phone", **more}


def test_a_pupil_saves_and_hands_in() -> None:
    row = makers.attempt()
    token = front.token(row.person)
    told = front.send(SAVE, sent(row), token=token).told
    assert (told["saved"], told["state"]) == (5, "open")
    done = front.send(SUBMIT, sent(row, seq=6, value="C"), token=token).told
    assert (done["state"], len(done["handed"])) == ("submitted", 8)
    assert Reply.objects.get(attempt=row, question_id=row.order[0]).value == "C"


def test_the_same_key_is_told_the_same() -> None:
    row = makers.attempt()
    token, key = front.token(row.person), "a" * 32
    first = front.send(SUBMIT, sent(row), token=token, key=key)
    assert front.send(SUBMIT, sent(row), token=token, key=key).body == first.body


def test_replies_hold_nothing_of_the_key() -> None:
    row = makers.attempt()
    token = front.token(row.person)
    for heard in (
        front.send(SAVE, sent(row), token=token), front.send(SUBMIT, sent(row), token=token),
        front.ask("GET", f"/front/attempts/{row.id}", token=token),
    ):  # fmt: skip
        assert heard.status == 200
        assert not {"score", "key", "right", "causes", "verdict"} & set(heard.told)
        assert b"off-by-one" not in heard.body


def test_others_and_strangers_get_nothing() -> None:
    cast = people.cast()
    row = makers.attempt(by=cast.pupils[0], own=cast.one)
    for somebody in (cast.pupils[1], cast.teacher, cast.guardian):
        token = front.token(somebody)
        assert front.send(SAVE, sent(row), token=token).status == 404
        assert front.send(SUBMIT, sent(row), token=token).status == 404
        assert front.ask("GET", f"/front/attempts/{row.id}", token=token).status == 404
    assert front.send(SAVE, sent(row)).status == 401
    assert front.ask("GET", f"/front/attempts/{row.id}").status == 401


@pytest.mark.parametrize(
    "value", [{"attempt": "x"}, {}, {"attempt": 1, "answers": [{"question": 1}]}, []]
)
def test_other_shapes_are_refused(value: object) -> None:
    row = makers.attempt()
    assert front.send(SAVE, value, token=front.token(row.person)).status == 422


def test_an_endless_answer_is_refused_and_nothing_stored() -> None:
    row = makers.attempt()
    token = front.token(row.person)
    assert front.send(SAVE, sent(row, value="春" * 200_000), token=token).status in {413, 422}
    assert front.send(SAVE, sent(row, value="春" * 20_001), token=token).status == 422
    assert not Reply.objects.exists()


def test_refusals_speak_the_readers_language() -> None:
    row = makers.attempt()
    token = front.token(row.person)
    heard = front.send(SAVE, sent(row, value="x" * 20_001), token=token, accept_language="en")
    assert "too long" in heard.text


def test_how_it_stands_is_told_without_writing() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "B"}, seq=7, device="pad")
    token = front.token(row.person)
    told = front.ask("GET", f"/front/attempts/{row.id}", token=token).told
    assert (told["saved"], told["kept"], told["other"]) == (7, [], None)
    assert front.ask("GET", "/front/attempts/999999", token=token).status == 404


def boxed(row, *, of: str = "", **more: object) -> str:
    content = {"permit": of or permit(row.person_id, row.id), **sent(row), **more}
    raw = json.dumps(content).encode()
    box = box_close(box_public(server_box()), raw, secrets.token_bytes(12))
    return base64.b64encode(box).decode()


def test_anybody_signed_in_carries_a_box_and_learns_nothing() -> None:
    cast = people.cast()
    row = makers.attempt(by=cast.pupils[0], own=cast.one)
    told = front.send(SEALED, {"boxes": {"n1": boxed(row)}}, token=front.token(cast.teacher)).told
    assert set(told) == {"taken", "receipt"}
    assert told["taken"] == ["n1"]
    assert Reply.objects.get().value == "B"
    assert front.send(SEALED, {"boxes": {}}).status == 401


def test_a_box_hands_in_what_was_on_its_way() -> None:
    row = makers.attempt()
    token = front.token(people.pupil(people.cast().one))
    box = boxed(row, hand_in="k" * 32)
    for _ in range(2):
        assert front.send(SEALED, {"boxes": {"n": box}}, token=token).status == 200
    row.refresh_from_db()
    assert row.submitted_at is not None


def test_nobody_puts_answers_into_anothers_mouth() -> None:
    row, mine = makers.attempt(), makers.attempt()
    forged = [
        boxed(row, of=permit(mine.person_id, row.id)),
        boxed(row, of=seal(f"{row.person_id}.{row.id}", purpose="something else")),
        base64.b64encode(b"x" * 200).decode(), "not base64", "",
    ]  # fmt: skip
    told = front.send(
        SEALED, {"boxes": {str(n): one for n, one in enumerate(forged)}},
        token=front.token(mine.person),
    ).told  # fmt: skip
    assert len(told["taken"]) == len(forged)
    assert not Reply.objects.exists()


def test_too_many_boxes_are_refused() -> None:
    row = makers.attempt()
    boxes = {str(n): "" for n in range(21)}
    assert front.send(SEALED, {"boxes": boxes}, token=front.token(row.person)).status == 422
    connection.close()
