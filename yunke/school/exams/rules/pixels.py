"""Pictures that are kept: our own pixels, encoded anew, never the bytes that somebody sent."""

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.paged import pages_of

SHOWN_LONG = 1_600  # pixels of the longer side of a picture for a person's eyes
EDGE = 28  # pixels at each side of a cut area that hold its printed frame (8 a millimetre)
DARK = 0.72  # of the paper's brightness: darker than a printed line, as a pen is
Pixels = NDArray[np.uint8]


def jpeg_of(png: bytes, quality: int = 78) -> bytes:
    """A PNG of ours as JPEG: a tenth of the bytes."""
    return _encoded(_decoded(png), quality)


def picture_of(data: bytes, place: int) -> bytes:
    """Page ``place`` of what was sent, as JPEG of at most 1600 pixels. Raises BadPicture."""
    for number, gray in enumerate(pages_of(data)):
        if number == place:
            scale = min(1.0, SHOWN_LONG / max(gray.shape))
            small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            return _encoded(np.asarray(small, np.uint8), 75)
    return b""


def ink_of(png: bytes) -> float:
    """Share of a cut area, its frame and ruled lines aside, that a pen has darkened: 0 to 1.

    Long level strokes are the printed lines; they are taken out before anything is counted.
    """
    gray = cv2.cvtColor(_decoded(png), cv2.COLOR_BGR2GRAY)
    inside = gray[EDGE:-EDGE, EDGE:-EDGE]
    if inside.size == 0:
        return 0.0
    paper = cv2.morphologyEx(inside, cv2.MORPH_CLOSE, np.ones((31, 31), np.uint8))
    dark = (inside < paper * DARK).astype(np.uint8)
    ruled = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, 90), np.uint8))
    ruled = cv2.dilate(ruled, np.ones((5, 15), np.uint8))
    return float(np.where(ruled > 0, 0, dark).mean())


def _decoded(png: bytes) -> Pixels:
    found = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(found, np.uint8)


def _encoded(pixels: Pixels, quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("a picture could not be written")
    return bytes(data)
