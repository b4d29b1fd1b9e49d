"""Pictures: every kind a phone or scanner gives, and nothing that a header promises."""

import io
import struct
import zlib
from contextlib import suppress

import numpy as np
import pillow_heif
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from yunke.craft.marking.sheets import paged
from yunke.craft.marking.sheets.paged import is_pdf, pages_of
from yunke.craft.marking.sheets.trouble import BadPicture
from yunke.craft.picture import plain
from yunke.craft.picture.pixels import colour_of, gray_of


def drawn(width: int = 120, height: int = 80) -> Image.Image:
    """White, with a black left upper quarter and a red right lower one."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[: height // 2, : width // 2] = 0
    pixels[height // 2 :, width // 2 :] = (255, 0, 0)
    return Image.fromarray(pixels)


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format=kind, **more)
    return out.getvalue()


def quarters(gray: np.ndarray) -> list[int]:
    height, width = gray.shape[:2]
    return [
        int(gray[y, x].mean())
        for y in (height // 4, 3 * height // 4)
        for x in (width // 4, 3 * width // 4)
    ]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_kinds_of_pictures(kind: str) -> None:
    gray = gray_of(saved(drawn(), kind))
    assert gray.shape == (80, 120)
    assert quarters(gray) == pytest.approx([0, 255, 255, 76], abs=6)


def test_heic_from_a_phone() -> None:
    out = io.BytesIO()
    pillow_heif.from_pillow(drawn()).save(out, quality=90)
    gray = gray_of(out.getvalue())
    assert gray.shape == (80, 120)
    assert quarters(gray) == pytest.approx([0, 255, 255, 76], abs=12)


def test_colours_come_as_blue_green_red() -> None:
    for kind in ("PNG", "WEBP"):
        pixels = colour_of(saved(drawn(), kind, **({"lossless": True} if kind == "WEBP" else {})))
        assert pixels[70, 110].tolist() == [0, 0, 255]


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_print_colours(kind: str) -> None:
    gray = gray_of(saved(drawn().convert("CMYK"), kind))
    assert quarters(gray)[:3] == pytest.approx([0, 255, 255], abs=8)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA"])
def test_gray_and_palette(mode: str) -> None:
    told = quarters(gray_of(saved(drawn().convert(mode), "PNG")))
    assert told[:3] == pytest.approx([0, 255, 255], abs=8)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits(kind: str) -> None:
    image = Image.fromarray((np.asarray(drawn().convert("L")).astype(np.uint16)) * 257)
    assert quarters(gray_of(saved(image, kind))) == pytest.approx([0, 255, 255, 76], abs=8)


def test_a_scan_of_many_pixels_is_averaged_down() -> None:
    rough = np.random.default_rng(0).normal(200, 40, (4000, 3000)).clip(0, 255).astype(np.uint8)
    seen = gray_of(saved(Image.fromarray(rough[:, :200]), "PNG"))
    assert seen.shape == (2600, 130)
    assert seen.std() < 35, "noise is averaged, not picked"


def test_a_scanners_tiff_gives_its_pages() -> None:
    pages = [drawn(), drawn(60, 90)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert [gray.shape for gray in pages_of(data)] == [(80, 120), (90, 60)]


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    assert int(gray_of(saved(clear, "PNG")).min()) == 255


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_phone_held_sideways(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of the scene is the picture's right side
    gray = gray_of(saved(drawn(), kind, exif=exif.tobytes()))
    assert gray.shape == (120, 80)
    assert quarters(gray) == pytest.approx([255, 0, 76, 255], abs=8)


def test_a_large_photograph_is_decoded_smaller() -> None:
    data = saved(drawn(4000, 3000), "JPEG")
    assert gray_of(data).shape == (1500, 2000)
    assert gray_of(data, full=True).shape == (3000, 4000)
    assert gray_of(saved(drawn(2000, 1500), "JPEG")).shape == (1500, 2000)


GOOD = saved(drawn(), "JPEG")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\0" * 5000,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        GOOD[:30],
        saved(drawn(), "PNG")[:60],
        b"\0\0\0\x18ftypheic" + b"\0" * 200,
        b"PK\x03\x04" + b"\0" * 100,
        b"%PDF-1.7\nnothing",
    ],
    ids=["empty", "one", "nulls", "svg", "gif", "jpeg", "png", "heic", "zip", "pdf"],
)
def test_bytes_that_are_no_picture_are_refused(data: bytes) -> None:
    with pytest.raises(BadPicture):
        list(pages_of(data))


def png_of(width: int, height: int) -> bytes:
    """A header that promises ``width`` x ``height`` pixels, and nothing behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("side", "why"), [(60_000, "allowed|more pixels"), (12_000, "allowed"), (5_000, "cannot hold")]
)
def test_a_header_that_lies_allocates_nothing(side: int, why: str) -> None:
    with pytest.raises(BadPicture, match=why):
        gray_of(png_of(side, side))


def test_too_many_bytes_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MOST_BYTES", 10)
    with pytest.raises(BadPicture, match="bytes"):
        gray_of(GOOD)


def pdf_of(pages: int) -> bytes:
    first, *more = [drawn(300, 400)] * pages
    return saved(first, "PDF", save_all=True, append_images=more, resolution=36)


def test_a_pdf_gives_its_pages_one_by_one() -> None:
    data = pdf_of(3)
    assert is_pdf(data)
    grays = list(pages_of(data))
    assert [gray.shape for gray in grays] == [(2000, 1500)] * 3
    assert quarters(grays[2]) == pytest.approx([0, 255, 255, 76], abs=8)


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paged, "MOST_PAGES", 2)
    with pytest.raises(BadPicture, match="3 pages"):
        list(pages_of(pdf_of(3)))


def test_a_huge_pdf_page_is_rendered_no_larger() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_000, 14_000)
    out = io.BytesIO()
    document.save(out)
    assert next(iter(pages_of(out.getvalue()))).shape == (2000, 2000)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
@settings(max_examples=40)
def test_a_damaged_byte_gives_a_picture_or_a_reason(place: int, value: int) -> None:
    data = GOOD[:place] + bytes([value]) + GOOD[place + 1 :]
    with suppress(BadPicture):
        assert gray_of(data).ndim == 2
