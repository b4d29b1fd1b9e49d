"""A browser for the front's tests: knocks at the ASGI application itself, without a socket."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from yunke.base.kept import forget_all
from yunke.gate.front import media, writes
from yunke.gate.front.app import application
from yunke.gate.front.session import seats
from yunke.ground.people.door import session_open
from yunke.ground.people.models import Person

OWN = {"host": "localhost", "origin": "http://localhost", "content-type": "application/json"}


@dataclass
class Heard:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def told(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


def token(somebody: Person, *, registered: bool = True) -> str:
    return session_open(person=somebody, device="test", registered=registered, way="password")


def forget() -> None:
    """As if a second had passed."""
    seats.forget()
    media.answers.forget()
    forget_all()


def scope_of(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": method, "path": path, "headers": pairs, "query_string": b""}


async def knock(
    method: str, path: str, *, token: str = "", body: bytes = b"", **headers: str
) -> Heard:
    """One request. Header names are given with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items() if value}
    if token:
        named["cookie"] = f"a=b; {settings.SESSION_COOKIE_NAME}={token}"
    heard = Heard()
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            heard.status = message["status"]
            heard.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        heard.body += message.get("body", b"")

    await application(scope_of(method, path, named), receive, send)
    return heard


def ask(method: str, path: str, **more: Any) -> Heard:
    return asyncio.run(knock(method, path, **more))


async def post(path: str, value: Any, *, token: str = "", key: str = "", **headers: str) -> Heard:
    """A write as our own pages send it."""
    named = {**OWN, "idempotency-key": key or uuid.uuid4().hex, **headers}
    return await knock(
        "POST", path, token=token, body=json.dumps(value).encode(),
        **{name.replace("-", "_"): text for name, text in named.items()},
    )  # fmt: skip


def send(path: str, value: Any, **more: Any) -> Heard:
    return asyncio.run(post(path, value, **more))


@contextmanager
def writing() -> Iterator[None]:
    """The writer of the process runs."""
    writes.pen.start()
    try:
        yield
    finally:
        writes.pen.stop()
        writes.pen.writer = None


@asynccontextmanager
async def listening(path: str, *, token: str, **headers: str) -> "AsyncIterator[Line]":
    """An open line of events."""
    line = Line()
    named = {"cookie": f"{settings.SESSION_COOKIE_NAME}={token}", **headers}
    scope = scope_of("GET", path, {k.replace("_", "-"): v for k, v in named.items()})
    task = asyncio.create_task(application(scope, line.receive, line.send))
    try:
        yield line
    finally:
        line.gone.set()
        with suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(task, 5)


class Line:
    """What a browser sees of an event stream."""

    def __init__(self) -> None:
        self.status = 0
        self.gone = asyncio.Event()
        self.parts: asyncio.Queue[bytes] = asyncio.Queue()
        self.ended = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        if message.get("body"):
            self.parts.put_nowait(message["body"])
        if not message.get("more_body"):
            self.ended.set()

    async def state(self, seconds: float = 5) -> dict[str, Any]:
        """The next state, past beats and the first line."""
        while True:
            part = await asyncio.wait_for(self.parts.get(), seconds)
            if b"data: " in part:
                return json.loads(part.split(b"data: ", 1)[1])  # type: ignore[no-any-return]
