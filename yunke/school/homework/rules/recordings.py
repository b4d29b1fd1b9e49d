"""What a recording is, by its first bytes: WebM, MP4, Ogg, and nothing that a browser would run."""

WEBM, OGG = b"\x1a\x45\xdf\xa3", b"OggS"
MP4 = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"M4A ", b"M4V ", b"qt  ",
       b"avc1", b"dash")  # fmt: skip


def kind_of(head: bytes) -> str | None:
    """The media type to serve it as; None for anything else. WebM and MP4 hold sound or film: as
    film both play."""
    if head.startswith(WEBM):
        return "video/webm"
    if head.startswith(OGG):
        return "audio/ogg"
    if head[4:8] == b"ftyp" and head[8:12] in MP4:
        return "video/mp4"
    return None
