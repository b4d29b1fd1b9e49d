"""One request in, one reply out, over plain ASGI: only what the front needs of HTTP."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Annotated, Any, NamedTuple

import msgspec

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Header = tuple[bytes, bytes]

JSON = (b"content-type", b"application/json")
TEXT = (b"content-type", b"text/plain; charset=utf-8")
PRIVATE = (b"cache-control", b"no-store, private")
NOSNIFF = (b"x-content-type-options", b"nosniff")
# The number of a row, as far as databases count.
Id = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
encode = msgspec.json.Encoder().encode


class Reply(NamedTuple):
    status: int
    body: bytes = b""
    kind: Header = TEXT
    more: tuple[Header, ...] = ()


class Stop(Exception):
    """Answer this and nothing else."""

    def __init__(self, status: int, text: str = "", *, more: tuple[Header, ...] = ()) -> None:
        super().__init__(text)
        self.reply = Reply(status, text.encode(), TEXT, more)


@dataclass(slots=True)
class Ask:
    """One request. Headers are read when they are asked for, names in lower case."""

    scope: Scope
    receive: Receive
    send: Send
    args: tuple[str, ...] = ()

    def header(self, name: bytes) -> str:
        for key, value in self.scope["headers"]:
            if key == name:
                return str(value, "latin-1")
        return ""

    def cookie(self, name: str) -> str:
        """The named cookie; the plain case is cut out by hand, the odd one goes to the library."""
        text = self.header(b"cookie")
        if '"' in text:
            return _odd_cookie(text, name)
        for part in text.split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                return value
        return ""

    async def body(self, limit: int) -> bytes:
        """The whole body. Raises Stop(413) as soon as it passes ``limit`` bytes."""
        length = self.header(b"content-length") or "0"
        if not (length.isascii() and length.isdecimal()):
            raise Stop(400, "content-length is no number")
        if int(length) > limit:
            raise Stop(413, "too long")
        whole = b""
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                raise Stop(400, "cut off")
            whole += bytes(message.get("body", b""))
            if len(whole) > limit:
                raise Stop(413, "too long")
            if not message.get("more_body"):
                return whole

    async def answer(self, reply: Reply) -> None:
        length = (b"content-length", str(len(reply.body)).encode())
        headers = [reply.kind, length, PRIVATE, NOSNIFF, *reply.more]
        await self.send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": reply.body})


def _odd_cookie(text: str, name: str) -> str:
    try:
        found = SimpleCookie(text).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
