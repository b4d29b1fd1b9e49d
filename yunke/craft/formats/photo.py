"""A photograph as a phone sends it, to a plain upright JPEG without anything hidden in it.

``python -m yunke.craft.formats.photo IN OUT``: writes OUT and prints ``{"width", "height"}``; exit
2 and one word of reason for what is no picture. Nothing of the old file survives but its colours:
no place, no name, no second file behind the first. Run it on a leash (``base.limited``).
"""

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from yunke.craft.picture.plain import MOST_BYTES, BadPicture, fitted, upright_of

LONG = 3_000  # pixels of the longer side: handwriting of an A4 page stays sharp
QUALITY = 86


@dataclass(frozen=True)
class Photo:
    data: bytes
    width: int
    height: int


def photo_of(data: bytes) -> Photo:
    """Upright, at most ``LONG`` pixels long. Raises BadPicture."""
    if len(data) > MOST_BYTES:
        raise BadPicture("the file is too large")
    whole = upright_of(data, colour=True, long=LONG)
    if max(whole.size) > LONG:
        whole = whole.resize(fitted(whole.size, LONG), Image.Resampling.BOX)
    whole.info.clear()  # a comment would be written again
    out = io.BytesIO()
    whole.save(out, "JPEG", quality=QUALITY)
    return Photo(out.getvalue(), *whole.size)


def reason_of(trouble: BadPicture) -> str:
    """One word for the page: "large" or "unreadable"."""
    return "large" if "allowed" in str(trouble) or "too large" in str(trouble) else "unreadable"


def main(words: list[str]) -> int:
    try:
        found = photo_of(Path(words[0]).read_bytes())
    except BadPicture as trouble:
        print(reason_of(trouble))
        return 2
    Path(words[1]).write_bytes(found.data)
    print(json.dumps({"width": found.width, "height": found.height}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
