"""Rows of a spreadsheet: nothing is guessed, and what goes out comes back with the same key."""

from fractions import Fraction
from typing import Any

import pytest

from yunke.craft.marking import items as m
from yunke.craft.marking.marks import mark
from yunke.school.library.rules.asked import key_lines
from yunke.school.library.rules.drafting import Fields, Unfit, item_from_fields, typed_of
from yunke.school.library.rules.opaque import opaque
from yunke.school.library.rules.tables import COLUMNS, OPTIONS, fields_from_row, row_of

C = m.Choice
ABC = {"option_A": "25", "option_B": "35", "option_C": "59"}


def row(**cells: str) -> m.Key:
    """The key of a row of a table about maths in grade four."""
    return item_from_fields(fields_from_row({"prompt": "？", **cells}, "maths", 4)).key


def faults(**cells: str) -> dict[str, str]:
    with pytest.raises(Unfit) as unfit:
        row(**cells)
    return unfit.value.faults


def through(key: m.Key, *, english: bool = False, **more: Any) -> m.Item:
    """Out as a row and in again."""
    item = m.Item("x", "？", key, **more)
    cells = row_of(item, "maths", 4, (), english=english)
    return item_from_fields(fields_from_row(dict(zip(COLUMNS, cells, strict=True)), "art", 1), "x")


# Letters


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("AC", ("A", "C")), ("ac", ("A", "C")), ("ＡＣ", ("A", "C")), ("A、C", ("A", "C")),
        ("A，C。", ("A", "C")), ("(A) (C)", ("A", "C")), ("A和C", ("A", "C")),
        ("a and c", ("A", "C")), ("AAC", ("A", "C")), ("C A", ("C", "A")), ("B\n", ("B",)),
    ],
)  # fmt: skip
def test_letters_are_read_as_people_write_them(answer: str, right: tuple[str, ...]) -> None:
    key = row(kind="多选", answer=answer, **ABC)
    assert isinstance(key, m.MultipleKey)
    assert key.right == right
    if len(right) == 1:
        assert row(kind="单选", answer=answer, **ABC) == m.ChoiceKey(key.options, right[0])


@pytest.mark.parametrize(
    "answer", ["AC", "A或B", "Bag", "25", "A. 25", "答案A", "Z", "D", "", "A=B"]
)
def test_one_choice_with_another_answer_than_one_letter_is_told_and_never_guessed(
    answer: str,
) -> None:
    assert faults(kind="单选", answer=answer, **ABC) == {"right": "right-none"}


@pytest.mark.parametrize("answer", ["A. Bach", "Cabbage", "ACE", "25", "A-C", ""])
def test_several_choices_are_not_made_of_the_letters_of_words(answer: str) -> None:
    assert faults(kind="多选", answer=answer, **ABC) == {"right": "right-none"}


def test_the_cause_of_the_right_option_is_left_out_and_small_letters_name_options() -> None:
    key = row(kind="单选", answer="a", causes="b＝没退位\nC=把＋看成－\nA=不该有\n\n", **ABC)
    assert isinstance(key, m.ChoiceKey)
    assert [one.cause for one in key.options] == ["", "own:没退位", "own:把＋看成－"]


def test_an_option_left_empty_in_the_middle_keeps_the_letters_of_the_others() -> None:
    key = row(kind="单选", answer="D", option_A="1", option_C="2", option_D="3", causes="C=错")
    assert isinstance(key, m.ChoiceKey)
    assert [(one.id, one.cause) for one in key.options] == [("A", ""), ("C", "own:错"), ("D", "")]
    assert key_lines(key) == ("3",)


# Grades


@pytest.mark.parametrize(
    ("grade", "found"),
    [
        ("10", "4"), ("12年级", "4"), ("十一年级", "4"), ("十", "4"), ("高一", "4"),
        ("初一", "7"), ("初三（2）班", "9"), ("初 2", "8"), ("七年级", "7"), ("三（1）班", "3"),
        ("2026级三年级", "3"), ("第3单元", "4"), ("Grade 9", "9"), ("9", "9"), ("-", "4"),
    ],
)  # fmt: skip
def test_a_grade_that_is_none_here_is_the_files_and_never_the_first_digit(
    grade: str, found: str
) -> None:
    assert fields_from_row({"kind": "判断", "grade": grade}, "maths", 4).one("grade") == found


# Blanks


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("数：3 米", m.NumberKey("3", "米")), ("数：1 1/2 米", m.NumberKey("1 1/2", "米")),
        ("数: 1 1/2", m.NumberKey("1 1/2")), ("数：7 余 2", m.NumberKey("7 余 2")),
        ("数：7……2 个", m.NumberKey("7……2", "个")), ("number: 5 cm", m.NumberKey("5", "cm")),
        ("数：2.5 平方 米", m.NumberKey("2.5", "平方 米")), ("FORMULA：2x", m.FormulaKey(("2x",))),
        ("式：x+1 | 1+x", m.FormulaKey(("x+1", "1+x"))), ("春 | 春天", m.TextKey(("春", "春天"))),
        ("只：春", m.TextKey(("春",), closed=True)),
        ("only: a|b", m.TextKey(("a", "b"), closed=True)),
        ("文：数：3", m.TextKey(("数：3",))), ("只：式：x", m.TextKey(("式：x",), closed=True)),
        ("text: number: 3", m.TextKey(("number: 3",))),
    ],
)  # fmt: skip
def test_a_line_is_a_blank_with_its_kind_number_and_unit(line: str, key: Any) -> None:
    found = row(kind="填空", answer=line)
    assert isinstance(found, m.BlanksKey)
    assert [one.key for one in found.blanks] == [key]
    assert through(found).key == found


@pytest.mark.parametrize("line", ["数：很多", "数：", "式：2((", "number: 3m5"])
def test_a_blank_that_cannot_be_read_is_told(line: str) -> None:
    assert set(faults(kind="填空", answer=line)) == {"blank_accepted"}


def test_wrong_results_stand_at_their_blank_and_at_the_only_one_without_a_number() -> None:
    one = row(kind="填空", answer="数：12", causes="11=少一\n13＝多一")
    assert isinstance(one, m.BlanksKey)
    results = (m.Result("11", "own:少一"), m.Result("13", "own:多一"))
    assert one.blanks[0].key.results == results
    two = row(kind="填空", answer="数：12\n数：28", causes="2：29=闰年\n31=不知道是哪一空")
    assert isinstance(two, m.BlanksKey)
    assert [blank.key.results for blank in two.blanks] == [(), (m.Result("29", "own:闰年"),)]
    assert through(one).key == one
    assert through(two, english=True).key == two


# Pairs


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("x=1", "x=2"), ("甲", "乙")), (("a", "b"), ("1=1", "2=2")),
        (("一＝1", "b"), ("甲", "乙")),
        (("x=1", "y＝2"), ("a=b", "c＝d")), (("5-3", "8-2"), ("2", "6")),
        (("-1", "-2"), ("a-b", "-")),
    ],
)  # fmt: skip
def test_pairs_whose_texts_hold_signs_come_back_as_they_were(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    key = m.MatchingKey(
        (C("L1", left[0]), C("L2", left[1])), (C("1", right[0]), C("2", right[1])),
        (m.Pair("L1", "1"), m.Pair("L2", "2")), (m.Pair("L1", "2", "own:连反了"),),
    )  # fmt: skip
    assert through(key).key == key


def test_pairs_are_parted_at_the_sign_that_people_typed() -> None:
    key = row(kind="连线", option_A="毫米 = 硬币", option_B="米＝教室", option_C="＝多余的",
              causes="毫米-教室=不分大小\n毫米-没有=无")  # fmt: skip
    assert key_lines(key) == ("毫米 — 硬币", "米 — 教室")
    assert isinstance(key, m.MatchingKey)
    assert [one.text for one in key.right] == ["硬币", "教室", "多余的"]
    assert [(one.left, one.right, one.cause) for one in key.known] == [("L1", "2", "own:不分大小")]


# Out


def test_what_a_table_holds_of_each_number_comes_back() -> None:
    key = m.NumberKey("3.5", "米", "1%", expression="7/2", results=(m.Result("35", "own:点"),))
    assert through(key, points=Fraction(5, 2), reasoning="除以二").points == Fraction(5, 2)
    for english in (False, True):
        assert through(key, english=english).key == key


def test_a_table_holds_eight_options_and_the_ids_of_a_package_become_letters() -> None:
    options = tuple(C(f"i{at}", f"第{at}个") for at in range(1, 10))
    item = m.Item("x", "？", m.ChoiceKey(options, "i3"))
    cells = dict(zip(COLUMNS, row_of(item, "", 0, ("甲", "乙"), english=True), strict=True))
    assert [cells[f"option_{one}"] for one in OPTIONS] == [f"第{at}个" for at in range(1, 9)]
    assert (cells["answer"], cells["points"], cells["subject"], cells["grade"]) == (
        "C", "甲、乙", "", "",
    )  # fmt: skip
    assert cells["kind"] == "One choice"
    assert faults(**{**cells, "answer": "I"}) == {"right": "right-none"}


def test_an_order_keeps_its_known_wrong_orders_by_place() -> None:
    options = (C("x", "一"), C("y", "二"), C("z", "三"))
    key = m.OrderingKey(options, ("x", "y", "z"), results=(m.Result("z y x", "own:反了"),))
    back = opaque(through(key))
    wrong = [one.id for text in "三二一" for one in back.key.options if one.text == text]  # type: ignore[union-attr]
    assert mark(back, wrong).causes == ("own:反了",)
    assert row(kind="排序", option_A="一", option_B="二", causes="2 1=反了") != key


# The editor's own rows


def read(**fields: Any) -> m.Key:
    told = {"kind": "choice", "prompt": "题", "points_worth": "1", **fields}
    sent = {name: one if isinstance(one, list) else [one] for name, one in told.items()}
    return item_from_fields(Fields(sent)).key


def test_a_row_emptied_in_the_middle_moves_no_tick_and_no_wrong_result() -> None:
    key = read(
        kind="blanks", blank_kind=["text"] * 3, blank_accepted=["一", "", "三"],
        blank_closed=["3"], result_blank=["3", "2"], result_text=["叁", "贰"],
        result_cause=["大写", "没有了"],
    )  # fmt: skip
    assert isinstance(key, m.BlanksKey)
    first, last = (one.text for one in key.blanks)
    assert first == m.TextKey(("一",))
    assert last == m.TextKey(("三",), closed=True, results=(m.Result("叁", "own:大写"),))


def test_a_new_row_gets_a_name_that_no_other_has() -> None:
    blanks = read(kind="blanks", blank_id=["2", "", ""], blank_accepted=["乙", "新", "再"])
    assert isinstance(blanks, m.BlanksKey)
    assert [one.id for one in blanks.blanks] == ["2", "1", "3"]
    choice = read(option_id=["A", "C", ""], option_text=["1", "2", "3"], right="C")
    assert isinstance(choice, m.ChoiceKey)
    assert [one.id for one in choice.options] == ["A", "C", "B"]
    many = read(option_text=[str(at) for at in range(30)], right="3")
    assert isinstance(many, m.ChoiceKey)
    assert len({one.id for one in many.options}) == 30
    assert key_lines(read(kind="ordering", option_text=[str(at) for at in range(30)])) == tuple(
        str(at) for at in range(30)
    )


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"kind": "long-text", "least": "50", "most": "20"}, {"most": "most-less"}),
        ({"kind": "long-text", "least": "²"}, {"least": "whole"}),
        ({"kind": "long-text", "most": "1" * 7}, {"most": "whole"}),
        ({"kind": "handwriting", "picture": "../../sign-out"}, {"picture": "picture"}),
        ({"kind": "handwriting", "picture": "a" * 64 + ".svg"}, {"picture": "picture"}),
        ({"option_id": ["A", "A"], "option_text": ["1", "2"], "right": "A"}, {"key": "key"}),
        ({"kind": "number", "value": "3", "unit_rule": "never"}, {"key": "key"}),
        ({"kind": "multiple", "option_text": ["1", "2"], "right": "A", "rule": "x"},
         {"key": "key"}),
        ({"kind": "formula", "accepted": "x", "result_text": "2((", "result_cause": "错"},
         {"result_text": "formula"}),
        ({"kind": "short-text", "criterion_text": "清楚", "criterion_points": "-1"},
         {"criterion_points": "points"}),
    ],
)  # fmt: skip
def test_what_no_form_of_ours_sends_is_refused_by_its_field(fields: Any, fault: Any) -> None:
    with pytest.raises(Unfit) as unfit:
        read(**fields)
    assert unfit.value.faults == fault


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"kind": "long-text", "least": "20", "most": "20"}, m.LongTextKey((), 20, 20)),
        ({"kind": "long-text", "least": "50", "most": "0"}, m.LongTextKey((), 50, None)),
        ({"kind": "reading", "text": "a", "language": "klingon"}, m.ReadingKey("a", "zh")),
        ({"kind": "recitation", "text": "a", "language": "en"}, m.RecitationKey("a", "en")),
        ({"kind": "handwriting", "picture": "a" * 64 + ".png"},
         m.HandwritingKey("a" * 64 + ".png")),
        ({"kind": "practical", "media": ["video", "exe", "photo"]},
         m.PracticalKey(("video", "photo"))),
        ({"kind": "short-text", "references": "一\r\n\n 二 ", "criterion_text": ["清楚", ""],
          "criterion_points": ["1/2", "9"]},
         m.ShortTextKey(("一", "二"), (m.Criterion("1", "清楚", Fraction(1, 2)),))),
    ],
)  # fmt: skip
def test_what_is_asked_and_written_is_kept_within_measure(fields: Any, key: m.Key) -> None:
    assert read(**fields) == key


def test_a_refused_form_keeps_every_row_with_its_ticks() -> None:
    told = typed_of(
        Fields({
            "blank_kind": ["text", "number"], "blank_accepted": ["", "3"], "blank_closed": ["2"],
            "any_order": ["1"], "media": ["photo"], "pair_left": ["甲", ""], "pair_right": ["", ""],
            "criterion_text": ["清楚"], "criterion_points": [],
        })
    )  # fmt: skip
    assert [row["closed"] for row in told["blanks"]] == [False, True]
    assert (told["any_order"], told["media"]) == (True, ["photo"])
    assert told["pairs"] == [{"left": "甲", "right": ""}]
    assert told["criteria"] == [{"text": "清楚", "points": ""}]
