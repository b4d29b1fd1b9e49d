"""Which answers moved the chance: asked of the whole method, and checked by hand."""

import numpy as np
import pytest

from yunke.craft.recall.tests.made_up import answers_of, school, without
from yunke.craft.recall.tracing import Tracer, chances, fit
from yunke.craft.recall.values import Answers
from yunke.craft.recall.why import REACH, moved

QUESTION = answers_of([(3, 5, [1], 0)])


@pytest.fixture(scope="module")
def tracer() -> Tracer:
    return fit(school(pupils=80, length=50, items=60, points=5).answers, 60, 5)


def history(*rows: tuple[int, list[int], int]) -> Answers:
    return answers_of([(3, item, points, right) for item, points, right in rows])


def later(asked: Answers, order: float) -> Answers:
    return Answers(asked.pupil, asked.item, np.array([order]), asked.points, asked.right)


PAST = history((1, [1], 1), (2, [1], 1), (9, [4], 0), (3, [1], 0), (4, [2], 1))
ASKED = later(QUESTION, 5.0)


def test_the_chance_is_the_tracers_own(tracer) -> None:
    found, _ = moved(tracer, PAST, ASKED)
    assert found == chances(tracer, PAST, ASKED, shared=False)[0]


def test_each_change_is_what_turning_that_answer_does(tracer) -> None:
    found, movers = moved(tracer, PAST, ASKED)
    assert {mover.row for mover in movers} == set(range(5))
    for mover in movers:
        other = chances(tracer, without(PAST, mover.row), ASKED, shared=False)[0]
        assert mover.change == pytest.approx(found - other, abs=1e-9)
        assert mover.right == bool(PAST.right[mover.row])


def test_the_one_that_moved_most_is_first(tracer) -> None:
    changes = [abs(mover.change) for mover in moved(tracer, PAST, ASKED)[1]]
    assert changes == sorted(changes, reverse=True)


def test_right_answers_on_the_point_speak_for_it() -> None:
    """By the ratings alone, where nothing else can interfere."""
    plain = fit(answers_of([]), 10, 5)
    _, movers = moved(plain, PAST, ASKED)
    change = {mover.row: mover.change for mover in movers}
    assert change[0] > 0
    assert change[1] > 0
    assert change[3] < 0
    assert abs(change[3]) > abs(change[2])


def test_the_pupils_rows_in_any_order(tracer) -> None:
    mixed = np.array([3, 0, 4, 1, 2])
    straight = {mover.row: mover.change for mover in moved(tracer, PAST, ASKED)[1]}
    turned = {mover.row: mover.change for mover in moved(tracer, PAST.take(mixed), ASKED)[1]}
    assert {int(mixed[row]): pytest.approx(change) for row, change in turned.items()} == straight


def test_only_the_latest_answers_are_turned_but_all_count(tracer) -> None:
    rows = [(at % 50, [at % 5], at % 3 % 2) for at in range(REACH + 20)]
    found, movers = moved(tracer, history(*rows), later(QUESTION, 500.0))
    assert len(movers) == REACH
    assert min(mover.row for mover in movers) == 20
    assert 0 < found < 1


def test_without_a_past_there_is_nothing_to_tell(tracer) -> None:
    found, movers = moved(tracer, PAST.take(np.zeros(0, dtype=np.int64)), ASKED)
    assert movers == ()
    assert 0 < found < 1


def test_another_pupils_answers_and_two_questions_are_refused(tracer) -> None:
    with pytest.raises(ValueError, match="one question of one pupil"):
        moved(tracer, answers_of([(4, 1, [1], 1)]), ASKED)
    with pytest.raises(ValueError, match="one question of one pupil"):
        moved(tracer, PAST, ASKED.take(np.array([0, 0])))
