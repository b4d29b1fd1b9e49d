"""The text of a sheet's QR code: exam, pupil, page, and a check that all three belong together.

``Y1/EXAM/PUPIL/PAGE/CHECK``. The check (BLAKE2s, 5 letters of base 32) catches a code that was
read or typed wrong; it is no signature.
"""

import base64
import hashlib
from dataclasses import dataclass

FIRST = "Y1"
CHECK = 5


@dataclass(frozen=True)
class Code:
    """Whose page this is; ``page`` counts from 1."""

    exam: str
    pupil: str
    page: int


def code_text(code: Code) -> str:
    """What the QR code holds. Raises ValueError for a part that holds a slash or is empty."""
    parts = (code.exam, code.pupil)
    if code.page < 1 or any(not part or "/" in part for part in parts):
        raise ValueError("exam and pupil without a slash, pages from 1")
    stem = f"{FIRST}/{code.exam}/{code.pupil}/{code.page}"
    return f"{stem}/{_check(stem)}"


def code_from(text: str) -> Code | None:
    """The code of a text, or None where it is not ours or its check is wrong."""
    stem, _, check = text.rpartition("/")
    parts = stem.split("/")
    if len(parts) != 4 or parts[0] != FIRST or check != _check(stem):
        return None
    if not (parts[3].isascii() and parts[3].isdigit() and len(parts[3]) <= 4):
        return None
    return Code(parts[1], parts[2], int(parts[3]))


def _check(stem: str) -> str:
    digest = hashlib.blake2s(stem.encode(), digest_size=8).digest()
    return base64.b32encode(digest).decode()[:CHECK]
