"""What phones send all day: presence, progress, notes, answers. Each once, in a shared commit.

The body is JSON of a declared shape, the key is in the ``Idempotency-Key`` header; the answer
leaves after the commit and says under which receipt the write is kept. ``WRITES`` is the table.
"""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from django.db import OperationalError
from django.utils import translation

from yunke.base.once import KEY, KeyTaken, receipt_code
from yunke.base.trouble import Refused
from yunke.base.writer import Busy, Writer
from yunke.gate.front import attempts
from yunke.gate.front.guard import BODY_LIMIT, language, refuse_foreign
from yunke.gate.front.session import Seat, seat_of
from yunke.gate.front.wire import JSON, Ask, Id, Reply, Stop, encode
from yunke.ground.people.door import session_touch
from yunke.school.lessons.door import (
    answers_submit,
    note_delete,
    note_save,
    presence_tick,
    progress_save,
)

BUSY = Reply(
    503,
    "系统正忙，稍后会自动再试。Busy; please try again.".encode(),
    more=((b"retry-after", b"2"),),
)
Told = dict[str, Any]


class Someone(NamedTuple):
    """Who writes: the person with the class and school that the events name."""

    who_id: int
    class_id: int
    school_id: int
    session: str = ""
    # The device's last-seen time is old enough to be noted anew.
    seen_due: bool = False


class Presence(msgspec.Struct):
    lesson: Id = 0


class Progress(msgspec.Struct):
    lesson: Id
    position: float
    ranges: list[tuple[float, float]] = []
    of: float = 0


class Note(msgspec.Struct):
    """A note; with ``id`` a changed one, with ``delete`` one that goes."""

    lesson: Id = 0
    at: float = 0
    text: str = ""
    id: Id = 0
    delete: bool = False


class Answer(msgspec.Struct):
    task: Id
    value: str


class Answers(msgspec.Struct):
    lesson: Id
    answers: list[Answer]


def keep_presence(by: Someone, sent: Presence, key: str) -> Told:
    return presence_tick(**_by(by))


def keep_progress(by: Someone, sent: Progress, key: str) -> Told:
    # Watching is being there: a classroom's computer does not forget its pupil meanwhile.
    session_touch(by.session)
    return progress_save(
        **_by(by), lesson_id=sent.lesson, position=sent.position,
        ranges=[list(pair) for pair in sent.ranges], of_seconds=sent.of,
    )  # fmt: skip


def keep_note(by: Someone, sent: Note, key: str) -> Told:
    session_touch(by.session)
    if sent.delete:
        return note_delete(**_by(by), note_id=sent.id)
    return note_save(**_by(by), lesson_id=sent.lesson, at=sent.at, text=sent.text, note_id=sent.id)


def keep_answers(by: Someone, sent: Answers, key: str) -> Told:
    session_touch(by.session)
    given = [{"task": answer.task, "value": answer.value} for answer in sent.answers]
    return answers_submit(**_by(by), lesson_id=sent.lesson, answers=given, key=key)


def keep_attempt(by: Someone, sent: attempts.Answers, key: str) -> Told:
    if by.seen_due:
        session_touch(by.session)
    return attempts.save(by.who_id, sent)


def keep_submission(by: Someone, sent: attempts.Answers, key: str) -> Told:
    if by.seen_due:
        session_touch(by.session)
    return attempts.submit(by.who_id, sent, key)


def keep_boxes(by: Someone, sent: attempts.Boxes, key: str) -> Told:
    return attempts.carry(sent)


def _by(by: Someone) -> dict[str, int]:
    return {"who_id": by.who_id, "class_id": by.class_id, "school_id": by.school_id}


class Kind(NamedTuple):
    """A kind of write: its right, its shape, and what keeps it."""

    right: str
    shape: msgspec.json.Decoder[Any]
    keep: Callable[[Someone, Any, str], Told]


WRITES = {
    "/front/presence": Kind("day.read", msgspec.json.Decoder(Presence), keep_presence),
    "/front/progress": Kind("progress.write", msgspec.json.Decoder(Progress), keep_progress),
    "/front/notes": Kind("note.write", msgspec.json.Decoder(Note), keep_note),
    "/front/attempts/save": Kind(
        attempts.RIGHT, msgspec.json.Decoder(attempts.Answers), keep_attempt
    ),
    "/front/attempts/submit": Kind(
        attempts.RIGHT, msgspec.json.Decoder(attempts.Answers), keep_submission
    ),
    "/front/attempts/sealed": Kind(
        "attempt.carry", msgspec.json.Decoder(attempts.Boxes), keep_boxes
    ),
    "/front/answers": Kind("task.answer", msgspec.json.Decoder(Answers), keep_answers),
}


class Pen:
    """The one writer of this process; it writes while the process serves."""

    def __init__(self) -> None:
        self.writer: Writer | None = None

    def start(self) -> None:
        self.writer = Writer().start()

    def stop(self) -> None:
        if self.writer is not None:
            self.writer.stop()

    def is_full(self) -> bool:
        return self.writer is not None and self.writer.is_full()

    async def write(self, ask: Ask, person_id: int, work: Callable[[str], Told]) -> Reply:
        """Keep what ``work(key)`` does, once under the key of the request."""
        key = ask.header(b"idempotency-key")
        if not KEY.fullmatch(key):
            raise Stop(400, "Idempotency-Key is missing or malformed")
        tongue, receipt = language(ask), receipt_code(key)

        def run() -> bytes:
            with translation.override(tongue):
                return encode({**work(key), "receipt": receipt})

        if self.writer is None:
            return BUSY
        try:
            queued = self.writer.submit(key, person_id, ask.scope["path"], run)
            body = await asyncio.shield(asyncio.wrap_future(queued))
        except (Busy, OperationalError):
            return BUSY
        except KeyTaken:
            raise Stop(409, "this key was used for something else") from None
        except Refused as no:
            raise Stop(no.status, no.text) from None
        return Reply(200, body, JSON, ((b"x-receipt", receipt.encode()),))


pen = Pen()


async def write(ask: Ask) -> Reply:
    """Any write of the table."""
    kind = WRITES[ask.scope["path"]]
    refuse_foreign(ask)
    body = await ask.body(BODY_LIMIT)
    if pen.is_full():  # before anything is looked up: a crowd hears "later" at once
        return BUSY
    seat = seat_of(ask, kind.right)
    try:
        sent = kind.shape.decode(body)
    except msgspec.DecodeError as trouble:
        raise Stop(422, f"{trouble}") from None
    by = someone(seat)
    return await pen.write(ask, by.who_id, lambda key: kind.keep(by, sent, key))


def someone(seat: Seat) -> Someone:
    who = seat.who
    assert who is not None  # noqa: S101 - seat_of gives no empty seat
    first = who.classes[0] if who.classes else None
    place = (first.id, first.school_id) if first else (0, 0)
    return Someone(who.id, *place, who.session, who.seen_due)
