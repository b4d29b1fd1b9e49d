"""Extended M3U: a list of channels that TV boxes and players open.

One ``#EXTINF:-1`` line per channel with its attributes, then its address. ``tvg-id`` ties a
channel to the XMLTV listing named in the head.

>>> print(m3u([Entry("三年级", "http://x/tv/3", id="grade-3.yunke")], guide="http://x/tv.xml"))
#EXTM3U url-tvg="http://x/tv.xml"
#EXTINF:-1 tvg-id="grade-3.yunke",三年级
http://x/tv/3
<BLANKLINE>
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# A line is the format's only frame, a double quote the only frame of an attribute.
LINES = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Entry:
    """A channel: its name, the address that plays it, and what guides show."""

    name: str
    url: str
    id: str = ""
    group: str = ""
    logo: str = ""
    number: int = 0


def m3u(entries: Iterable[Entry], *, guide: str = "") -> str:
    """The list as text, to be sent as UTF-8. Raises ValueError for an entry without an address."""
    head = f'#EXTM3U url-tvg="{_value(guide)}"' if guide else "#EXTM3U"
    lines = [head]
    for entry in entries:
        if not entry.url or LINES.search(entry.url) or entry.url.startswith("#"):
            raise ValueError(f"entry {entry.name!r} has no usable address")
        lines += [_info(entry), entry.url]
    return "\n".join(lines) + "\n"


def _info(entry: Entry) -> str:
    values = (
        ("tvg-id", entry.id),
        ("tvg-chno", str(entry.number) if entry.number else ""),
        ("tvg-logo", entry.logo),
        ("group-title", entry.group),
    )
    attributes = "".join(f' {name}="{_value(text)}"' for name, text in values if text)
    return f"#EXTINF:-1{attributes},{LINES.sub(' ', entry.name).strip()}"


def _value(text: str) -> str:
    return LINES.sub(" ", text).replace('"', "'").strip()
