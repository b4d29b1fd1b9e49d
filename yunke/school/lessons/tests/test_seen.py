"""Which seconds were seen: exact, never lower, never twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.lessons.rules.seen import (
    BadRanges,
    Seen,
    bits_of,
    checked,
    checked_second,
    from_bytes,
    heat,
    stretches_of,
    to_bytes,
    whole_seconds,
)

moments = st.floats(min_value=0, max_value=300, allow_nan=False)


def test_a_second_counts_when_its_middle_was_played() -> None:
    assert bits_of(0, 3, 10) == 0b111
    assert bits_of(0.5, 2.5, 10) == 0b11
    assert bits_of(0.6, 1.4, 10) == 0


def test_a_stretch_behind_the_end_or_backwards_is_nothing() -> None:
    assert bits_of(8, 99, 10) == 0b1100000000
    assert bits_of(50, 60, 10) == 0
    assert bits_of(5, 2, 10) == 0


@given(moments, moments, moments)
def test_stretches_that_touch_lose_no_second_and_count_none_twice(
    a: float, b: float, c: float
) -> None:
    start, cut, end = sorted((a, b, c))
    seen = Seen().plus([(start, cut), (cut, end)], 300)
    assert seen.once == bits_of(start, end, 300)
    assert seen.again == 0


@given(st.lists(st.tuples(moments, moments), max_size=12))
def test_more_playing_never_lowers_what_was_seen(stretches: list[tuple[float, float]]) -> None:
    seen = Seen()
    for stretch in stretches:
        more = seen.plus([stretch], 300)
        assert more.once & seen.once == seen.once
        assert more.again & ~more.once == 0
        seen = more


def test_going_back_marks_the_seconds_as_seen_again() -> None:
    seen = Seen().plus([(0, 10), (4, 6)], 20)
    assert seen.once.bit_count() == 10
    assert seen.again == 0b110000


def test_a_shorter_cut_of_the_video_forgets_what_lies_behind_its_end() -> None:
    assert Seen(0b1111, 0b1000).within(2) == Seen(0b11, 0)


@given(st.integers(min_value=0, max_value=2**400))
def test_bits_survive_the_database(bits: int) -> None:
    assert from_bytes(to_bytes(bits)) == bits


def test_a_video_has_as_many_whole_seconds_as_middles() -> None:
    assert [whole_seconds(n) for n in (0, 0.5, 0.6, 1.4, 1.6, 190.2)] == [0, 0, 1, 1, 2, 190]


@pytest.mark.parametrize(
    "ranges",
    [None, "x", 5, [[1]], [[1, 2, 3]], [["a", 2]], [[True, 2]], [[0, float("nan")]], [[-1, 2]],
     [[0, 1e9]], [[0, 1]] * 201],
)  # fmt: skip
def test_what_is_no_list_of_stretches_is_refused(ranges: object) -> None:
    with pytest.raises(BadRanges):
        checked(ranges)


def test_whole_numbers_are_seconds_too() -> None:
    assert checked([[0, 5], (1.5, 2)]) == ((0.0, 5.0), (1.5, 2.0))
    assert checked_second(7) == 7.0


def test_stretches_for_drawing_close_small_holes() -> None:
    bits = bits_of(0, 5, 30) | bits_of(7, 10, 30) | bits_of(20, 22, 30)
    assert stretches_of(bits) == ((0, 5), (7, 10), (20, 22))
    assert stretches_of(bits, gap=3) == ((0, 10), (20, 22))
    assert stretches_of(0) == ()


def test_heat_is_the_mean_number_of_people_in_each_part() -> None:
    all_of_it = Seen().plus([(0, 100)], 100)
    half_twice = Seen().plus([(0, 50), (0, 50)], 100)
    assert heat([all_of_it, half_twice], 100, 2) == ((2.0, 1.0), (1.0, 0.0))


def test_a_short_video_has_no_more_parts_than_seconds() -> None:
    assert len(heat([Seen(0b11)], 3, 96)) == 3
    assert heat([], 0, 96) == ()
