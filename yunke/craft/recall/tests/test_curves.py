"""Learning curves: shares counted by hand, intervals of the literature, laws put in and found."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.recall.curves import Trend, curve, wilson

LINES = st.lists(st.lists(st.booleans(), max_size=15), max_size=12)


def by_law(pupils: int, tries: int, start: float, rate: float, seed: int = 0) -> list[list[bool]]:
    chooser = np.random.default_rng(seed)
    wrong = start * np.arange(1, tries + 1) ** -rate
    return (chooser.random((pupils, tries)) > wrong).tolist()


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilson_of_known_cases(hits, tries, low, high) -> None:
    """Newcombe 1998 gives 81 of 263; the others are the usual table."""
    assert wilson(hits, tries) == pytest.approx((low, high), abs=5e-4)


def test_wilson_of_nothing_is_everything() -> None:
    assert wilson(0, 0) == (0, 1)


@given(LINES)
def test_each_place_counts_who_is_still_there(lines) -> None:
    found = curve(lines)
    assert len(found.opportunities) == max((len(line) for line in lines), default=0)
    for place in found.opportunities:
        there = [line[place.number - 1] for line in lines if len(line) >= place.number]
        assert place.answers == len(there) > 0
        assert place.errors == pytest.approx(there.count(False) / len(there))
        assert 0 <= place.low <= place.errors + 1e-9
        assert place.errors - 1e-9 <= place.high <= 1


@given(LINES)
def test_a_law_is_told_only_with_its_interval(lines) -> None:
    found = curve(lines)
    if found.law is None:
        assert found.trend is Trend.CANNOT_TELL
    else:
        assert found.law.low < found.law.rate < found.law.high
        assert (found.trend is Trend.FALLING) == (found.law.low > 0)
        assert (found.trend is Trend.RISING) == (found.law.high < 0)


def test_counted_by_hand() -> None:
    found = curve([[False, False, True], [False, True], [True, True, True]])
    assert [place.errors for place in found.opportunities] == pytest.approx([2 / 3, 1 / 3, 0])
    assert [place.answers for place in found.opportunities] == [3, 3, 2]


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.9])
def test_the_law_that_was_put_in_is_found(rate) -> None:
    inside = 0
    for seed in range(30):
        law = curve(by_law(60, 10, 0.6, rate, seed)).law
        assert law is not None
        inside += law.low <= rate <= law.high
        assert law.start == pytest.approx(0.6, abs=0.2)
    assert inside >= 25


def test_where_nothing_is_learnt_nothing_is_claimed() -> None:
    claims = [curve(by_law(30, 8, 0.4, 0.0, seed)).trend for seed in range(100)]
    assert claims.count(Trend.CANNOT_TELL) >= 88


def test_forgetting_is_told_too() -> None:
    lines = [list(reversed(line)) for line in by_law(80, 8, 0.8, 0.9)]
    assert curve(lines).trend is Trend.RISING


def test_a_class_that_learns_is_told_from_forty_pupils() -> None:
    assert curve(by_law(40, 6, 0.7, 0.7)).trend is Trend.FALLING


def test_those_left_over_do_not_bend_the_law() -> None:
    """Most stop once they can do it; the few who cannot go on failing."""
    learn = by_law(60, 4, 0.6, 0.9)
    stuck = [[False] * 12 for _ in range(3)]
    found = curve([*learn, *stuck])
    assert found.opportunities[-1].errors == 1
    assert found.trend is Trend.FALLING


def test_one_pupil_has_a_curve_too() -> None:
    found = curve([[False, False, True, False, True, True, True, True]])
    assert len(found.opportunities) == 8
    assert all(place.high - place.low > 0.7 for place in found.opportunities)


def test_the_law_never_says_more_errors_than_answers() -> None:
    law = curve(by_law(40, 6, 0.95, 0.1)).law
    assert law is not None
    assert all(0 < law.errors(number) <= 1 for number in range(1, 50))


@pytest.mark.parametrize("lines", [[], [[]], [[True]], [[True, False]]])
def test_too_little_for_a_law(lines) -> None:
    found = curve(lines)
    assert found.law is None
    assert found.trend is Trend.CANNOT_TELL
