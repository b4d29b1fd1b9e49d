"""Numbers as they are written in Chinese schools."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.numbers import (
    Form,
    chinese_number,
    clean,
    read_number,
    read_quantity,
    read_rest,
)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("35", "35", Form.WHOLE),
        ("３５", "35", Form.WHOLE),
        (" 35 ", "35", Form.WHOLE),
        ("+35", "35", Form.WHOLE),
        ("-35", "-35", Form.WHOLE),
        ("－３５", "-35", Form.WHOLE),
        ("−35", "-35", Form.WHOLE),
        ("007", "7", Form.WHOLE),
        ("1,220", "1220", Form.WHOLE),
        ("1,234,567", "1234567", Form.WHOLE),
        ("（35）", "35", Form.WHOLE),
        ("=35", "35", Form.WHOLE),
        ("35。", "35", Form.WHOLE),
        ("0.50", "0.5", Form.DECIMAL),
        ("０．５", "0.5", Form.DECIMAL),
        (".5", "0.5", Form.DECIMAL),
        ("12.", "12", Form.WHOLE),
        ("-0.25", "-0.25", Form.DECIMAL),
        ("1.2×10^3", "1200", Form.DECIMAL),
        ("1/2", "1/2", Form.FRACTION),
        ("２／４", "1/2", Form.FRACTION),
        ("-3/4", "-3/4", Form.FRACTION),
        ("½", "1/2", Form.FRACTION),
        ("\\frac{3}{4}", "3/4", Form.FRACTION),
        ("$\\dfrac{3}{4}$", "3/4", Form.FRACTION),
        ("3 1/2", "7/2", Form.MIXED),
        ("3又1/2", "7/2", Form.MIXED),
        ("3 又 1/2", "7/2", Form.MIXED),
        ("3½", "7/2", Form.MIXED),
        ("-1 1/4", "-5/4", Form.MIXED),
        ("35%", "0.35", Form.PERCENT),
        ("３５％", "0.35", Form.PERCENT),
        ("12.5 %", "0.125", Form.PERCENT),
        ("一千零五", "1005", Form.WORDS),
        ("半", "1/2", Form.WORDS),
    ],
)
def test_a_number_is_read_with_its_form(text: str, value: str, form: Form) -> None:
    found = read_number(text)
    assert found is not None
    assert (found.value, found.form) == (Fraction(value), form)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1/0",
        "1 000",
        "12,34",
        "1,2",
        "--3",
        "3-",
        "1.2.3",
        "1/2/3",
        "5或6",
        "2*3",
        "x=5",
        "五千克苹果",
        "1 2",
        "%",
        "/",
        ".",
        "1e400",
        "9" * 400,
        "٣",
    ],
)
def test_what_is_no_number_is_none_and_never_zero(text: str) -> None:
    found = read_number(text)
    assert found is None or (text == "٣" and found.value == 3)


def test_how_it_was_written_is_kept() -> None:
    mixed, decimal, raw = read_number("3 2/4"), read_number("2.50"), read_number("6/4")
    assert mixed is not None
    assert (mixed.whole, mixed.num, mixed.den) == (3, 2, 4)
    assert decimal is not None
    assert decimal.places == 2
    assert raw is not None
    assert (raw.num, raw.den) == (6, 4)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("一", 1),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("廿三", 23),
        ("卅", 30),
        ("九十九", 99),
        ("一百", 100),
        ("一百零八", 108),
        ("一百一十", 110),
        ("一百一", 110),
        ("二百五", 250),
        ("两百", 200),
        ("两百零五", 205),
        ("一千零五", 1005),
        ("一千零五十", 1050),
        ("三千四", 3400),
        ("一万", 10_000),
        ("一万零三十", 10_030),
        ("三万二", 32_000),
        ("十二万", 120_000),
        ("三百二十万零五百", 3_200_500),
        ("一亿", 10**8),
        ("一亿三千万", 130_000_000),
        ("一万亿", 10**12),
        ("壹贰叁", 123),
        ("壹佰贰拾叁", 123),
        ("伍仟", 5000),
        ("二〇二六", 2026),
        ("一二三", 123),
        ("3万", 30_000),
        ("1.5亿", 150_000_000),
        ("负三", -3),
        ("负二十", -20),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("半", "1/2"),
        ("一半", "1/2"),
        ("一个半", "3/2"),
        ("两个半", "5/2"),
        ("三分之二", "2/3"),
        ("百分之五", "1/20"),
        ("百分之十二点五", "1/8"),
        ("千分之三", "3/1000"),
        ("一又三分之二", "5/3"),
        ("三点一四", "3.14"),
        ("零点五", "0.5"),
        ("负二分之一", "-1/2"),
        ("十二点零五", "12.05"),
    ],
)
def test_chinese_parts(text: str, value: str) -> None:
    assert chinese_number(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "百分之",
        "分之三",
        "零分之三",
        "万",
        "亿",
        "点五",
        "三点",
        "三点十",
        "负",
        "负负三",
        "一二十",
        "十十十苹果",
        "苹果",
        "一" * 100,
    ],
)
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert chinese_number(text) is None


NAMES = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """A number below ten thousand as it is read aloud; the other direction, by another rule."""
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + NAMES[digit] + unit
            gap = False
        else:
            gap = True
    return text or "零"


@given(st.integers(0, 9999))
def test_whatever_is_spoken_is_understood(number: int) -> None:
    assert chinese_number(spoken(number)) == number
    assert chinese_number(spoken(number).replace("二百", "两百")) == number


@given(st.integers(0, 9999), st.integers(1, 9999))
def test_ten_thousands_are_put_before(rest: int, front: int) -> None:
    middle = "零" if 0 < rest < 1000 else ""
    text = f"{spoken(front)}万{middle}{spoken(rest) if rest else ''}"
    assert chinese_number(text) == front * 10_000 + rest


@given(st.integers(0, 10**12))
def test_full_width_digits_are_digits(number: int) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in str(number))
    found = read_number(wide)
    assert found is not None
    assert found.value == number


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_decimals_are_exact(digits: int, places: int) -> None:
    value = Fraction(digits, 10**places)
    text = f"{'-' * (digits < 0)}{abs(digits) // 10**places}.{abs(digits) % 10**places:0{places}d}"
    found = read_number(text if places else str(digits))
    assert found is not None
    assert found.value == value


@given(st.integers(0, 999), st.integers(0, 999), st.integers(1, 999))
def test_mixed_numbers_are_sums(whole: int, num: int, den: int) -> None:
    found = read_number(f"{whole}又{num}/{den}")
    assert found is not None
    assert found.value == whole + Fraction(num, den)


@given(st.text(max_size=80))
def test_no_text_brings_the_reader_down(text: str) -> None:
    for reader in (read_number, read_quantity, read_rest, chinese_number):
        found = reader(text)
        assert found is None or found is not False
    assert "  " not in clean(text)


def test_the_very_long_is_nothing() -> None:
    assert clean("1" * 5_000) == ""
    assert read_number("1" * 200_000) is None
    assert read_quantity("1" * 200_000) is None
    assert chinese_number("一" * 200_000) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１＋１", "1+1"),
        ("5²", "5^2"),
        ("3㎡", "3m^2"),
        ("2×3÷4", "2*3÷4"),
        ("a—b", "a-b"),
        ("1½", "1 1/2"),
        ("３：００", "3:00"),
        ("\\left(2\\right)\\times 3", "(2)* 3"),
        ("【2】", "(2)"),
        ("a\u200bb", "ab"),
        ("$$5$$", "5"),
    ],
)
def test_signs_are_made_plain(text: str, plain: str) -> None:
    assert clean(text) == plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3……2", (3, 2)),
        ("3...2", (3, 2)),
        ("3…2", (3, 2)),
        ("3···2", (3, 2)),
        ("3余2", (3, 2)),
        ("3 余数 2", (3, 2)),
        ("3r2", (3, 2)),
        ("3 R 2", (3, 2)),
        ("3 rem 2", (3, 2)),
        ("３……２", (3, 2)),
        ("=3……2", (3, 2)),
        ("3.2", None),
        ("3..2", None),
        ("3", None),
        ("……2", None),
    ],
)
def test_quotient_and_remainder(text: str, found: tuple[int, int] | None) -> None:
    assert read_rest(text) == found
