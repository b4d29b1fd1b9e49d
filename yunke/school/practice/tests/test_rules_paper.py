"""What stands on a drill's sheet and what was filled in; what is chosen for a drill."""

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.marking.items import Choice, ChoiceKey, Item, NumberKey, TrueFalseKey
from yunke.craft.recall import Reason
from yunke.school.practice.rules.answers import kept
from yunke.school.practice.rules.choosing import (
    KIND_MINUTES,
    MINUTES,
    MOST,
    Candidate,
    Known,
    chosen,
)
from yunke.school.practice.rules.paper import (
    Printed,
    drill_of,
    exam_of,
    layout_of,
    plain,
    value_of,
    values_of,
    wrap,
)

BY = datetime(2026, 3, 9, tzinfo=UTC)
LETTERS = Printed(1, 11, (("A", "x"), ("B", "y"), ("C", "z")))
SEVERAL = Printed(2, 12, (("A", "x"), ("B", "y"), ("C", "z")), several=True)
DIGITS = Printed(3, 13, digits=True)
TRUTH = Printed(4, 14, (("T", True), ("F", False)))


@pytest.mark.parametrize(
    ("place", "filled", "value"),
    [
        (LETTERS, "B", "y"), (LETTERS, "", None), (LETTERS, None, None), (LETTERS, "D", None),
        (LETTERS, "AB", None), (LETTERS, "<script>", None), (LETTERS, "AD", "x"),
        (SEVERAL, "AC", ["x", "z"]), (SEVERAL, "A,C", ["x", "z"]), (SEVERAL, "D", None),
        (DIGITS, "0025", "25"), (DIGITS, "0", "0"), (DIGITS, "2?", "2?"), (DIGITS, "", None),
        (TRUTH, "T", True), (TRUTH, "F", False), (TRUTH, "TF", None),
    ],
)  # fmt: skip
def test_a_place_says_what_was_meant(place: Printed, filled: str | None, value: Any) -> None:
    assert value_of(place, filled) == value


def test_every_place_has_a_value_and_strangers_none() -> None:
    told = values_of([LETTERS, SEVERAL, DIGITS, TRUTH], {"1": "A", "3": "7", "9": "A", "x": "B"})
    assert told == {11: "x", 12: None, 13: "7", 14: None}


@pytest.mark.parametrize(
    ("exam", "number"),
    [
        ("D1", 1), ("D999999999999999999", 999999999999999999), ("D", 0), ("D-1", 0), ("M1", 0),
        ("D1 ", 0), ("d1", 0), ("D1\n", 0), ("D" + "9" * 19, 0), ("", 0), ("XD1", 0),
    ],
)  # fmt: skip
def test_only_the_code_of_a_drill_names_one(exam: str, number: int) -> None:
    assert drill_of(exam) == number


@given(st.integers(1, 10**18 - 1))
def test_a_printed_code_leads_back_to_its_drill(number: int) -> None:
    assert drill_of(exam_of(number)) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>1</b>+<i>1</i>", "1 + 1"), ("$\\frac12$", "\\frac12"), ("  一 \n 二\t三 ", "一 二 三"),
        ("3 < 5", "3 < 5"), ("", ""), ("<p>", ""),
    ],
)  # fmt: skip
def test_a_sheet_has_words_without_markup(text: str, words: str) -> None:
    assert plain(text) == words


@given(st.text(alphabet="一二三，。abc XYZ19+-=", max_size=300), st.integers(50, 92))
def test_lines_fit_and_no_letter_is_lost(text: str, wide: int) -> None:
    lines = wrap(text, wide)
    assert lines
    for line in lines:
        half = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)
        assert half <= wide
    assert "".join("".join(lines).split()) == "".join(text.split())


def question(number: int, key: Any, words: str = "42 - 17 = ?", options: int = 0) -> Any:
    told = [(letter, f"答案{letter}") for letter in "ABCDEF"[:options]]
    return (number, Item(f"q{number}", words, key), words, told)


def a_choice(number: int, options: int = 4, words: str = "42 - 17 = ?") -> Any:
    keys = tuple(Choice(letter, f"答案{letter}") for letter in "ABCDEF"[:options])
    return question(number, ChoiceKey(keys, "A"), words, options)


def test_places_are_numbered_by_what_can_be_printed() -> None:
    layout = layout_of(
        9, "小练习",
        [
            question(1, NumberKey("2.5")), a_choice(2), question(3, NumberKey("12345")),
            question(4, TrueFalseKey(True)), question(5, NumberKey("-3")),
            question(6, NumberKey("25")),
        ],
    )  # fmt: skip
    assert layout is not None
    assert [(one.place, one.question_id) for one in layout.printed] == [(1, 2), (2, 4), (3, 6)]
    assert [one.digits for one in layout.printed] == [False, False, True]
    assert layout.printed[1].answers == (("T", True), ("F", False))
    assert layout.template.exam == "D9"


def test_what_has_no_room_is_left_and_everything_stands_on_the_page() -> None:
    layout = layout_of(9, "小练习", [a_choice(n, words="长题" * 60) for n in range(1, 20)])
    assert layout is not None
    assert 1 <= len(layout.printed) < 19
    assert [one.question_id for one in layout.printed] == list(range(1, len(layout.printed) + 1))
    assert len(layout.template.pages) == 1
    for block in layout.template.pages[0].layout.blocks:
        for item in block.items:
            for bubble in item.bubbles:
                assert 10 < bubble.x < 200
                assert 40 < bubble.y < 287


def test_a_single_question_longer_than_the_page_is_left_for_the_screen() -> None:
    assert layout_of(9, "小练习", [a_choice(1, words="长" * 4000)]) is None
    assert layout_of(9, "小练习", []) is None


def test_the_order_of_the_options_is_the_order_of_the_letters() -> None:
    layout = layout_of(9, "小练习", [a_choice(1, options=3)])
    assert layout is not None
    assert layout.printed[0].answers == (("A", "A"), ("B", "B"), ("C", "C"))


def known(due_days: float | None = -1.0, level: float = -1.0) -> Known:
    """Weak, with a fair number of answers; due so many days before the drill's week ends."""
    due = None if due_days is None else BY + timedelta(days=due_days)
    return Known(level, 0.5, 8, None, due)


def test_own_errors_come_before_everything() -> None:
    offers = [Candidate(n, (1,), "choice") for n in range(1, 5)]
    offers.append(Candidate(9, (2,), "choice", wrong=True))
    asked, _left = chosen({1: known(-30), 2: known(-1)}, offers, BY)
    reasons = {one.question_id: one.reason for one in asked}
    assert reasons[9] == Reason.OWN_ERROR
    assert set(reasons.values()) - {Reason.OWN_ERROR} == {Reason.WEAK_AND_DUE}


def test_right_yesterday_rests_and_right_last_month_may_come() -> None:
    fresh = Candidate(1, (1,), "choice", right_at=BY - timedelta(days=1))
    old = Candidate(2, (1,), "choice", right_at=BY - timedelta(days=30))
    asked, _left = chosen({1: known()}, [fresh, old], BY)
    assert [one.question_id for one in asked] == [2]


def test_open_in_the_book_it_comes_although_it_was_right_once() -> None:
    open_one = Candidate(1, (1,), "choice", wrong=True, right_at=BY - timedelta(days=1))
    asked, _left = chosen({1: known()}, [open_one], BY)
    assert [one.question_id for one in asked] == [1]


def test_an_error_without_points_has_a_place_too() -> None:
    asked, left = chosen({}, [Candidate(5, (), "choice", wrong=True)], BY)
    assert [(one.question_id, one.point_id) for one in asked] == [(5, 0)]
    assert left == ()


def test_a_point_without_questions_is_told_as_left() -> None:
    asked, left = chosen({7: known()}, [], BY)
    assert (asked, left) == ((), (7,))


def test_a_known_point_that_is_not_due_wants_nothing() -> None:
    strong = Known(3.0, 0.3, 20, None, BY + timedelta(days=9))
    assert chosen({1: strong}, [Candidate(1, (1,), "choice")], BY) == ((), ())


CANDIDATES = st.builds(
    Candidate,
    question_id=st.integers(1, 60),
    points=st.lists(st.integers(1, 6), max_size=3, unique=True).map(tuple),
    kind=st.sampled_from([*KIND_MINUTES, "essay"]),
    hardness=st.floats(-2, 2),
    wrong=st.booleans(),
    right_at=st.none() | st.integers(0, 60).map(lambda days: BY - timedelta(days=days)),
)
KNOWN = st.dictionaries(
    st.integers(1, 6),
    st.builds(
        known, due_days=st.none() | st.floats(-60, 60), level=st.floats(-3, 3),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=60)
@given(KNOWN, st.lists(CANDIDATES, max_size=40, unique_by=lambda one: one.question_id))
def test_a_drill_is_short_bounded_and_of_what_was_offered(points: Any, offers: Any) -> None:
    asked, left = chosen(points, offers, BY)
    ids = [one.question_id for one in asked]
    assert len(ids) == len(set(ids)) <= MOST
    assert set(ids) <= {one.question_id for one in offers}
    assert sum(one.minutes for one in asked) <= MINUTES + 1e-9
    assert not {one.point_id for one in asked} & set(left)
    by_id = {one.question_id: one for one in offers}
    for one in asked:
        assert one.point_id in (by_id[one.question_id].points or (0,))
        assert 0 <= one.chance <= 1
    if any(one.wrong for one in offers):
        assert asked
        first = max(one.reason for one in asked if by_id[one.question_id].wrong)
        assert first == Reason.OWN_ERROR


@settings(max_examples=30)
@given(
    KNOWN,
    st.lists(CANDIDATES, max_size=20, unique_by=lambda one: one.question_id),
    st.randoms(),
)
def test_the_order_of_what_is_offered_changes_nothing(points: Any, offers: Any, dice: Any) -> None:
    other = list(offers)
    dice.shuffle(other)
    assert chosen(points, offers, BY) == chosen(points, other, BY)


@pytest.mark.parametrize(
    ("value", "may"),
    [
        ("B", True), (["A", "B"], True), (True, True), (25, True), ({"1": "x"}, True),
        ("a\0b", False), ("\ud800", False), (["\udfff"], False), ({"\0": "x"}, False),
        (float("nan"), False), ([float("inf")], False), ("𠮷", True),
    ],
)  # fmt: skip
def test_what_no_database_keeps_is_known_before(value: Any, may: bool) -> None:
    assert kept(value) is may
