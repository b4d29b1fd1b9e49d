"""The desk's rules, what is typed at it, how a scale is drawn: plain values."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.exams.forms.paper import lines_typed, number, seconds_typed, words
from yunke.school.exams.rules.desk import (
    ARBITER_TURN,
    LAST,
    LEAST_FOR_DRIFT,
    LETTERS,
    SAMPLE_TURN,
    code_of,
    drift_of,
    drifts,
    points_typed,
    sample_due,
    score_of,
    shuffle_of,
    turn_free,
    verdict_of,
)
from yunke.school.exams.templatetags.desk import desk_letter, drift_x, named, share_of
from yunke.school.exams.values.paper import Given, PieceState, Post, Progress

OUT_OF = Fraction(6)
MARKER, ARBITER = Post.MARKER, Post.ARBITER
OPEN, SPLIT, DONE = PieceState.OPEN, PieceState.SPLIT, PieceState.DONE


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("0", 0), ("6", 6), (" 2.5 ", Fraction(5, 2)), ("5/2", Fraction(5, 2)),
        (".5", Fraction(1, 2)),
        ("3.", 3), ("２．５", Fraction(5, 2)), ("５／２", Fraction(5, 2)), ("0.0", 0), ("06", 6),
    ],
)  # fmt: skip
def test_points_are_read_as_people_type_them(text, points) -> None:
    assert score_of(text, out_of=OUT_OF, step=Fraction(1, 2)) == points


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-1", "+1", "6.5", "2.3", "1e0", "1e99999999", "1E-9999999", "1_0", "nan", "inf",
        "1/0",
        "1/2/3", "2,5", "0x1", "3分", "²", "9" * 5000, "2 1/2", "\0", "3\n4",
    ],
)  # fmt: skip
def test_what_is_no_point_is_refused_at_once(text) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the reason is the text itself
        score_of(text, out_of=OUT_OF, step=Fraction(1, 2))


@given(text=st.text(alphabet="0123456789./-+e_ ．", max_size=14))
def test_whatever_is_typed_is_a_number_from_nought_on_or_refused(text: str) -> None:
    try:
        found = points_typed(text)
    except ValueError:
        return
    assert 0 <= found < 10_000


@given(half=st.integers(0, 40), out_of=st.integers(1, 20))
def test_every_step_to_the_full_points_and_nothing_beyond(half: int, out_of: int) -> None:
    text = f"{half // 2}.{half % 2 * 5}"
    if half <= out_of * 2:
        found = score_of(text, out_of=Fraction(out_of), step=Fraction(1, 2))
        assert found == Fraction(half, 2)
    else:
        with pytest.raises(ValueError, match=text):
            score_of(text, out_of=Fraction(out_of), step=Fraction(1, 2))


def test_full_points_are_a_step_even_where_the_steps_miss_them() -> None:
    assert score_of("5/2", out_of=Fraction(5, 2), step=Fraction(1)) == Fraction(5, 2)
    with pytest.raises(ValueError, match=r"1\.5"):
        score_of("1.5", out_of=Fraction(5, 2), step=Fraction(1))


@pytest.mark.parametrize(
    ("taken", "post", "state", "double", "turn"),
    [
        ((), MARKER, OPEN, True, 1), ((1,), MARKER, OPEN, True, 2), ((2,), MARKER, OPEN, True, 1),
        ((1, 2), MARKER, OPEN, True, None), ((), MARKER, OPEN, False, 1),
        ((1,), MARKER, OPEN, False, None), ((1, 2), MARKER, SPLIT, True, None),
        ((), MARKER, DONE, True, None), ((), ARBITER, OPEN, True, None),
        ((1, 2), ARBITER, SPLIT, True, ARBITER_TURN), ((1, 2, 3), ARBITER, SPLIT, True, None),
        ((1, 2, 3), ARBITER, DONE, True, None), ((SAMPLE_TURN,), MARKER, OPEN, True, 1),
    ],
)  # fmt: skip
def test_who_may_take_which_turn(taken, post, state, double, turn) -> None:
    assert turn_free(taken, post, state, double=double) == turn


def marks(**by_turn: str) -> list[Given]:
    return [
        Given(7 + n, int(turn[1:]), Fraction(score))
        for n, (turn, score) in enumerate(by_turn.items())
    ]


@pytest.mark.parametrize(
    ("given_marks", "double", "said"),
    [
        (marks(t1="3"), False, (DONE, Fraction(3), "single-marked")),
        (marks(t0="3"), False, (OPEN, None, "")),
        (marks(t1="0"), False, (DONE, Fraction(0), "single-marked")),
        (marks(t1="0", t2="0"), True, (DONE, Fraction(0), "double-marked")),
        (marks(t1="3", t2="7/2"), True, (DONE, Fraction(13, 4), "double-marked")),
        (marks(t1="1", t2="2"), True, (DONE, Fraction(3, 2), "double-marked")),
        (marks(t1="1", t2="5/2"), True, (SPLIT, None, "")),
        (marks(t1="1", t2="6", t3="0"), True, (DONE, Fraction(0), "arbitrated")),
    ],
)
def test_what_the_marks_of_a_piece_come_to(given_marks, double, said) -> None:
    found = verdict_of(given_marks, double=double, tolerance=Fraction(1))
    assert (found.state, found.score, found.rule) == said


@given(
    one=st.fractions(0, 6), two=st.fractions(0, 6), tolerance=st.fractions(0, 6),
    swap=st.booleans(),
)  # fmt: skip
def test_who_was_first_makes_no_difference(one, two, tolerance, swap) -> None:
    pair = [Given(1, 1, one), Given(2, 2, two)]
    other = [Given(2, 1, two), Given(1, 2, one)]
    said = verdict_of(pair[::-1] if swap else pair, double=True, tolerance=tolerance)
    again = verdict_of(other, double=True, tolerance=tolerance)
    assert said == again
    assert (said.state is SPLIT) == (abs(one - two) > tolerance)


@given(number=st.integers(1, 2**62), other=st.integers(1, 2**62))
def test_codes_and_places_in_the_queue_are_steady_and_tell_nothing(number, other) -> None:
    code = code_of(number, "salt")
    assert len(code) == 5
    assert set(code) <= set(LETTERS)
    assert code == code_of(number, "salt") != code_of(number, "pepper")
    assert 0 <= shuffle_of(number, "salt") < 2**31
    if number != other:
        assert (code, shuffle_of(number, "salt")) != (
            code_of(other, "salt"),
            shuffle_of(other, "salt"),
        )


def test_the_queue_does_not_follow_the_order_in_which_answers_came() -> None:
    places = [shuffle_of(reply, "salt") for reply in range(100)]
    rising = sum(one < two for one, two in pairwise(places))
    assert 30 < rising < 70


@pytest.mark.parametrize(
    ("turns", "every", "due"),
    [
        ([], 0, False), ([1, 1, 1], 0, False), ([1, 1, 1], 1, False), ([], 2, False),
        ([1], 2, True),
        ([1, 0], 2, False), ([1, 0, 2], 2, True), ([1] * 8, 10, False), ([1] * 9, 10, True),
        ([0] + [1] * 8, 10, False), ([1] * 9 + [0], 10, False), ([3, 2, 1], 4, True),
    ],
)  # fmt: skip
def test_one_piece_in_so_many_is_a_sample_and_never_two_in_a_row(turns, every, due) -> None:
    assert sample_due(turns, every) is due


@given(every=st.integers(2, 12), length=st.integers(1, 80))
def test_over_a_long_queue_samples_come_exactly_so_often(every: int, length: int) -> None:
    turns: list[int] = []
    for _piece in range(length):
        turns.append(SAMPLE_TURN if sample_due(turns[-every:], every) else 1)
    assert turns.count(SAMPLE_TURN) == length // every


def test_a_scale_is_a_mean_of_the_last_marks_only() -> None:
    told = drift_of(3, [1.0] * 5 + [0.1] * LAST, [-0.2, 0.0], [10.0, 20.0])
    assert told.apart == pytest.approx(0.1)
    assert (told.marks, told.known, told.known_apart, told.seconds) == (25, 2, -0.1, 15.0)
    empty = drift_of(3, [], [], [])
    assert (empty.apart, empty.known_apart, empty.seconds) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("apart", "known", "said"),
    [
        ([0.2] * (LEAST_FOR_DRIFT - 1), [], False), ([0.2] * LEAST_FOR_DRIFT, [], True),
        ([-0.2] * LEAST_FOR_DRIFT, [], True), ([0.05] * 30, [], False),
        ([0.0] * 30, [-0.5] * (LEAST_FOR_DRIFT - 1), False),
        ([0.0] * 30, [-0.125] * LEAST_FOR_DRIFT, True), ([0.5, -0.5] * 10, [], False),
    ],
)  # fmt: skip
def test_a_marker_drifts_when_there_is_enough_to_say_so(apart, known, said) -> None:
    assert drifts(drift_of(1, apart, known, [])) is said


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", 0), ("7", 7), (" 7 ", 7), ("-7", 0), ("7.5", 0), ("1e3", 0), ("٣", 0), ("9" * 17, 0),
        (str(2**53), 2**53), (str(2**53 + 1), 0), ("\0", 0), ("0x10", 0),
    ],
)  # fmt: skip
def test_a_number_of_a_form_is_whole_and_small_enough_or_nought(typed, found) -> None:
    assert number({"n": typed}, "n") == found
    assert number({}, "n") == 0


def test_words_of_a_form_have_no_nul_one_kind_of_line_end_and_a_bound() -> None:
    assert words({"w": " a\0\r\nb "}, "w", 10) == "a\nb"
    assert words({"w": "x" * 99}, "w", 3) == "xxx"
    assert words({}, "w", 3) == ""


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("12.5", 12.5), ("-3", 0), ("nan", 0), ("inf", 3600), ("1e9", 3600), ("x", 0), ("", 0)],
)
def test_seconds_are_finite_whatever_a_browser_says(typed, seconds) -> None:
    found = seconds_typed({"seconds": typed})
    assert math.isfinite(found)
    assert found == seconds
    assert seconds_typed({}) == 0


def test_lines_to_write_on_are_taken_by_their_question() -> None:
    data = {
        "lines-6": "9", "lines-7": "x", "lines-x": "9", "lines-": "9", "lines-99999": "9",
        "lines-8": "100", "lines-9": "0", "other": "9", "lines-10": " 4 ",
    }  # fmt: skip
    assert lines_typed(data) == {6: 9, 10: 4}


@pytest.mark.parametrize(
    ("apart", "x"), [(0, "120.0"), (0.25, "226.0"), (-0.25, "14.0"), (9, "226.0"), (-9, "14.0")]
)
def test_a_scale_stays_within_its_picture(apart, x) -> None:
    assert drift_x(apart) == x


def test_shares_names_and_keys_of_the_desk() -> None:
    assert (share_of(1, 3), share_of(0, 0), share_of(3, 3)) == (33, 0, 100)
    assert (named({1: "王"}, 1), named({}, 1)) == ("王", "—")
    assert [desk_letter(n) for n in (1, 2, 10, 11)] == ["Q", "W", "P", ""]
    line = Progress(1, 1, 0, 0, 0, 0, True, "1", "1/2", "6", 0, "")
    assert line.share == 0
