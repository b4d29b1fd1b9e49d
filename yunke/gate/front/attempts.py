"""Answers to homework, exams and drills: saved while they are written, handed in once, carried.

A reply tells what is stored, how long is left and a tick of the server; never a key, a score or a
cause. The same shapes lie in the boxes that another pupil's session carries.
"""

import base64
import binascii
import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import msgspec

from yunke.gate.front.session import seat_of
from yunke.gate.front.wire import JSON, Ask, Id, Reply, Stop, encode
from yunke.school.attempts.door import (
    From,
    Sent,
    attempt_now,
    attempt_save,
    attempt_submit,
    boxes_take,
    instant_of,
    proof_of,
)

RIGHT = "attempt.write"
MOST_BOXES = 20


class Given(msgspec.Struct):
    """One answer. ``value`` is kept as it came besides: its digest stands in the device's log."""

    question: Id
    seq: int
    value: msgspec.Raw = msgspec.Raw(b"null")
    written: datetime | None = None


class Shown(msgspec.Struct):
    """What a device shows for the time of its answers (``attempts.rules.ticks``)."""

    tick: str = ""
    lines: list[str] = []
    sign: str = ""


class Answers(msgspec.Struct):
    attempt: Id
    answers: list[Given] = []
    device: str = ""
    proof: Shown = msgspec.field(default_factory=Shown)


class Boxes(msgspec.Struct):
    """Boxes as base64, each under the name that the device gave it."""

    boxes: dict[str, str]


_value = msgspec.json.Decoder()


def save(who_id: int, sent: Answers) -> dict[str, Any]:
    return attempt_save(who_id=who_id, attempt_id=sent.attempt, answers=given(sent), by=by(sent))


def submit(who_id: int, sent: Answers, key: str) -> dict[str, Any]:
    return attempt_submit(
        who_id=who_id, attempt_id=sent.attempt, answers=given(sent), key=key, by=by(sent)
    )


def given(sent: Answers) -> list[Sent]:
    try:
        return [_sent(one) for one in sent.answers]
    except msgspec.DecodeError as trouble:
        raise Stop(422, f"{trouble}") from None


def _sent(one: Given) -> Sent:
    digest = hashlib.sha256(bytes(one.value)).hexdigest()
    return Sent(one.question, _value.decode(one.value), one.seq, instant_of(one.written), digest)


def by(sent: Answers) -> From:
    device = sent.device if sent.device.isascii() and sent.device.isalnum() else ""
    proof = proof_of(sent.proof.tick, sent.proof.lines, sent.proof.sign)
    return From(device[:32], proof)


def carry(sent: Boxes) -> dict[str, Any]:
    """Which boxes the device may throw away: taken, or of no use to anybody."""
    if len(sent.boxes) > MOST_BOXES:
        raise Stop(422, "too many boxes")
    return {"taken": boxes_take({name: _bytes(text) for name, text in sent.boxes.items()})}


async def now(ask: Ask) -> Reply:
    """How one's own attempt stands; nothing is written."""
    seat = seat_of(ask, RIGHT)
    assert seat.who is not None  # noqa: S101 - seat_of gives no empty seat
    query = parse_qs(ask.scope["query_string"].decode("latin-1"))
    found = attempt_now(
        who_id=seat.who.id, attempt_id=int(ask.args[0]), device=query.get("device", [""])[0][:32],
        tick=query.get("tick", [""])[0],
    )  # fmt: skip
    return Reply(404) if found is None else Reply(200, encode(found), JSON)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
