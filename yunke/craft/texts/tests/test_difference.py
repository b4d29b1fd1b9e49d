"""Whatever the two texts are, the difference leads from one to the other and hides nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.texts.difference import (
    Kind,
    Piece,
    difference,
    merged,
    merged_text,
    new_of,
    old_of,
    rows,
    steps,
    tokens,
)

TEXT = st.text(alphabet="古诗三首 abc\n，。词12'", max_size=60) | st.text(max_size=40)
LINES = st.lists(
    st.sampled_from(["读准字音", "会背古诗", "懂诗意", "说画面", "写一写"]), max_size=8
)


@given(TEXT)
def test_the_tokens_of_a_text_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(TEXT, TEXT)
@settings(max_examples=400)
def test_a_difference_applied_to_the_old_gives_the_new(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert old_of(pieces) == old
    assert new_of(pieces) == new
    assert all(piece.text for piece in pieces)


@given(TEXT)
def test_a_text_beside_itself_has_no_change(text: str) -> None:
    assert difference(text, text) == ((Piece(Kind.SAME, text),) if text else ())


@given(LINES, LINES)
@settings(max_examples=300)
def test_steps_cover_both_lists_without_a_gap(old: list[str], new: list[str]) -> None:
    at = to = 0
    for step in steps(old, new):
        assert (step.a, step.c) == (at, to)
        assert not step.same or old[step.a : step.b] == new[step.c : step.d]
        at, to = step.b, step.d
    assert (at, to) == (len(old), len(new))


@given(LINES, LINES)
def test_rows_without_the_gone_are_the_new_list(old: list[str], new: list[str]) -> None:
    found = rows(old, new)
    assert [row.text for row in found if row.kind != Kind.GONE] == new
    before = [old_of(row.pieces) if row.pieces else row.text for row in found
              if row.pieces or row.kind != Kind.NEW]  # fmt: skip
    assert before == old


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("古诗三首", "古诗两首", "古诗[-三][+两]首"),
        ("能背诵古诗", "能有感情地背诵古诗", "能[+有感情地]背诵古诗"),
        ("Read the poem aloud", "Read both poems aloud", "Read [-the poem][+both poems] aloud"),
        ("don't go", "do go", "[-don't][+do] go"),
        ("", "新", "[+新]"),
        ("旧", "", "[-旧]"),
    ],
)
def test_chinese_is_read_by_the_character_and_english_by_the_word(
    old: str, new: str, shown: str
) -> None:
    marks = {Kind.SAME: "{}", Kind.GONE: "[-{}]", Kind.NEW: "[+{}]"}
    assert "".join(marks[p.kind].format(p.text) for p in difference(old, new)) == shown


def test_a_rewritten_line_shows_its_pieces_and_a_new_one_stands_alone() -> None:
    found = rows(["读准字音", "会背"], ["读准难字的字音", "会背", "画一画"])
    assert [row.kind for row in found] == [Kind.NEW, Kind.SAME, Kind.NEW]
    assert [bool(row.pieces) for row in found] == [True, False, False]


def test_long_texts_that_share_nothing_are_told_at_once() -> None:
    old, new = "甲乙丙丁戊" * 500, "子丑寅卯辰" * 500
    begun = time.perf_counter()
    pieces = difference(old, new)
    assert time.perf_counter() - begun < 2
    assert (old_of(pieces), new_of(pieces)) == (old, new)
    assert len(pieces) == 2


# Two people at once


@given(LINES, LINES)
def test_who_changed_nothing_gives_way(base: list[str], mine: list[str]) -> None:
    assert merged(base, mine, base) == tuple(mine)
    assert merged(base, base, mine) == tuple(mine)
    assert merged(base, mine, mine) == tuple(mine)


@given(LINES, LINES, LINES)
@settings(max_examples=300)
def test_a_merge_holds_what_either_added_and_does_not_care_who_came_first(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    one, other = merged(base, mine, theirs), merged(base, theirs, mine)
    assert one == other
    if one is not None:
        added = (set(mine) | set(theirs)) - set(base)
        assert added <= set(one)


def test_changes_in_different_places_go_together() -> None:
    base = ["一", "二", "三", "四"]
    assert merged(base, ["壹", "二", "三", "四"], ["一", "二", "三", "四", "五"]) == (
        "壹", "二", "三", "四", "五",
    )  # fmt: skip
    told = merged_text("春天来了，花开了。", "春天来了，桃花开了。", "春天又来了，花开了。")
    assert told == "春天又来了，桃花开了。"


def test_changes_in_the_same_place_are_for_people_to_decide() -> None:
    assert merged(["一", "二"], ["一", "贰"], ["一", "两"]) is None
    assert merged_text("三首", "两首", "四首") is None
    assert merged(["一"], ["一", "甲"], ["一", "乙"]) is None
