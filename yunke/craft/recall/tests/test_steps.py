"""What a class does next: the thresholds of the paper, honest intervals, groups that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.recall.estimates import Estimate, Mastery, Standing, share_of
from yunke.craft.recall.steps import Step, groups, next_step


def given_answers(**count: int) -> dict[str, str]:
    gave = [answer for answer, many in count.items() for _ in range(many)]
    return {f"p{at}": answer for at, answer in enumerate(gave)}


@pytest.mark.parametrize(
    ("right", "step"),
    [
        (0, Step.AGAIN),
        (13, Step.AGAIN),
        (14, Step.PAIR),
        (28, Step.PAIR),
        (29, Step.ON),
        (40, Step.ON),
    ],
)
def test_the_thresholds_of_the_paper(right, step) -> None:
    found = next_step(given_answers(A=right, B=40 - right), "A", 40)
    assert found.step is step
    assert (found.right, found.answered) == (right, 40)


def test_while_too_few_have_answered_nothing_is_advised() -> None:
    assert next_step(given_answers(A=23), "A", 40).step is Step.WAIT
    assert next_step(given_answers(A=24), "A", 40).step is Step.ON
    assert next_step({}, "A", 40).step is Step.WAIT
    assert next_step(given_answers(A=2), "A", 2).step is Step.ON


def test_a_sample_near_a_threshold_is_not_sure_and_a_whole_class_is() -> None:
    part = next_step(given_answers(A=17, B=8), "A", 40)
    assert part.step is Step.PAIR
    assert not part.sure
    assert part.low < 0.70 < part.high
    assert next_step(given_answers(A=17, B=8), "A", 25).sure
    assert next_step(given_answers(A=36), "A", 40).sure


@pytest.mark.parametrize(
    ("count", "error"),
    [
        ({"A": 10, "B": 8, "C": 2}, "B"),
        ({"A": 10, "B": 4, "C": 4, "D": 4}, None),
        ({"A": 19, "B": 1}, None),
        ({"A": 20}, None),
        ({"A": 10, "C": 5, "B": 5}, "B"),
    ],
)
def test_the_error_that_the_class_shares(count, error) -> None:
    assert next_step(given_answers(**count), "A", sum(count.values())).error == error


@given(
    st.dictionaries(st.text(max_size=3), st.sampled_from("ABCD"), max_size=50), st.integers(1, 50)
)
def test_numbers_are_counted_and_lie_in_their_interval(answers, class_size) -> None:
    found = next_step(answers, "A", class_size)
    assert found.answered == len(answers)
    assert found.right == list(answers.values()).count("A")
    if answers:
        assert found.low - 1e-9 <= found.right / found.answered <= found.high + 1e-9


def test_a_class_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="pupils"):
        next_step({}, "A", 0)


def mastery_at(point: str, level: float) -> Mastery:
    one = Estimate(level, 0.1, 9, 0)
    standing = Standing.WEAK if level < 0 else Standing.MASTERED
    return Mastery(point, one, share_of(one), standing, ())


def pupil(**levels: float) -> dict[str, Mastery]:
    return {point: mastery_at(point, level) for point, level in levels.items()}


CLASSES = st.dictionaries(
    st.integers(0, 30).map(str),
    st.dictionaries(st.sampled_from("abcd"), st.floats(-3, 3), max_size=4),
    max_size=25,
)


@given(CLASSES, st.integers(1, 7))
def test_everybody_is_in_one_place_for_a_reason(levels, most) -> None:
    school_class = {name: pupil(**points) for name, points in levels.items()}
    found, fine = groups(school_class, most=most)
    placed = [name for group in found for name in group.pupils]
    assert sorted([*placed, *fine]) == sorted(school_class)
    for group in found:
        assert 1 <= len(group.pupils) <= most
        assert all(levels[name][group.point] < 0 for name in group.pupils)
    for name in fine:
        assert all(level >= 0 for level in levels[name].values())


def test_the_point_most_need_comes_first_and_groups_are_even() -> None:
    needy = {f"p{at}": pupil(a=-1.0, b=1.0) for at in range(7)}
    found, fine = groups(
        {**needy, "q": pupil(a=-2.0, b=-1.0), "r": pupil(b=-1.0), "s": pupil(a=2.0)}
    )
    assert [(group.point, len(group.pupils)) for group in found] == [("a", 4), ("a", 4), ("b", 1)]
    assert fine == ("s",)


def test_a_group_mixes_weaker_and_stronger() -> None:
    school_class = {f"p{at}": pupil(a=-0.1 * (at + 1)) for at in range(8)}
    first, second = groups(school_class, most=4)[0]
    assert {"p7", "p5"} <= set(first.pupils)
    assert {"p6", "p4"} <= set(second.pupils)


def test_groups_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="pupils"):
        groups({}, most=0)
    assert groups({}) == ((), ())
