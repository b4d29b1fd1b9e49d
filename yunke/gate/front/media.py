"""May this file be sent? Caddy asks for every request and range, then sends the file itself."""

import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from yunke.base.bucket import bucket
from yunke.base.writer import Busy
from yunke.gate.front.session import seats, token_of, whole
from yunke.gate.front.wire import Ask, Reply
from yunke.gate.front.writes import pen
from yunke.school.attempts.door import photo_may
from yunke.school.library.door import download_key, download_record, media_may

FRESH = 0.9  # seconds that an answer is believed
MOST = 20_000
AWAY = b"x-yunke-bucket"
YES, NOTHING = Reply(204), Reply(404)


class Answers:
    """(token, folder of the asset, kind of file) → yes or no, for ``FRESH`` seconds."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[float, bool]] = {}

    def may(self, ask: Ask, path: str) -> bool:
        """Cost: nothing when fresh, else who asks and one query for the lesson."""
        key, moment = (token_of(ask), family(path)), time.monotonic()
        kept = self._kept.get(key)
        if kept is not None and kept[0] > moment:
            return kept[1]
        if len(self._kept) >= MOST:
            self._kept.clear()
        seat = seats.of(token_of(ask))
        may = photo_may if path.startswith("/media/attempts/") else media_may
        answer = may(path, whole(ask))
        # Never longer than who asks is believed: two short memories must not add up.
        until = min(moment + FRESH, seat.until) if seat else moment + FRESH
        self._kept[key] = (until, answer)
        return answer

    def forget(self) -> None:
        self._kept.clear()


answers = Answers()


def family(path: str) -> str:
    """Files of one asset that the same rule decides: the segments of a video share an answer."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/*" if name.endswith((".ts", ".m4s", ".mp4", ".m3u8")) else path


async def check(ask: Ask) -> Reply:
    """204 when the person may have the file that Caddy was asked for, else 404.

    The path is what Caddy will send: decoded once, as it does. Anything odd in it is refused.
    """
    raw = urlsplit(ask.header(b"x-forwarded-uri")).path
    path = unquote(raw)
    if not path or "\\" in path or "//" in path or any(p in {".", ".."} for p in path.split("/")):
        return NOTHING
    if not answers.may(ask, path):
        return NOTHING
    if "/download/" in path:
        note(ask, path)
    return sent_from(path)


def sent_from(path: str) -> Reply:
    """Caddy sends the file of this machine; what only the bucket holds, by a signed address."""
    place = bucket()
    inside = path.removeprefix("/media/")
    if place is None or (Path(settings.MEDIA_ROOT) / inside).is_file():
        return YES
    return Reply(204, more=((AWAY, place.signed(inside).encode()),))


def note(ask: Ask, path: str) -> None:
    """A download is an act like any other. Nobody waits for it to be written down."""
    who = whole(ask)
    if who is None or pen.writer is None:
        return

    def write() -> bytes:
        download_record(who=who, path=path)
        return b""

    with suppress(Busy):
        pen.writer.submit(download_key(who.id, path), who.id, path[:200], write)
