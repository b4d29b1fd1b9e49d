"""The made-up worlds hold what their card says, and the method finds its way in each."""

import numpy as np
import pytest
from numpy.typing import NDArray

from yunke.craft.recall.scores import auc
from yunke.craft.recall.tests.families import FAMILIES, QUESTIONS, SPLITS, parted, world
from yunke.craft.recall.tracing import fit, foretold
from yunke.craft.recall.values import Answers

ROWS = 3_000


@pytest.fixture(scope="module", params=FAMILIES)
def made(request) -> tuple[Answers, NDArray]:
    return world(request.param, seed=1, rows=ROWS)


def test_a_world_is_as_large_as_told_and_in_the_order_of_time(made) -> None:
    answers, truth = made
    assert 0.85 * ROWS < len(answers) <= 1.1 * ROWS
    assert (np.diff(answers.order) >= 0).all()
    assert ((truth > 0) & (truth < 1)).all()
    assert 0.35 < answers.right.mean() < 0.85


def test_the_truth_is_the_chance_that_answers_were_drawn_with(made) -> None:
    answers, truth = made
    assert abs(truth.mean() - answers.right.mean()) < 0.02
    assert auc(answers.right, truth) > 0.7


def test_questions_have_a_long_tail_and_one_to_four_points(made) -> None:
    answers, _ = made
    count = np.bincount(answers.item)
    count = np.sort(count[count > 0])
    assert np.median(count) <= 3
    assert (answers.points[:, 0] >= 0).all()
    assert (answers.points >= 0).sum(1).max() >= 2


@pytest.mark.parametrize("split", SPLITS)
def test_a_fifth_is_kept_for_the_test(made, split) -> None:
    answers, _ = made
    test = parted(answers, split)
    assert 0.05 < test.mean() < 0.45
    both = np.intersect1d(answers.pupil[test], answers.pupil[~test])
    assert (len(both) == 0) == (split == "pupils")


def test_the_method_is_better_than_the_share_of_right_answers(made) -> None:
    answers, truth = made
    test = parted(answers, "pupils")
    tracer = fit(answers.take(~test), QUESTIONS["steps"], 110)
    right = answers.right[test]
    found = auc(right, foretold(tracer, answers.take(~test), answers.take(test)))
    best = auc(right, truth[test])
    assert found is not None
    assert best is not None
    assert 0.55 < found < best + 0.03


def test_another_seed_is_another_world() -> None:
    first, second = (world("rasch", seed=seed, rows=1_000)[0] for seed in (1, 2))
    again = world("rasch", seed=1, rows=1_000)[0]
    assert (again.right == first.right).all()
    assert len(first) != len(second) or (first.right != second.right).any()
