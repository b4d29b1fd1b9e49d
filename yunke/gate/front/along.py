"""Watching together: the teacher's player leads, the class follows over one open line each.

The row of the hour is the truth. What is driven here is sent at once; what another process
changed (an hour that a page ended) is noticed within a second.
"""

import asyncio
import logging
from contextlib import suppress
from time import monotonic
from typing import Any

import msgspec

from yunke.base import line
from yunke.gate.front.guard import BODY_LIMIT, refuse_foreign
from yunke.gate.front.hub import Hub, Socket, frame
from yunke.gate.front.session import seat_of, whole
from yunke.gate.front.table import table
from yunke.gate.front.wire import Ask, Id, Reply, Stop, encode
from yunke.gate.front.writes import pen
from yunke.ground.people.door import Place, Who, allowed
from yunke.school.lessons.door import (
    along_ask,
    along_drive,
    along_end,
    along_state,
    may_join,
)

BEAT = 3.5  # seconds after which a line's reader is looked up anew; a silent line says it is there
LOOK = 1.0  # seconds between looks at hours that people follow
CHANNEL = "along"
log = logging.getLogger(__name__)
hub = Hub()


class Drive(msgspec.Struct):
    """What the teacher does: go to a second, play or pause; ask; put up a word; end."""

    position: float | None = None
    playing: bool = False
    task: Id = 0
    spoken: str = ""
    word: str | None = None
    ask: bool = False
    end: bool = False


_drive = msgspec.json.Decoder(Drive)


async def events(ask: Ask) -> None:
    """The states of one hour as server-sent events, the present one first."""
    number = int(ask.args[0])
    state = _joinable(ask, number)
    version, data = state["version"], encode(state)
    seen = ask.header(b"last-event-id")
    known = seen.isdigit() and int(seen[:18]) >= version
    hub.publish(number, version, data)
    socket = hub.join(number, None if known else frame(version, data))
    try:
        await _stream(ask, number, socket)
    finally:
        hub.leave(number, socket)


async def _stream(ask: Ask, number: int, socket: Socket) -> None:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store, private"),
        (b"x-accel-buffering", b"no"),
    ]
    await ask.send({"type": "http.response.start", "status": 200, "headers": headers})
    await _part(ask, b"retry: 1500\n\n")
    gone = asyncio.create_task(_gone(ask))
    due = monotonic() + BEAT
    try:
        while not gone.done():
            try:
                found = await socket.next(max(0.0, due - monotonic()))
            except TimeoutError:
                _joinable(ask, number)
                due = monotonic() + BEAT
                await _part(ask, b": still here\n\n")
                continue
            if found is None:
                break
            await _part(ask, found.wire)
    except Stop:  # left the class, or signed out: the line ends
        log.info("a line of hour %d was closed: its reader may no longer join", number)
    finally:
        gone.cancel()
        with suppress(Exception):
            await ask.send({"type": "http.response.body", "body": b""})


async def _part(ask: Ask, wire: bytes) -> None:
    await ask.send({"type": "http.response.body", "body": wire, "more_body": True})


async def _gone(ask: Ask) -> None:
    while (await ask.receive())["type"] != "http.disconnect":
        pass


def _joinable(ask: Ask, number: int) -> dict[str, Any]:
    """The state of the hour. Raises Stop unless it is of a class of who asks."""
    seat_of(ask, "along.join")
    who, state = whole(ask), along_state(number)
    if who is None or state is None or not may_join(who, state["class"]):
        raise Stop(404)
    return state


async def drive(ask: Ask) -> Reply:
    """The teacher of the hour plays, pauses, asks or ends; every screen follows at once."""
    refuse_foreign(ask)
    seat_of(ask, "along.run")
    number, who = int(ask.args[0]), whole(ask)
    state = along_state(number)
    if who is None or state is None or not allowed(who, "along.run", _place(state)):
        raise Stop(404)
    try:
        sent = _drive.decode(await ask.body(BODY_LIMIT))
    except msgspec.DecodeError as trouble:
        raise Stop(422, f"{trouble}") from None
    school = next((c.school_id for c in who.classes if c.id == state["class"]), 0)
    reply = await pen.write(ask, who.id, lambda key: _act(who, school, number, sent))
    told = msgspec.json.decode(reply.body) if reply.status == 200 else {}
    if "version" in told:
        told.pop("receipt", None)
        hub.publish(number, told["version"], encode(told))
        words = encode([number, told["version"], encode(told).decode()])
        await asyncio.to_thread(line.say, CHANNEL, words)
    return reply


def _place(state: dict[str, Any]) -> Place:
    return Place(class_id=state["class"])


def _act(who: Who, school: int, number: int, sent: Drive) -> dict[str, Any]:
    if sent.end:
        return along_end(who_id=who.id, school_id=school, along_id=number)
    if sent.ask or sent.task or sent.spoken or sent.word is not None:
        return along_ask(
            who_id=who.id, school_id=school, along_id=number, task_id=sent.task,
            spoken=sent.spoken, word=sent.word,
        )  # fmt: skip
    return along_drive(who_id=who.id, along_id=number, position=sent.position, playing=sent.playing)


class Watcher:
    """Looks once a second whether an hour that people follow was changed elsewhere."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())
        loop = asyncio.get_running_loop()

        def heard(text: bytes) -> None:
            loop.call_soon_threadsafe(pass_on, text)

        line.hear(CHANNEL, heard)

    async def stop(self) -> None:
        hub.close()
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            table.lend()
            try:
                look()
            except Exception:  # a busy database: look again in a second
                log.warning("could not look at the hours that people follow", exc_info=True)


def look() -> None:
    """Send what is newer than what was sent. One query for each hour that is followed."""
    for number in hub.topics:
        state = along_state(number)
        if state is not None and state["version"] > hub.newest(number):
            hub.publish(number, state["version"], encode(state))


def pass_on(text: bytes) -> None:
    """What a front on another machine was driven to, to those who follow here."""
    number, version, data = msgspec.json.decode(text)
    hub.publish(number, version, data.encode())


watcher = Watcher()
