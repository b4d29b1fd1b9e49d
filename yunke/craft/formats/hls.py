"""HLS master playlists."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rendition:
    """One rung as the master playlist names it; ``bits`` per second at its peak."""

    uri: str
    width: int
    height: int
    bits: int
    codecs: str = ""


def master_playlist(renditions: Iterable[Rendition]) -> str:
    """The master playlist, best first; the first one is what most players begin with."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rung in sorted(renditions, key=lambda r: -r.height):
        codecs = f',CODECS="{rung.codecs}"' if rung.codecs else ""
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={rung.bits},RESOLUTION={rung.width}x{rung.height}{codecs}"
        )
        lines.append(rung.uri)
    return "\n".join(lines) + "\n"


def whole(playlist: str) -> bool:
    """A media playlist that says it is at its end."""
    return playlist.startswith("#EXTM3U") and "#EXT-X-ENDLIST" in playlist


def segments_of(playlist: str) -> list[tuple[str, float]]:
    """(file name, seconds) of each segment in order."""
    found: list[tuple[str, float]] = []
    seconds = 0.0
    for line in playlist.splitlines():
        if line.startswith("#EXTINF:"):
            seconds = _length(line[8:].partition(",")[0])
        elif line and not line.startswith("#"):
            found.append((line, seconds))
    return found


def _length(text: str) -> float:
    """Seconds; 0 for what is no length of time."""
    try:
        seconds = float(text)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < float("inf") else 0.0


def avc_codec(init: bytes) -> str:
    """ "avc1.64001f" from an init segment's avcC box; "" without one."""
    at = init.find(b"avcC")
    profile = init[at + 5 : at + 8]
    return f"avc1.{profile.hex()}" if at >= 0 and len(profile) == 3 else ""
