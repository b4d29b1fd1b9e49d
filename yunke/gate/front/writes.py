"""What phones send all day: presence, progress, notes, answers. Each once, in a shared commit.

The body is JSON of a declared shape, the key is in the ``Idempotency-Key`` header; the answer
leaves after the commit and says under which receipt the write is kept.
"""

import msgspec

from yunke.base.writer import Writer
from yunke.gate.front.wire import Ask, Reply

BODY_LIMIT = 256 * 1024
BUSY = Reply(503, "系统正忙，稍后会自动再试。".encode(), more=((b"retry-after", b"2"),))
_writer: Writer | None = None


def start() -> None:
    global _writer
    _writer = Writer().start()


def stop() -> None:
    if _writer is not None:
        _writer.stop()


class Presence(msgspec.Struct):
    lesson: int = 0


async def presence(ask: Ask) -> Reply:
    return Reply(501)


async def progress(ask: Ask) -> Reply:
    return Reply(501)


async def notes(ask: Ask) -> Reply:
    return Reply(501)


async def answers(ask: Ask) -> Reply:
    return Reply(501)
