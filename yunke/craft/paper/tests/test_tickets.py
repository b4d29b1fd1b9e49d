"""Paper: what is printed can be read by people and by cameras."""

import io
from typing import Any

import numpy as np
import pypdfium2
import pytest

from yunke.craft.paper import Sheet, Ticket, sheet_pdf
from yunke.craft.paper.tickets import _name_size, icon_svg, qr_svg

A4 = (595.3, 841.9)  # points


def ticket(name: str = "欧阳小明", **more: Any) -> Ticket:
    return Ticket(name, "河东小学 · 一年级2班", "用相机扫一扫。", icon="cat", **more)


def pages(pdf: bytes) -> list[Any]:
    return list(pypdfium2.PdfDocument(io.BytesIO(pdf)))


def words(pdf: bytes) -> str:
    return "".join("".join(p.get_textpage().get_text_bounded().split()) for p in pages(pdf))


def test_eight_tickets_fill_a_page_of_a4() -> None:
    for count, expected in ((1, 1), (8, 1), (9, 2), (50, 7)):
        pdf = sheet_pdf(Sheet("登录卡", "foot", (ticket(),) * count))
        assert len(pages(pdf)) == expected
    assert pages(pdf)[0].get_size() == pytest.approx(A4, abs=0.5)


def test_name_line_hint_and_code_are_text_on_every_page() -> None:
    pdf = sheet_pdf(
        Sheet("邀请", "云课 · 页脚", (ticket(code="KQ23 X4AB", code_label="邀请码"),) * 9)
    )
    text = words(pdf)
    assert text.count("欧阳小明") == 9
    assert text.count("KQ23X4AB") == 9
    assert text.count("云课·页脚") == 2
    assert "1/2" in text
    assert "2/2" in text


def test_a_long_name_and_awkward_letters_stay_inside_and_are_no_commands() -> None:
    awkward = '#panic("x") $x$ *b* _i_ <l> @r \\ "q" 𠮷'
    pdf = sheet_pdf(Sheet("t", "f", (ticket(awkward), ticket("阿卜杜热合曼·买买提依明江"))))
    text = words(pdf)
    assert '#panic("x")$x$*b*_i_' in text
    assert len(pages(pdf)) == 1


def test_black_alone_works() -> None:
    """Nothing on the page is a colour."""
    pdf = sheet_pdf(Sheet("t", "f", (ticket(qr="http://x/card#abc", pictures=("sun", "moon")),)))
    drawn = np.asarray(pages(pdf)[0].render(scale=1).to_pil().convert("RGB")).astype(int)
    assert int(np.abs(drawn[..., 0] - drawn[..., 1]).max()) <= 2
    assert int(np.abs(drawn[..., 1] - drawn[..., 2]).max()) <= 2
    assert int(drawn.min()) < 60


def test_the_qr_code_is_a_square_of_black_that_a_camera_can_read() -> None:
    svg = qr_svg("http://192.168.100.200:8000/card#" + "x" * 22)
    assert svg.startswith("<svg")
    assert "M" in svg
    larger = qr_svg("http://192.168.100.200:8000/card#" + "x" * 200)
    assert len(larger) > len(svg)


def test_an_icon_that_does_not_exist_is_said() -> None:
    assert "<svg xmlns=" in icon_svg("cat")
    assert "currentColor" not in icon_svg("cat")
    with pytest.raises(KeyError, match="dragon"):
        icon_svg("dragon")


def test_secrets_do_not_show_in_a_ticket_that_is_printed_for_a_log() -> None:
    shown = repr(ticket(qr="http://x/card#secret", code="SECRET", pictures=("sun",)))
    assert "secret" not in shown.lower()
    assert "sun" not in shown


MM = 72 / 25.4
LONG = (
    "阿卜杜热西提·图尔荪尼亚孜·买买提江·艾合买提江·吐尔逊古丽阿依",
    "Bartholomew Featherstonehaugh-Cholmondeley-Marjoribanks III",
    "W" * 60,
    "李" * 60,
)


def right_half(name: str) -> Any:
    """The QR column of the first ticket, a pixel a point."""
    pdf = sheet_pdf(Sheet("登录卡", "foot", (ticket(name, qr="https://yunke.example/card#abc"),)))
    drawn = pages(pdf)[0].render(scale=1).to_pil().convert("L")
    return drawn.crop((int(58 * MM), int(11 * MM), int(104 * MM), int(60 * MM)))


@pytest.mark.parametrize("name", LONG)
def test_a_long_name_never_touches_the_qr_code(name: str) -> None:
    plain = right_half("李")
    assert plain.getextrema()[0] < 50, "the QR code is there"
    assert right_half(name).tobytes() == plain.tobytes()


@pytest.mark.parametrize("name", ["李小明", "欧阳娜娜", "Anna Lee"])
def test_an_ordinary_name_is_large(name: str) -> None:
    assert _name_size(name) == 18


def test_a_long_name_is_whole() -> None:
    for name in LONG:
        printed = words(sheet_pdf(Sheet("登录卡", "foot", (ticket(name),))))
        assert letters(name) in letters(printed)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())
