"""Curves as geometry, estimates folded answer after answer, and which marks may be known."""

import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.recall.estimates import UNKNOWN
from yunke.school.practice.rules import release
from yunke.school.practice.rules.drawing import (
    BASE,
    LEFT,
    RIGHT,
    TOP,
    Moment,
    by_try,
    over_time,
)
from yunke.school.practice.rules.folding import (
    HARDEST,
    LINE,
    MOVES,
    TRIES,
    due_of,
    fold,
    hardness_of,
    order_of,
    share,
    state_new,
)
from yunke.school.practice.values import Asked, ClassError, PointState, Source

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def moments(*told: tuple[float, bool, float]) -> list[Moment]:
    return [
        Moment(START + timedelta(hours=hours), "25", right, middle, middle - 0.1, middle + 0.1)
        for hours, right, middle in told
    ]


def test_without_answers_there_are_axes_and_nothing_else() -> None:
    picture = over_time([])
    assert (picture.dots, picture.line, picture.band, picture.feet) == ((), "", "", ())
    assert [words for _y, words in picture.marks] == ["0", "5", "10"]


def test_more_right_stands_higher_and_later_stands_further_right() -> None:
    picture = over_time(moments((0, False, 0.3), (24, True, 0.5), (48, True, 0.8)), ["3/2", "3/4"])
    ys = [dot.y for dot in picture.dots]
    xs = [dot.x for dot in picture.dots]
    assert ys == sorted(ys, reverse=True)
    assert xs == sorted(xs)
    assert [dot.good for dot in picture.dots] == [False, True, True]
    assert picture.feet == ((xs[0], "3/2"), (xs[-1], "3/4"))
    assert picture.line == " ".join(
        f"{'L' if n else 'M'}{dot.x} {dot.y}" for n, dot in enumerate(picture.dots)
    )


def test_a_hundred_answers_of_one_minute_stand_beside_each_other() -> None:
    picture = over_time(moments(*[(0, True, 0.5)] * 100))
    xs = [dot.x for dot in picture.dots]
    assert len(set(xs)) == 100
    assert xs == sorted(xs)


def test_one_answer_has_a_dot_and_no_band() -> None:
    picture = over_time(moments((0, True, 0.5)), ["3/2"])
    assert len(picture.dots) == 1
    assert (picture.band, picture.feet) == ("", ())


@given(
    st.lists(
        st.tuples(st.floats(0, 9000), st.booleans(), st.floats(-0.5, 1.5)), min_size=2, max_size=20
    )
)
def test_nothing_is_drawn_outside_the_picture(told: Any) -> None:
    picture = over_time(moments(*sorted(told)))
    numbers = re.findall(r"[ML]([\d.-]+) ([\d.-]+)", f"{picture.line} {picture.band}")
    assert len(numbers) == 3 * len(told)
    for x, y in numbers:
        assert LEFT <= float(x) <= RIGHT
        assert TOP <= float(y) <= BASE
    assert picture.band.endswith("Z")


def test_a_class_curve_counts_tries_from_one_and_draws_its_law_beside_it() -> None:
    places = [(0.8, 0.6, 0.9, 10), (0.5, 0.3, 0.7, 9), (0.2, 0.1, 0.4, 7)]
    picture = by_try(places, [0.8, 0.5, 0.3])
    assert [words for _x, words in picture.feet] == ["1", "2", "3"]
    assert [dot.label for dot in picture.dots] == ["10", "9", "7"]
    assert [dot.good for dot in picture.dots] == [False, False, True]
    assert [words for _y, words in picture.marks] == ["0%", "50%", "100%"]
    assert picture.law.count("L") == 2
    assert picture.law.startswith(f"M{picture.dots[0].x} {picture.dots[0].y}")
    assert by_try(places).law == ""
    assert LEFT <= picture.dots[0].x < picture.dots[-1].x <= RIGHT


def test_a_class_with_one_try_has_one_dot_and_without_any_none() -> None:
    assert len(by_try([(0.4, 0.2, 0.6, 5)]).dots) == 1
    assert by_try([]).dots == ()


def test_an_answer_moves_all_of_its_points_and_no_other() -> None:
    states = {1: state_new(), 2: state_new(), 3: state_new()}
    after = fold(states, (1, 2, 2), answered_id=7, at=START, right=True, hardness=0.0)
    assert set(after) == {1, 2}
    assert after[1].line == "1"
    assert after[2].answers == 1
    assert after[1].level > 0
    assert states[3] == PointState(0.0, UNKNOWN)
    assert after[1].doubt < UNKNOWN


def test_a_question_of_no_point_moves_nothing() -> None:
    assert fold({}, (), answered_id=1, at=START, right=False, hardness=0.0) == {}


def folded(answers: list[bool], hardness: float = 0.0) -> PointState:
    states: dict[int, PointState] = {}
    for n, right in enumerate(answers):
        states.update(
            fold(
                states, (1,), answered_id=n + 1, at=START + timedelta(hours=n), right=right,
                hardness=hardness,
            )
        )  # fmt: skip
    return states[1]


def test_a_hard_question_right_says_more_than_an_easy_one() -> None:
    assert folded([True], 1.5).level > folded([True], -1.5).level
    assert folded([False], -1.5).level < folded([False], 1.5).level


def test_what_is_kept_of_a_point_is_bounded() -> None:
    state = folded([n % 3 != 0 for n in range(260)])
    assert (len(state.line), len(state.tries), len(state.moves)) == (LINE, TRIES, MOVES)
    assert state.answers == 260
    assert state.tries[-1][0] == int((START + timedelta(hours=259)).timestamp())
    sizes = [abs(move.change) for move in state.moves]
    assert sizes == sorted(sizes, reverse=True)
    # The first answers move most, and they are still told.
    assert 1 in {move.answered_id for move in state.moves}


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_moves_start_from_even_chances_and_end_at_the_level(answers: list[bool]) -> None:
    state = folded(answers)
    assert state.line == "".join("1" if one else "0" for one in answers)[:LINE]
    assert math.isfinite(state.level)
    if len(answers) <= MOVES:
        assert sum(move.change for move in state.moves) == pytest.approx(state.level)
        first = next(move for move in state.moves if move.answered_id == 1)
        assert first.before == 0.5
    for move in state.moves:
        assert (move.after > move.before) == answers[move.answered_id - 1]


@pytest.mark.parametrize(
    ("answers", "wrong", "sign"), [(0, 0, 0), (10, 5, 0), (10, 10, 1), (10, 0, -1), (2, 1, 0)]
)
def test_hardness_is_how_often_others_erred(answers: int, wrong: int, sign: int) -> None:
    told = hardness_of(answers, wrong)
    assert (told > 0) - (told < 0) == sign


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_hardness_is_bounded_and_even_handed(one: int, two: int) -> None:
    total = one + two
    assert -HARDEST <= hardness_of(total, one) <= HARDEST
    assert hardness_of(total, one) == pytest.approx(-hardness_of(total, two))


def test_few_answers_say_little_about_a_question() -> None:
    assert 0 < hardness_of(1, 1) < hardness_of(20, 20)


@pytest.mark.parametrize("level", [-1e308, -800.0, -1.0, 0.0, 1.0, 800.0, 1e308])
def test_a_share_is_a_share_at_any_level(level: float) -> None:
    assert 0 <= share(level) <= 1
    assert share(level) + share(-level) == pytest.approx(1)


def test_due_is_later_than_the_last_try_and_later_after_more_right_ones() -> None:
    seconds = int(START.timestamp())
    assert due_of([]) is None
    once = due_of([(seconds, 1)])
    twice = due_of([(seconds, 1), (seconds + 3 * 86_400, 1)])
    assert once is not None
    assert twice is not None
    assert once > START
    assert twice - START - timedelta(days=3) > once - START


def test_answers_of_one_instant_are_taken_by_their_number() -> None:
    later = START + timedelta(seconds=1)
    told = sorted([order_of(later, 1), order_of(START, 9), order_of(START, 2)])
    assert [number for _at, number in told] == [2, 9, 1]


@pytest.mark.parametrize(("source", "known"), [
    (Source.DRILL, {1, 2}), (Source.LESSON, {1, 2}), (Source.LIVE, {1, 2}),
    (Source.HOMEWORK, set()), (Source.EXAM, set()),
])  # fmt: skip
def test_by_default_only_what_a_pupil_learns_by_handing_in_is_known(
    source: Source, known: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "_READ", {})
    assert release.released_of(source, iter([1, 2])) == known


def test_a_room_that_speaks_is_asked_for_its_own_kind_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []

    def read(ids: list[int]) -> set[int]:
        asked.append(ids)
        return {2, 77}

    monkeypatch.setattr(release, "_READ", {})
    release.released_from(Source.HOMEWORK, read)
    assert release.released_of(Source.HOMEWORK, [1, 2]) == {2}
    assert release.released_of(Source.EXAM, [2]) == set()
    assert release.released_of(Source.HOMEWORK, []) == set()
    assert asked == [[1, 2]]


@given(
    st.integers(1, 2**62), st.integers(0, 2**62), st.integers(0, 9), st.floats(0, 10),
    st.floats(0, 1),
)  # fmt: skip
def test_a_question_of_a_drill_comes_back_from_its_row(
    question: int, point: int, reason: int, minutes: float, chance: float
) -> None:
    told = Asked(question, point, reason, round(minutes, 2), round(chance, 4))
    assert Asked.of(told.plain()) == told


def test_a_share_of_nobody_is_none() -> None:
    assert ClassError(1, 0, 0, ()).share == 0.0
    assert ClassError(1, 4, 3, ()).share == 0.75
