"""The booklet: formulas, blanks and pictures are taken apart and drawn; nothing typed is run."""

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from latex2mathml.converter import convert
from PIL import Image

from yunke.craft.paper.booklet import (
    PICTURE_LONG,
    Booklet,
    Part,
    Printed,
    booklet_pdf,
    pieces,
    small,
    two_columns,
)


def drawn(*asked: str, large: bool = False, **more: object) -> list[str]:
    """The text of each page."""
    questions = tuple(Printed(n, text, "2 分", ("甲", "乙")) for n, text in enumerate(asked, 1))
    made = Booklet("期末试卷", "数学", "认真读题", (Part("一、选一选", questions),), large)
    with pypdfium2.PdfDocument(booklet_pdf(made, lambda name: png())) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def test_title_sections_questions_options_and_points_are_on_the_page() -> None:
    [page] = drawn("几个苹果？", "几个梨？")
    for words in ("期末试卷", "认真读题", "一、选一选", "几个苹果", "几个梨", "2 分", "A.", "甲"):
        assert words in page


@pytest.mark.parametrize(
    ("latex", "kind"),
    [
        (r"\frac{1}{2}", "frac"), ("x^2", "sup"), ("a_1", "sub"), ("a_1^2", "both"),
        (r"\sqrt{2}", "sqrt"), (r"\sqrt[3]{8}", "root"), (r"\overline{AB}", "overline"),
        (r"\begin{matrix}1&2\\3&4\end{matrix}", "table"),
    ],
)  # fmt: skip
def test_a_formula_keeps_its_form(latex: str, kind: str) -> None:
    [told] = [one for one in pieces(convert(latex)) if one[0] == "math"]
    assert f"'{kind}'" in str(told)
    assert drawn(f"算 {convert(latex)} 。")


def test_a_fraction_has_its_numerator_first_and_a_root_its_degree_last() -> None:
    [[_math, told]] = pieces(convert(r"\frac{1}{2}"))
    assert str(told).index("'1'") < str(told).index("'2'")
    [[_math, told]] = pieces(convert(r"\sqrt[3]{8}"))
    assert str(told).index("'8'") < str(told).index("'3'")


def test_blanks_lines_bold_and_pictures_are_pieces_in_their_order() -> None:
    told = pieces("填 ____ 。<br><b>看图</b><img src='/questions/media/a.png' alt='球'>", str)
    assert [one[0] for one in told] == ["text", "blank", "text", "line", "strong", "picture"]
    assert pieces("<img src='x' alt='球'>") == [["text", "球"]]


def test_words_that_typst_would_run_are_words() -> None:
    [page] = drawn('#read("/etc/passwd") $x$ *a* @b &lt;c&gt; #panic()')
    assert '#read("/etc/passwd")' in page
    assert "#panic()" in page


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_every_text_is_taken_apart_without_a_crash(text: str) -> None:
    kept = "".join(one[1] for one in pieces(text) if one[0] == "text")
    assert isinstance(kept, str)


def test_large_print_takes_more_pages_and_one_column() -> None:
    asked = ["把下面的数从小到大排列起来，并说明你的理由。" * 4] * 14
    normal, large = drawn(*asked), drawn(*asked, large=True)
    assert len(large) > len(normal)


@pytest.mark.parametrize(
    ("text", "several"),
    [("短", False), ("长" * 600, True), ("<table></table>" + "长" * 600, False)],
)
def test_two_columns_are_for_much_that_is_narrow(text: str, several: bool) -> None:
    made = Booklet("卷", "", "", (Part("", (Printed(1, text),)),))
    assert two_columns(made) is several


def test_pictures_are_our_own_pixels_and_no_picture_is_left_out() -> None:
    with Image.open(io.BytesIO(small(png(4000, 300)))) as image:
        assert max(image.size) == PICTURE_LONG
    for bad in (b"", b"<svg/>", b"\x89PNG broken", png()[:40]):
        assert small(bad) == b""
    made = Booklet("卷", "", "", (Part("", (Printed(1, "<img src='a.png'>几"),)),))
    assert booklet_pdf(made, lambda name: None).startswith(b"%PDF")
