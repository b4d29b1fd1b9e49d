"""Bayesian knowledge tracing: the truth is found again, and the sums are those of the textbook."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from yunke.craft.recall import bkt
from yunke.craft.recall.bkt import Bkt, fit_bkt, predict_bkt
from yunke.craft.recall.scores import auc
from yunke.craft.recall.tests.made_up import answers_of, traced, without
from yunke.craft.recall.values import Answers

TRUTH = Bkt(*(np.array([one]) for one in (0.3, 0.15, 0.2, 0.1)), rounds=0)


def one_sequence(right) -> Answers:
    return answers_of([(0, 0, [0], one) for one in right])


def likelihood(model, answers) -> float:
    chance = predict_bkt(model, answers)
    return float(np.log(np.where(answers.right > 0, chance, 1 - chance)).sum())


def all_paths(right, model) -> NDArray:
    """The chance of the answers, and of knowing at each, by going through every moment of learning.

    A path is the answer before which the point came to be known; len(right) is never.
    """
    prior, learn, guess, slip = (
        float(one[0]) for one in (model.prior, model.learn, model.guess, model.slip)
    )
    joint = np.zeros(len(right) + 1)
    for since in range(len(right) + 1):
        start = prior if since == 0 else (1 - prior) * (1 - learn) ** (since - 1)
        way = start * (learn if 0 < since < len(right) else 1)
        for at, one in enumerate(right):
            known = at >= since
            way *= ((1 - slip) if one else slip) if known else (guess if one else 1 - guess)
        joint[since] = way
    return joint


@pytest.mark.parametrize("right", list(itertools.product([0, 1], repeat=4)))
def test_the_chance_of_a_whole_sequence_is_the_sum_over_all_paths(right) -> None:
    assert np.exp(likelihood(TRUTH, one_sequence(right))) == pytest.approx(
        all_paths(right, TRUTH).sum()
    )


@pytest.mark.parametrize("right", list(itertools.product([0, 1], repeat=4)))
def test_expectations_are_those_of_all_paths(right) -> None:
    laid = bkt._lay(one_sequence(right))
    now = np.stack([TRUTH.prior, TRUTH.learn, TRUTH.guess, TRUTH.slip])
    known, learnt = bkt._expect(laid, now)
    ways = all_paths(right, TRUTH)
    ways = ways / ways.sum()
    assert known == pytest.approx(np.cumsum(ways)[:4])
    assert learnt == pytest.approx([*ways[1:4], 0])


def test_the_textbook_update() -> None:
    """Corbett and Anderson's equations for right, wrong, right, by hand."""
    found = predict_bkt(TRUTH, one_sequence([1, 0, 1]))
    known, chances = 0.3, []
    for right in (1, 0, 1):
        chances.append(known * 0.9 + (1 - known) * 0.2)
        seen = known * (0.9 if right else 0.1)
        other = (1 - known) * (0.2 if right else 0.8)
        known = seen / (seen + other)
        known += (1 - known) * 0.15
    assert found == pytest.approx(chances)


@pytest.mark.parametrize(
    ("prior", "learn", "guess", "slip"),
    [(0.30, 0.15, 0.20, 0.10), (0.55, 0.05, 0.15, 0.08), (0.10, 0.30, 0.30, 0.05)],
)
def test_the_truth_is_found_again(prior, learn, guess, slip) -> None:
    answers = traced(4000, 10, 1, prior=prior, learn=learn, guess=guess, slip=slip)
    found = fit_bkt(answers, 1, close=1e-5, rounds=300)
    assert found.prior[0] == pytest.approx(prior, abs=0.04)
    assert found.learn[0] == pytest.approx(learn, abs=0.03)
    assert found.guess[0] == pytest.approx(guess, abs=0.03)
    assert found.slip[0] == pytest.approx(slip, abs=0.03)


def test_every_round_explains_the_answers_better() -> None:
    answers = traced(300, 8, 1, prior=0.6, learn=0.05, seed=3)
    found = [likelihood(fit_bkt(answers, 1, rounds=rounds), answers) for rounds in range(1, 8)]
    assert (np.diff(found) > -0.05).all()
    assert found[-1] > found[0] + 1


def test_points_are_fitted_each_from_its_own() -> None:
    easy, hard = traced(800, 8, 1, prior=0.8, seed=1), traced(800, 8, 1, prior=0.05, seed=2)
    both = answers_of(
        [(pupil, 0, [0], right) for pupil, right in zip(easy.pupil, easy.right, strict=True)]
        + [(pupil, 1, [1], right) for pupil, right in zip(hard.pupil, hard.right, strict=True)]
    )
    together = fit_bkt(both, 2)
    assert together.prior[0] > 0.65
    assert together.prior[1] < 0.15
    assert fit_bkt(easy, 1, rounds=together.rounds, close=0).prior[0] == pytest.approx(
        together.prior[0]
    )


def test_a_point_with_few_answers_stays_near_the_start() -> None:
    found = fit_bkt(one_sequence([1]), 2)
    assert found.prior[0] == pytest.approx(bkt.START[0], abs=0.2)
    for fitted, start in zip(
        (found.prior, found.learn, found.guess, found.slip), bkt.START, strict=True
    ):
        assert fitted[1] == pytest.approx(start)


def test_guess_and_slip_keep_their_meaning() -> None:
    answers = traced(500, 8, 1, guess=0.9, slip=0.9, prior=0.5)
    found = fit_bkt(answers, 1)
    assert found.guess[0] <= 0.5
    assert found.slip[0] <= 0.5


@settings(max_examples=20)
@given(st.integers(0, 79))
def test_a_later_answer_never_changes_an_earlier_chance(row) -> None:
    answers = traced(4, 10, 2, seed=7)
    model = Bkt(*(np.repeat(one, 2) for one in (0.3, 0.15, 0.2, 0.1)), rounds=0)
    before, after = predict_bkt(model, answers), predict_bkt(model, without(answers, row))
    earlier = answers.order <= answers.order[row]
    assert (before[earlier] == after[earlier]).all()


def test_a_question_of_several_points_gets_their_mean() -> None:
    model = Bkt(*(np.array(one) for one in ([0.9, 0.1], [0.1] * 2, [0.2] * 2, [0.1] * 2)), rounds=0)
    both = predict_bkt(model, answers_of([(0, 0, [0, 1], 1)]))
    each = predict_bkt(model, answers_of([(0, 0, [0], 1), (1, 0, [1], 1)]))
    assert both[0] == pytest.approx(each.mean())


def test_a_question_without_points_gets_the_middle() -> None:
    found = predict_bkt(TRUTH, answers_of([(0, 0, [], 1), (0, 0, [0], 1)]))
    assert found[0] == pytest.approx(0.3 * 0.9 + 0.7 * 0.2)
    assert len(predict_bkt(TRUTH, answers_of([]))) == 0


def test_it_foretells_what_it_was_fitted_for() -> None:
    train, test = traced(600, 10, 3, seed=1), traced(200, 10, 3, seed=2)
    found = predict_bkt(fit_bkt(train, 3), test)
    assert auc(test.right, found) > 0.75
    assert abs(found.mean() - test.right.mean()) < 0.02
