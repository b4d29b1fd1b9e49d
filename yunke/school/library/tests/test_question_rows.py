"""Tables of questions, and the rules of their texts: read as people write them, shown safely."""

import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking import items as m
from yunke.school.library.rules.asked import (
    answer_lines,
    asked_from,
    key_lines,
    mixed,
    points_text,
)
from yunke.school.library.rules.causes import LONGEST_CAUSE, OWN, cause_of, cause_words
from yunke.school.library.rules.drafting import Fields, Unfit, item_from_fields
from yunke.school.library.rules.intake import Brought, draft_of
from yunke.school.library.rules.media import NAME, is_what_it_says
from yunke.school.library.rules.opaque import opaque
from yunke.school.library.rules.outgoing import outgoing
from yunke.school.library.rules.shown import MEDIA, mathml, plain_of, shown
from yunke.school.library.rules.tables import COLUMNS, columns_of, fields_from_row, headings
from yunke.school.library.tests import makers

texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="$<>&_\\"), max_size=12
)


def row(**cells: str) -> m.Item:
    """The item of a row of a table about maths in grade three."""
    return item_from_fields(fields_from_row({"prompt": "？", **cells}, "maths", 3))


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"kind": "判断", "answer": "√"}, m.TrueFalseKey(True)),
        ({"kind": "True or false", "answer": "FALSE"}, m.TrueFalseKey(False)),
        ({"kind": "true-false", "answer": "×"}, m.TrueFalseKey(False)),
        ({"kind": "简答", "answer": "水\n\n 冰 "}, m.ShortTextKey(("水", "冰"))),
        ({"kind": "作文", "answer": "50—200"}, m.LongTextKey((), 50, 200)),
        ({"kind": "作文", "answer": "50字"}, m.LongTextKey((), 50, None)),
        ({"kind": "实践", "answer": "照片、视频"}, m.PracticalKey(("photo", "video"))),
        ({"kind": "practical", "answer": "a VIDEO"}, m.PracticalKey(("video",))),
        ({"kind": "家长签字", "answer": "读了书"}, m.SignedKey("读了书")),
        ({"kind": "背诵", "answer": "静夜思"}, m.RecitationKey("静夜思")),
    ],
)
def test_an_answer_is_read_as_people_write_it(cells: dict[str, str], key: m.Key) -> None:
    assert row(**cells).key == key


@pytest.mark.parametrize(
    ("grade", "found"),
    [
        ("3", "3"), ("三年级", "3"), ("Grade 5", "5"), (" 六 ", "6"), ("", "4"), ("毕业班", "4"),
        ("0", "4"),
    ],
)  # fmt: skip
def test_a_grade_is_read_in_any_writing_and_else_the_files(grade: str, found: str) -> None:
    assert fields_from_row({"kind": "判断", "grade": grade}, "maths", 4).one("grade") == found


@pytest.mark.parametrize(
    ("told", "found"),
    [("数学", "maths"), ("Maths", "maths"), (" maths ", "maths"), ("炼金术", "art"), ("", "art")],
)
def test_a_subject_is_named_in_either_language_or_is_the_files(told: str, found: str) -> None:
    assert fields_from_row({"kind": "判断", "subject": told}, "art", 3).one("subject") == found


def test_causes_stand_by_option_by_result_and_by_blank() -> None:
    options = {"option_A": "25", "option_B": "35", "option_C": "59"}
    choice = row(kind="单选", answer="a", causes="b＝没退位\nC=看错了\nA=不该有", **options)
    assert isinstance(choice.key, m.ChoiceKey)
    assert [one.cause for one in choice.key.options] == ["", "own:没退位", "own:看错了"]
    blanks = row(kind="填空", prompt="___ 和 ___", answer="数：12 个\n只：春", causes="1：11=少一")
    assert isinstance(blanks.key, m.BlanksKey)
    first, second = blanks.key.blanks
    assert first.number is not None
    assert second.text is not None
    assert (first.number.value, first.number.unit, second.text.closed) == ("12", "个", True)
    assert first.number.results == (m.Result("11", "own:少一"),)


@pytest.mark.parametrize(
    "cells",
    [
        {"kind": "唱歌", "answer": "x"}, {"kind": "单选", "answer": "A"}, {"kind": "判断"},
        {"kind": "判断", "answer": "也许"}, {"kind": "数与单位", "answer": "很多"},
        {"kind": "填空"}, {"kind": "连线", "option_A": "a=b"}, {"kind": "排序", "option_A": "一"},
        {"kind": "实践", "answer": "跳舞"}, {"kind": "朗读"}, {"kind": "家长签字"},
        {"kind": "判断", "answer": "对", "points_worth": "很多"},
        {"kind": "判断", "answer": "对", "prompt": ""},
    ],
)  # fmt: skip
def test_a_row_that_is_no_question_says_where(cells: dict[str, str]) -> None:
    with pytest.raises(Unfit) as unfit:
        row(**cells)
    assert unfit.value.faults
    assert all(isinstance(code, str) and code for code in unfit.value.faults.values())


@given(st.dictionaries(st.sampled_from(list(COLUMNS)), st.text(max_size=30)))
def test_any_row_at_all_is_a_question_or_told_to_be_none(cells: dict[str, str]) -> None:
    fields = fields_from_row(cells, "maths", 3)
    try:
        item = item_from_fields(fields)
    except Unfit:
        assert fields.faults or fields.one("kind") == "" or not cells.get("prompt", "").strip()
    else:
        assert m.item_from_json(m.item_to_json(item)) == item


def test_headings_are_known_however_they_are_spaced_and_doubled_ones_count_once() -> None:
    for english in (False, True):
        names = [f" {one.upper()} " for one in headings(english=english)]
        assert columns_of(names) == {name: at for at, name in enumerate(COLUMNS)}
    assert columns_of(["题型", "备注", "题型", "题干（必填）"]) == {"kind": 0} | columns_of(
        ["x", "x", "x", "题干（必填）"]
    )
    assert columns_of([]) == columns_of(["nonsense"]) == {}


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ("", ""), ("   ", ""), ("忘记  进位", "own:忘记 进位"), ("own:忘记进位", "own:忘记进位"),
        ("长" * 99, OWN + "长" * LONGEST_CAUSE),
    ],
)  # fmt: skip
def test_an_own_cause_is_its_words(told: str, cause: str) -> None:
    assert cause_of(told) == cause
    assert cause_of(cause) == cause


def test_a_cause_that_nobody_knows_is_told_as_it_is() -> None:
    assert cause_words("no-such-bug") == ("no-such-bug", "no-such-bug")
    assert cause_words("own:粗心") == ("粗心", "粗心")


@given(st.lists(texts.filter(str.strip), min_size=2, max_size=6, unique=True), st.integers())
def test_ordered_parts_keep_their_order_and_lose_their_names(parts: list[str], number: int) -> None:
    options = tuple(m.Choice(str(at), text) for at, text in enumerate(parts))
    item = m.Item("1", "排", m.OrderingKey(options, tuple(one.id for one in options)))
    found = opaque(item)
    assert isinstance(found.key, m.OrderingKey)
    assert opaque(found) == found
    assert key_lines(found.key) == tuple(parts)
    asked = asked_from(found, number)
    assert {one.text for one in asked.options} == set(parts)
    assert tuple(one.id for one in asked.options) != found.key.order


@given(st.lists(st.integers(), max_size=9), st.text(max_size=9))
def test_mixing_loses_nothing_and_is_the_same_for_the_same_seed(things: Any, seed: str) -> None:
    random.seed(7)
    before = random.random()
    found = mixed(things, seed)
    assert sorted(found) == sorted(things)
    assert mixed(things, seed) == found
    random.seed(7)
    assert random.random() == before


@given(st.fractions(0, 1000, max_denominator=60))
def test_points_are_read_back_as_the_same_number(points: Any) -> None:
    told = points_text(points)
    assert re.fullmatch(r"\d+(\.\d+)?|\d+/\d+", told)
    if "e" not in told and ("/" in told or points.denominator in (1, 2, 4, 5, 10)):
        assert abs(float(type(points)(told)) - float(points)) < 0.01


@given(st.text(max_size=60))
def test_no_text_of_an_author_becomes_a_program(text: str) -> None:
    made = shown(text)
    assert not re.search(r"<(script|iframe|object|style|svg|form|input|a)\b", made, re.I)
    assert not re.search(r"<[^>]+\son\w+\s*=", made, re.I)
    assert "\n" not in plain_of(text)
    assert len(plain_of(text, 20)) <= 20


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", '<p onclick="x()">a</p>', '<img src="javascript:x"/>',
        '<p><img src="https://evil.example/a.png" alt="b"/></p>', "<svg><script/></svg>",
        '<p style="position:fixed">a</p>', '<a href="javascript:alert(1)">a</a>',
        "![x](https://evil.example/a.png)", "$\\href{javascript:x}{a}$", "<p>a<script>b</p>",
    ],
)  # fmt: skip
def test_hostile_markup_neither_runs_nor_calls_home(text: str) -> None:
    made = shown(text)
    assert not re.search(r"<script|<svg|<iframe|\bon\w+=\"|style=\"", made)
    assert all(src.startswith(MEDIA) for src in re.findall(r'src="([^"]*)"', made))
    assert not re.search(r'href="(?!https?:)', made)


@pytest.mark.parametrize(
    "latex", ["", " ", "x" * 700, "{" * 90, "\\begin{", "\\frac{1}", "\\def\\a{\\a\\a}\\a"]
)
def test_a_formula_that_is_none_or_a_trap_ends_quickly(latex: str) -> None:
    made = mathml(latex)
    assert made == "" or made.startswith("<math")


@pytest.mark.parametrize(
    ("kind", "value", "lines"),
    [
        ("matching", "nonsense", ("nonsense",)), ("matching", [["a"]], ("['a']",)),
        ("blanks", ["x", 3], ("x", "3")), ("choice", 5, ("5",)), ("ordering", [None], ("None",)),
        ("true-false", "ja", ("ja",)), ("signed", "true", ()), ("short-text", ["voice:3"],
        ("voice:3",)),
    ],
)  # fmt: skip
def test_an_answer_of_a_strange_shape_is_told_and_breaks_nothing(
    kind: str, value: Any, lines: tuple[str, ...]
) -> None:
    from yunke.school.library.values.questions import Asked  # noqa: PLC0415

    assert answer_lines(Asked(1, kind, "？"), value) == lines


@pytest.mark.parametrize(
    ("suffix", "head", "found"),
    [
        (".png", b"\x89PNG\r\n\x1a\n", True), (".png", b"\xff\xd8\xff", False),
        (".webp", b"RIFF\0\0\0\0WEBP", True), (".webp", b"RIFF\0\0\0\0WAVE", False),
        (".svg", b"<svg", False), (".html", b"<html", False), (".m4a", b"\0\0\0\x18ftyp", True),
        (".gif", b"", False),
    ],
)  # fmt: skip
def test_an_ending_cannot_lie(suffix: str, head: bytes, found: bool) -> None:
    assert is_what_it_says(suffix, head) is found


@pytest.mark.parametrize("name", ["a.png", "0" * 64 + ".svg", "0" * 64 + ".PNG", "../" + "0" * 64])
def test_only_names_of_content_are_names_of_media(name: str) -> None:
    assert not re.fullmatch(NAME, name)
    assert re.fullmatch(NAME, "a" * 64 + ".png")


def test_media_that_were_kept_are_named_and_the_others_leave_their_words() -> None:
    prompt = '<p><img src="a&amp;b.png" alt="一只猫"/> <img src="c.png" alt="狗"/></p>'
    brought: Brought = draft_of(makers.item(prompt), "one.xml", 0, code="x")
    told = brought.draft({"a&b.png": "0" * 64 + ".png"}, origin="包")
    assert f'src="media/{"0" * 64}.png"' in told.item["prompt"]
    assert "狗" in told.item["prompt"]
    assert "c.png" not in told.item["prompt"]
    assert told.origin == "包"


def test_a_question_goes_out_with_its_pictures_by_name_and_its_blanks_as_places() -> None:
    name = "a" * 64 + ".png"
    blanks = m.BlanksKey((m.Blank("1", text=m.TextKey(("春",))),))
    item, media = outgoing(makers.item(f"![图](media/{name}) ____ 眠不觉晓", blanks))
    assert media == (f"media/{name}",)
    assert f'src="media/{name}"' in item.prompt
    assert '<response id="1"/>' in item.prompt


def test_fields_of_a_form_are_bounded_and_clean() -> None:
    fields = Fields({"prompt": ["  a\0b  "], "many": ["x", "y"]})
    assert fields.one("prompt") == "ab"
    assert fields.one("none") == ""
    assert fields.many("many") == ["x", "y"]
