"""Scores against what they are by definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.recall.scores import auc, auc_interval, log_loss

ROWS = st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.3, 0.5, 0.9])), min_size=1)


@given(ROWS)
def test_auc_is_the_share_of_pairs_in_order(rows) -> None:
    right = np.array([float(one) for one, _ in rows])
    chance = np.array([one for _, one in rows])
    pairs = [(a > b) + (a == b) / 2 for a in chance[right > 0] for b in chance[right == 0]]
    found = auc(right, chance)
    assert found is None if not pairs else found == pytest.approx(np.mean(pairs))


def test_auc_of_known_cases() -> None:
    right = np.array([0.0, 0, 1, 1])
    assert auc(right, np.array([0.1, 0.4, 0.35, 0.8])) == 0.75
    assert auc(right, np.array([0.1, 0.2, 0.3, 0.4])) == 1
    assert auc(right, np.full(4, 0.3)) == 0.5
    assert auc(np.ones(3), np.array([0.1, 0.2, 0.3])) is None


def test_log_loss_is_the_mean_surprise() -> None:
    found = log_loss(np.array([1.0, 0.0]), np.array([0.8, 0.4]))
    assert found == pytest.approx(-(np.log(0.8) + np.log(0.6)) / 2)
    assert log_loss(np.zeros(0), np.zeros(0)) is None


def test_a_sure_and_wrong_chance_is_not_endless() -> None:
    found = log_loss(np.array([1.0]), np.array([0.0]))
    assert found == pytest.approx(-np.log(1e-7))


def test_the_interval_holds_the_score_and_narrows_with_pupils() -> None:
    chooser = np.random.default_rng(1)
    widths = []
    for pupils in (20, 200):
        truth = chooser.random(pupils * 20)
        right = (chooser.random(len(truth)) < truth).astype(np.float64)
        pupil = np.repeat(np.arange(pupils), 20)
        low, high = auc_interval(right, truth, pupil)
        middle = auc(right, truth)
        assert low < middle < high
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


def test_the_interval_of_one_kind_only_is_unknown() -> None:
    low, high = auc_interval(np.ones(4), np.full(4, 0.5), np.arange(4))
    assert np.isnan(low)
    assert np.isnan(high)
