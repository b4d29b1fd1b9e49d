"""Bytes of a phone or a scanner to gray pictures, within limits that no header can stretch.

A declared size is checked before anything is decoded: against a cap, and against the bytes that
are there (no coding of a photograph packs more than ``PACKED`` pixels into a byte). Large JPEGs are
decoded at half or a quarter of their size: the transform allows it, and a sheet needs no more.
"""

import io
import warnings
from collections.abc import Iterator

import cv2
import numpy as np
import pillow_heif
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps

from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.trouble import BadPicture

MOST_BYTES = 64_000_000
MOST_PIXELS = 64_000_000
MOST_PAGES = 500
PACKED = 2_000
LONG = 1_600  # a copy's longer side is at least this
PAGE_LONG = 2_000  # pixels of a PDF page's longer side
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
REDUCED = {
    2: (cv2.IMREAD_REDUCED_GRAYSCALE_2, cv2.IMREAD_REDUCED_COLOR_2),
    4: (cv2.IMREAD_REDUCED_GRAYSCALE_4, cv2.IMREAD_REDUCED_COLOR_4),
}


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def pages_of(data: bytes) -> Iterator[Gray]:
    """Every page of a PDF, or the one picture. Raises BadPicture."""
    if not is_pdf(data):
        yield gray_of(data)
        return
    _check_bytes(data)
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MOST_PAGES:
                raise BadPicture(f"{len(document)} pages, {MOST_PAGES} are allowed")
            for page in document:
                yield _rendered(page)
    except pypdfium2.PdfiumError as wrong:
        raise BadPicture(f"not a PDF that can be read: {wrong}") from wrong


def _rendered(page: pypdfium2.PdfPage) -> Gray:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise BadPicture("a page without a size")
    scale = PAGE_LONG / max(width, height)
    pixels = page.render(scale=scale, grayscale=True).to_numpy()
    return np.ascontiguousarray(pixels.reshape(pixels.shape[0], pixels.shape[1]))


def gray_of(data: bytes, *, full: bool = False) -> Gray:
    """A picture as brightness (h, w), the way up that its EXIF says. Raises BadPicture."""
    return np.asarray(_decoded(data, colour=False, full=full), np.uint8)


def colour_of(data: bytes) -> NDArray[np.uint8]:
    """The same picture in full size as blue, green, red (h, w, 3)."""
    return np.asarray(_decoded(data, colour=True, full=True), np.uint8)


def _decoded(data: bytes, *, colour: bool, full: bool) -> NDArray[np.uint8]:
    _check_bytes(data)
    kind, size, plain = _head(data)
    if kind in ("JPEG", "MPO", "PNG") and plain:
        factor = 1 if full or kind == "PNG" else _factor(max(size))
        flags = cv2.IMREAD_COLOR if colour else cv2.IMREAD_GRAYSCALE
        flags = REDUCED[factor][colour] if factor > 1 else flags
        found = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
        if found is None:
            raise BadPicture("the picture is damaged")
        return np.asarray(found, np.uint8)
    return _by_pillow(data, kind, colour=colour)


def _factor(side: int) -> int:
    return next((factor for factor in (4, 2) if side / factor >= LONG), 1)


def _check_bytes(data: bytes) -> None:
    if not data:
        raise BadPicture("the file is empty")
    if len(data) > MOST_BYTES:
        raise BadPicture(f"{len(data)} bytes, {MOST_BYTES} are allowed")


def _head(data: bytes) -> tuple[str, tuple[int, int], bool]:
    """Format, size, and whether there is nothing but brightness and colour. Decodes nothing."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        kind, size, plain = "HEIF", _heif_size(data), False
    else:
        kind, size, plain = _pillow_head(data)
    pixels = size[0] * size[1]
    if pixels > MOST_PIXELS:
        raise BadPicture(f"{size[0]} x {size[1]} pixels, {MOST_PIXELS} are allowed")
    if pixels > PACKED * len(data):
        raise BadPicture(f"{len(data)} bytes cannot hold {size[0]} x {size[1]} pixels")
    return kind, size, plain


def _heif_size(data: bytes) -> tuple[int, int]:
    try:
        width, height = pillow_heif.open_heif(io.BytesIO(data)).size
    except (ValueError, OSError, RuntimeError, EOFError) as wrong:
        raise BadPicture(f"not an HEIC picture that can be read: {wrong}") from wrong
    return width, height


def _pillow_head(data: bytes) -> tuple[str, tuple[int, int], bool]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = _open(data)
    except Image.DecompressionBombError as wrong:
        raise BadPicture("more pixels than are allowed") from wrong
    except (OSError, ValueError, SyntaxError, MemoryError, KeyError, EOFError) as wrong:
        raise BadPicture("not a picture of a kind that can be read") from wrong
    return str(image.format), image.size, image.mode in ("L", "RGB", "1")


def _by_pillow(data: bytes, kind: str, *, colour: bool) -> NDArray[np.uint8]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = _opened(data, kind)
            ready = _on_white(ImageOps.exif_transpose(image)).convert("RGB" if colour else "L")
    except (OSError, ValueError, RuntimeError, SyntaxError, MemoryError, EOFError) as wrong:
        raise BadPicture("the picture is damaged") from wrong
    pixels = np.asarray(ready, np.uint8)
    return np.ascontiguousarray(pixels[..., ::-1]) if colour else pixels


def _opened(data: bytes, kind: str) -> Image.Image:
    if kind == "HEIF":
        return pillow_heif.open_heif(io.BytesIO(data)).to_pillow()
    return _open(data)


def _open(data: bytes) -> Image.Image:
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
