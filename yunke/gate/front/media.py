"""May this file be sent? Caddy asks for every request and range, then sends the file itself."""

from yunke.gate.front.session import seats, token_of
from yunke.gate.front.wire import Ask, Reply


async def check(ask: Ask) -> Reply:
    if seats.who(token_of(ask)) is None:
        return Reply(403)
    return Reply(404)
