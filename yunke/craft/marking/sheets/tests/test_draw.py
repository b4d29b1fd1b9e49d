"""What is printed is what is read: marks, code and bubbles are where the reader looks."""

import io

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from yunke.craft.marking.sheets.code import Code, code_from
from yunke.craft.marking.sheets.draw import Pupil, sheets_pdf
from yunke.craft.marking.sheets.markers import marks_of, plane_of
from yunke.craft.marking.sheets.tests.maker import template, told

DENSE = 6.0  # pixels a millimetre


def pages(pdf: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(io.BytesIO(pdf)))


def gray(page: pypdfium2.PdfPage) -> np.ndarray:
    pixels = page.render(scale=DENSE * 25.4 / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(pixels.reshape(pixels.shape[:2]))


def words(page: pypdfium2.PdfPage) -> str:
    return "".join(page.get_textpage().get_text_bounded().split())


@pytest.fixture(scope="module")
def printed() -> np.ndarray:
    return gray(pages(sheets_pdf(template(), [Pupil("P0007", "欧阳小明")]))[0])


def test_every_pupil_has_every_page() -> None:
    field = {"kind": "choice", "items": ["1"], "at": [40, 60]}
    more = {"kind": "choice", "items": ["2"], "at": [40, 60]}
    plan = template(**told(pages=[{"fields": [field]}, {"fields": [more]}]))
    pdf = sheets_pdf(plan, [Pupil("P1", "甲"), Pupil("P2", "乙")])
    told_on = [words(page) for page in pages(pdf)]
    assert ["甲" in one for one in told_on] == [True, True, False, False]
    assert ["1/2" in one for one in told_on] == [True, False, True, False]
    codes = [code_from(zxingcpp.read_barcodes(gray(page))[0].text) for page in pages(pdf)]
    assert codes == [Code("M3-2026", p, n) for p in ("P1", "P2") for n in (1, 2)]


def test_the_paper_has_its_size() -> None:
    page = pages(sheets_pdf(template(), [Pupil("P1")]))[0]
    assert page.get_size() == pytest.approx((595.3, 841.9), abs=0.5)


def test_corner_marks_are_printed_to_a_twentieth_of_a_millimetre(printed: np.ndarray) -> None:
    plan = template()
    plane = plane_of(plan, plan.pages[0], marks_of(printed, frozenset(range(4))))
    assert plane is not None
    assert plane.found == 4
    assert plane.error < 0.06
    for x, y in ((20.0, 30.0), (190.0, 280.0)):
        seen = plane.place @ np.array([x, y, 1.0])
        assert seen[:2] / seen[2] == pytest.approx([x * DENSE, y * DENSE], abs=0.6)


def test_every_bubble_is_printed_where_the_layout_has_it(printed: np.ndarray) -> None:
    """A line all round at the bubble's edge, and paper just inside of it."""
    for block in template().pages[0].layout.blocks:
        for item in block.items:
            for bubble in item.bubbles:
                for side in (-1, 1):
                    x = round((bubble.x + side * block.width / 2) * DENSE)
                    y = round(bubble.y * DENSE)
                    assert printed[y, x - 1 : x + 2].min() < 190, (item.name, bubble)
                    inner = round((bubble.x + side * block.width * 0.36) * DENSE)
                    assert printed[y, inner] > 200


def test_empty_bubbles_hold_little_ink(printed: np.ndarray) -> None:
    """A letter that is darker than a pencil would leave no room between empty and filled."""
    for block in template().pages[0].layout.blocks:
        for bubble in block.items[0].bubbles:
            x, y = round(bubble.x * DENSE), round(bubble.y * DENSE)
            half_w, half_h = round(block.width * 2), round(block.height * 2)
            middle = printed[y - half_h : y + half_h, x - half_w : x + half_w]
            assert 1 - middle.mean() / 255 < 0.16


def test_names_that_are_commands_stay_names() -> None:
    awkward = '#panic("x") $x$ *b* 𠮷'
    assert '#panic("x")$x$*b*' in words(pages(sheets_pdf(template(), [Pupil("P1", awkward)]))[0])


def test_a_template_without_a_code_is_drawn_without_one() -> None:
    page = pages(sheets_pdf(template(code=None), [Pupil("P1")]))[0]
    assert zxingcpp.read_barcodes(gray(page)) == []


def test_black_alone_works() -> None:
    page = pages(sheets_pdf(template(), [Pupil("P1")]))[0]
    drawn = np.asarray(page.render(scale=1).to_pil().convert("RGB")).astype(int)
    assert int(np.abs(drawn[..., 0] - drawn[..., 2]).max()) <= 2


def test_a_pupils_code_with_a_slash_is_refused() -> None:
    with pytest.raises(ValueError, match="slash"):
        sheets_pdf(template(), [Pupil("a/b")])
