"""What a device kept while it was offline: its person's acts, many at once, each kept once.

A batch is on the disk before the answer leaves; it is in the lake some seconds later. The batch's
key is the device's own: the same batch again changes nothing, and neither does the same act in
another batch. Who acted is whom the session says, never what the batch says.
"""

import asyncio
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.utils import timezone

from yunke.base.clock import now
from yunke.base.once import KEY, receipt_code
from yunke.gate.front.guard import BODY_LIMIT, refuse_foreign
from yunke.gate.front.session import seat_of
from yunke.gate.front.wire import JSON, Ask, Reply, Stop, encode
from yunke.gate.front.writes import BUSY, Someone, someone
from yunke.ground.lake.door import Inbox, InboxFull, Line, Verb, frame_of, mark_of, utc

MOST = 500
# How old an act may be when it comes, and how far a device's clock may be ahead.
OLD, AHEAD = timedelta(days=14), timedelta(minutes=5)
LONGEST = 600  # seconds that one report may add


class Sent(Enum):
    """What a device may tell by itself. All else is recorded where it is done."""

    OPENED = Verb.OPENED.value
    PLAYED = Verb.PLAYED.value
    PAUSED = Verb.PAUSED.value
    PROGRESSED = Verb.PROGRESSED.value
    COMPLETED = Verb.COMPLETED.value
    PACK_OPENED = Verb.PACK_OPENED.value


class SentAct(msgspec.Struct, forbid_unknown_fields=True):
    """One act. ``id`` is made by the device and stays the same when it is sent again."""

    id: UUID
    verb: Sent
    at: datetime
    lesson: int = 0
    seconds: int = 0


class Batch(msgspec.Struct, forbid_unknown_fields=True):
    acts: list[SentAct]


class Refusal(NamedTuple):
    number: int
    why: str


_shape = msgspec.json.Decoder(Batch)


class Box:
    """The one inbox of this process; it writes while the process serves."""

    def __init__(self) -> None:
        self.inbox: Inbox | None = None

    def start(self) -> None:
        self.inbox = Inbox().start()

    def stop(self) -> None:
        if self.inbox is not None:
            self.inbox.stop()
            self.inbox = None


box = Box()


async def keep(ask: Ask) -> Reply:
    """Up to 500 acts. 200 after the disk has them; acts that cannot be are named and left out."""
    refuse_foreign(ask)
    seat = seat_of(ask, "events.write")
    key = ask.header(b"idempotency-key")
    if not KEY.fullmatch(key):
        raise Stop(400, "Idempotency-Key is missing or malformed")
    acts = _read(await ask.body(BODY_LIMIT))
    by = someone(seat)
    lines, refused = _lines(acts, by, now())
    if lines and not await _stored(frame_of(mark_of(by.who_id, key), lines)):
        return BUSY
    receipt = receipt_code(key)
    told = {"stored": len(lines), "refused": refused, "receipt": receipt}
    return Reply(200, encode(told), JSON, ((b"x-receipt", receipt.encode()),))


def _read(body: bytes) -> list[SentAct]:
    """Raises Stop(422) for what is no batch, Stop(413) for too many acts."""
    try:
        acts = _shape.decode(body).acts
    except msgspec.DecodeError as trouble:
        raise Stop(422, f"{trouble}") from None
    if len(acts) > MOST:
        raise Stop(413, f"at most {MOST} acts at once")
    return acts


async def _stored(frame: bytes) -> bool:
    """Wait for the disk; False when the inbox is full, ends, or the disk is."""
    if box.inbox is None:
        return False
    try:
        await asyncio.shield(asyncio.wrap_future(box.inbox.submit(frame)))
    except (InboxFull, OSError):
        return False
    return True


def _lines(acts: list[SentAct], by: Someone, moment: datetime) -> tuple[list[Line], list[Refusal]]:
    """The acts as the lake has them, and those that cannot have been."""
    lines: list[Line] = []
    refused: list[Refusal] = []
    zone = timezone.get_default_timezone()
    for index, act in enumerate(acts):
        why = _fault(act, moment)
        if why:
            refused.append(Refusal(index, why))
            continue
        lines.append(
            Line(
                str(act.id), utc(act.at), act.at.astimezone(zone).date().isoformat(), by.who_id,
                act.verb.value, "lesson", act.lesson, "", 0, by.school_id, by.class_id,
                act.lesson, act.seconds,
            )
        )  # fmt: skip
    return lines, refused


def _fault(act: SentAct, moment: datetime) -> str:
    if act.at.tzinfo is None:
        return "at has no time zone"
    if not moment - OLD <= act.at <= moment + AHEAD:
        return "at is too far from now"
    if not 0 <= act.seconds <= LONGEST:
        return "seconds"
    return "" if 0 <= act.lesson < 2**53 else "lesson"
