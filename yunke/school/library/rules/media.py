"""Files that questions show: which kinds, and how they are named."""

# Ending -> content type. SVG is a program as much as a picture, and stays out.
MEDIA_KINDS = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg",
    ".wav": "audio/wav", ".mp4": "video/mp4", ".webm": "video/webm",
}  # fmt: skip
NAME = r"[0-9a-f]{64}\.(?:png|jpg|jpeg|gif|webp|mp3|m4a|ogg|wav|mp4|webm)"
LARGEST_MEDIUM = 20 << 20
# The first bytes of each kind, so that an ending cannot lie.
_SIGNS: dict[str, tuple[tuple[int, bytes], ...]] = {
    ".png": ((0, b"\x89PNG\r\n\x1a\n"),), ".jpg": ((0, b"\xff\xd8\xff"),),
    ".jpeg": ((0, b"\xff\xd8\xff"),), ".gif": ((0, b"GIF8"),), ".webp": ((8, b"WEBP"),),
    ".mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")),
    ".m4a": ((4, b"ftyp"),), ".mp4": ((4, b"ftyp"),), ".ogg": ((0, b"OggS"),),
    ".wav": ((0, b"RIFF"),), ".webm": ((0, b"\x1a\x45\xdf\xa3"),),
}  # fmt: skip


def is_what_it_says(suffix: str, head: bytes) -> bool:
    """Does a file with this ending begin as such a file does?"""
    return any(head[at : at + len(sign)] == sign for at, sign in _SIGNS.get(suffix, ()))
