"""What a file is, by its first bytes. A hint for people, never a permission."""

from enum import StrEnum

# Enough for the second sync byte of MPEG-TS and the doctype of a page.
HEAD = 1024


class Found(StrEnum):
    MP4 = "mp4"
    MATROSKA = "matroska"
    AVI = "avi"
    MPEG_TS = "mpegts"
    MPEG_PS = "mpeg"
    FLV = "flv"
    ASF = "asf"
    PDF = "pdf"
    ZIP = "zip"
    OLE = "ole"
    WAV = "wav"
    AUDIO = "audio"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    IMAGE = "image"
    PROGRAM = "program"
    HTML = "html"
    VTT = "vtt"
    TEXT = "text"
    EMPTY = "empty"
    UNKNOWN = "unknown"


VIDEOS = frozenset(
    {Found.MP4, Found.MATROSKA, Found.AVI, Found.MPEG_TS, Found.MPEG_PS, Found.FLV, Found.ASF}
)

_STARTS: tuple[tuple[bytes, Found], ...] = (
    (b"\x1aE\xdf\xa3", Found.MATROSKA),
    (b"FLV\x01", Found.FLV),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Found.ASF),
    (b"\x00\x00\x01\xba", Found.MPEG_PS),
    (b"%PDF-", Found.PDF),
    (b"PK\x03\x04", Found.ZIP),
    (b"PK\x05\x06", Found.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Found.OLE),
    (b"ID3", Found.AUDIO),
    (b"OggS", Found.AUDIO),
    (b"fLaC", Found.AUDIO),
    (b"\x89PNG\r\n\x1a\n", Found.PNG),
    (b"\xff\xd8\xff", Found.JPEG),
    (b"GIF87a", Found.GIF),
    (b"GIF89a", Found.GIF),
    (b"BM", Found.IMAGE),
    (b"\x7fELF", Found.PROGRAM),
    (b"MZ", Found.PROGRAM),
    (b"#!", Found.PROGRAM),
)
_RIFF = {b"AVI ": Found.AVI, b"WAVE": Found.WAV, b"WEBP": Found.IMAGE}
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"})


def sniff(head: bytes) -> Found:
    """``head``: the first ``HEAD`` bytes, or the whole file when it is shorter."""
    if not head:
        return Found.EMPTY
    if head[4:8] in _BOXES:
        return Found.MP4
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], Found.UNKNOWN)
    for start, found in _STARTS:
        if head.startswith(start):
            return found
    # Packets of 188 bytes; with four of time before each on cameras' cards.
    if b"\x47" == head[:1] == head[188:189] or b"\x47" == head[4:5] == head[196:197]:
        return Found.MPEG_TS
    return _text(head)


def _text(head: bytes) -> Found:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    if b"\0" in head:
        return Found.UNKNOWN
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"webvtt"):
        return Found.VTT
    if start.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")):
        return Found.HTML
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return Found.TEXT if odd * 50 <= len(head) else Found.UNKNOWN
