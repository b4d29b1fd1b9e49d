"""Bytes of a phone or a scanner to gray pictures, within limits that no header can stretch.

A declared size is checked before anything is decoded: against a cap, and against the bytes that
are there (no coding of a photograph packs more than ``PACKED`` pixels into a byte). Large JPEGs are
decoded at half or a quarter of their size: the transform allows it, and a sheet needs no more.
"""

import io
import warnings

import cv2
import numpy as np
import pi_heif
from numpy.typing import NDArray
from PIL import Image, ImageOps

Gray = NDArray[np.uint8]
MOST_BYTES = 64_000_000
MOST_PIXELS = 64_000_000
PACKED = 2_000
LONG = 1_600  # a copy's longer side is at least this
SHARP_LONG = 2_600  # and at most this
FULL_LONG = 4_800  # what is written by hand is kept as large as this
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
REDUCED = {
    2: (cv2.IMREAD_REDUCED_GRAYSCALE_2, cv2.IMREAD_REDUCED_COLOR_2),
    4: (cv2.IMREAD_REDUCED_GRAYSCALE_4, cv2.IMREAD_REDUCED_COLOR_4),
}


class BadPicture(ValueError):
    """The bytes are no picture that can be read; the message says why."""


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
        return _by_pillow(data, kind, colour=colour)
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
    scale = long / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    less = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(less, np.uint8)


def check_bytes(data: bytes) -> None:
    if not data:
        raise BadPicture("the file is empty")
    if len(data) > MOST_BYTES:
        raise BadPicture(f"{len(data)} bytes, {MOST_BYTES} are allowed")


def head_of(data: bytes) -> tuple[str, tuple[int, int], bool]:
    """Format, size, and whether there is nothing but brightness and colour. Decodes nothing."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        kind, size, plain = "HEIF", _heif_size(data), False
    else:
        kind, size, plain = _pillow_head(data)
    check_size(size, len(data))
    return kind, size, plain


def check_size(size: tuple[int, int], held: int) -> None:
    pixels = size[0] * size[1]
    if pixels > MOST_PIXELS:
        raise BadPicture(f"{size[0]} x {size[1]} pixels, {MOST_PIXELS} are allowed")
    if pixels > PACKED * held:
        raise BadPicture(f"{held} bytes cannot hold {size[0]} x {size[1]} pixels")


def _heif_size(data: bytes) -> tuple[int, int]:
    try:
        width, height = pi_heif.open_heif(io.BytesIO(data)).size
    except (ValueError, OSError, RuntimeError, EOFError) as wrong:
        raise BadPicture(f"not an HEIC picture that can be read: {wrong}") from wrong
    return width, height


def _pillow_head(data: bytes) -> tuple[str, tuple[int, int], bool]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = opened(data)
    except Image.DecompressionBombError as wrong:
        raise BadPicture("more pixels than are allowed") from wrong
    except (OSError, ValueError, SyntaxError, MemoryError, KeyError, EOFError) as wrong:
        raise BadPicture("not a picture of a kind that can be read") from wrong
    return str(image.format), image.size, image.mode in ("L", "RGB", "1")


def _by_pillow(data: bytes, kind: str, *, colour: bool) -> NDArray[np.uint8]:
    return flat(_opened(data, kind), colour=colour)


def flat(image: Image.Image, *, colour: bool) -> NDArray[np.uint8]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            upright = ImageOps.exif_transpose(image)
            ready = _on_white(_eight_bits(upright)).convert("RGB" if colour else "L")
    except (OSError, ValueError, RuntimeError, SyntaxError, MemoryError, EOFError) as wrong:
        raise BadPicture("the picture is damaged") from wrong
    pixels = np.asarray(ready, np.uint8)
    return np.ascontiguousarray(pixels[..., ::-1]) if colour else pixels


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits a pixel would be cut off at white instead of divided."""
    if not image.mode.startswith("I"):
        return image
    return Image.fromarray((np.asarray(image) // 257).astype(np.uint8))


def _opened(data: bytes, kind: str) -> Image.Image:
    if kind == "HEIF":
        image: Image.Image = pi_heif.open_heif(io.BytesIO(data)).to_pillow()
        return image
    return opened(data)


def opened(data: bytes) -> Image.Image:
    Image.init()  # only the commonest kinds are known without it; it does nothing the second time
    known = tuple(kind for kind in FORMATS if kind in Image.OPEN)
    return Image.open(io.BytesIO(data), formats=known)


def _on_white(image: Image.Image) -> Image.Image:
    """What is transparent is paper."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    whole = image.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole)
