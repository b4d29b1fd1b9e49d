"""What is known before an answer: counted by hand on a small table, and never from later rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from yunke.craft.recall.difficulty import fit_difficulty, unknown
from yunke.craft.recall.features import NAMES, corrected, look
from yunke.craft.recall.rating import pairs_of
from yunke.craft.recall.tests.made_up import answers_of, school, without
from yunke.craft.recall.values import Answers
from yunke.craft.recall.waves import Past, in_time

# Pupil 0 on points 0 and 1, pupil 1 between; item 7 comes twice to pupil 0.
TABLE = answers_of(
    [
        (0, 7, [0], 1),
        (1, 7, [0], 0),
        (0, 8, [0], 1),
        (0, 9, [1], 0),
        (1, 9, [1], 1),
        (0, 7, [0], 0),
        (0, 5, [0, 1], 1),
    ]
)


def seen(answers, teach=True) -> dict[str, NDArray]:
    known = unknown(10, 3)
    return dict(zip(NAMES, look(answers, known, np.full(len(answers), teach)), strict=True))


def test_every_name_has_its_column() -> None:
    assert look(TABLE, unknown(10, 3), np.ones(7, dtype=bool)).shape == (len(NAMES), 7)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(
    ("name", "of_pupil_0"),
    [
        ("answers", [0, 1, 2, 3, 4]),
        ("share_right", [2 / 3, 3 / 4, 4 / 5, 4 / 6, 4 / 7]),
        ("last_right", [np.nan, 1, 1, 0, 0]),
        ("streak", [np.nan, 1, 2, -1, -2]),
        ("pause", [np.nan, 2, 1, 2, 1]),
        ("point_right", [0, 1, 0, 2, 1]),
        ("point_wrong", [0, 0, 0, 0, 1]),
        ("point_least", [0, 1, 0, 2, 1]),
        ("point_last", [0.5, 1, 0.5, 1, 0]),
        ("point_steps", [np.nan, 1, np.nan, 2, 1]),
        ("point_pause", [np.nan, 2, np.nan, 3, 1]),
        ("item_tries", [0, 0, 0, 1, 0]),
        ("item_last", [np.nan, np.nan, np.nan, 1, np.nan]),
        ("stretch", [0, 1, 0, 0, 0]),
        ("points", [1, 1, 1, 1, 2]),
    ],
)
def test_counted_by_hand(name, of_pupil_0) -> None:
    found = seen(TABLE)[name][TABLE.pupil == 0]
    assert found.tolist() == pytest.approx(of_pupil_0, nan_ok=True)


def test_surprises_are_right_less_the_chance() -> None:
    table = seen(TABLE)
    chance = 1 / (1 + np.exp(-table["logit"]))
    surprise = (TABLE.right - chance)[TABLE.pupil == 0]
    assert table["last_surprise"][TABLE.pupil == 0][1:] == pytest.approx(surprise[:-1])
    assert table["last_but_one"][TABLE.pupil == 0][2:] == pytest.approx(surprise[:-2])
    assert table["stretch_surprise"][2] == pytest.approx(surprise[0])


def test_what_others_answered_corrects_an_item() -> None:
    rows = [(pupil, 3, [0], 0) for pupil in range(8)] + [(9, 3, [0], 1)]
    taught = seen(answers_of(rows))
    assert (np.diff(taught["hardness"]) > 0).all()
    assert (np.diff(taught["hardness_doubt"]) < 0).all()
    assert taught["logit"][-1] < taught["logit"][0]
    untaught = seen(answers_of(rows), teach=False)
    assert (untaught["hardness"] == 0).all()
    assert (untaught["item_corrected"] == 0).all()


def test_only_rows_that_teach_correct() -> None:
    answers = answers_of([(pupil, 3, [0], 0) for pupil in range(4)])
    teach = np.array([True, False, True, False])
    time = in_time(answers.order)
    found, _, moved = corrected(
        answers, unknown(4, 1), pairs_of(answers), Past(answers.pupil, time), time, teach
    )
    assert found[1] == found[2] > found[0] == 0
    assert found[3] > found[2]
    assert moved.tolist() == found.tolist()


@settings(max_examples=40)
@given(st.integers(0, 119), st.booleans())
def test_a_later_answer_never_changes_an_earlier_row(row, teach) -> None:
    answers = school(pupils=8, length=15, items=12, points=4, seed=5).answers
    known = fit_difficulty(school(pupils=20, length=15, items=12, points=4).answers, 12, 4)
    everyone = np.full(len(answers), teach)
    before, after = look(answers, known, everyone), look(without(answers, row), known, everyone)
    assert np.array_equal(before[:, : row + 1], after[:, : row + 1], equal_nan=True)


@settings(max_examples=20)
@given(st.integers(1, 119))
def test_rows_that_are_not_yet_there_are_not_missed(cut) -> None:
    answers = school(pupils=8, length=15, items=12, points=4, seed=6).answers
    known = unknown(12, 4)
    whole = look(answers, known, np.ones(120, dtype=bool))
    begun = look(answers.take(np.arange(cut)), known, np.ones(cut, dtype=bool))
    assert np.allclose(whole[:, :cut], begun, equal_nan=True, atol=1e-9)


def test_the_order_of_rows_in_the_file_does_not_matter() -> None:
    answers = school(pupils=8, length=15, items=12, points=4).answers
    mixed = np.random.default_rng(0).permutation(len(answers))
    straight = look(answers, unknown(12, 4), np.ones(120, dtype=bool))
    turned = look(answers.take(mixed), unknown(12, 4), np.ones(120, dtype=bool))
    assert np.allclose(turned, straight[:, mixed], equal_nan=True, atol=1e-9)


def test_a_table_without_points_and_one_without_rows() -> None:
    bare = seen(answers_of([(0, 1, [], 1), (0, 2, [], 0)]))
    assert bare["points"].tolist() == [0, 0]
    assert np.isfinite(bare["logit"]).all()
    nothing = answers_of([])
    assert look(nothing, unknown(1, 1), np.zeros(0, dtype=bool)).shape == (len(NAMES), 0)


def test_moments_far_apart_and_together_are_told_apart() -> None:
    answers = answers_of([(0, 1, [0], 1)] * 3)
    stamped = Answers(
        answers.pupil, answers.item, np.array([0.0, 0.0, 9e6]), answers.points, answers.right
    )
    assert seen(stamped)["pause"].tolist() == pytest.approx([np.nan, 0, 9e6], nan_ok=True)
