"""A batch of acts as one frame of the inbox: its mark, then each act as a line of JSON."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from yunke.ground.lake.values import PastAct

_lines = msgspec.json.Encoder().encode_lines


class Line(msgspec.Struct):
    """An act as the lake's files have it, with its day. ``id`` is given when it is taken in."""

    uid: str
    made_at: str
    day: str
    actor_id: int
    verb: str
    object_kind: str
    object_id: int = 0
    title: str = ""
    subject_id: int = 0
    school_id: int = 0
    class_id: int = 0
    lesson_id: int = 0
    seconds: int = 0
    purpose: str = "teaching"
    result: str = "{}"


def mark_of(person_id: int, key: str) -> str:
    """What makes a batch the same batch: its sender and the sender's key. 64 characters."""
    return hashlib.sha256(f"{person_id}:{key}".encode()).hexdigest()


def frame_of(mark: str, lines: Sequence[Line]) -> bytes:
    return mark.encode() + b"\n" + _lines(lines)


def parts_of(frame: bytes) -> tuple[str, bytes]:
    """(mark, lines)."""
    mark, _, lines = frame.partition(b"\n")
    return mark.decode(), lines


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def lines_of(acts: Iterable[PastAct]) -> list[Line]:
    return [_line(act) for act in acts]


def _line(act: PastAct) -> Line:
    result: dict[str, Any] = act.result
    return Line(
        str(act.uid), utc(act.at), act.day.isoformat(), act.actor_id, act.verb.value,
        act.object_kind, act.object_id, act.title[:120], act.subject_id, act.school_id,
        act.class_id, act.lesson_id, act.seconds, act.purpose,
        json.dumps(result, ensure_ascii=False) if result else "{}",
    )  # fmt: skip
