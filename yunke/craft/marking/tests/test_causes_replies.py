"""What pupils write, and what counts as the same."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.causes.columns import beneath, joined, low, stacked
from yunke.craft.marking.causes.replies import (
    Reply,
    decimal_text,
    mixed_text,
    ratio_text,
    read_reply,
    read_truth,
    value_text,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35", Reply(Fraction(35), bare=Fraction(35))),
        ("2/5", Reply(Fraction(2, 5), bare=Fraction(2, 5))),
        ("3……2", Reply(Fraction(3), bare=Fraction(3), rest=2)),
        (">", Reply(relation=">")),
        ("＜", Reply(relation="<")),
        ("大于", Reply(relation=">")),
        ("等于", Reply(relation="=")),
        ("500m", Reply(Fraction(500), "length", Fraction(500))),
        ("3km", Reply(Fraction(3000), "length", Fraction(3))),
        ("3km500m", Reply(Fraction(3500), "length", None)),
        ("15个", Reply(Fraction(15), "", Fraction(15))),
    ],
)
def test_an_answer_is_read(text: str, expected: Reply) -> None:
    assert read_reply(text) == expected


def test_the_item_decides_what_an_ambiguous_unit_means() -> None:
    assert read_reply("20分", "time") == Reply(Fraction(1200), "time", Fraction(20))
    assert read_reply("20分", "money") == Reply(Fraction(1, 5), "money", Fraction(20))


@pytest.mark.parametrize("text", ["", "?", "abc", "25 or 26", "><", "3 km 2 kg"])
def test_what_is_no_answer_is_none(text: str) -> None:
    assert read_reply(text) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("4/8", "1/2", True),
        ("0.5", "1/2", True),
        ("3", "3……0", False),
        ("3……2", "3……2", True),
        ("3……2", "3……1", False),
        (">", ">", True),
        (">", "<", False),
        (">", "5", False),
        ("500m", "0.5km", True),
        ("500m", "500", True),
        ("500", "500km", True),
        ("500m", "500km", False),
        ("500m", "500g", False),
        ("3km500m", "3500m", True),
        ("3km500m", "3500", False),
    ],
)
def test_what_says_the_same(one: str, other: str, same: bool) -> None:
    first, second = read_reply(one), read_reply(other)
    assert first is not None
    assert second is not None
    assert first.same(second) is same
    assert second.same(first) is same


def test_true_and_false_to_a_statement() -> None:
    assert read_truth("true", ">", "<") == Reply(relation=">")
    assert read_truth("false", ">", "<") == Reply(relation="<")
    assert read_truth("false", ">", "=") == Reply(relation="=")
    assert read_truth("错", "<", "<") == Reply(relation=">")
    assert read_truth("true", "", "<") is None
    assert read_truth("perhaps", ">", "<") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1/4", "0.25"),
        ("3", "3"),
        ("-1/2", "-0.5"),
        ("1/1000", "0.001"),
        ("1/3", None),
        ("20/3", None),
    ],
)
def test_decimals_that_end(value: str, text: str | None) -> None:
    assert decimal_text(Fraction(value)) == text


def test_fractions_stand_as_the_bug_left_them() -> None:
    assert ratio_text(4, 8) == "4/8"
    assert ratio_text(4, -8) == "-4/8"
    assert ratio_text(4, 1) == "4"
    assert ratio_text(4, 0) is None
    assert value_text(Fraction(1, 3)) == "1/3"
    assert value_text(Fraction(1, 4)) == "0.25"


def test_mixed_numbers_that_are_none() -> None:
    assert mixed_text(2, 1, 3) == "2 1/3"
    assert mixed_text(0, 1, 3) == "1/3"
    assert mixed_text(2, 0, 3) == "2"
    assert mixed_text(-1, 1, 3) is None
    assert mixed_text(1, -1, 3) is None
    assert mixed_text(1, 1, 0) is None


@given(st.integers(0, 10**9))
def test_digits_and_back(number: int) -> None:
    assert joined(low(number)) == number


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_columns_stand_under_each_other(a: int, b: int) -> None:
    columns = stacked((a, b))
    assert sum(sum(column) * 10**place for place, column in enumerate(columns)) == a + b
    large, small = max(a, b), min(a, b)
    pairs = beneath(large, small)
    assert joined(top for top, _ in pairs) == large
    assert joined(bottom or 0 for _, bottom in pairs) == small
    assert len(pairs) == len(str(large))


def test_a_full_column_writes_both_its_digits() -> None:
    assert joined([12, 3]) == 312
    assert joined([]) == 0


@given(st.fractions(max_denominator=500))
def test_a_value_written_is_read_back(value: Fraction) -> None:
    found = read_reply(value_text(value))
    assert found is not None
    assert found.value == value
