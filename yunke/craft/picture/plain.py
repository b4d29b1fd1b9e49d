"""Bytes of a phone or a scanner as an upright picture, within limits that no header can stretch.

A declared size is checked before anything is decoded: against a cap, and against the bytes that
are there (no coding of a photograph packs more than ``PACKED`` pixels into a byte). Pillow alone:
a child that is started for each photograph loads nothing else.
"""

import io
import warnings

import pi_heif
from PIL import Image, ImageOps

MOST_BYTES = 64_000_000
MOST_PIXELS = 64_000_000
PACKED = 2_000
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# What Pillow and libheif raise for bytes that are damaged.
BROKEN = (OSError, ValueError, RuntimeError, SyntaxError, MemoryError, KeyError, EOFError)


class BadPicture(ValueError):
    """The bytes are no picture that can be read; the message says why."""


def upright_of(data: bytes, *, colour: bool, long: int = 0) -> Image.Image:
    """The picture the way up that its EXIF says, on white, as colours or as brightness.

    ``long``: a JPEG may be decoded at half or a quarter of its size while its longer side stays at
    least this. Raises BadPicture.
    """
    check_bytes(data)
    kind, _size, _plain = head_of(data)
    image = pillow_of(data, kind)
    if long and kind == "JPEG":
        image.draft(None, _least(image.size, long))
    return flattened(image, colour=colour)


def _least(size: tuple[int, int], long: int) -> tuple[int, int]:
    scale = long / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def fitted(size: tuple[int, int], long: int) -> tuple[int, int]:
    """The same shape, at most ``long`` and never less than a pixel."""
    return size if max(size) <= long else _least(size, long)


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
    except BROKEN as wrong:
        raise BadPicture(f"not an HEIC picture that can be read: {wrong}") from wrong
    return width, height


def _pillow_head(data: bytes) -> tuple[str, tuple[int, int], bool]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = opened(data)
    except Image.DecompressionBombError as wrong:
        raise BadPicture("more pixels than are allowed") from wrong
    except BROKEN as wrong:
        raise BadPicture("not a picture of a kind that can be read") from wrong
    return str(image.format), image.size, image.mode in ("L", "RGB", "1")


def pillow_of(data: bytes, kind: str) -> Image.Image:
    """Raises BadPicture."""
    if kind != "HEIF":
        return opened(data)
    try:
        image: Image.Image = pi_heif.open_heif(io.BytesIO(data)).to_pillow()
    except BROKEN as wrong:
        raise BadPicture("the picture is damaged") from wrong
    return image


def opened(data: bytes) -> Image.Image:
    Image.init()  # only the commonest kinds are known without it; it does nothing the second time
    known = tuple(kind for kind in FORMATS if kind in Image.OPEN)
    return Image.open(io.BytesIO(data), formats=known)


def flattened(image: Image.Image, *, colour: bool) -> Image.Image:
    """Upright, on white, eight bits. Raises BadPicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            upright = ImageOps.exif_transpose(image)
            return _on_white(_eight_bits(upright)).convert("RGB" if colour else "L")
    except BROKEN as wrong:
        raise BadPicture("the picture is damaged") from wrong


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits a pixel would be cut off at white instead of divided."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda level: level / 257).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    """What is transparent is paper."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    whole = image.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole)
