"""The front's addresses, as data, and the few lines that walk them."""

import gc
import logging
import os
import re
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import uvicorn
from django.db import OperationalError

from yunke.gate.front import along, attempts, card, events, media, today, worker, writes
from yunke.gate.front.table import table
from yunke.gate.front.wire import Ask, Receive, Reply, Scope, Send, Stop

log = logging.getLogger(__name__)
Handler = Callable[[Ask], Awaitable[Reply | None]]


class Route(NamedTuple):
    """``replay``: a write that comes twice under its key is answered from its receipt."""

    method: str
    path: str
    handler: Handler
    replay: bool = True


async def health(ask: Ask) -> Reply:
    return Reply(200, b"ok")


PLAIN = (
    Route("GET", "/front/health", health),
    Route("GET", "/front/today", today.today),
    Route("GET", "/front/media-check", media.check),
    Route("GET", "/front/worker.js", worker.worker),
    # A session's token must not lie in a receipt; a second arrival only opens a second session.
    Route("POST", "/front/card", card.sign_in, replay=False),
    # Kept by its own mark: see ``events``.
    Route("POST", "/front/events", events.keep, replay=False),
    *(Route("POST", path, writes.write) for path in writes.WRITES),
)
NUMBERED = (
    Route("GET", r"/front/attempts/(\d{1,18})", attempts.now),
    Route("GET", r"/front/along/(\d{1,18})/events", along.events),
    Route("POST", r"/front/along/(\d{1,18})", along.drive),
)
_PLAIN = {(route.method, route.path): route.handler for route in PLAIN}
_NUMBERED = [(r.method, re.compile(r.path), r.handler) for r in NUMBERED]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    table.lend()
    ask = Ask(scope, receive, send)
    reply = await _reply(ask, _find(ask))
    if reply is not None:
        await ask.answer(reply)


def _find(ask: Ask) -> Handler:
    method, path = ask.scope["method"], ask.scope["path"]
    found = _PLAIN.get((method, path))
    if found is not None:
        return found
    for verb, pattern, handler in _NUMBERED:
        match = pattern.fullmatch(path)
        if match and verb == method:
            ask.args = match.groups()
            return handler
    return missing


async def missing(ask: Ask) -> Reply:
    return Reply(404)


async def _reply(ask: Ask, handler: Handler) -> Reply | None:
    """What the handler answers; a busy database is a 503 that says when to come again."""
    try:
        return await handler(ask)
    except Stop as stop:
        return stop.reply
    except OperationalError:
        table.mend()
        return writes.BUSY
    except Exception:
        log.exception("%s %s", ask.scope["method"], ask.scope["path"])
        return Reply(500)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message: dict[str, Any] = await receive()
        if message["type"] == "lifespan.startup":
            writes.pen.start()
            events.box.start()
            along.watcher.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await along.watcher.stop()
            writes.pen.stop()
            events.box.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


def main(words: list[str]) -> int:
    """Serve on the unix socket or port named; on SIGTERM the writes in hand are answered first."""
    # Reads are short statements by index, done in the loop: a thread for each would cost more.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    table.hold()
    # What Django loaded stays: the collector need not walk over it, nor after every few requests.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    where: dict[str, Any] = {"port": int(words[0])} if words[0].isdigit() else {"uds": words[0]}
    uvicorn.run(
        application, **where, loop="uvloop", http="httptools", ws="none",
        lifespan="on", log_level="warning", access_log=False, server_header=False,
        date_header=False, proxy_headers=False, timeout_graceful_shutdown=3, backlog=4096,
    )  # fmt: skip
    return 0
