"""A band holds the count, is never narrow, and does not say "nobody" or "everybody"."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.crowd import Band, band_of, rounded

COUNTS = st.integers(0, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS, st.integers(2, 12))
def test_a_band_holds_its_count_within_the_group(pair: tuple[int, int], width: int) -> None:
    count, whole = pair
    band = band_of(count, whole, width)
    assert 0 <= band.low <= count <= band.high <= whole


@given(COUNTS, st.integers(2, 12))
def test_a_band_leaves_the_width_open_or_all_there_is(pair: tuple[int, int], width: int) -> None:
    count, whole = pair
    values = band_of(count, whole, width).values
    assert values >= min(width, whole + 1)
    assert values < 2 * width or whole + 1 < 2 * width


@given(st.integers(0, 400), st.integers(2, 12))
def test_the_bands_of_a_group_do_not_overlap_and_leave_no_gap(whole: int, width: int) -> None:
    bands = sorted({band_of(count, whole, width) for count in range(whole + 1)})
    assert bands[0].low == 0
    assert bands[-1].high == whole
    assert all(a.high + 1 == b.low for a, b in pairwise(bands))


@given(COUNTS)
def test_more_people_never_give_a_lower_band(pair: tuple[int, int]) -> None:
    count, whole = pair
    if count < whole:
        assert band_of(count, whole, 5).low <= band_of(count + 1, whole, 5).low


@given(st.integers(19, 3000))
def test_everybody_and_nearly_everybody_look_alike(whole: int) -> None:
    assert band_of(whole, whole, 5) == band_of(whole - 4, whole, 5) == Band(whole - 4, whole)
    assert band_of(0, whole, 5) == band_of(4, whole, 5) == Band(0, 4)


def test_a_count_that_cannot_be_is_refused() -> None:
    for count, whole in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="of 3"):
            band_of(count, whole, 5)


def test_a_band_of_few_is_all_of_them() -> None:
    assert band_of(2, 3, 5) == Band(0, 3)
    assert Band(3, 8).values == 6
    assert Band(3, 8).middle == 5.5


@given(st.floats(0, 1e7), st.sampled_from([1, 5, 10, 60]))
def test_a_round_number_is_the_nearest(value: float, base: int) -> None:
    found = rounded(value, base)
    assert found % base == 0
    assert abs(found - value) <= base / 2 + 1e-6


def test_halves_go_up() -> None:
    assert [rounded(value, 10) for value in (4.9, 5, 14.9, 15)] == [0, 10, 10, 20]
