"""The tracer: better than what it is made of, causal, and calm about what it has not seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.recall.scores import auc, log_loss
from yunke.craft.recall.tests.made_up import School, answers_of, school, without
from yunke.craft.recall.tracing import Tracer, chances, fit, foretold, joined, told_in_time
from yunke.craft.recall.values import Answers

ITEMS, POINTS = 300, 12
Taught = tuple[School, np.ndarray, Tracer]


@pytest.fixture(scope="module")
def taught() -> Taught:
    """A school whose first 90 pupils are the train rows."""
    made = school(pupils=120, length=60, items=ITEMS, points=POINTS)
    test = made.answers.pupil >= 90
    return made, test, fit(made.answers.take(~test), ITEMS, POINTS)


def test_it_comes_near_to_all_that_could_be_known(taught: Taught) -> None:
    made, test, tracer = taught
    right = made.answers.right[test]
    found = foretold(tracer, made.answers.take(~test), made.answers.take(test))
    best, got = auc(right, made.truth[test]), auc(right, found)
    assert best is not None
    assert got is not None
    assert 0.5 + 0.75 * (best - 0.5) < got < best + 0.01


def test_its_chances_mean_what_they_say(taught: Taught) -> None:
    made, test, tracer = taught
    found = foretold(tracer, made.answers.take(~test), made.answers.take(test))
    right = made.answers.right[test]
    for low, high in ((0.2, 0.5), (0.5, 0.7), (0.7, 0.95)):
        here = (found > low) & (found <= high)
        assert abs(found[here].mean() - right[here].mean()) < 0.08
    constant = np.full(len(right), right.mean())
    assert log_loss(right, found) < log_loss(right, constant) - 0.05


@settings(max_examples=15)
@given(st.integers(0, 599))
def test_a_later_answer_never_changes_an_earlier_chance(taught: Taught, row: int) -> None:
    made, test, tracer = taught
    asked = made.answers.take(np.flatnonzero(test)[:600])
    nobody = asked.take(np.zeros(0, dtype=np.int64))
    before = foretold(tracer, nobody, asked)
    after = foretold(tracer, nobody, without(asked, row))
    assert (before[: row + 1] == after[: row + 1]).all()
    later = (asked.pupil == asked.pupil[row]) & (np.arange(600) > row)
    if later.sum() > 3:
        assert (before[later] != after[later]).any()


@settings(max_examples=10)
@given(st.integers(0, 599))
def test_a_file_grouped_by_pupil_is_causal_by_row_and_by_moment(taught: Taught, row: int) -> None:
    made, test, tracer = taught
    asked = made.answers.take(np.flatnonzero(test)[:600])
    grouped = asked.take(np.argsort(asked.pupil, kind="stable"))
    nobody = asked.take(np.zeros(0, dtype=np.int64))
    before = foretold(tracer, nobody, grouped)
    after = foretold(tracer, nobody, without(grouped, row))
    unmoved = (np.arange(600) <= row) | (grouped.order <= grouped.order[row])
    assert (before[unmoved] == after[unmoved]).all()


def test_the_same_pupils_later_are_known_from_before(taught: Taught) -> None:
    made, _, _ = taught
    answers = made.answers
    late = answers.order >= 0.8 * len(answers)
    tracer = fit(answers.take(~late), ITEMS, POINTS)
    right = answers.right[late]
    known = auc(right, foretold(tracer, answers.take(~late), answers.take(late)))
    nobody = answers.take(np.zeros(0, dtype=np.int64))
    strangers = auc(right, foretold(tracer, nobody, answers.take(late)))
    assert known > strangers + 0.02


def test_pupils_items_and_points_never_seen_get_a_chance() -> None:
    train = school(pupils=60, length=50, items=40, points=4).answers
    tracer = fit(train, 50, 8)
    rows = [(900 + at % 3, 40 + at % 10, [4 + at % 4], at % 2) for at in range(40)]
    found = foretold(tracer, train, answers_of(rows))
    assert np.isfinite(found).all()
    assert ((found > 0.02) & (found < 0.98)).all()


@pytest.mark.parametrize("right", [0, 1])
def test_a_train_table_of_one_kind_only(right) -> None:
    train = answers_of([(at % 50, at % 7, [at % 3], right) for at in range(2500)])
    tracer = fit(train, 7, 3)
    assert tracer.trees is None
    found = foretold(tracer, train, answers_of([(60, 1, [0], 1)]))
    assert (found > 0.7) == bool(right)


def test_few_answers_are_left_to_the_rating() -> None:
    made = school(pupils=30, length=20, items=20, points=4)
    tracer = fit(made.answers, 20, 4)
    assert tracer.trees is None
    found = foretold(tracer, made.answers.take(np.zeros(0, dtype=np.int64)), made.answers)
    assert auc(made.answers.right, found) > 0.65


def test_of_nothing_nothing_is_learnt_and_nothing_asked() -> None:
    nothing = answers_of([])
    tracer = fit(nothing, 0, 0)
    assert len(foretold(tracer, nothing, nothing)) == 0
    one = answers_of([(0, 0, [0], 1)])
    assert chances(fit(nothing, 1, 1), nothing, one).tolist() == [0.5]


def test_one_pupil_alone_can_be_learnt_from() -> None:
    made = school(pupils=1, length=2400, items=50, points=4)
    tracer = fit(made.answers, 50, 4)
    found = foretold(tracer, made.answers, answers_of([(5, 1, [0], 1)]))
    assert 0 < found[0] < 1


def test_the_same_train_table_gives_the_same_tracer(taught: Taught) -> None:
    made, test, tracer = taught
    again = fit(made.answers.take(~test), ITEMS, POINTS)
    asked = made.answers.take(test)
    nobody = asked.take(np.zeros(0, dtype=np.int64))
    assert (foretold(tracer, nobody, asked) == foretold(again, nobody, asked)).all()


def test_questions_each_met_once_by_each_pupil_and_without_points() -> None:
    """Columns that are empty throughout: no repeats, no points, one moment."""
    dice = np.random.default_rng(0)
    rows = [
        (pupil, item, [], int(dice.random() < 0.3 + item / 60))
        for pupil in range(120)
        for item in range(25)
    ]
    table = answers_of(rows)
    still = Answers(table.pupil, table.item, np.zeros(3000), table.points, table.right)
    tracer = fit(still, 25, 0)
    assert tracer.trees is not None
    asked = answers_of([(500, item, [], 1) for item in (0, 24)])
    low, high = foretold(tracer, asked.take(np.zeros(0, dtype=np.int64)), asked)
    assert 0.1 < low < high < 0.9


def test_rows_told_in_time_are_told_apart_from_rows_by_pupil() -> None:
    answers = school(pupils=3, length=4, items=5, points=2).answers
    assert told_in_time(answers)
    assert not told_in_time(answers.take(np.argsort(answers.pupil, kind="stable")))
    assert told_in_time(answers_of([]))


def test_a_train_table_by_pupil_is_as_good_as_one_by_time(taught: Taught) -> None:
    made, test, tracer = taught
    train = made.answers.take(~test)
    by_pupil = fit(train.take(np.argsort(train.pupil, kind="stable")), ITEMS, POINTS)
    asked, right = made.answers.take(test), made.answers.right[test]
    grouped = np.argsort(asked.pupil, kind="stable")
    nobody = asked.take(np.zeros(0, dtype=np.int64))
    one = auc(right, foretold(tracer, nobody, asked))
    other = auc(right[grouped], foretold(by_pupil, nobody, asked.take(grouped)))
    assert other == pytest.approx(one, abs=0.02)


def test_the_fewer_the_answers_the_more_the_rating_is_trusted(taught: Taught) -> None:
    _, _, tracer = taught
    few = fit(school(pupils=10, length=10, items=9, points=2).answers, 9, 2)
    assert 0 < few.trust < tracer.trust < 1


def test_tables_are_joined_row_under_row() -> None:
    first, second = answers_of([(0, 1, [2], 1)]), answers_of([(3, 4, [5, 6], 0)])
    both = joined(first, second)
    assert both.pupil.tolist() == [0, 3]
    assert both.points.tolist() == [[2, -1], [5, 6]]
    assert both.right.tolist() == [1, 0]
    assert isinstance(both, Answers)
