"""Watching together: the teacher's player leads, the class follows over one open line each."""

from yunke.gate.front.wire import Ask, Reply


def start() -> None: ...


async def stop() -> None: ...


async def events(ask: Ask) -> Reply | None:
    return Reply(404)


async def drive(ask: Ask) -> Reply:
    return Reply(404)
