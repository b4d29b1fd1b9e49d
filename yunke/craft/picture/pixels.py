"""Bytes of a phone or a scanner to gray and coloured pixels, for those who measure in them.

Large JPEGs are decoded at half or a quarter of their size: the transform allows it, and a sheet
needs no more.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from yunke.craft.picture.plain import (
    BadPicture,
    check_bytes,
    fitted,
    flattened,
    head_of,
    pillow_of,
)

Gray = NDArray[np.uint8]
LONG = 1_600  # a copy's longer side is at least this
SHARP_LONG = 2_600  # and at most this
FULL_LONG = 4_800  # what is written by hand is kept as large as this
REDUCED = {
    2: (cv2.IMREAD_REDUCED_GRAYSCALE_2, cv2.IMREAD_REDUCED_COLOR_2),
    4: (cv2.IMREAD_REDUCED_GRAYSCALE_4, cv2.IMREAD_REDUCED_COLOR_4),
}


def gray_of(data: bytes, *, full: bool = False) -> Gray:
    """A picture as brightness (h, w), the way up that its EXIF says. Raises BadPicture.

    ``full``: as large as is any use; else as large as a sheet usually needs.
    """
    pixels = _decoded(data, colour=False, long=FULL_LONG if full else LONG)
    return smaller(pixels, FULL_LONG if full else SHARP_LONG)


def colour_of(data: bytes) -> NDArray[np.uint8]:
    """The same picture as blue, green, red (h, w, 3), as large as is any use."""
    return smaller(_decoded(data, colour=True, long=FULL_LONG), FULL_LONG)


def _decoded(data: bytes, *, colour: bool, long: int) -> NDArray[np.uint8]:
    check_bytes(data)
    kind, size, plain = head_of(data)
    if not (kind in ("JPEG", "MPO", "PNG") and plain):
        return flat(pillow_of(data, kind), colour=colour)
    factor = 1 if kind == "PNG" else _factor(max(size), long)
    flags = cv2.IMREAD_COLOR if colour else cv2.IMREAD_GRAYSCALE
    flags = REDUCED[factor][colour] if factor > 1 else flags
    found = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if found is None:
        raise BadPicture("the picture is damaged")
    return np.asarray(found, np.uint8)


def _factor(side: int, long: int) -> int:
    """By how much a JPEG may be decoded smaller and still be ``long`` pixels long."""
    return next((factor for factor in (4, 2) if side / factor >= long), 1)


def smaller(pixels: NDArray[np.uint8], long: int) -> NDArray[np.uint8]:
    """Averaged down to ``long``: what is only picked out of more pixels keeps their noise."""
    height, width = pixels.shape[:2]
    if max(height, width) <= long:
        return pixels
    less = cv2.resize(pixels, fitted((width, height), long), interpolation=cv2.INTER_AREA)
    return np.asarray(less, np.uint8)


def flat(image: Image.Image, *, colour: bool) -> NDArray[np.uint8]:
    """A picture of Pillow as such pixels. Raises BadPicture."""
    pixels = np.asarray(flattened(image, colour=colour), np.uint8)
    return np.ascontiguousarray(pixels[..., ::-1]) if colour else pixels
