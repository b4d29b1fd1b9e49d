"""A zip is looked at before a byte of it is unpacked; what could hurt is refused by name.

Only the directory at the end is read: a bomb costs nothing, however large it says it is. Nothing
is ever unpacked to a path that the archive names: callers open entries as streams.
"""

import os
import stat
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import IO

_END, _END_LENGTH, _COMMENT = b"PK\x05\x06", 22, 0xFFFF
_END64_PLACE = b"PK\x06\x07"
_LOCAL_LENGTH = 30
# A text of names packs ten to thirty to one; a bomb a thousand to one.
RATIO, RATIO_FROM = 120, 4 << 20
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".xz", ".bz2", ".zst", ".jar", ".tar")


class ZipRefused(Exception):
    """``code`` says why, ``name`` which entry ("" for the archive as a whole)."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(f"{code} {name}".strip())
        self.code, self.name = code, name


@dataclass(frozen=True)
class ZipLimits:
    """``entries`` at most, ``each`` and ``whole`` bytes when unpacked."""

    entries: int = 200
    each: int = 2 << 30
    whole: int = 4 << 30


def zip_open(file: IO[bytes], limits: ZipLimits = ZipLimits()) -> zipfile.ZipFile:
    """The archive, safe to read entry by entry. Raises ZipRefused before unpacking anything.

    Memory: the directory, which is bounded by ``limits.entries`` before it is read.
    """
    count = _entries(file)
    if count > limits.entries:
        raise ZipRefused("zip-many")
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        raise ZipRefused("zip-broken") from None
    found = archive.infolist()
    if len(found) > limits.entries:  # the end of the archive lied
        raise ZipRefused("zip-many")
    seen: set[str] = set()
    for entry in found:
        _check(entry, limits, seen)
    if sum(entry.file_size for entry in found) > limits.whole:
        raise ZipRefused("zip-large")
    _check_overlap(found)
    for entry in found:
        _check_nested(archive, entry)
    return archive


def _check(entry: zipfile.ZipInfo, limits: ZipLimits, seen: set[str]) -> None:
    name = entry.filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\x00" in name:
        raise ZipRefused("zip-path", name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ZipRefused("zip-link", name)
    known = unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()
    if known in seen:
        raise ZipRefused("zip-twice", name)
    seen.add(known)
    if entry.flag_bits & 0x1:
        raise ZipRefused("zip-locked", name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ZipRefused("zip-method", name)
    bomb = entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(1, entry.compress_size)
    if bomb or entry.file_size > limits.each:
        raise ZipRefused("zip-bomb" if bomb else "zip-large", name)


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """No two entries may share bytes: that is how a small archive claims petabytes."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise ZipRefused("zip-bomb", entry.filename)
        end = entry.header_offset + _LOCAL_LENGTH + entry.compress_size


def _check_nested(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """An archive within is refused by name and by its first bytes."""
    if entry.filename.lower().endswith(ARCHIVES):
        raise ZipRefused("zip-nested", entry.filename)
    try:
        with archive.open(entry) as inside:
            begins = inside.read(4)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
        raise ZipRefused("zip-broken", entry.filename) from None
    except Exception as trouble:  # zlib.error, which zipfile lets through
        raise ZipRefused("zip-broken", entry.filename) from trouble
    if (
        begins in (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!")
        or begins[:2] == b"\x1f\x8b"
    ):
        raise ZipRefused("zip-nested", entry.filename)


def _entries(file: IO[bytes]) -> int:
    """How many entries the end of the archive tells, without reading its directory."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _END_LENGTH - _COMMENT))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_LENGTH:
        raise ZipRefused("zip-broken")
    count = int(struct.unpack_from("<H", tail, place + 10)[0])
    # More than a Zip32 can count: no roster has so many files.
    if count == 0xFFFF or _END64_PLACE in tail[max(0, place - 20) : place]:
        raise ZipRefused("zip-many")
    return count
