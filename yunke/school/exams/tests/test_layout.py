"""Sheets laid out from any paper: everything fits, nothing is told, everything is read back."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.marking.items import (
    Choice,
    ChoiceKey,
    HandwritingKey,
    Item,
    Key,
    LongTextKey,
    MultipleKey,
    NumberForm,
    NumberKey,
    ReadingKey,
    ShortTextKey,
    TrueFalseKey,
)
from yunke.craft.marking.sheets import template_from
from yunke.school.exams.rules.layout import (
    BOTTOM,
    FALSE,
    LEAST_COLUMNS,
    LEFT,
    MOST_LINES,
    RIGHT,
    TOP,
    TRUE,
    NotOnPaper,
    answer_of,
    askings_of,
    drawn_of,
    letters_of,
)
from yunke.school.exams.values.paper import Asking, Way


def options(count: int, start: int = 0) -> tuple[Choice, ...]:
    return tuple(Choice(f"o{n}", f"选项 {n}") for n in range(start, start + count))


def item(key: Key) -> Item:
    return Item("q", "题", key, Fraction(2))


def way_of(key: Key, **more: Any) -> Asking:
    (asking,) = askings_of([(1, item(key))], **{"lines": {}, **more})
    return asking


@pytest.mark.parametrize(
    ("key", "way", "more"),
    [
        (TrueFalseKey(True), Way.BUBBLES, {"options": (TRUE, FALSE), "multiple": False}),
        (ChoiceKey(options(4), "o1"), Way.BUBBLES, {"options": ("o0", "o1", "o2", "o3")}),
        (ChoiceKey(options(8), "o1"), Way.BUBBLES, {"multiple": False}),
        (ChoiceKey(options(9), "o1"), Way.WRITING, {"lines": 2}),
        (MultipleKey(options(3), ("o0", "o2")), Way.BUBBLES, {"multiple": True}),
        (NumberKey("7"), Way.DIGITS, {"columns": LEAST_COLUMNS, "unit": ""}),
        (NumberKey("-12.5", unit="厘米"), Way.DIGITS, {"columns": 5, "unit": "厘米"}),
        (NumberKey("1234567"), Way.DIGITS, {"columns": 7}),
        (NumberKey("1234567890"), Way.WRITING, {"columns": 0}),
        (NumberKey("1/2", form=NumberForm.LOWEST), Way.DIGITS, {}),
        (NumberKey("1 1/2", form=NumberForm.ANY), Way.WRITING, {}),
        (ShortTextKey(("a",)), Way.WRITING, {"lines": 4}),
    ],
)
def test_each_kind_of_question_has_its_way_on_paper(key, way, more) -> None:
    asking = way_of(key)
    assert asking.way is way
    assert {name: getattr(asking, name) for name in more} == more


@pytest.mark.parametrize(("wished", "lines"), [(1, 2), (0, 2), (9, 9), (24, 24), (99, MOST_LINES)])
def test_lines_to_write_on_stay_within_a_page(wished, lines) -> None:
    assert way_of(ShortTextKey(("a",)), lines={1: wished}).lines == lines
    assert way_of(ShortTextKey(("a",)), lines={2: wished}).lines == 4


def test_what_cannot_be_printed_is_named_by_its_positions() -> None:
    read = ReadingKey("读一读")
    asked = [(1, item(TrueFalseKey(True))), (2, item(read)), (5, item(read))]
    with pytest.raises(NotOnPaper) as no:
        askings_of(asked, {})
    assert no.value.positions == (2, 5)
    assert str(no.value) == "2, 5"


def keys(right: bool) -> list[Key]:
    """The same paper with its right keys, and with wrong ones of the same size."""
    many = ("o0", "o2") if right else ("o1", "o3")
    return [
        ChoiceKey(options(4), "o0" if right else "o3"), MultipleKey(options(4), many),
        TrueFalseKey(right), NumberKey("3" if right else "12345"),
        NumberKey("12.25" if right else "8"), HandwritingKey("", "x = 7" if right else "y"),
    ]  # fmt: skip


def test_a_sheet_gives_no_key_away() -> None:
    sheets = []
    for right in (True, False):
        asked = askings_of([(n, item(key)) for n, key in enumerate(keys(right), 1)], {})
        drawn = drawn_of(asked, exam="E1.1", title="四年级 数学")
        sheets.append((drawn.template, drawn.places))
    assert sheets[0] == sheets[1]
    assert "x = 7" not in json.dumps(sheets[0], ensure_ascii=False)
    assert "选项" not in json.dumps(sheets[0], ensure_ascii=False)


KEYS: st.SearchStrategy[Key] = st.one_of(
    st.integers(2, 8).map(lambda n: ChoiceKey(options(n), "o0")),
    st.integers(2, 8).map(lambda n: MultipleKey(options(n), ("o0", "o1"))),
    st.booleans().map(TrueFalseKey),
    st.integers(0, 10**8).map(lambda n: NumberKey(str(n), unit="" if n % 3 else "平方厘米")),
    st.just(HandwritingKey("", "x")),
    st.just(LongTextKey()),
    st.just(ShortTextKey(("a",))),
)


@settings(max_examples=60)
@given(asked=st.lists(KEYS, min_size=1, max_size=30), english=st.booleans())
def test_any_paper_is_laid_out_whole_and_within_its_margins(asked: list[Key], english) -> None:
    positions = list(range(1, len(asked) + 1))
    askings = askings_of([(n, item(key)) for n, key in enumerate(asked, 1)], {})
    try:
        drawn = drawn_of(askings, exam="E7.1", title="t", language="en" if english else "zh-hans")
    except ValueError as wrong:
        assert "12 are allowed" in str(wrong)  # noqa: PT017 - either whole or refused
        return
    assert sorted(place["position"] for place in drawn.places.values()) == positions
    fields = [(n, f) for n, page in enumerate(drawn.template["pages"]) for f in page["fields"]]
    names = [name for _n, f in fields for name in f.get("items", [f.get("item")]) if name]
    assert sorted(n for n in names if n in drawn.places) == sorted(map(str, positions))
    assert len(drawn.template["pages"]) == drawn.pages
    for _number, one in fields:
        assert LEFT <= one["at"][0] <= RIGHT
        assert one["at"][1] <= BOTTOM
        if one.get("items") and one["items"][0] in drawn.places:
            assert one["at"][1] >= TOP
            assert one["at"][1] + len(one["items"]) * one["step"][1] <= BOTTOM + 5
    found = template_from(json.dumps(drawn.template))
    assert len(found.pages) == drawn.pages


def test_every_page_has_three_bubbles_of_the_pupils_own_that_count_for_nothing() -> None:
    asked = askings_of([(n, item(ShortTextKey(("a",)))) for n in (1, 2, 3)], {1: 20, 2: 20, 3: 20})
    for language, name in (("zh", "自查"), ("en", "I")):
        drawn = drawn_of(asked, exam="E1.1", title="t", language=language)
        assert drawn.pages == 3
        for number, page in enumerate(drawn.template["pages"], 1):
            assert page["fields"][-1]["items"] == [f"{name}{number}"]
            assert f"{name}{number}" not in drawn.places


def test_a_heading_stays_with_what_follows_it() -> None:
    asked = [
        Asking(1, Way.BUBBLES, ("a", "b")),
        *(Asking(n, Way.WRITING, lines=23) for n in (2, 3)),
    ]
    drawn = drawn_of(asked, exam="E1.1", title="t")
    for page in drawn.template["pages"]:
        kinds = [field["kind"] for field in page["fields"][:-1]]
        assert kinds[-1] != "text"


def test_too_many_pages_are_refused() -> None:
    asked = [Asking(n, Way.WRITING, lines=24) for n in range(1, 14)]
    with pytest.raises(ValueError, match="13 pages"):
        drawn_of(asked, exam="E1.1", title="t")


def test_choices_of_other_shapes_share_no_block_and_blocks_hold_five() -> None:
    shapes = [(4, False)] * 7 + [(4, True)] + [(3, False)]
    asked = [
        Asking(n, Way.BUBBLES, tuple(f"o{k}" for k in range(count)), multiple=multiple)
        for n, (count, multiple) in enumerate(shapes, 1)
    ]
    (page,) = drawn_of(asked, exam="E1.1", title="t").template["pages"]
    blocks = [field for field in page["fields"][:-1] if field["kind"] == "choice"]
    assert [len(one["items"]) for one in blocks] == [5, 2, 1, 1]
    assert [(one["options"], one["multiple"]) for one in blocks] == [
        ("ABCD", False), ("ABCD", False), ("ABCD", True), ("ABC", False)
    ]  # fmt: skip


BUBBLES = {"position": 1, "way": "bubbles", "options": ["x", "y", "z"], "multiple": False}
MANY = {**BUBBLES, "multiple": True}
JUDGE = {"position": 1, "way": "bubbles", "options": [TRUE, FALSE], "multiple": False}
DIGITS = {"position": 1, "way": "digits", "unit": "米"}


@pytest.mark.parametrize(
    ("place", "mark", "answer"),
    [
        (BUBBLES, None, None), (BUBBLES, "", None), (BUBBLES, "A", "x"), (BUBBLES, "C", "z"),
        (MANY, "CA", ["z", "x"]), (MANY, "AAB", ["x", "y"]), (MANY, "B", ["y"]), (MANY, "", None),
        (JUDGE, TRUE, True), (JUDGE, FALSE, False), (JUDGE, None, None),
        (DIGITS, "12.5", "12.5米"), (DIGITS, "-3/4", "-3/4米"), (DIGITS, None, None),
        ({**DIGITS, "unit": ""}, "7", "7"), ({"way": "digits"}, "7", "7"),
    ],
)  # fmt: skip
def test_what_is_filled_in_becomes_what_the_marking_takes(place, mark, answer) -> None:
    assert answer_of(place, mark) == answer


@pytest.mark.parametrize(
    ("place", "mark"),
    [
        (BUBBLES, "D"), (BUBBLES, "AB"), (BUBBLES, "a"), (BUBBLES, TRUE), (BUBBLES, "\0"),
        (BUBBLES, " "), (MANY, "AD"), (MANY, "A B"), (JUDGE, "A"), (JUDGE, TRUE + FALSE),
        (DIGITS, "1e3"), (DIGITS, "１"), (DIGITS, "1 2"), (DIGITS, "x"),
    ],
)  # fmt: skip
def test_a_mark_that_the_place_does_not_have_is_no_answer(place, mark) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the mark itself is all there is to say
        answer_of(place, mark)


@given(marks=st.text(alphabet="ABCDEFGH√×12./-", max_size=6), count=st.integers(2, 8))
def test_no_mark_ever_becomes_an_option_that_was_not_printed(marks: str, count: int) -> None:
    place = {**MANY, "options": [f"o{n}" for n in range(count)]}
    try:
        found = answer_of(place, marks) or []
    except ValueError:
        assert set(marks) - set(letters_of(place))
        return
    assert set(found) <= set(place["options"])
    assert len(found) == len(set(found)) == len(set(marks))


@pytest.mark.parametrize(
    ("place", "letters"), [(BUBBLES, "ABC"), (JUDGE, "√×"), (DIGITS, ""), ({}, "")]
)
def test_the_letters_of_a_place_are_those_on_paper(place, letters) -> None:
    assert letters_of(place) == letters
