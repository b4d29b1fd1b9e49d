"""The top of an MP4: are its boxes as long as they say, is its index there, is the film there?"""

import struct
from dataclasses import dataclass
from typing import BinaryIO

MOST_BOXES = 100_000


@dataclass(frozen=True)
class Shape:
    """What the walk over the outer boxes found; ``fault`` is "" when all of it fits.

    fault: "lying" (a box says it is longer than any file), "truncated" (longer than this file),
    "no-index" (no moov), "no-film" (no mdat).
    """

    boxes: tuple[str, ...]
    fault: str


def shape(file: BinaryIO, size: int) -> Shape:
    """Walk the outer boxes of a file of ``size`` bytes: 16 bytes read a box, never more."""
    at, fault = 0, ""
    names: list[str] = []
    while at < size and len(names) < MOST_BOXES:
        file.seek(at)
        head = file.read(16)
        name, length = _box(head, size - at)
        if not name:
            # Bytes behind a whole film are left alone by every player.
            fault = "" if "moov" in names and "mdat" in names else "lying"
            break
        names.append(name)
        if length > size - at:
            fault = "lying" if length >= 1 << 48 else "truncated"
            break
        at += length
    return Shape(tuple(names), fault or _missing(names))


def _box(head: bytes, rest: int) -> tuple[str, int]:
    """Name and length of the box that starts with ``head``; ("", 0) when it cannot be one."""
    if len(head) < 8 or (not head[4:8].isalnum() and head[4:8] != b"\xa9xyz"):
        return "", 0
    name = head[4:8].decode("latin-1")
    (length,) = struct.unpack(">I", head[:4])
    if length == 0:
        return name, rest
    if length == 1:
        if len(head) < 16:
            return name, rest + 1
        (length,) = struct.unpack(">Q", head[8:16])
        return (name, length) if length >= 16 else ("", 0)
    return (name, length) if length >= 8 else ("", 0)


def _missing(names: list[str]) -> str:
    if "moov" not in names:
        return "no-index"
    if "mdat" not in names:
        return "no-film"
    return ""
