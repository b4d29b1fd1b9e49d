"""One pupil's estimates: bookkeeping that adds up, and honest doubt."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.recall.estimates import (
    MASTERED,
    STEP,
    UNKNOWN,
    Estimate,
    Seen,
    Standing,
    expected,
    learnt,
    mastery,
    share_of,
    standing_of,
)

ANSWERS = st.lists(
    st.builds(
        Seen,
        name=st.sampled_from(["42-17", "1/2+1/3", "305*4"]),
        points=st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
        right=st.booleans(),
        day=st.floats(0, 100),
        hardness=st.floats(-3, 3),
    ),
    max_size=40,
)


def after(rights, *, hardness=0.0, every=1.0) -> Estimate:
    now = Estimate()
    for at, right in enumerate(rights):
        (now,) = learnt([now], right=bool(right), day=at * every, hardness=hardness)
    return now


@given(ANSWERS)
def test_the_moves_of_all_answers_add_up_to_the_estimate(answers) -> None:
    for point, found in mastery(answers).items():
        assert sum(move.change for move in found.moves) == pytest.approx(found.estimate.level)
        assert len(found.moves) == found.estimate.answers
        assert {id(move.answer) for move in found.moves} <= {id(answer) for answer in answers}
        assert all(point in move.answer.points for move in found.moves)
        changes = [abs(move.change) for move in found.moves]
        assert changes == sorted(changes, reverse=True)


@given(ANSWERS)
def test_a_right_answer_never_lowers_and_a_wrong_one_never_raises(answers) -> None:
    for found in mastery(answers).values():
        for move in found.moves:
            assert (move.change > 0) == move.answer.right
            assert (move.after > move.before) == move.answer.right


@given(ANSWERS)
def test_the_interval_holds_the_middle_and_doubt_stays_a_variance(answers) -> None:
    for found in mastery(answers).values():
        share = found.share
        assert 0 < share.low < share.middle < share.high < 1
        assert 0 < found.estimate.doubt <= UNKNOWN + 1e-9


@given(ANSWERS)
def test_one_by_one_is_all_at_once(answers) -> None:
    """What a page updates after each answer is what a night's run over all of them finds."""
    held: dict[str, Estimate] = {}
    for answer in sorted(answers, key=lambda one: one.day):
        points = list(dict.fromkeys(answer.points))
        if points:
            now = learnt(
                [held.get(point, Estimate()) for point in points],
                right=answer.right,
                day=answer.day,
                hardness=answer.hardness,
            )
            held.update(zip(points, now, strict=True))
    assert held == {point: found.estimate for point, found in mastery(answers).items()}


def test_before_any_answer_nothing_is_claimed() -> None:
    assert standing_of(Estimate()) is Standing.UNSEEN
    share = share_of(Estimate())
    assert share.middle == 0.5
    assert share.high - share.low > 0.7
    assert mastery([]) == {}


@pytest.mark.parametrize(
    ("rights", "standing"),
    [
        ([1], Standing.UNSURE),
        ([0], Standing.UNSURE),
        ([1, 0], Standing.UNSURE),
        ([1] * 12, Standing.MASTERED),
        ([0] * 8, Standing.WEAK),
        ([1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1], Standing.NEARLY),
        ([0, 0, 0, 0] + [1] * 16, Standing.MASTERED),
    ],
)
def test_the_word_for_it(rights, standing) -> None:
    assert standing_of(after(rights)) is standing


def test_a_single_answer_is_never_mastery_nor_weakness() -> None:
    for hardness in (-3, 0, 3):
        for right in (0, 1):
            word = standing_of(after([right], hardness=hardness))
            assert word not in (Standing.MASTERED, Standing.WEAK)


def test_a_hard_question_done_right_raises_more() -> None:
    assert after([1], hardness=2).level > after([1]).level > after([1], hardness=-2).level > 0


def test_doubt_grows_with_days_and_never_beyond_not_knowing() -> None:
    now = after([1] * 10)
    soon, late, ever = (
        learnt([now], right=True, day=10 + days)[0].doubt for days in (1, 100, 100_000)
    )
    assert soon < late < ever <= UNKNOWN


def test_an_answer_told_late_does_not_turn_back_the_clock() -> None:
    now = after([1, 1])
    (older,) = learnt([now], right=True, day=-50)
    assert older.last == now.last


def test_blame_is_shared_by_the_points_of_a_question() -> None:
    alone = learnt([Estimate()], right=False, day=0)[0]
    both = learnt([Estimate(), Estimate()], right=False, day=0)
    assert alone.level < both[0].level == both[1].level < 0
    sure = Estimate(level=2.0, doubt=0.05, answers=30, last=0)
    unsure, known = learnt([Estimate(), sure], right=False, day=0)
    assert abs(unsure.level) > 5 * abs(known.level - sure.level)


def test_a_question_without_points_is_refused_and_passed_over() -> None:
    with pytest.raises(ValueError, match="without points"):
        learnt([], right=True, day=0)
    assert mastery([Seen("x", (), True, 0)]) == {}


def test_what_is_expected_falls_with_hardness() -> None:
    now = after([1] * 5)
    chances = [expected([now], hardness) for hardness in (-2, 0, 2)]
    assert chances == sorted(chances, reverse=True)
    assert expected([Estimate()]) == 0.5


@pytest.mark.parametrize(("walk", "low", "high"), [(STEP**0.5, 0.90, 0.985), (0.0, 0.95, 1.0)])
def test_estimates_come_near_the_truth_and_intervals_cover_it(walk, low, high) -> None:
    """A pupil whose level walks as assumed is covered 95 times in 100, one who stays more often."""
    chooser = np.random.default_rng(0)
    covered, errors = 0, []
    for level in chooser.normal(0, 1, 300):
        now, truth = Estimate(), level
        for at, hard in enumerate(chooser.normal(0, 1, 25).tolist()):
            right = chooser.random() < 1 / (1 + np.exp(hard - truth))
            (now,) = learnt([now], right=bool(right), day=at / 100, hardness=hard)
            truth += chooser.normal(0, walk)
        share = share_of(now)
        covered += share.low <= 1 / (1 + np.exp(-truth)) <= share.high
        errors.append(now.level - truth)
    assert low <= covered / 300 <= high
    assert np.std(errors) < 0.75


def test_learning_is_seen_within_a_few_answers() -> None:
    now = after([0] * 6 + [1] * 8)
    assert share_of(now).middle > 0.6
    assert share_of(after([1] * 20)).middle > MASTERED
