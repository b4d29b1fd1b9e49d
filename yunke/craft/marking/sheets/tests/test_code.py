"""The QR code's text: what was written is read back, anything else is nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.sheets.code import Code, code_from, code_text

PARTS = st.text(st.characters(exclude_characters="/", codec="utf-8"), min_size=1, max_size=20)


@given(PARTS, PARTS, st.integers(1, 999))
def test_what_is_written_is_read_back(exam: str, pupil: str, page: int) -> None:
    code = Code(exam, pupil, page)
    assert code_from(code_text(code)) == code


def test_a_code_that_was_once_printed_stays_readable() -> None:
    """Printed paper is not printed again: the form must never change."""
    text = "Y1/M3-2026/P0007/1/" + code_text(Code("M3-2026", "P0007", 1))[-5:]
    assert code_text(Code("M3-2026", "P0007", 1)) == text
    assert code_from(text) == Code("M3-2026", "P0007", 1)


@given(st.integers(0, 30), st.sampled_from("ABCXYZ0123456789/"))
def test_one_wrong_letter_makes_it_nobodys(place: int, letter: str) -> None:
    text = code_text(Code("M3-2026", "P0007", 1))
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    assert changed == text or code_from(changed) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/a/b/c",
        "Y1/a/b/1",
        "Y1////",
        "Y1/a/b/-1/AAAAA",
        "Y1/a/b/1/AAAAA",
        "Y2/a/b/1/AAAAA",
        "/" * 2000,
    ],
)
def test_other_codes_are_nobodys(text: str) -> None:
    assert code_from(text) is None


@pytest.mark.parametrize("page", ["²", "0x1", "１", "99999"])
def test_a_page_is_a_plain_number(page: str) -> None:
    good = code_text(Code("e", "p", 1))
    assert code_from(good.replace("/1/", f"/{page}/")) is None


@pytest.mark.parametrize(
    "code", [Code("a/b", "p", 1), Code("a", "p/q", 1), Code("", "p", 1), Code("a", "p", 0)]
)
def test_a_code_that_could_not_be_read_back_is_not_written(code: Code) -> None:
    with pytest.raises(ValueError, match="slash"):
        code_text(code)
