"""What no page of ours sends: numbers beyond the database, letters that are none, bodies without
end. Refused with a reason, nothing kept; never an error of the house."""

import asyncio
import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from yunke.base.models import Receipt
from yunke.gate.front.guard import language, refuse_foreign
from yunke.gate.front.tests import makers as front
from yunke.gate.front.tests.makers import OWN, ask, send, token
from yunke.gate.front.wire import Ask, Stop
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.models import Attempt, Reply, Stray
from yunke.school.attempts.tests import makers as attempts
from yunke.school.lessons.models import Note, Submission, Watch
from yunke.school.lessons.tests import makers as lessons

HUGE = 10**30
db = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_front() -> Iterator[None]:
    front.forget()
    with front.writing():
        yield


# Over the wire


@db
@pytest.mark.usefixtures("open_front")
def test_numbers_beyond_every_table_are_refused_or_not_there_and_nothing_is_kept() -> None:
    made = lessons.hour()
    mark, lesson = token(made.people.pupil), made.lesson.id
    asked: list[tuple[str, dict[str, Any]]] = [
        ("/front/progress", {"lesson": HUGE, "position": 1}),
        ("/front/progress", {"lesson": -1, "position": 1}),
        ("/front/notes", {"lesson": HUGE, "at": 1, "text": "a"}),
        ("/front/notes", {"id": HUGE, "delete": True}),
        ("/front/notes", {"id": HUGE, "lesson": lesson, "at": 1, "text": "a"}),
        ("/front/answers", {"lesson": HUGE, "answers": [{"task": 1, "value": "1"}]}),
        ("/front/answers", {"lesson": lesson, "answers": [{"task": HUGE, "value": "1"}]}),
        ("/front/attempts/save", {"attempt": HUGE}),
        ("/front/attempts/submit", {"attempt": -HUGE}),
        ("/front/attempts/save", {"attempt": 0, "answers": []}),
    ]
    for path, value in asked:
        heard = send(path, value, token=mark)
        assert heard.status in {403, 404, 422}, (path, value, heard.status)
    assert not Watch.objects.exists()
    assert not Note.objects.exists()
    assert not Submission.objects.exists()
    assert not Receipt.objects.exists(), "the keys are free"


@db
@pytest.mark.usefixtures("open_front")
def test_an_attempts_odd_numbers_and_letters_store_nothing_and_break_nothing() -> None:
    row = attempts.attempt()
    mark, first = token(row.person), row.order[0]

    def answer(**more: Any) -> dict[str, Any]:
        one = {"question": first, "value": "B", "seq": 5, **more}
        return {"attempt": row.id, "answers": [one], "device": "phone"}

    odd = [answer(question=HUGE), answer(seq=HUGE), answer(seq=-1), answer(seq=2**53),
           answer(value="\0"), answer(value="\ud800"), answer(written="yesterday"),
           answer(value={"a": "\0"})]  # fmt: skip
    for value in odd:
        assert send("/front/attempts/save", value, token=mark).status == 422, value
    raw = json.dumps(answer(value=0)).replace('"value": 0', '"value": 1e999').encode()
    headers = {name.replace("-", "_"): text for name, text in OWN.items()}
    heard = ask("POST", "/front/attempts/save", token=mark, body=raw,
                idempotency_key=secrets.token_hex(16), **headers)  # fmt: skip
    assert heard.status == 422
    assert not Reply.objects.exists()
    assert Attempt.objects.get(id=row.id).seq == 0


@db
@pytest.mark.usefixtures("open_front")
def test_a_proof_of_any_letters_proves_nothing_and_loses_no_answer() -> None:
    row = attempts.attempt()
    mark = token(row.person)
    proofs = [
        {"tick": "春" * 500, "lines": ["天" * 300], "sign": "é" * 90},
        {"tick": f"{row.id}.9e9.0.0", "lines": ["1 2 3 4"] * 500, "sign": "0" * 64},
        {"tick": "\0", "lines": ["\0"], "sign": "\0"},
        {"tick": ".", "lines": [" " * 3, "٣ ٣ ٣ x"], "sign": ""},
    ]
    for number, proof in enumerate(proofs, start=1):
        answer = {"question": row.order[0], "value": str(number), "seq": number}
        sent = {"attempt": row.id, "answers": [answer], "device": "a b", "proof": proof}
        assert send("/front/attempts/save", sent, token=mark).status == 200, proof
    stored = Reply.objects.get()
    assert (stored.value, stored.device) == (str(len(proofs)), "")
    assert send("/front/attempts/submit", {"attempt": row.id}, token=mark).status == 200
    for number, proof in enumerate(proofs, start=10):
        answer = {"question": row.order[0], "value": "late", "seq": number}
        sent = {"attempt": row.id, "answers": [answer], "proof": proof}
        assert send("/front/attempts/save", sent, token=mark).told["kept"] == [row.order[0]]
    assert Stray.objects.count() == len(proofs)
    assert {one.proof["in_time"] for one in Stray.objects.all()} == {None}


@db
def test_addresses_that_are_nearly_ours_are_not_there() -> None:
    somebody = token(people.pupil(people.cast().one))
    # fmt: off
    paths = ["/front/attempts/", "/front/attempts/x", "/front/attempts/" + "9" * 19,
             "/front/attempts/1/", "/front/attempts/-1", "/front/along/1/events/",
             "/front", "/front/", "/front/today/", "/FRONT/health", "/front/worker.js%00"]
    # fmt: on
    for path in paths:
        assert ask("GET", path, token=somebody).status == 404, path
    for method in ("PUT", "DELETE", "HEAD", "POST"):
        assert ask(method, "/front/today", token=somebody).status == 404
    assert ask("GET", "/front/presence", token=somebody).status == 404
    assert ask("GET", "/front/attempts/" + "9" * 18, token=somebody).status == 404


# Without a database


def asking(headers: dict[str, str], *bodies: dict[str, Any]) -> Ask:
    parts = list(bodies)

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    async def send(_message: dict[str, Any]) -> None:
        raise AssertionError("nothing is answered here")

    return Ask(front.scope_of("POST", "/front/notes", headers), receive, send)


def part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_pieces_is_whole_and_one_without_end_is_stopped() -> None:
    pieces = [part(b"ab", more=True), {"type": "http.request", "more_body": True}, part(b"cd")]
    assert asyncio.run(asking({}, *pieces).body(4)) == b"abcd"
    with pytest.raises(Stop) as long:
        asyncio.run(asking({}, *pieces).body(3))
    assert long.value.reply.status == 413
    with pytest.raises(Stop) as told:
        asyncio.run(asking({"content-length": "5"}).body(4))
    assert told.value.reply.status == 413
    with pytest.raises(Stop) as gone:
        asyncio.run(asking({}, part(b"ab", more=True), {"type": "http.disconnect"}).body(9))
    assert gone.value.reply.status == 400


@pytest.mark.parametrize("length", ["x", "1e3", "-1", " ", "٣", "²"])
def test_a_length_that_is_no_number_is_a_bad_request(length: str) -> None:
    """No server of ours lets it through; if one did, it is no error of the house."""
    with pytest.raises(Stop) as no:
        asyncio.run(asking({"content-length": length}, part(b"{}")).body(9))
    assert no.value.reply.status == 400


JSON = {"content-type": "application/json"}
HERE = {**JSON, "host": "yun.example"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 415),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "multipart/form-data; boundary=application/json"}, 415),
        (JSON, 403),
        ({**HERE, "origin": "null"}, 403),
        ({**HERE, "origin": ""}, 403),
        ({**HERE, "origin": "https://yun.example.evil"}, 403),
        ({**HERE, "origin": "https://evil/yun.example"}, 403),
        ({**HERE, "origin": "https://yun.example", "sec-fetch-site": "cross-site"}, 403),
        ({**HERE, "origin": "https://yun.example", "sec-fetch-site": "same-site"}, 403),
        ({**HERE, "sec-fetch-site": "none"}, 403),
        ({**HERE, "origin": "https://yun.example"}, 200),
        ({**HERE, "sec-fetch-site": "same-origin"}, 200),
    ],
)
def test_only_a_page_of_our_own_writes(headers: dict[str, str], status: int) -> None:
    if status == 200:
        refuse_foreign(asking(headers))
        return
    with pytest.raises(Stop) as no:
        refuse_foreign(asking(headers))
    assert no.value.reply.status == status


@pytest.mark.parametrize(
    ("headers", "tongue"),
    [
        ({}, "zh-hans"),
        ({"accept-language": "fr"}, "zh-hans"),
        ({"accept-language": "EN-gb"}, "en"),
        ({"cookie": "yunke_language=zh-hans", "accept-language": "en"}, "zh-hans"),
        ({"cookie": "yunke_language=en"}, "en"),
        ({"cookie": "yunke_language=../en", "accept-language": "en"}, "en"),
        ({"cookie": 'a="b"; yunke_language=en'}, "en"),
        ({"cookie": 'a="b; yunke_language'}, "zh-hans"),
    ],
)
def test_a_refusal_knows_the_readers_language(headers: dict[str, str], tongue: str) -> None:
    assert language(asking(headers)) == tongue
