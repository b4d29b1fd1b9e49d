"""Pictures and sounds of questions on the disk, named by their content."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings
from PIL import Image, UnidentifiedImageError

from yunke.school.library.rules.media import LARGEST_MEDIUM, MEDIA_KINDS, is_what_it_says

Image.MAX_IMAGE_PIXELS = 100_000_000
_PIECE = 1 << 20


class MediumRefused(Exception):
    """Not a file that a question may show: another kind than its name says, or too large."""


def media_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "questions"


def medium_keep(file: IO[bytes], name: str) -> str:
    """Keep a file under the hash of its content; gives that name. The same file lies there once.

    Raises MediumRefused. Writes beside and renames, so that nobody ever reads half a file.
    """
    suffix = Path(name.lower()).suffix
    if suffix not in MEDIA_KINDS:
        raise MediumRefused(name)
    folder = media_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            digest = _copied(file, out, suffix, name)
        if MEDIA_KINDS[suffix].startswith("image/"):
            _check_picture(beside, name)
        kept = f"{digest}{suffix}"
        os.chmod(beside, 0o640)
        os.replace(beside, folder / kept)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return kept


def _copied(file: IO[bytes], out: IO[bytes], suffix: str, name: str) -> str:
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        if not size and not is_what_it_says(suffix, piece[:16]):
            raise MediumRefused(name)
        size += len(piece)
        if size > LARGEST_MEDIUM:
            raise MediumRefused(name)
        digest.update(piece)
        out.write(piece)
    if not size:
        raise MediumRefused(name)
    return digest.hexdigest()


def _check_picture(path: str, name: str) -> None:
    """The header is read and nothing decoded; a picture of absurd size is refused."""
    try:
        with Image.open(path) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise MediumRefused(name) from None
    if width * height > 60_000_000:
        raise MediumRefused(name)
