"""What a slip can make of an answer, counted out."""

from fractions import Fraction

import pytest

from yunke.craft.marking.causes.replies import Reply, read_reply
from yunke.craft.marking.causes.slips import Slip, Writing, slip_shares, slipped


def texts(kind: Slip, right: str) -> tuple[str, ...]:
    return next((one.texts for one in slipped(right) if one.kind is kind), ())


def share(kind: Slip, right: str, answer: str) -> float:
    reply = read_reply(answer)
    assert reply is not None
    return slip_shares((Writing(right),)).of(reply).get(kind, 0.0)


def test_a_digit_can_become_each_of_nine_others() -> None:
    found = texts(Slip.DIGIT, "25")
    assert len(found) == 8 + 9
    assert "35" in found
    assert "05" not in found  # nobody writes a zero in front
    assert "25" not in found


def test_the_only_digit_may_become_zero() -> None:
    assert set(texts(Slip.DIGIT, "7")) == set("012345689")


def test_a_digit_slips_above_and_below_the_line_and_behind_the_point() -> None:
    assert "5/8" in texts(Slip.DIGIT, "5/6")
    assert "3/6" in texts(Slip.DIGIT, "5/6")
    assert "0.79" in texts(Slip.DIGIT, "0.75")
    assert "3……9" in texts(Slip.DIGIT, "3……2")


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ("25", {"24", "26"}),
        ("0", {"1"}),
        ("-8", {"-7", "-9"}),
        ("0.75", {"0.74", "0.76"}),
        ("5/6", {"4/6", "6/6", "5/5", "5/7"}),
        ("3……2", {"2……2", "4……2", "3……1", "3……3"}),
        ("1 1/6", {"0 1/6", "2 1/6", "1 0/6", "1 2/6", "1 1/5", "1 1/7"}),
    ],
)
def test_one_more_or_one_less(right: str, expected: set[str]) -> None:
    assert set(texts(Slip.ONE_OFF, right)) == expected


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ("125", {"215", "152"}),
        ("11", set()),
        ("102", {"120"}),  # 012 is nothing anybody writes
        ("0.48", {"0.84"}),
        ("0.09", set()),  # 0.90 would be read as 0.9
        ("12/35", {"21/35", "12/53"}),
    ],
)
def test_neighbours_change_places(right: str, expected: set[str]) -> None:
    assert set(texts(Slip.TURNED, right)) == expected


def test_the_shares_of_a_kind_are_counted_over_what_it_can_make() -> None:
    assert share(Slip.DIGIT, "25", "35") == pytest.approx(1 / 17)
    assert share(Slip.ONE_OFF, "25", "26") == 0.5
    assert share(Slip.NEAR_10, "25", "35") == 0.05
    assert share(Slip.NEAR_5, "25", "35") == 0.0
    assert share(Slip.NEAR_20, "25", "45") == 0.025
    assert share(Slip.NEAR_TENTH, "1220", "1260") == 1 / 244
    assert share(Slip.DIGIT, "25", "59") == 0.0


def test_fractions_are_compared_by_value() -> None:
    # 4/6 and 2/3 are one answer, whichever of them the slip wrote.
    assert share(Slip.DIGIT, "5/6", "2/3") == share(Slip.DIGIT, "5/6", "4/6") > 0


def test_a_slip_below_the_line_to_zero_is_no_number_and_counts_as_missed() -> None:
    assert "1/0" in texts(Slip.DIGIT, "1/2")
    assert share(Slip.DIGIT, "1/2", "7") == 0.0


def test_units_are_taken_into_account() -> None:
    shares = slip_shares((Writing("3500", Fraction(1)),))
    metres = Reply(Fraction(3600), "length", Fraction(3600))
    assert shares.of(metres)[Slip.DIGIT] == pytest.approx(1 / 35)
    kilometres = Reply(Fraction(3600), "length", Fraction("3.6"))
    assert shares.of(kilometres)[Slip.DIGIT] == pytest.approx(1 / 35)


def test_a_comparison_has_no_slip() -> None:
    assert slip_shares((Writing("<"),)).of(Reply(relation=">")) == {}


def test_the_remainder_is_part_of_the_answer() -> None:
    assert share(Slip.ONE_OFF, "3……2", "3……1") == 0.25
    assert share(Slip.ONE_OFF, "3……2", "3") == 0.0
