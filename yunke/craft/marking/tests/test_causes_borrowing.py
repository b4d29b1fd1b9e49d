"""Borrowing, column by column, worked by hand."""

import pytest

from yunke.craft.marking.causes import BY_ID
from yunke.craft.marking.causes.reading import read_item


def by(bug: str, item: str) -> tuple[str, ...]:
    problem = read_item(item)
    assert problem is not None
    return BY_ID[bug].answers(problem)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        # units 12-7, tens 4-1 with nothing taken away
        ("42-17", "35"),
        # units 13-7, tens 10-4 without a debt, hundreds 5-2
        ("503-247", "366"),
        # every column borrows and none pays
        ("432-177", "365"),
        # 10-1 in the units; the zero and the one are left as they are
        ("100-1", "109"),
    ],
)
def test_nothing_is_taken_for_what_was_borrowed(item: str, expected: str) -> None:
    assert by("borrow-no-decrement", item)[0] == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        # 306-8: the three pays, the zero stays: 2|0|16-8
        ("306-8", "208"),
        # 503-247: the five pays for the units; the zero borrows again: 3|10-4|13-7, 3-2
        ("503-247", "166"),
        # two zeros are passed over as well
        ("4002-5", "3007"),
        # no zero next to it: done rightly
        ("432-177", "255"),
    ],
)
def test_the_zero_is_passed_over(item: str, expected: str) -> None:
    assert by("borrow-across-zero", item)[0] == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        # 306-8: the zero becomes nine and nobody pays for it
        ("306-8", "398"),
        ("306-187", "219"),
        # 4002-5: the next zero becomes nine, the one beyond stays
        ("4002-5", "4097"),
        ("432-177", "255"),
    ],
)
def test_the_zero_becomes_nine_and_that_is_all(item: str, expected: str) -> None:
    assert by("borrow-from-zero", item)[0] == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        # 305-9: 15-9 = 6, the zero has nothing to give, 3 stays
        ("305-9", "306"),
        ("503-247", "266"),
        ("4002-5", "4007"),
        ("432-177", "255"),
    ],
)
def test_at_a_zero_the_ten_comes_from_nowhere(item: str, expected: str) -> None:
    assert by("stops-borrow-at-zero", item)[0] == expected


def test_across_a_zero_ten_is_left_instead_of_nine() -> None:
    # 306-8: 2|10|16-8; some write the ten in full, some carry it back.
    assert by("zero-lends-as-ten", "306-8") == ("2108", "308")
    assert by("zero-lends-as-ten", "503-247")[0] == "266"


def test_every_borrow_is_paid_by_the_leftmost_digit() -> None:
    # 512-37: the five pays for the units and again for the tens: 12-7, 11-3, 3
    assert by("borrows-from-the-left-end", "512-37")[0] == "385"
    assert by("borrows-from-the-left-end", "42-17")[0] == "25"


def test_only_the_first_borrow_is_paid() -> None:
    # 432-177: units 12-7 (tens 3→2), tens 12-7 with the hundreds left alone
    assert by("borrows-once-only", "432-177")[0] == "355"
    assert by("borrows-once-only", "42-17")[0] == "25"


def test_over_a_blank_nothing_is_paid() -> None:
    assert by("no-decrement-over-blank", "114-70") == ("144", "144")
    assert by("no-decrement-over-blank", "300-8")[0] == "302"
    assert by("no-decrement-over-blank", "432-177")[0] == "255"


def test_a_column_of_two_equal_digits_is_borrowed_past() -> None:
    # 732-434: tens 3 and 3 are equal, so the hundreds pay for the units: 12-4, 3-3, 6-4
    assert by("borrow-skips-equal", "732-434")[0] == "208"


def test_a_one_that_lends_becomes_nine() -> None:
    # 313-7: the one should become nought; it becomes nine
    assert by("one-lends-as-nine", "313-7")[0] == "396"


def test_a_one_that_borrows_becomes_ten() -> None:
    # 31-4: 10-4 instead of 11-4
    assert by("borrow-into-one-is-ten", "31-4")[0] == "26"


def test_having_borrowed_the_upper_digit_is_forgotten() -> None:
    # 42-17: 10-7 instead of 12-7
    assert by("ten-minus-the-lower", "42-17")[0] == "23"


def test_one_is_paid_but_no_ten_was_taken() -> None:
    # 503-247: the zero became nine, the five four; |3-7| = 4, 9-4, 4-2
    assert by("decrement-without-ten", "503-247")[0] == "254"


def test_a_digit_below_pays_for_a_zero() -> None:
    # 306-187: the zero cannot pay, the eight below becomes seven: 16-7, 10-7 (hundreds 3→2), 2-1
    assert by("borrows-from-below", "306-187")[0] == "139"


@pytest.mark.parametrize(
    "bug",
    [one for one in BY_ID if one.startswith(("borrow", "stops", "zero-lends", "one-lends"))],
)
@pytest.mark.parametrize("item", ["58-23", "999-111", "70-20", "5-5", "345-45"])
def test_where_nothing_is_borrowed_no_borrowing_bug_shows(bug: str, item: str) -> None:
    a, _, b = item.partition("-")
    for answer in by(bug, item):
        assert answer in (str(int(a) - int(b)), item)


@pytest.mark.parametrize("bug", list(BY_ID))
@pytest.mark.parametrize("item", ["0-0", "7-7", "1-0", "1000000-1", "10-9", "100-99", "11-2"])
def test_no_bug_breaks_at_the_edges(bug: str, item: str) -> None:
    for answer in by(bug, item):
        assert answer.lstrip("-").replace("……", "").replace("/", "").replace(".", "").isdigit()
