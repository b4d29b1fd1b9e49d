"""What phones send all day, through the writer, once."""

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError

from yunke.base.models import Receipt
from yunke.base.writer import Busy
from yunke.gate.front import writes
from yunke.gate.front.tests.makers import OWN, ask, forget, post, send, token, writing
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Session
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.models import Note, Presence, Submission, Watch
from yunke.school.lessons.tests import makers as lessons

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made() -> Any:
    return lessons.hour()


@pytest.fixture(autouse=True)
def _writing() -> Any:
    with writing():
        yield


def progress(of: Any, *, to: float = 30, **more: Any) -> dict[str, Any]:
    return {"lesson": of.lesson.id, "position": to, "ranges": [[0, to]], "of": 120, **more}


def test_presence_is_kept_with_a_receipt(made: Any) -> None:
    heard = send("/front/presence", {}, token=token(made.people.pupil), key="k" * 20)
    assert heard.status == 200
    assert heard.told["receipt"] == "KKKKKKKK"
    assert heard.headers["x-receipt"] == "KKKKKKKK"
    assert Presence.objects.get().person_id == made.people.pupil.id


def test_progress_is_kept_and_its_event_names_class_and_school(made: Any) -> None:
    heard = send("/front/progress", progress(made), token=token(made.people.pupil))
    assert heard.told["seconds"] == 30
    assert Watch.objects.get().position == 30
    event = Event.objects.get(verb="video.progressed")
    assert (event.class_id, event.school_id) == (made.people.one.id, made.people.school.id)


def test_a_teacher_keeps_progress_too(made: Any) -> None:
    assert send("/front/progress", progress(made), token=token(made.people.teacher)).status == 200


def test_notes_are_pinned_changed_and_taken_away(made: Any) -> None:
    mark = token(made.people.pupil)
    note = {"lesson": made.lesson.id, "at": 12.5, "text": "静夜思"}
    first = send("/front/notes", note, token=mark).told
    send("/front/notes", {**note, "id": first["id"], "text": "床前明月光"}, token=mark)
    assert Note.objects.get().text == "床前明月光"
    assert send("/front/notes", {"id": first["id"], "delete": True}, token=mark).told["deleted"]
    assert not Note.objects.exists()


def test_answers_are_stored_once_and_told_right_or_wrong(made: Any) -> None:
    mark, key = token(made.people.pupil), uuid.uuid4().hex
    value = {"lesson": made.lesson.id, "answers": [{"task": made.task.id, "value": "B"}]}
    first = send("/front/answers", value, token=mark, key=key)
    again = send("/front/answers", value, token=mark, key=key)
    assert first.told["answers"][0]["right"] is True
    assert again.body == first.body
    assert Submission.objects.count() == 1


def test_eight_arrivals_at_once_have_one_effect_and_equal_replies(made: Any) -> None:
    mark, key = token(made.people.pupil), uuid.uuid4().hex
    value = {"lesson": made.lesson.id, "at": 1, "text": "同一条"}

    async def all_at_once() -> list[Any]:
        knocks = [post("/front/notes", value, token=mark, key=key) for _ in range(8)]
        return await asyncio.gather(*knocks)

    heard = asyncio.run(all_at_once())
    assert {h.status for h in heard} == {200}
    assert len({h.body for h in heard}) == 1
    assert Note.objects.count() == 1
    assert Receipt.objects.filter(key=key).count() == 1


def test_a_refused_write_keeps_nothing_and_leaves_the_key_free(made: Any) -> None:
    mark, key = token(made.people.pupil), uuid.uuid4().hex
    note = {"lesson": made.lesson.id, "at": 1, "text": "  "}
    refused = send("/front/notes", note, token=mark, key=key)
    assert refused.status == 422
    assert refused.text
    assert not Receipt.objects.filter(key=key).exists()
    assert send("/front/notes", {**note, "text": "好"}, token=mark, key=key).status == 200


def test_a_refusal_speaks_the_readers_language(made: Any) -> None:
    note = {"lesson": made.lesson.id, "at": 1, "text": ""}
    mark = token(made.people.pupil)
    chinese = send("/front/notes", note, token=mark).text
    english = send("/front/notes", note, token=mark, **{"accept-language": "en-GB"}).text
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    assert english != chinese or "note" in english.lower()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"lesson": "one"}', b'{"lesson": 1}', b'{"at": []}', b"\xff\xfe"]
)
def test_a_body_of_another_shape_is_refused_with_a_reason(made: Any, body: bytes) -> None:
    headers = {k.replace("-", "_"): v for k, v in OWN.items()}
    heard = ask(
        "POST", "/front/progress", token=token(made.people.pupil), body=body,
        idempotency_key="k" * 20, **headers,
    )  # fmt: skip
    assert heard.status == 422
    assert heard.text
    assert not Watch.objects.exists()


def test_a_body_too_long_is_refused_before_it_is_read(made: Any) -> None:
    note = {"lesson": made.lesson.id, "at": 1, "text": "长" * 300_000}
    assert send("/front/notes", note, token=token(made.people.pupil)).status == 413


@pytest.mark.parametrize("key", ["", "short", "with space in the key", "k" * 65, "钥匙" * 10])
def test_without_a_proper_key_nothing_is_written(made: Any, key: str) -> None:
    headers = {k.replace("-", "_"): v for k, v in OWN.items()}
    heard = ask(
        "POST", "/front/presence", token=token(made.people.pupil), body=b"{}",
        **headers, **({"idempotency_key": key} if key.isascii() else {}),
    )  # fmt: skip
    assert heard.status == 400
    assert not Presence.objects.exists()


def test_a_key_of_another_person_is_not_answered(made: Any) -> None:
    key = uuid.uuid4().hex
    send("/front/presence", {}, token=token(made.people.pupil), key=key)
    heard = send("/front/presence", {}, token=token(made.people.pupils[1]), key=key)
    assert heard.status == 409
    assert Presence.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": ""}, 200),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "application/json; charset=utf-8"}, 200),
    ],
)
def test_only_our_own_pages_may_write(made: Any, headers: dict[str, str], status: int) -> None:
    heard = send("/front/presence", {}, token=token(made.people.pupil), **headers)
    assert heard.status == status
    assert Presence.objects.exists() == (status == 200)


def test_a_stranger_and_who_has_no_right_are_refused(made: Any) -> None:
    assert send("/front/presence", {}).status == 401
    value = {"lesson": made.lesson.id, "answers": [{"task": made.task.id, "value": "B"}]}
    assert send("/front/answers", value, token=token(made.people.teacher)).status == 404
    assert send("/front/progress", progress(made), token=token(made.people.guardian)).status == 404


def test_a_note_of_somebody_else_is_never_touched(made: Any) -> None:
    mine = lessons.noted(made.people.pupil, made.lesson, "我的")
    other = token(made.people.pupils[1])
    note = {"lesson": made.lesson.id, "at": 1, "text": "改掉", "id": mine["id"]}
    assert send("/front/notes", note, token=other).status == 404
    send("/front/notes", {"id": mine["id"], "delete": True}, token=other)
    assert Note.objects.get().text == "我的"


def test_watching_keeps_a_classroom_computer_signed_in_but_ticking_does_not(made: Any) -> None:
    mark = token(made.people.pupil, registered=False)
    before = lessons.ago(300)
    Session.objects.update(seen_at=before)
    send("/front/presence", {}, token=mark)
    assert Session.objects.get().seen_at == before
    send("/front/progress", progress(made), token=mark)
    assert Session.objects.get().seen_at > before


@pytest.mark.parametrize("trouble", [Busy(), OperationalError("database is locked")])
def test_a_busy_house_says_when_to_come_again(
    made: Any, trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(writes.pen.writer, "submit", refuse)
    heard = send("/front/presence", {}, token=token(made.people.pupil))
    assert heard.status == 503
    assert heard.headers["retry-after"] == "2"


def test_a_full_house_says_so_before_it_looks_anything_up(
    made: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    mark = token(made.people.pupil)
    forget()
    monkeypatch.setattr(writes.pen.writer, "is_full", lambda: True)
    with django_assert_num_queries(0):
        heard = send("/front/presence", {}, token=mark)
    assert (heard.status, heard.headers["retry-after"]) == (503, "2")


def test_without_a_writer_nothing_is_called_saved(made: Any) -> None:
    writes.pen.stop()
    writes.pen.writer = None
    assert send("/front/presence", {}, token=token(made.people.pupil)).status == 503
    writes.pen.start()


def test_an_unforeseen_fault_is_an_error_without_a_receipt(
    made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> dict[str, Any]:
        raise RuntimeError("a fault")

    kind = writes.WRITES["/front/presence"]._replace(keep=fault)
    monkeypatch.setitem(writes.WRITES, "/front/presence", kind)
    key = uuid.uuid4().hex
    assert send("/front/presence", {}, token=token(made.people.pupil), key=key).status == 500
    assert not Receipt.objects.filter(key=key).exists()


def test_writes_of_many_pupils_share_their_commits() -> None:
    made = people.cast(pupils_in_class=30)
    marks = [token(child) for child in made.pupils]

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(*(post("/front/presence", {}, token=mark) for mark in marks))

    with ThreadPoolExecutor(1):
        heard = asyncio.run(all_at_once())
    assert {h.status for h in heard} == {200}
    assert Presence.objects.count() == 30
