"""Slides become pictures of their words and pictures; what is odd is left out, never run."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from yunke.craft.formats.examine.courseware import examine_courseware
from yunke.craft.formats.examine.deck import Frame, NoDeck, deck_of
from yunke.craft.formats.examine.slides import WIDTH, draw
from yunke.craft.formats.tests.slides_corpus import SPACES, box, deck, fill, picture, png

BLUE = (32, 96, 192)


def drawn(data: bytes, number: int = 0) -> Image.Image:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return draw(deck_of(archive), number)


def dark(image: Image.Image, left: float, top: float, right: float, bottom: float) -> int:
    """Dark points in a part of the picture, given in shares of its sides."""
    w, h = image.size
    part = image.crop((int(left * w), int(top * h), int(right * w), int(bottom * h))).convert("L")
    return sum(part.histogram()[:128])


def test_words_and_pictures_stand_where_the_slide_puts_them() -> None:
    page = drawn(deck(box("望庐山瀑布") + picture(), image=png()))
    assert page.size == (WIDTH, 720)
    assert dark(page, 0.04, 0.05, 0.5, 0.3) > 300
    assert dark(page, 0.04, 0.4, 0.5, 0.95) == 0
    assert page.getpixel((int(WIDTH * 0.75), int(720 * 0.55))) == BLUE


def test_slides_come_in_the_presentations_order(tmp_path: Path) -> None:
    file = tmp_path / "a.pptx"
    file.write_bytes(deck(box("一"), box("二"), box("三")))
    verdict = examine_courseware(file, tmp_path)
    assert (verdict.reason, verdict.pages, verdict.pictures, verdict.poster) == ("", 3, 3, True)
    names = sorted(path.name for path in tmp_path.glob("*.jpg"))
    assert names == ["page-001.jpg", "page-002.jpg", "page-003.jpg", "poster.jpg"]
    with Image.open(tmp_path / "poster.jpg") as poster:
        assert poster.width == 640


def test_a_long_text_stays_in_its_box() -> None:
    page = drawn(deck(box("春眠不觉晓处处闻啼鸟" * 30, at="600000 500000 5000000 2500000")))
    assert dark(page, 0.04, 0.07, 0.46, 0.44) > 1000
    assert dark(page, 0.5, 0.0, 1.0, 1.0) == 0


def test_english_breaks_at_its_blanks() -> None:
    page = drawn(deck(box("the quick brown fox " * 8, at="600000 500000 3000000 5000000")))
    assert dark(page, 0.31, 0.0, 1.0, 1.0) == 0


def test_a_coloured_box_is_filled() -> None:
    page = drawn(deck(box("字", more=fill("E3F3EC"))))
    assert page.getpixel((int(WIDTH * 0.6), 100)) == (0xE3, 0xF3, 0xEC)


def test_a_group_moves_what_is_in_it() -> None:
    inside = box("组", at="0 0 1000000 1000000", more=fill("2060C0"))
    group = (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="6096000" y="3429000"/>'
        '<a:ext cx="2000000" cy="2000000"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="1000000" cy="1000000"/></a:xfrm></p:grpSpPr>{inside}</p:grpSp>'
    )
    page = drawn(deck(group))
    assert page.getpixel((int(WIDTH * 0.62), int(720 * 0.75))) == BLUE
    assert page.getpixel((100, 100)) == (255, 255, 255)
    assert Frame(1, 1, 2, 2).inside(Frame(10, 10, 20, 20), Frame(0, 0, 2, 2)).x == 20


@pytest.mark.parametrize(
    "shapes",
    [
        picture("nowhere"),
        box("字", at="-99999999999 0 1 1"),
        box("字", at="0 0 0 0"),
        box("字", at="1 2 3 x"),
        "<p:sp/><p:pic/><p:graphicFrame/><p:grpSp><p:grpSp/></p:grpSp>",
        "<p:graphicFrame><p:xfrm><a:off x='1' y='1'/><a:ext cx='9000000' cy='3000000'/></p:xfrm>"
        "<a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>格</a:t></a:r></a:p></a:txBody></a:tc></a:tr>"
        "</a:tbl></p:graphicFrame>",
    ],
)
def test_odd_shapes_are_left_out_and_the_page_is_drawn(shapes: str) -> None:
    assert drawn(deck(shapes + box("还在"), image=b"no picture")).size == (WIDTH, 720)


@pytest.mark.parametrize(
    "evil",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        "<not-closed>",
        "",
    ],
)
def test_a_part_that_would_read_or_grow_is_not_read(evil: str, tmp_path: Path) -> None:
    good = zipfile.ZipFile(io.BytesIO(deck(box("一"), box("二"))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in good.namelist():
            archive.writestr(name, evil if name.endswith("slide1.xml") else good.read(name))
    file = tmp_path / "a.pptx"
    file.write_bytes(out.getvalue())
    verdict = examine_courseware(file, tmp_path)
    assert (verdict.reason, verdict.pictures) == ("", 2)
    with Image.open(tmp_path / "page-001.jpg") as page:
        assert dark(page, 0, 0, 1, 1) == 0


def test_a_presentation_that_cannot_be_read_has_no_pictures() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ppt/presentation.xml", f"<p:presentation {SPACES}")
    with zipfile.ZipFile(out) as archive, pytest.raises(NoDeck):
        deck_of(archive)


def test_an_odd_size_is_a_common_one() -> None:
    page = drawn(deck(box("一"), size='cx="-5" cy="0"'))
    assert page.size == (WIDTH, 720)
