"""Keys that were reckoned: only for what is nothing but a sum."""

from fractions import Fraction

import pytest

from yunke.craft.marking.items import BlanksKey, NumberKey
from yunke.demo.questions import BANK, _draft, bank_items, shown_text
from yunke.demo.sums import with_sums


def value(text: str) -> str | None:
    _text, key, _why = with_sums(text)
    assert not isinstance(key, BlanksKey)
    return key.value if key else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("计算：9+99+999=．", "1107"),
        ("用竖式计算0.35+0.46=（ ）．", "0.81"),
        ("(56÷5)÷(28÷15)=", "6"),
        ("8-7-6+5+4-3-2+1=（ ）．", "0"),
        ("2-5=", "-3"),
        ("计算：$\\frac{1}{2}+\\frac{1}{3}$=．", "5/6"),
        ("列竖式计算：（2）378÷7=．", "54"),
    ],
)
def test_a_sum_has_the_key_that_it_comes_to(text: str, found: str) -> None:
    assert value(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "53÷7=",  # a remainder may be asked
        "甲有3个苹果，乙有5个，一共有（ ）个．",
        "定义a※b=2a+b，计算3※4=",
        "1+3+5+…+99=",
        "5÷0=",
        "已知3+x=8，x=",
        "7=",
        "12 34+5=",
        "3(4+5)=",  # parts that touch are not multiplied here
    ],
)
def test_what_is_no_plain_sum_has_no_key(text: str) -> None:
    assert value(text) is None


def test_numbered_sums_become_blanks_in_their_order() -> None:
    text, key, why = with_sums("计算：（1）4×25=．（2）7200÷60=")
    assert isinstance(key, BlanksKey)
    assert [blank.number.value for blank in key.blanks if blank.number] == ["100", "120"]
    assert text.count("___") == 2
    assert why.splitlines()[1].endswith("= 120")


def test_one_part_that_is_no_sum_leaves_all_without_a_key() -> None:
    text = "计算：（1）4×25=（2）53÷7="
    assert with_sums(text) == (text, None, "")


def test_a_sum_of_two_terms_is_told_to_the_library_of_bugs() -> None:
    assert with_sums("计算：52×101=")[1] == NumberKey("5252", expression="52*101")


def test_formulas_are_plain_where_plain_text_can_say_them() -> None:
    assert shown_text("$$3\\times 4\\div 2$$个") == "3×4÷2个"
    assert shown_text("$$\\frac{1}{2}$$") == "$\\frac{1}{2}$"
    assert shown_text("下图 question_7-image_0") == "下图 〔图〕"


def test_the_whole_bank_comes_and_says_which_items_lack_key_or_picture() -> None:
    items = list(bank_items())
    keyed = [item for item in items if item.key is not None]
    assert len(items) == 7618
    assert 500 < len(keyed) < 800
    assert sum(item.pictures for item in items) == 2175
    names = {name: f"{BANK}.{at}" for at, name in enumerate({n for i in items for n in i.points})}
    bare = next(item for item in items if item.key is None and item.pictures)
    draft = _draft(bare, names)
    assert (draft.item["kind"], draft.retired, draft.grade) == ("short-text", True, 3)
    blanks = next(item for item in keyed if isinstance(item.key, BlanksKey))
    told = _draft(blanks, names)
    assert Fraction(told.item["maxScore"]) == len(blanks.key.blanks)  # type: ignore[union-attr]
