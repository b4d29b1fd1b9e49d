"""What tries and words make of a page of the error book, and answers as one line."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.causes import BY_ID
from yunke.school.practice.rules.answers import LONGEST, short
from yunke.school.practice.rules.book import cause_of, origin_of, page_of
from yunke.school.practice.values import CauseWord, ErrorState, Origin, Try

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
BUG = "smaller-from-larger"


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def tries(*told: tuple[float, bool]) -> list[Try]:
    return [Try(n, at(hours), right, f"v{n}", ()) for n, (hours, right) in enumerate(told, 1)]


@pytest.mark.parametrize(
    ("told", "state", "times"),
    [
        ([(0, False)], "open", 1),
        ([(0, True), (30, False)], "open", 1),
        ([(0, False), (30, True)], "returning", 1),
        ([(0, False), (30, True), (49, True)], "returning", 1),
        ([(0, False), (30, True), (50, True)], "mastered", 1),
        ([(0, False), (30, True), (40, True), (51, True)], "mastered", 1),
        ([(0, False), (30, True), (40, True), (49.9, True)], "returning", 1),
        ([(0, False), (30, True), (60, True), (61, False)], "open", 2),
        ([(0, False), (30, True), (60, True), (61, False), (90, True)], "returning", 2),
        ([(0, False), (0, False), (0, False)], "open", 3),
        ([(-99, True), (-50, True), (0, False), (30, True)], "returning", 1),
    ],
)
def test_the_state_follows_from_the_tries(told: list[Any], state: str, times: int) -> None:
    page = page_of(tries(*told))
    assert page is not None
    assert (page.state.value, page.times) == (state, times)
    assert (page.due_at is None) == (state == "mastered")


@pytest.mark.parametrize("told", [[], [(0, True)], [(0, True), (30, True), (90, True)]])
def test_where_nothing_was_wrong_there_is_no_page(told: list[Any]) -> None:
    assert page_of(tries(*told)) is None


def test_the_page_shows_the_last_wrong_answer_and_its_causes_only() -> None:
    page = page_of([
        Try(1, at(0), False, "35", (BUG,)),
        Try(2, at(30), False, "24", ("off-by-one",)),
        Try(3, at(60), True, "25", ()),
    ])  # fmt: skip
    assert page is not None
    assert (page.value, page.causes) == ("24", ("off-by-one",))
    assert (page.first_at, page.last_at) == (at(0), at(30))


def test_of_two_answers_of_one_instant_the_later_number_is_the_later_answer() -> None:
    wrong_first = [Try(1, at(0), False, "35", ()), Try(2, at(0), True, "25", ())]
    right_first = [Try(1, at(0), True, "25", ()), Try(2, at(0), False, "35", ())]
    states = [page.state for page in map(page_of, (wrong_first, right_first)) if page]
    assert states == [ErrorState.RETURNING, ErrorState.OPEN]


def test_after_another_error_it_comes_back_sooner_than_after_a_right_answer() -> None:
    again = page_of(tries((0, False), (30, False)))
    made_good = page_of(tries((0, False), (30, True)))
    assert again is not None
    assert made_good is not None
    assert again.due_at is not None
    assert made_good.due_at is not None
    assert at(30) < again.due_at < made_good.due_at


@given(st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=14), st.randoms())
def test_the_order_in_which_tries_are_told_changes_nothing(told: list[Any], dice: Any) -> None:
    ordered = tries(*told)
    shuffled = list(ordered)
    dice.shuffle(shuffled)
    assert page_of(shuffled) == page_of(ordered)


@given(st.lists(st.tuples(st.integers(0, 900), st.booleans()), min_size=1, max_size=14))
def test_a_page_counts_every_wrong_try_and_a_wrong_one_at_the_end_opens_it(told: list[Any]) -> None:
    page = page_of(tries(*told))
    assert (page.times if page else 0) == sum(not right for _hours, right in told)
    closed = page_of(tries(*told, (901, False)))
    assert closed is not None
    assert closed.state is ErrorState.OPEN
    assert closed.last_at == at(901)


@pytest.mark.parametrize(
    ("found", "words", "learnt", "kind", "told"),
    [
        ((), {}, "", "choice", None),
        ((BUG,), {}, "", "choice", (BUG, Origin.OPTION)),
        ((BUG,), {}, "", "number", (BUG, Origin.BUG)),
        (("own:看反了", BUG), {}, "", "number", ("own:看反了", Origin.OPTION)),
        ((BUG,), {Origin.PUPIL: "slipped"}, "", "number", ("slipped", Origin.PUPIL)),
        ((BUG,), {Origin.PUPIL: "slipped"}, "退位", "number", ("退位", Origin.LEARNT)),
        (
            (BUG,), {Origin.PUPIL: "slipped", Origin.TEACHER: "抄错"}, "退位", "number",
            ("抄错", Origin.TEACHER),
        ),
        ((), {Origin.TEACHER: ""}, "退位", "", ("退位", Origin.LEARNT)),
        ((), {Origin.LEARNT: "不是这样说的"}, "", "", None),
    ],
)  # fmt: skip
def test_the_word_that_counts_most_is_shown(
    found: Any, words: Any, learnt: str, kind: str, told: Any
) -> None:
    assert cause_of(found, words, learnt, kind) == (CauseWord(*told) if told else None)


@pytest.mark.parametrize("kind", ["number", "blanks", "formula"])
def test_a_known_bug_behind_a_written_answer_was_worked_out(kind: str) -> None:
    assert BUG in BY_ID
    assert origin_of(BUG, kind) is Origin.BUG
    assert origin_of("own:看反了", kind) is Origin.OPTION
    assert origin_of(BUG, "choice") is Origin.OPTION
    assert origin_of(BUG, "") is Origin.OPTION


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, ""), ("", ""), ("  25 ", "25"), (True, "true"), (False, "false"),
        (["C", "A", "B"], "A,B,C"), ([], ""), ([1, 2], "[1, 2]"), (25, "25"),
        ({"2": "b", "1": "a"}, '{"1": "a", "2": "b"}'), ({"词": "云"}, '{"词": "云"}'),
        ([["a", "b"]], '[["a", "b"]]'), (0, "0"),
    ],
)  # fmt: skip
def test_an_answer_is_one_line(value: Any, line: str) -> None:
    assert short(value) == line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=30,
)


@given(JSON)
def test_every_answer_has_a_line_that_fits_its_column_and_survives_storage(value: Any) -> None:
    line = short(value)
    assert len(line) <= LONGEST
    assert short(json.loads(json.dumps(value))) == line


@given(st.lists(st.sampled_from("ABCDEF"), unique=True), st.randoms())
def test_the_order_of_ticks_makes_no_other_answer(ticks: list[str], dice: Any) -> None:
    other = list(ticks)
    dice.shuffle(other)
    assert short(ticks) == short(other)
