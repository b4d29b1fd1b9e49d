"""Templates: what they say, and what is refused before anything is printed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.sheets.layout import Block, Bubble, Item, Layout
from yunke.craft.marking.sheets.parsing import template_from
from yunke.craft.marking.sheets.template import Box
from yunke.craft.marking.sheets.tests.maker import template, told
from yunke.craft.marking.sheets.trouble import BadTemplate


def with_fields(*fields: dict[str, Any], **more: Any) -> str:
    return json.dumps(told(pages=[{"fields": list(fields)}], **more))


CHOICE = {"kind": "choice", "items": ["1..3"], "at": [40, 60]}

WRITING = {"kind": "writing", "item": "w", "at": [30, 200], "size": [100, 50]}


def test_choices_go_down_and_their_options_across() -> None:
    page = template_from(with_fields({**CHOICE, "step": [9, 7], "options": "AB"})).pages[0]
    assert page.layout.items == (
        Item("1", (Bubble("A", 40, 60), Bubble("B", 49, 60))),
        Item("2", (Bubble("A", 40, 67), Bubble("B", 49, 67))),
        Item("3", (Bubble("A", 40, 74), Bubble("B", 49, 74))),
    )


def test_across_turns_a_block() -> None:
    field = {**CHOICE, "step": [9, 7], "options": ["对", "错"], "across": True}
    first, second, _ = template_from(with_fields(field)).pages[0].layout.items
    assert first.bubbles == (Bubble("对", 40, 60), Bubble("错", 40, 67))
    assert second.bubbles[0] == Bubble("对", 49, 60)


def test_several_choices_are_said_once_for_a_block() -> None:
    page = template_from(with_fields({**CHOICE, "multiple": True})).pages[0]
    assert all(item.multiple for item in page.layout.items)


def test_a_number_is_one_item_of_several_columns() -> None:
    page = template().pages[0]
    assert page.layout.joined == {
        "27": ("27#1", "27#2", "27#3"),
        "28": ("28#1", "28#2", "28#3", "28#4"),
    }
    assert page.names[-2:] == ("27", "28")
    assert "27#1" not in page.names
    assert "27#1" in page.layout.names


def test_every_digit_has_its_box_right_above() -> None:
    page = template().pages[0]
    tops = [item.bubbles[0] for block in page.layout.blocks[3:] for item in block.items]
    for box, top in zip(page.boxes, tops, strict=True):
        assert box.x + box.width / 2 == pytest.approx(top.x)
        assert box.y + box.height < top.y - 1.8
        assert box.width < 7.5, "neighbours do not touch"


def test_pages_have_their_own_marks() -> None:
    two = template_from(
        json.dumps(
            told(
                pages=[{"fields": [CHOICE]}, {"fields": [{**CHOICE, "items": ["4"]}]}],
            )
        )
    )
    assert [page.markers for page in two.pages] == [(0, 1, 2, 3), (4, 5, 6, 7)]
    assert [page.number for page in two.pages] == [1, 2]


def test_corner_marks_lie_clockwise_at_the_same_distance() -> None:
    boxes = template().corner_boxes()
    assert boxes[0] == Box(8, 8, 10, 10)
    assert boxes[1] == Box(192, 8, 10, 10)
    assert boxes[2] == Box(192, 279, 10, 10)
    assert boxes[3] == Box(8, 279, 10, 10)


BAD: list[tuple[str, str]] = [
    ("", "JSONDecodeError"),
    ("[]", "AttributeError"),
    ("null", "AttributeError|TypeError"),
    ('{"exam": "x"}', "pages"),
    (json.dumps(told(exam="a/b")), "exam"),
    (json.dumps(told(exam="")), "exam"),
    (json.dumps(told(paper=[210])), "unpack"),
    (json.dumps(told(paper=[5, 5])), "paper"),
    (json.dumps(told(paper=[1e9, 1e9])), "paper"),
    (json.dumps(told(pages=[])), "pages"),
    (with_fields({"kind": "song"}), "song"),
    (with_fields({"kind": "text", "at": [1, 2], "text": "x"}), "at least one field"),
    (with_fields({**CHOICE, "items": ["1", "1"]}), "twice"),
    (with_fields(CHOICE, {**CHOICE, "at": [90, 60]}), "twice"),
    (with_fields({**CHOICE, "at": [400, 60]}), "400"),
    (with_fields({**CHOICE, "at": ["left", 60]}), "ValueError"),
    (with_fields({**CHOICE, "items": ["1..999999999"]}), "range"),
    (with_fields({**CHOICE, "options": ""}), "bubbles"),
    (with_fields({**CHOICE, "bubble": [0.1, 0.1]}), "bubble"),
    (with_fields({"kind": "digits", "item": "1", "columns": 100000, "at": [40, 60]}), "columns"),
    (with_fields({**CHOICE, "items": ["1..4000"]}), "too many"),
    (with_fields(CHOICE, {**WRITING, "size": [1e9, 5]}), "outside"),
    (with_fields(CHOICE, {**WRITING, "size": [-5, 5]}), "outside"),
    (with_fields(CHOICE, {**WRITING, "at": [float("nan"), 5]}), "outside"),
    (with_fields(CHOICE, {**WRITING, "lines": 10_000}), "lines"),
    (with_fields({**CHOICE, "at": [float("nan"), 60]}), "bubble"),
    (json.dumps(told(marker={"size": 90})), "marker"),
    (json.dumps(told(marker={"inset": 150})), "marker"),
    (json.dumps(told(code={"at": [205, 8], "size": 24})), "code"),
    (json.dumps(told(pages=[{"fields": [CHOICE], "markers": [0, 1, 2]}])), "four markers"),
    (json.dumps(told(pages=[{"fields": [CHOICE], "markers": [0, 1, 2, 2]}])), "every id once"),
    (json.dumps(told(pages=[{"fields": [CHOICE], "markers": [0, 1, 2, 999]}])), "every id once"),
    ("[" * 100_000, "RecursionError|JSONDecodeError"),
]


@pytest.mark.parametrize(("text", "why"), BAD)
def test_a_template_that_cannot_be_used_says_why(text: str, why: str) -> None:
    with pytest.raises(BadTemplate, match=why):
        template_from(text)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_any_json_is_a_template_or_refused(value: object) -> None:
    for text in (json.dumps(value), json.dumps(told(pages=value)), json.dumps(told(code=value))):
        try:
            template_from(text)
        except BadTemplate:
            continue


def test_a_layouts_names_hold_items_then_what_they_make_together() -> None:
    item = Item("a1", (Bubble("0", 1, 1),))
    block = Block("b", (item, Item("a2", item.bubbles)), 1, 1)
    assert Layout(9, 9, (block,), {"a": ("a1", "a2")}).names == ("a1", "a2", "a")
