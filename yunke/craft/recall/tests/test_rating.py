"""Ratings of all pupils at once against the plain filter of one pupil."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from yunke.craft.recall.rating import (
    QUICK,
    SLOW,
    Drift,
    Rated,
    fade,
    from_both_sides,
    pairs_of,
    rate,
    shares_of,
)
from yunke.craft.recall.tests.made_up import answers_of, school, without
from yunke.craft.recall.values import Answers
from yunke.craft.recall.waves import Past, in_time, waves


def rated(answers, hardness=None, drifts=(SLOW, QUICK), doubt=0.1) -> Rated:
    hard = np.zeros(len(answers)) if hardness is None else hardness
    layout = waves(Past(answers.pupil, in_time(answers.order)))
    unsure = np.full(len(answers), doubt)
    return rate(answers, layout, pairs_of(answers), hard, unsure, drifts)


def by_hand(answers, drift, doubt) -> tuple[NDArray, NDArray]:
    """The same filter, one row after the other, with dictionaries."""
    pupils: dict = {}
    points: dict = {}
    found = []
    for row in np.argsort(answers.order, kind="stable"):
        pupil = answers.pupil[row]
        able, able_var = pupils.get(pupil, (0.0, drift.pupil))
        able_var += drift.pupil_step
        names = [(pupil, point) for point in answers.points[row] if point >= 0]
        share = 1 / len(names) if names else 0
        states = [points.get(name, (0.0, drift.point)) for name in names]
        states = [(level, var + drift.point_step) for level, var in states]
        level = able + sum(share * one[0] for one in states)
        var = able_var + sum(share**2 * one[1] for one in states) + doubt
        chance = 1 / (1 + math.exp(-level / math.sqrt(1 + math.pi / 8 * var)))
        found.append((row, chance, able))
        information = chance * (1 - chance)
        gain = 1 / (1 + information * var)
        step = (answers.right[row] - chance) * gain
        pupils[pupil] = able + able_var * step, able_var - able_var**2 * information * gain
        for name, (old, old_var) in zip(names, states, strict=True):
            pull = share * old_var
            points[name] = old + pull * step, old_var - pull**2 * information * gain
    found.sort()
    return np.array([one[1] for one in found]), np.array([one[2] for one in found])


@pytest.mark.parametrize("drift", [SLOW, QUICK, Drift(0.3, 2.0, 0.0, 0.0)])
def test_all_at_once_is_what_one_after_the_other_finds(drift) -> None:
    answers = school(pupils=7, length=15, items=20, points=4).answers
    chance, able = by_hand(answers, drift, 0.1)
    found = rated(answers, drifts=(drift,))
    assert np.allclose(found.chance[0], chance, atol=1e-12)
    assert np.allclose(found.pupil[0], able, atol=1e-12)


def test_two_drifts_at_once_are_each_alone() -> None:
    answers = school(pupils=5, length=12, items=20, points=4).answers
    both = rated(answers)
    for at, drift in enumerate((SLOW, QUICK)):
        assert np.allclose(both.chance[at], rated(answers, drifts=(drift,)).chance[0])


def test_right_answers_raise_and_wrong_ones_lower() -> None:
    right = rated(answers_of([(0, 0, [0], 1)] * 6))
    wrong = rated(answers_of([(0, 0, [0], 0)] * 6))
    assert (np.diff(right.chance[0]) > 0).all()
    assert (np.diff(wrong.chance[0]) < 0).all()
    assert np.allclose(right.chance + wrong.chance, 1)


def test_doubt_falls_with_answers_and_never_below_nothing() -> None:
    found = rated(answers_of([(0, 0, [0, 1], at % 2) for at in range(200)]))
    assert found.pupil_doubt[0, -1] < found.pupil_doubt[0, 0] / 5
    assert (found.pupil_doubt > 0).all()
    assert (found.point_doubt > 0).all()


def test_an_answer_on_one_point_says_little_of_another() -> None:
    rows = [(0, 0, [0], 0)] * 5 + [(0, 1, [1], 1), (0, 1, [0], 1)]
    found = rated(answers_of(rows))
    assert found.point[0, 5] == 0
    assert found.point[0, 6] < -0.2


def test_a_question_without_points_moves_the_pupil_alone() -> None:
    found = rated(answers_of([(0, 0, [], 1), (0, 0, [], 1), (0, 0, [3], 1)]))
    assert found.point[0].tolist() == [0, 0, 0]
    assert found.pupil[0, 2] > found.pupil[0, 1] > 0
    assert np.isfinite(found.chance).all()


def test_a_hard_question_done_right_says_more_than_an_easy_one() -> None:
    answers = answers_of([(0, 0, [0], 1), (0, 0, [0], 1), (1, 1, [0], 1), (1, 1, [0], 1)])
    found = rated(answers, hardness=np.array([2.0, 2.0, -2.0, -2.0]))
    assert found.pupil[0, 1] > found.pupil[0, 3] > 0


@settings(max_examples=25)
@given(st.integers(0, 59))
def test_a_later_answer_never_changes_an_earlier_rating(row) -> None:
    answers = school(pupils=4, length=15, items=10, points=3, seed=2).answers
    before, after = rated(answers), rated(without(answers, row))
    assert (before.chance[:, : row + 1] == after.chance[:, : row + 1]).all()


def test_pupils_know_nothing_of_each_other() -> None:
    answers = school(pupils=6, length=10, items=10, points=3).answers
    alone = answers.take(answers.pupil == 2)
    together = rated(answers).chance[:, answers.pupil == 2]
    assert np.allclose(together, rated(alone).chance)


def test_shares_of_a_question_add_up() -> None:
    shares = shares_of(np.array([[1, 2, 3], [4, -1, -1], [-1, -1, -1]]))
    assert shares.sum(1).tolist() == pytest.approx([1, 1, 0])
    assert shares[0].tolist() == pytest.approx([1 / 3] * 3)


def test_pairs_are_of_one_pupil_and_one_point() -> None:
    pairs = pairs_of(answers_of([(0, 0, [0, 1], 1), (1, 0, [0], 1), (0, 1, [1], 0), (1, 1, [], 0)]))
    assert pairs.count == 3
    assert pairs.number[0, 1] == pairs.number[2, 0]
    assert pairs.number[0, 0] != pairs.number[1, 0]
    assert pairs.number[3].tolist() == [pairs.count, pairs.count]


def test_what_fades_is_the_mean_of_what_was() -> None:
    answers = answers_of([(0, 0, [0], 1), (1, 0, [0], 1), (0, 0, [0], 1), (0, 0, [0], 1)])
    layout = waves(Past(answers.pupil, in_time(answers.order)))
    found = fade(layout, np.array([1.0, 5.0, 0.0, 9.0]), (0.5, 0.9))
    assert found[0].tolist() == [0, 0, 0.5, 0.25]
    assert found[1].tolist() == pytest.approx([0, 0, 0.1, 0.09])


def sides(answers, drift=SLOW) -> NDArray:
    time = in_time(answers.order)
    ways = waves(Past(answers.pupil, time)), waves(Past(answers.pupil, time[::-1]))
    nothing = np.zeros(len(answers))
    return from_both_sides(answers, ways, pairs_of(answers), nothing, nothing, drift)


def test_from_both_sides_the_direction_of_time_does_not_matter() -> None:
    answers = school(pupils=5, length=12, items=20, points=4).answers
    back = answers.take(np.arange(len(answers))[::-1])
    turned = Answers(back.pupil, back.item, answers.order, back.points, back.right)
    assert np.allclose(sides(answers), sides(turned)[::-1])


def test_from_both_sides_an_answer_does_not_speak_for_itself() -> None:
    answers = school(pupils=3, length=12, items=20, points=4).answers
    for row in (0, 7, 35):
        assert sides(answers)[row] == pytest.approx(sides(without(answers, row))[row])


def test_from_both_sides_the_first_answer_is_judged_by_the_later_ones() -> None:
    strong = answers_of([(0, 0, [0], 0)] + [(0, 0, [0], 1)] * 10)
    assert sides(strong)[0] > 0.75
    assert rated(strong).chance[0, 0] == 0.5


def test_from_both_sides_without_points_is_still_a_chance() -> None:
    found = sides(answers_of([(0, 0, [], 1), (0, 0, [2], 0), (0, 0, [], 1)]))
    assert ((found > 0) & (found < 1)).all()
