"""What a write must bring before it is read: our own page, JSON, a bounded body."""

from urllib.parse import urlsplit

from django.conf import settings

from yunke.gate.front.wire import Ask, Stop

BODY_LIMIT = 256 * 1024


def refuse_foreign(ask: Ask) -> None:
    """Raises Stop(403) unless a page of our own sent this; a browser says so truly.

    JSON besides: another site can send a form without asking first, but not JSON.
    """
    if not ask.header(b"content-type").startswith("application/json"):
        raise Stop(415, "application/json is expected")
    site = ask.header(b"sec-fetch-site")
    if site:
        if site != "same-origin":
            raise Stop(403, "another site may not write here")
        return
    origin = urlsplit(ask.header(b"origin")).netloc
    if not origin or origin != ask.header(b"host"):
        raise Stop(403, "another site may not write here")


def language(ask: Ask) -> str:
    """The language of the person's own choice, else the browser's, else Chinese."""
    chosen = ask.cookie(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return "en" if ask.header(b"accept-language").lower().startswith("en") else "zh-hans"
