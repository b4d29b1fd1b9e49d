"""The editor's fields and a table's rows as items, and back."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from yunke.craft.marking import items as m
from yunke.school.library.rules.drafting import (
    Fields,
    Unfit,
    fields_of,
    item_from_fields,
    kept_from,
    typed_of,
)
from yunke.school.library.rules.examples import example_items
from yunke.school.library.rules.opaque import opaque
from yunke.school.library.rules.tables import COLUMNS, columns_of, fields_from_row, row_of

ITEMS = [item for item, _points in example_items()]
BEFORE = {
    "options": "option", "blanks": "blank", "pairs": "pair", "known": "known",
    "results": "result", "criteria": "criterion",
}  # fmt: skip


def sent(fields: dict[str, Any]) -> dict[str, list[str]]:
    """What a browser would send of the editor's fields."""
    found: dict[str, list[str]] = {}
    for name, value in fields.items():
        if name in BEFORE:
            for at, row in enumerate(value, 1):
                for part, text in row.items():
                    if name == "options" and part == "right":
                        found.setdefault("right", []).extend([row["id"]] if text else [])
                    elif part == "closed":
                        found.setdefault("blank_closed", []).extend([str(at)] if text else [])
                    else:
                        found.setdefault(f"{BEFORE[name]}_{part}", []).append(str(text))
        elif isinstance(value, bool):
            found[name] = ["1"] if value else []
        else:
            found[name] = list(value) if isinstance(value, list) else [str(value)]
    return found


def read(**fields: Any) -> m.Item:
    base = {"kind": "choice", "prompt": "题", "points_worth": "1"}
    told = {**base, **fields}
    return item_from_fields(Fields({k: v if isinstance(v, list) else [v] for k, v in told.items()}))


def faults(**fields: Any) -> dict[str, str]:
    with pytest.raises(Unfit) as unfit:
        read(**fields)
    return unfit.value.faults


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_an_item_opens_in_the_editor_and_comes_back_the_same(item: m.Item) -> None:
    back = item_from_fields(Fields(sent(fields_of(item))), "example")
    assert opaque(back) == opaque(item)


@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_an_item_goes_through_a_table_and_comes_back_the_same(item: m.Item, english: bool) -> None:
    bare = replace(item.key, criteria=()) if hasattr(item.key, "criteria") else item.key
    item = replace(item, key=bare)
    row = dict(zip(COLUMNS, row_of(item, "maths", 3, ("点",), english=english), strict=True))
    fields = fields_from_row(row, "art", 1)
    assert opaque(item_from_fields(fields, "example")) == opaque(item)
    assert (fields.one("subject"), fields.one("grade")) == ("maths", "3")
    assert fields.many("points") == ["点"]


def test_headings_are_found_in_either_language_and_any_order() -> None:
    assert columns_of(["题干", " KIND ", "x", "选项 A", "题干"]) == {
        "prompt": 0, "kind": 1, "option_A": 3,
    }  # fmt: skip


def test_a_row_without_subject_takes_the_files() -> None:
    fields = fields_from_row({"kind": "判断", "prompt": "x", "answer": "√"}, "art", 5)
    assert (fields.one("subject"), fields.one("grade")) == ("art", "5")
    assert item_from_fields(fields).key == m.TrueFalseKey(True)


def test_a_wrong_option_keeps_its_cause_and_the_right_one_has_none() -> None:
    item = read(
        option_id=["A", "B"], option_text=["1", "2"], option_cause=["漏加", "不该有"], right="B"
    )
    assert isinstance(item.key, m.ChoiceKey)
    assert [one.cause for one in item.key.options] == ["own:漏加", ""]


def test_empty_rows_are_no_options_and_letters_follow_the_order() -> None:
    item = read(option_text=["一", "", "二"], option_id=["", "", ""], right="B")
    assert isinstance(item.key, m.ChoiceKey)
    assert [(one.id, one.text) for one in item.key.options] == [("A", "一"), ("B", "二")]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"kind": "riddle"}, {"kind": "kind"}),
        ({"prompt": " "}, {"prompt": "prompt"}),
        ({"option_text": ["一"]}, {"option_text": "options-few"}),
        ({"option_text": ["一", "一"], "right": "A"}, {"option_text": "options-alike"}),
        ({"option_text": ["一", "二"], "right": "Q"}, {"right": "right-none"}),
        ({"kind": "multiple", "option_text": ["一", "二"]}, {"right": "right-none"}),
        ({"kind": "true-false"}, {"right": "right-none"}),
        ({"kind": "number", "value": "很多"}, {"value": "number"}),
        ({"kind": "number", "value": "3", "tolerance": "-1"}, {"tolerance": "number"}),
        ({"kind": "number", "value": "3", "expression": "x+y"}, {"expression": "expression"}),
        ({"kind": "number", "value": "3", "places": "99"}, {"places": "whole"}),
        ({"kind": "formula"}, {"accepted": "formula-none"}),
        ({"kind": "formula", "accepted": "2(("}, {"accepted": "formula"}),
        ({"kind": "blanks"}, {"blank_accepted": "blanks-none"}),
        ({"kind": "matching", "pair_left": ["a"], "pair_right": ["1"]}, {"pair_left": "pairs-few"}),
        ({"kind": "ordering", "option_text": ["一"]}, {"option_text": "options-few"}),
        ({"kind": "reading"}, {"text": "text"}),
        ({"kind": "practical"}, {"media": "media"}),
        ({"kind": "signed"}, {"statement": "statement"}),
        ({"kind": "long-text", "least": "many"}, {"least": "whole"}),
        ({"kind": "signed", "statement": "x", "points_worth": "-2"}, {"points_worth": "points"}),
    ],
)
def test_what_is_missing_is_told_by_its_field(fields: Any, found: dict[str, str]) -> None:
    told = faults(**fields)
    assert found.items() <= told.items()


def test_a_wrong_order_is_said_by_its_numbers() -> None:
    fields = {"kind": "ordering", "option_text": ["一", "二", "三"], "result_cause": ["反了"]}
    item = read(**fields, result_text=["2 1 3"])
    assert isinstance(item.key, m.OrderingKey)
    assert item.key.results == (m.Result("B A C", "own:反了"),)
    assert faults(**fields, result_text=["2 1"]) == {"result_text": "order"}


def test_a_right_side_alone_is_a_distractor() -> None:
    item = read(kind="matching", pair_left=["甲", ""], pair_right=["1", "2"])
    assert isinstance(item.key, m.MatchingKey)
    assert [one.text for one in item.key.right] == ["1", "2"]
    assert len(item.key.pairs) == 1


def test_blanks_of_three_kinds_with_their_wrong_results() -> None:
    item = read(
        kind="blanks", blank_kind=["text", "number", "formula"], blank_unit=["", "米", ""],
        blank_accepted=["北京 | 京", "3.5", "2x"], blank_closed=["1"],
        result_blank=["2"], result_text=["35"], result_cause=["小数点"],
    )  # fmt: skip
    assert isinstance(item.key, m.BlanksKey)
    first, second, third = item.key.blanks
    assert first.text == m.TextKey(("北京", "京"), closed=True)
    assert second.number is not None
    assert second.number.results == (m.Result("35", "own:小数点"),)
    assert third.formula == m.FormulaKey(("2x",))


def test_what_the_editor_does_not_show_stays_through_an_edit() -> None:
    key = m.BlanksKey((
        m.Blank("R1", number=m.NumberKey("3", tolerance="0.1"), weight=Fraction(2)),
        m.Blank("R2", text=m.TextKey(("A",), case_matters=True)),
    ))  # fmt: skip
    old = m.Item("x", "题", key)
    back = item_from_fields(Fields(sent(fields_of(old))), "x")
    assert back != old
    assert kept_from(old, back) == old


def test_letters_that_no_database_keeps_are_taken_out() -> None:
    item = read(option_text=["一\0", "\ud800二"], right="A", prompt="题\0\r\n二")
    assert item.prompt == "题\n二"
    assert isinstance(item.key, m.ChoiceKey)
    assert [one.text for one in item.key.options] == ["一", "二"]


def test_a_refused_form_shows_what_was_typed() -> None:
    told = typed_of(
        Fields({
            "kind": ["choice"], "prompt": [""], "option_id": ["A", "B"], "right": ["B"],
            "option_text": ["一", "二"], "points": ["加法"], "result_text": ["", "5"],
        })
    )  # fmt: skip
    assert [row["right"] for row in told["options"]] == [False, True]
    assert told["points"] == ["加法"]
    assert told["results"] == [{"text": "5", "cause": "", "blank": ""}]
