"""XMLTV: channels and programmes for TV boxes and guides.

Written after the DTD of the XMLTV project: ``tv (channel*, programme*)``, children in the DTD's
order, times as ``YYYYMMDDhhmmss +hhmm``, text without line breaks or signs that XML cannot hold.

>>> from datetime import datetime, timezone
>>> channel = Channel("grade-3.yunke", (Text("三年级", "zh"),))
>>> moment = datetime(2026, 9, 1, 0, 30, tzinfo=timezone.utc)
>>> programme = Programme("grade-3.yunke", moment, moment, (Text("古诗三首", "zh"),))
>>> xmltv([channel], [programme]).decode().splitlines()[1]
'<!DOCTYPE tv SYSTEM "xmltv.dtd">'
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tv SYSTEM "xmltv.dtd">\n'
# What XML 1.0 cannot hold at all, and line breaks, which the DTD asks to leave out.
UNFIT = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True)
class Text:
    """Words in a language (a two-letter code, "" when it is not known)."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Channel:
    id: str
    names: tuple[Text, ...]
    icon: str = ""
    url: str = ""


@dataclass(frozen=True)
class Programme:
    """One programme. ``starts`` and ``ends`` are aware; ``minutes`` is its net length."""

    channel: str
    starts: datetime
    ends: datetime
    titles: tuple[Text, ...]
    descriptions: tuple[Text, ...] = ()
    categories: tuple[Text, ...] = ()
    presenter: str = ""
    minutes: int = 0
    icon: str = ""
    url: str = ""


def xmltv(
    channels: Iterable[Channel], programmes: Iterable[Programme], *, source: str = ""
) -> bytes:
    """The whole listing as UTF-8 with its document type.

    Raises ValueError for a channel without a name, a programme without a title, a programme on a
    channel that is not listed, or a time without a zone.
    """
    tv = Element("tv", {"generator-info-name": "yunke"})
    if source:
        tv.set("source-info-name", _fit(source))
    known = {channel.id for channel in channels if _channel(tv, channel)}
    for programme in programmes:
        if programme.channel not in known:
            raise ValueError(f"no channel {programme.channel!r}")
        _programme(tv, programme)
    indent(tv)
    return HEAD.encode() + tostring(tv, encoding="unicode").encode() + b"\n"


def time_text(moment: datetime) -> str:
    """``20260901083000 +0800``. Raises ValueError for a time without a zone."""
    if moment.utcoffset() is None:
        raise ValueError("a time without a zone")
    return moment.strftime("%Y%m%d%H%M%S %z")


def _channel(tv: Element, channel: Channel) -> bool:
    node = SubElement(tv, "channel", {"id": channel.id})
    if not _texts(node, "display-name", channel.names):
        raise ValueError(f"channel {channel.id!r} has no name")
    _icon_and_url(node, channel.icon, channel.url)
    return True


def _programme(tv: Element, programme: Programme) -> None:
    node = SubElement(
        tv,
        "programme",
        {
            "start": time_text(programme.starts),
            "stop": time_text(programme.ends),
            "channel": programme.channel,
        },
    )
    if not _texts(node, "title", programme.titles):
        raise ValueError("a programme without a title")
    _texts(node, "desc", programme.descriptions)
    if programme.presenter:
        SubElement(SubElement(node, "credits"), "presenter").text = _fit(programme.presenter)
    _texts(node, "category", programme.categories)
    if programme.minutes > 0:
        SubElement(node, "length", {"units": "minutes"}).text = str(programme.minutes)
    _icon_and_url(node, programme.icon, programme.url)


def _texts(parent: Element, name: str, texts: Iterable[Text]) -> int:
    written = 0
    for text in texts:
        words = _fit(text.words)
        if words:
            node = SubElement(parent, name, {"lang": text.language} if text.language else {})
            node.text = words
            written += 1
    return written


def _icon_and_url(parent: Element, icon: str, url: str) -> None:
    if icon:
        SubElement(parent, "icon", {"src": icon})
    if url:
        SubElement(parent, "url").text = url


def _fit(words: str) -> str:
    return UNFIT.sub(" ", words).strip()
