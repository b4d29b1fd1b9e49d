"""Pictures of phones and scanners, and files that only pretend: made here, byte by byte.

The picture is a page: white, its upper left corner black, so that one sees which way up it is.
"""

import io
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pillow_heif
from PIL import Image

ROTATIONS = (1, 3, 6, 8)
SCRIPT = b"<script>document.title='robbed'</script>"


def page_picture(width: int = 48, height: int = 32) -> Image.Image:
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[: height // 2, : width // 2] = 0
    return Image.fromarray(pixels)


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@lru_cache
def jpeg(width: int = 48, height: int = 32) -> bytes:
    return saved(page_picture(width, height), "JPEG", quality=90)


def rotated(orientation: int, width: int = 480, height: int = 320) -> bytes:
    """A photograph whose EXIF says how it must be turned to be upright, and where it was taken."""
    turned = {1: 0, 3: 180, 6: 90, 8: 270}[orientation]
    image = page_picture(width, height).rotate(turned, expand=True)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRET-MAKER"
    exif.get_ifd(0x8825)[2] = (37.0, 22.0, 11.0)
    return saved(image, "JPEG", quality=92, exif=exif.tobytes())


def twelve_megapixels(orientation: int = 6) -> bytes:
    return rotated(orientation, 4000, 3000)


def cmyk() -> bytes:
    return saved(page_picture(480, 320).convert("CMYK"), "JPEG")


def webp() -> bytes:
    return saved(page_picture(480, 320), "WEBP")


def avif() -> bytes:
    return saved(page_picture(480, 320), "AVIF")


def png() -> bytes:
    return saved(page_picture(480, 320), "PNG")


def heic(orientation: int = 1, width: int = 480, height: int = 320) -> bytes:
    """As an iPhone writes it; what EXIF says pillow-heif makes the turning of the file."""
    image = page_picture(width, height)
    turned = {1: 0, 3: 180, 6: 90, 8: 270}[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRET-MAKER"
    file = pillow_heif.from_pillow(image.rotate(turned, expand=True))
    file[0].info["exif"] = exif.tobytes()
    out = io.BytesIO()
    file.save(out, quality=90)
    return out.getvalue()


def heif_sequence() -> bytes:
    """Three pictures in one file, as a burst is kept."""
    file = pillow_heif.from_pillow(page_picture(480, 320))
    for shade in (80, 160):
        file.add_from_pillow(Image.new("RGB", (480, 320), (shade, shade, shade)))
    out = io.BytesIO()
    file.save(out, quality=80)
    return out.getvalue()


def heif_film() -> bytes:
    """A brand that promises a film of pictures, and no track inside."""
    data = heif_sequence()
    return data[:8] + b"msf1" + data[12:]


def large_scan() -> bytes:
    """Forty megabytes of a colour scan that does not compress."""
    rng = np.random.default_rng(4)
    pixels = rng.integers(0, 255, (3600, 3800, 3), np.uint8)
    return saved(Image.fromarray(pixels), "PNG", compress_level=0)


def upright(data: bytes) -> bool:
    """Is the dark corner up on the left, and the picture wider than high?"""
    image = Image.open(io.BytesIO(data)).convert("L")
    width, height = image.size
    corners = [image.getpixel((x, y)) for x in (width // 8, width * 7 // 8)
               for y in (height // 8, height * 7 // 8)]  # fmt: skip
    return width > height and [int(c) < 100 for c in corners] == [True, False, False, False]  # type: ignore[arg-type]


def svg() -> bytes:
    head = b'<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'robbed\'">'
    return head + SCRIPT + b"</svg>"


def html() -> bytes:
    return b"<!doctype html><title>x</title>" + SCRIPT


def gif_html() -> bytes:
    """A GIF whose comment is a page."""
    return saved(page_picture(), "GIF", comment=SCRIPT * 3)


def gif_head_html() -> bytes:
    return b"GIF89a/*" + SCRIPT + b"*/"


def jpeg_html() -> bytes:
    """A photograph with a page in its comment and one behind its end."""
    data = jpeg()
    comment = b"\xff\xfe" + (len(SCRIPT) + 2).to_bytes(2) + SCRIPT
    return data[:2] + comment + data[2:] + SCRIPT


def pdf_script() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


PRETENDERS: dict[str, Callable[[], bytes]] = {
    "svg": svg, "svg as png": svg, "html": html, "gif and html": gif_html,
    "gif head, html": gif_head_html, "jpeg and html": jpeg_html, "pdf with script": pdf_script,
}  # fmt: skip
