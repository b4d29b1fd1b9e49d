"""Hardness from answers: the order of the truth, drawn together where answers are few."""

import numpy as np
import pytest
from numpy.typing import NDArray

from yunke.craft.recall.difficulty import SPREAD, Difficulty, fit_difficulty, unknown
from yunke.craft.recall.rating import shares_of
from yunke.craft.recall.tests.made_up import School, answers_of, school


@pytest.fixture(scope="module")
def fitted() -> tuple[School, Difficulty]:
    made = school(pupils=150, length=50, items=60, points=6)
    return made, fit_difficulty(made.answers, 60, 6)


def hardness_of_items(made, found) -> NDArray:
    answers = made.answers
    first = np.array([np.flatnonzero(answers.item == item)[0] for item in range(60)])
    rows = answers.take(first)
    return found.hardness(rows, shares_of(rows.points))


def test_hard_items_are_found_to_be_hard(fitted) -> None:
    made, found = fitted
    assert np.corrcoef(hardness_of_items(made, found), made.hardness)[0, 1] > 0.95


def test_the_scale_is_that_of_the_truth(fitted) -> None:
    made, found = fitted
    slope = np.polyfit(made.hardness, hardness_of_items(made, found), 1)[0]
    assert 0.7 < slope < 1.2


def test_doubt_is_small_where_answers_are_many(fitted) -> None:
    made, found = fitted
    assert found.item_count.sum() == len(made.answers)
    assert found.item_doubt.max() < SPREAD**2 / 4


def test_the_width_among_items_is_learnt() -> None:
    made = school(pupils=100, length=40, items=40, points=4, seed=3)
    alike = made.answers
    chooser = np.random.default_rng(0)
    alike = type(alike)(
        alike.pupil,
        alike.item,
        alike.order,
        alike.points,
        (chooser.random(len(alike)) < 0.6).astype(np.float64),
    )
    wide, narrow = fit_difficulty(made.answers, 40, 4), fit_difficulty(alike, 40, 4)
    assert narrow.item_spread < 0.35 * wide.item_spread


def test_one_answer_moves_an_item_little() -> None:
    rows = [(pupil, 0, [0], pupil % 2) for pupil in range(60)] + [(0, 1, [0], 0)]
    found = fit_difficulty(answers_of(rows), 2, 1)
    assert 0 < found.item[1] < 1
    assert found.item_doubt[1] > found.item_doubt[0]


def test_an_item_never_seen_has_its_points_hardness() -> None:
    rows = [(pupil, 0, [0], 0) for pupil in range(40)] + [(p, 1, [1], 1) for p in range(40)]
    found = fit_difficulty(answers_of(rows), 3, 3)
    assert found.item[2] == 0
    assert found.item_doubt[2] == found.item_spread
    assert found.point[0] > 0 > found.point[1]
    assert found.point[2] == 0


def test_no_point_is_neither_hard_nor_easy() -> None:
    rows = [(pupil, 0, [], 0) for pupil in range(40)]
    found = fit_difficulty(answers_of(rows), 1, 0)
    assert found.point.tolist() == [0]
    rows = answers_of([(0, 0, [], 1)])
    assert found.of_points(rows.points, shares_of(rows.points)).tolist() == [0]


def test_of_no_answers_nothing_is_known() -> None:
    found = fit_difficulty(answers_of([]), 2, 3)
    assert found.base == 0
    assert found.item.tolist() == unknown(2, 3).item.tolist() == [0, 0]
    assert (found.item_doubt == SPREAD**2).all()


@pytest.mark.parametrize("right", [0, 1])
def test_all_right_or_all_wrong_stays_within_reason(right) -> None:
    found = fit_difficulty(answers_of([(p, p % 3, [0], right) for p in range(50)]), 3, 1)
    for values in (found.item, found.point, np.array([found.base])):
        assert np.isfinite(values).all()
        assert np.abs(values).max() < 6


def test_against_a_middling_item_the_easy_are_below_and_the_hard_above_nothing(fitted) -> None:
    made, found = fitted
    first = np.array([np.flatnonzero(made.answers.item == item)[0] for item in range(60)])
    against = found.against_middling(made.answers.points[first])
    assert against == pytest.approx(hardness_of_items(made, found) - found.base)
    assert against.min() < -0.5
    assert against.max() > 0.5
