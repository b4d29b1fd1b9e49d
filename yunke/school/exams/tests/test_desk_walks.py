"""Thousands of ways through the desk: in whatever order, sums and blindness hold."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from yunke.school.exams.rules.desk import ARBITER_TURN, turn_free, verdict_of
from yunke.school.exams.values.paper import Given, PieceState, Post

MARKERS, ARBITERS, PIECES = (1, 2, 3), (8, 9), 4
OUT_OF, TOLERANCE = Fraction(6), Fraction(1)
PICKS = st.integers(0, 11)
SCORES = st.integers(0, 12).map(lambda half: Fraction(half, 2))


class Walk(RuleBasedStateMachine):
    """The desk's rules as the actions use them, on plain values: leases, marks, the way back."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[int, list[Given]] = {piece: [] for piece in range(PIECES)}
        self.leased: dict[tuple[int, int], int] = {}

    def state(self, piece: int) -> PieceState:
        return verdict_of(self.given[piece], double=True, tolerance=TOLERANCE).state

    def taken(self, piece: int) -> list[int]:
        leases = [turn for (one, _by), turn in self.leased.items() if one == piece]
        return [*leases, *(mark.turn for mark in self.given[piece])]

    @rule(piece=st.integers(0, PIECES - 1), by=st.sampled_from([*MARKERS, *ARBITERS]))
    def lease(self, piece: int, by: int) -> None:
        has = (piece, by) in self.leased or any(m.marker_id == by for m in self.given[piece])
        post = Post.ARBITER if by in ARBITERS else Post.MARKER
        turn = turn_free(self.taken(piece), post, self.state(piece), double=True)
        if not has and turn is not None:
            self.leased[piece, by] = turn

    @precondition(lambda self: self.leased)
    @rule(pick=PICKS, score=SCORES)
    def give(self, pick: int, score: Fraction) -> None:
        piece, by = sorted(self.leased)[pick % len(self.leased)]
        self.given[piece].append(Given(by, self.leased.pop((piece, by)), score))

    @precondition(lambda self: self.leased)
    @rule(pick=PICKS)
    def run_out(self, pick: int) -> None:
        del self.leased[sorted(self.leased)[pick % len(self.leased)]]

    @precondition(lambda self: any(self.given.values()))
    @rule(pick=PICKS)
    def take_back(self, pick: int) -> None:
        begun = [piece for piece, marks in self.given.items() if marks]
        piece = begun[pick % len(begun)]
        last = self.given[piece][-1]
        arbitrated = any(mark.turn == ARBITER_TURN for mark in self.given[piece])
        if not arbitrated or last.turn == ARBITER_TURN:
            self.given[piece].pop()
            self.leased[piece, last.marker_id] = last.turn

    @invariant()
    def nobody_has_a_turn_that_another_has(self) -> None:
        for piece in range(PIECES):
            turns = self.taken(piece)
            assert len(turns) == len(set(turns))
            markers = [mark.marker_id for mark in self.given[piece]]
            markers += [by for (one, by) in self.leased if one == piece]
            assert len(markers) == len(set(markers))

    @invariant()
    def only_a_third_counts_alone_and_only_near_ones_count_by_their_mean(self) -> None:
        for marks in self.given.values():
            said = verdict_of(marks, double=True, tolerance=TOLERANCE)
            turns = {mark.turn: mark.score for mark in marks}
            if said.state is PieceState.DONE:
                assert said.score is not None
                assert 0 <= said.score <= OUT_OF
                if ARBITER_TURN in turns:
                    assert said.score == turns[ARBITER_TURN]
                else:
                    assert said.score * 2 == turns[1] + turns[2]
                    assert abs(turns[1] - turns[2]) <= TOLERANCE
            else:
                assert said.score is None

    @invariant()
    def an_arbiter_is_asked_only_where_two_were_apart(self) -> None:
        for marks in self.given.values():
            if any(mark.turn == ARBITER_TURN for mark in marks):
                first = [mark for mark in marks if mark.turn != ARBITER_TURN]
                assert abs(first[0].score - first[1].score) > TOLERANCE


Walk.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
TestWalk = Walk.TestCase


@pytest.mark.parametrize(
    ("scores", "state", "score"),
    [
        ({}, PieceState.OPEN, None),
        ({1: 3}, PieceState.OPEN, None),
        ({2: 3}, PieceState.OPEN, None),
        ({1: 3, 2: 4}, PieceState.DONE, Fraction(7, 2)),
        ({1: 3, 2: 5}, PieceState.SPLIT, None),
        ({1: 3, 2: 5, 3: 4}, PieceState.DONE, Fraction(4)),
        ({0: 6, 1: 3}, PieceState.OPEN, None),
    ],
)
def test_what_marks_come_to(scores, state, score) -> None:
    given = [Given(turn, turn, Fraction(points)) for turn, points in scores.items()]
    said = verdict_of(given, double=True, tolerance=TOLERANCE)
    assert (said.state, said.score) == (state, score)
