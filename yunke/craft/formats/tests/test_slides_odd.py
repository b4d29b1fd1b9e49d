"""Slides with themes, layouts, tables and styles; courseware that is refused unopened."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from yunke.craft.formats.examine import courseware
from yunke.craft.formats.examine.courseware import examine_courseware
from yunke.craft.formats.examine.deck import (
    MOST_PICTURE,
    Frame,
    colours_of,
    deck_of,
    hex_of,
    image_of,
    links_at,
    places_of,
)
from yunke.craft.formats.examine.slides import WIDTH, _broken, _font, draw
from yunke.craft.formats.sniff import Found
from yunke.craft.formats.tests import corpus
from yunke.craft.formats.tests.slides_corpus import SPACES, box, deck, fill, picture, png

BLUE, RED = (32, 96, 192), (0xC0, 0x20, 0x20)


def with_parts(data: bytes, **parts: str) -> zipfile.ZipFile:
    """The archive with more parts; "__" stands for a slash and "_rels" for its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(out, "w") as archive:
        named = {name.replace("__", "/"): text for name, text in parts.items()}
        for name in good.namelist():
            archive.writestr(name, named.pop(name, None) or good.read(name))
        for name, text in named.items():
            archive.writestr(name, text)
    return zipfile.ZipFile(out)


def page(archive: zipfile.ZipFile) -> Image.Image:
    with archive:
        return draw(deck_of(archive), 0)


def dark(image: Image.Image, left: float, top: float, right: float, bottom: float) -> int:
    w, h = image.size
    part = image.crop((int(left * w), int(top * h), int(right * w), int(bottom * h)))
    return sum(part.convert("L").histogram()[:128])


THEME = (
    f"<a:theme {SPACES}><a:themeElements><a:clrScheme>"
    '<a:dk1><a:sysClr val="windowText" lastClr="111111"/></a:dk1>'
    '<a:lt1><a:srgbClr val="FFFFFF"/></a:lt1><a:accent1><a:srgbClr val="C02020"/></a:accent1>'
    "<a:accent2/></a:clrScheme></a:themeElements></a:theme>"
)


def test_a_themes_colours_are_known_by_their_names() -> None:
    with with_parts(deck(box("一")), **{"ppt__theme__theme1.xml": THEME}) as archive:
        found = colours_of(archive)
    assert found["accent1"] == "#C02020"
    assert (found["tx1"], found["bg1"], found["accent2"]) == ("#111111", "#FFFFFF", "")


def test_a_box_in_a_themes_colour_is_filled_with_it() -> None:
    shape = box("字", more='<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>')
    shown = page(with_parts(deck(shape), **{"ppt__theme__theme1.xml": THEME}))
    assert shown.getpixel((int(WIDTH * 0.6), 100)) == RED
    assert page(zipfile.ZipFile(io.BytesIO(deck(shape)))).getpixel((int(WIDTH * 0.6), 100)) == (
        255, 255, 255,
    )  # fmt: skip


def test_a_ground_covers_the_whole_slide() -> None:
    slide = (
        f"<p:sld {SPACES}><p:cSld><p:bg><p:bgPr>{fill('2060C0')}</p:bgPr></p:bg>"
        "<p:spTree/></p:cSld></p:sld>"
    )
    shown = page(with_parts(deck(box("一")), **{"ppt__slides__slide1.xml": slide}))
    assert {shown.getpixel(at) for at in ((0, 0), (1279, 719), (640, 360))} == {BLUE}


def holder(kind: str, text: str, place: str = "") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>'
        f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def frame(x: int, y: int, w: int, h: int) -> str:
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


LAYOUT = {
    "ppt__slides___rels__slide1.xml.rels":
        '<R><Relationship Id="l" Target="../slideLayouts/a.xml"/></R>',
    "ppt__slideLayouts__a.xml":
        f"<p:l {SPACES}>{holder('title', '', frame(600000, 5000000, 9000000, 1500000))}</p:l>",
    "ppt__slideLayouts___rels__a.xml.rels":
        '<R><Relationship Id="m" Target="../slideMasters/m.xml"/></R>',
    "ppt__slideMasters__m.xml":
        f"<p:m {SPACES}>{holder('title', '', frame(0, 0, 1, 1))}"
        f"{holder('subTitle', '', frame(600000, 300000, 9000000, 900000))}</p:m>",
}  # fmt: skip


def test_a_text_without_a_place_stands_where_its_layout_puts_it() -> None:
    shown = page(with_parts(deck(holder("title", "望庐山瀑布")), **LAYOUT))
    assert dark(shown, 0.0, 0.7, 1.0, 1.0) > 300
    assert dark(shown, 0.0, 0.0, 1.0, 0.65) == 0


def test_the_master_holds_what_the_layout_leaves_open() -> None:
    with with_parts(deck(holder("subTitle", "李白")), **LAYOUT) as archive:
        places = places_of(archive, links_at(archive, "ppt/slides/slide1.xml"))
    assert places["title"] == Frame(600000, 5000000, 9000000, 1500000)
    assert places["subTitle"] == Frame(600000, 300000, 9000000, 900000)
    shown = page(with_parts(deck(holder("subTitle", "李白")), **LAYOUT))
    assert dark(shown, 0.0, 0.0, 1.0, 0.3) > 50


def test_a_table_is_drawn_cell_by_cell() -> None:
    cell = "<a:tc><a:txBody><a:p><a:r><a:t>格</a:t></a:r></a:p></a:txBody></a:tc>"
    table = (
        "<p:graphicFrame><p:xfrm><a:off x='600000' y='600000'/>"
        "<a:ext cx='6000000' cy='3000000'/></p:xfrm>"
        f"<a:tbl><a:tr>{cell * 3}</a:tr><a:tr>{cell * 3}</a:tr></a:tbl></p:graphicFrame>"
    )
    shown = page(zipfile.ZipFile(io.BytesIO(deck(table))))
    for row in (0.09, 0.31):
        for column in (0.05, 0.21, 0.38):
            assert dark(shown, column, row, column + 0.15, row + 0.2) > 20, (row, column)
    assert dark(shown, 0.6, 0.0, 1.0, 1.0) == 0


@pytest.mark.parametrize(("align", "side"), [("ctr", 0.35), ("r", 0.7), ("l", 0.0)])
def test_a_line_stands_on_its_side(align: str, side: float) -> None:
    text = (
        f"<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:spPr>{frame(0, 600000, 12192000, 900000)}</p:spPr>"
        f'<p:txBody><a:p><a:pPr algn="{align}"/><a:r><a:t>春眠</a:t></a:r></a:p></p:txBody></p:sp>'
    )
    shown = page(zipfile.ZipFile(io.BytesIO(deck(text))))
    inside = dark(shown, side, 0.0, side + 0.3, 1.0)
    assert inside > 30
    assert inside == dark(shown, 0.0, 0.0, 1.0, 1.0)


# Marks that ride on a letter are as wide as their neighbours let them be.
LETTERS = some.text(some.characters(exclude_categories=["Cs", "M"]), max_size=60)


@given(LETTERS, some.integers(20, 400))
def test_a_broken_text_loses_no_letter(text: str, width: int) -> None:
    lines = _broken(text, 20, False, width)
    assert "".join(lines) == "".join(c if c.isprintable() else " " for c in text if c != "\n")
    assert len(lines) >= text.count("\n") + 1
    font = _font(20, False)
    assert all(font.getlength(line[:-1]) <= width + 1 for line in lines)


@given(some.text(max_size=8))
def test_only_six_signs_are_a_colour(value: str) -> None:
    found = hex_of(value)
    assert found in ("", f"#{value}")
    assert bool(found) == (len(value) == 6 and set(value) <= set("0123456789abcdefABCDEF"))


def image(data: bytes, *, name: str = "ppt/media/image1.png") -> Image.Image | None:
    with zipfile.ZipFile(io.BytesIO(deck(picture(), image=data))) as archive:
        return image_of(archive, name)


def test_a_picture_that_is_none_or_too_large_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found = image(png())
    assert found is not None
    assert found.size == (40, 30)
    assert image(b"no picture") is None
    assert image(png(), name="ppt/media/none.png") is None
    assert image(png()[:60]) is None
    monkeypatch.setattr("yunke.craft.formats.examine.deck.MOST_PIXELS", 1199)
    assert image(png()) is None
    assert MOST_PICTURE == 40 << 20


# What is refused before it is opened


def pptx(*names: str, **content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content.get("all", b"<x/>"))
    return out.getvalue()


GOOD = ("[Content_Types].xml", "ppt/presentation.xml", "ppt/slides/slide1.xml")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pptx(*GOOD), ""),
        (pptx(*GOOD, "ppt/vbaProject.bin"), "macros"),
        (pptx(*GOOD, "../evil.xml"), "unsafe-names"),
        (pptx(*GOOD, "/etc/evil.xml"), "unsafe-names"),
        (pptx(*GOOD, "ppt\\evil.xml"), "unsafe-names"),
        (pptx(*GOOD, all=b"0" * (3 << 20)), "bomb"),
        (pptx(*GOOD[:2]), "broken"),
        (pptx("word/document.xml"), "not-courseware"),
        (b"PK\x03\x04 cut short", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old-slides"),
        (b"%PDF-1.7 and nothing", "broken"),
        (b"just words", "not-courseware"),
        (b"", "empty"),
    ],
)
def test_courseware_that_is_refused_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    verdict = examine_courseware(file, tmp_path)
    assert verdict.reason == reason
    assert (verdict.pages, verdict.found) == ((0, verdict.found) if reason else (1, "pptx"))


def test_pages_beyond_the_most_are_refused_and_slow_ones_left_undrawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(corpus.pdf(3))
    monkeypatch.setattr(courseware, "PICTURE_SECONDS", -1.0)
    verdict = examine_courseware(file, tmp_path)
    assert (verdict.reason, verdict.pages, verdict.pictures) == ("", 3, 1)
    monkeypatch.setattr(courseware, "MOST_PAGES", 2)
    assert examine_courseware(file, tmp_path).reason == "many-pages"
    file.write_bytes(deck(box("一"), box("二"), box("三")))
    verdict = examine_courseware(file, tmp_path)
    assert (verdict.pages, verdict.pictures) == (3, 0)


def test_a_locked_pdf_is_called_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_bytes(corpus.pdf(1))

    def locked(_path: Any) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(courseware.pypdfium2, "PdfDocument", locked)
    verdict = examine_courseware(file, tmp_path)
    assert (verdict.reason, verdict.found) == ("locked", Found.PDF)


@pytest.mark.parametrize("sign", ["&#13;", "&#x2029;", "&#x202E;", "&#9;", "&#x200F;", "&#xFFFD;"])
def test_a_sign_without_a_picture_stops_no_slide(sign: str) -> None:
    shown = page(zipfile.ZipFile(io.BytesIO(deck(box(f"春{sign}眠0{sign}")))))
    assert dark(shown, 0.0, 0.0, 0.5, 0.4) > 100
