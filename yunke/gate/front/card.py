"""A whole class scans its cards at eight: signing in by card at the front, in shared commits.

The same checks and the same event as on the card's page; nothing is hashed slowly, because the
card's token is 128 random bits. The new session's token goes into the cookie and nowhere else.
"""

import asyncio
from collections.abc import Callable

import msgspec
from django.conf import settings
from django.db import OperationalError

from yunke.base.trouble import Refused
from yunke.base.writer import Busy
from yunke.gate.front.guard import refuse_foreign
from yunke.gate.front.session import seats, token_of
from yunke.gate.front.wire import JSON, Ask, Header, Reply, Stop
from yunke.gate.front.writes import BUSY, pen
from yunke.ground.people.door import card_enter, device_of, session_close, session_open

BODY_LIMIT = 2048
USELESS = "这张卡不能用了，请找班主任要一张新卡。This card opens nothing; please ask for a new one."


class Card(msgspec.Struct):
    """What the card says, and whether the device is the child's own."""

    token: str
    remember: bool = False


_card = msgspec.json.Decoder(Card)


async def sign_in(ask: Ask) -> Reply:
    """200 with the session's cookie, 422 for a card that opens nothing."""
    refuse_foreign(ask)
    try:
        card = _card.decode(await ask.body(BODY_LIMIT))
    except msgspec.DecodeError as trouble:
        raise Stop(422, f"{trouble}") from None
    before = seats.of(token_of(ask))
    device = device_of(ask.header(b"user-agent"))

    def work() -> bytes:
        person = card_enter(card.token)
        if person is None:
            raise Refused(USELESS, status=422)
        if before is not None and before.who is not None:
            session_close(who_id=before.who.id, session=before.who.session)
        token = session_open(
            person=person, device=device, registered=card.remember, way="card"
        )  # fmt: skip
        return token.encode()

    token = await _written(work)
    return Reply(200, b'{"to":"/"}', JSON, (_cookie(token, keep=card.remember),))


async def _written(work: Callable[[], bytes]) -> bytes:
    if pen.writer is None:
        raise Stop(503)
    try:
        return await asyncio.shield(
            asyncio.wrap_future(pen.writer.submit("", None, "/front/card", work))
        )
    except (Busy, OperationalError):
        raise Stop(503, BUSY.body.decode(), more=BUSY.more) from None
    except Refused as no:
        raise Stop(no.status, no.text) from None


def _cookie(token: bytes, *, keep: bool) -> Header:
    """For a month on one's own device, until the browser closes elsewhere."""
    parts = [f"{settings.SESSION_COOKIE_NAME}={token.decode()}", "Path=/", "HttpOnly"]
    parts.append(f"SameSite={settings.SESSION_COOKIE_SAMESITE}")
    if keep:
        parts.append(f"Max-Age={settings.SESSION_COOKIE_AGE}")
    if settings.SESSION_COOKIE_SECURE:
        parts.append("Secure")
    return b"set-cookie", "; ".join(parts).encode()
