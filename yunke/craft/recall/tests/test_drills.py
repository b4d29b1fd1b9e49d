"""The weekly drill: the right questions first, turns taken, and never a minute too many."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.recall.drills import FRESH, REST_DAYS, Offer, Reason, Wanted, drill
from yunke.craft.recall.estimates import Estimate

WEAK = Estimate(level=-1.0, doubt=0.2, answers=8, last=0)
GOOD = Estimate(level=2.0, doubt=0.2, answers=12, last=0)
NEW = Estimate()

POINTS = st.lists(
    st.builds(
        Wanted,
        point=st.sampled_from("abcdef"),
        estimate=st.sampled_from([WEAK, GOOD, NEW, Estimate(0.5, 0.4, 5, 0)]),
        overdue=st.floats(-30, 30),
    ),
    max_size=6,
    unique_by=lambda one: one.point,
)
OFFERS = st.lists(
    st.builds(
        Offer,
        item=st.integers(0, 40).map(str),
        points=st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=3).map(tuple),
        minutes=st.floats(0.5, 6),
        hardness=st.floats(-2, 2),
        wrong=st.booleans(),
        right_days=st.none() | st.floats(0, 60),
    ),
    max_size=40,
    unique_by=lambda one: one.item,
)


def offers(point: str, count: int = 6, minutes: float = 2.0) -> list[Offer]:
    return [Offer(f"{point}{at}", (point,), minutes) for at in range(count)]


@given(POINTS, OFFERS, st.floats(0, 30))
def test_the_minutes_are_never_exceeded_and_no_question_comes_twice(points, items, minutes) -> None:
    found = drill(points, items, minutes)
    assert found.minutes <= minutes + 1e-9
    assert found.minutes == pytest.approx(sum(one.minutes for one in found.chosen))
    names = [one.item for one in found.chosen]
    assert len(set(names)) == len(names)


@given(POINTS, OFFERS, st.floats(0, 30))
def test_every_question_is_on_its_point_with_a_true_reason(points, items, minutes) -> None:
    wanted = {one.point: one for one in points}
    offered = {one.item: one for one in items}
    for one in drill(points, items, minutes).chosen:
        offer = offered[one.item]
        assert one.point in offer.points
        assert (one.reason is Reason.OWN_ERROR) == offer.wrong
        assert offer.right_days is None or offer.right_days >= REST_DAYS
        if one.reason in (Reason.WEAK_AND_DUE, Reason.DUE):
            assert wanted[one.point].overdue >= 0
        assert 0 < one.chance < 1


@given(POINTS, OFFERS, st.floats(0, 30))
def test_points_that_wanted_a_place_have_one_or_are_named(points, items, minutes) -> None:
    found = drill(points, items, minutes)
    assert not {one.point for one in found.chosen} & set(found.left)
    assert len({one.point for one in found.chosen if one.reason is Reason.UNSEEN}) <= FRESH


@given(POINTS, OFFERS, st.floats(0, 30), st.randoms())
def test_the_same_offers_in_another_order_give_the_same_drill(points, items, minutes, dice) -> None:
    mixed = items.copy()
    dice.shuffle(mixed)
    assert drill(points, items, minutes).chosen == drill(points, mixed, minutes).chosen


def test_own_errors_come_before_all_else() -> None:
    points = [Wanted("a", WEAK, 20), Wanted("b", GOOD, -10)]
    items = [*offers("a"), Offer("mine", ("b",), 2.0, wrong=True)]
    found = drill(points, items, 2.0)
    assert [one.item for one in found.chosen] == ["mine"]
    assert found.chosen[0].reason is Reason.OWN_ERROR
    assert found.left == ("a",)


def test_weak_and_due_then_due_then_weak() -> None:
    points = [Wanted("w", WEAK, -3), Wanted("d", GOOD, 3), Wanted("both", WEAK, 1)]
    items = [*offers("w", 1), *offers("d", 1), *offers("both", 1)]
    reasons = {one.point: one.reason for one in drill(points, items, 60).chosen}
    assert reasons == {"w": Reason.WEAK, "d": Reason.DUE, "both": Reason.WEAK_AND_DUE}
    assert [one.point for one in drill(points, items, 2).chosen] == ["both"]
    assert {one.point for one in drill(points, items, 4).chosen} == {"both", "d"}


def test_what_is_known_and_not_due_is_left_alone() -> None:
    found = drill([Wanted("a", GOOD, -5)], offers("a"), 20)
    assert found.chosen == ()
    assert found.left == ()


def test_no_point_takes_more_than_half_while_others_wait() -> None:
    points = [Wanted("a", WEAK, 30), Wanted("b", WEAK, 1)]
    found = drill(points, [*offers("a", 10), *offers("b", 10)], 12)
    of_a = sum(one.minutes for one in found.chosen if one.point == "a")
    assert of_a == 6
    assert found.minutes == 12


def test_a_point_alone_may_fill_the_drill() -> None:
    found = drill([Wanted("a", WEAK, 1)], offers("a", 10), 12)
    assert found.minutes == 12


def test_points_take_turns_and_the_easiest_comes_first() -> None:
    points = [Wanted("a", WEAK, 5), Wanted("b", WEAK, 4), Wanted("c", GOOD, 3)]
    items = [*offers("a", 3), *offers("b", 3), *offers("c", 2)]
    chosen = drill(points, items, 16).chosen
    assert len(chosen) == 8
    assert all(one.point != other.point for one, other in pairwise(chosen))
    assert chosen[0].chance == max(one.chance for one in chosen)


def test_of_a_points_questions_the_one_within_reach_comes_first() -> None:
    items = [Offer(f"h{hard}", ("a",), 2.0, float(hard)) for hard in (-4, -2, 0, 2, 4)]
    assert [one.item for one in drill([Wanted("a", WEAK, 1)], items, 2).chosen] == ["h-2"]
    strong = Estimate(level=2.0, doubt=0.1, answers=20, last=0)
    assert [one.item for one in drill([Wanted("a", strong, 1)], items, 2).chosen] == ["h0"]


def test_a_question_that_does_not_fit_makes_room_for_a_shorter_one() -> None:
    items = [Offer("long", ("a",), 9.0, wrong=True), Offer("short", ("a",), 3.0)]
    assert [one.item for one in drill([Wanted("a", WEAK, 1)], items, 5).chosen] == ["short"]


def test_a_question_just_done_right_rests() -> None:
    points = [Wanted("a", WEAK, 1)]
    rested, fresh = (
        Offer("r", ("a",), 2.0, right_days=REST_DAYS),
        Offer("f", ("a",), 2.0, 0, False, 1),
    )
    assert [one.item for one in drill(points, [fresh, rested], 10).chosen] == ["r"]
    assert drill(points, [fresh], 10).left == ("a",)


def test_one_unseen_point_may_be_tried() -> None:
    points = [Wanted("n", NEW, 0), Wanted("m", NEW, 0)]
    found = drill(points, [*offers("n", 2, 1.0), *offers("m", 2, 1.0)], 10)
    assert {one.reason for one in found.chosen} == {Reason.UNSEEN}
    assert len({one.point for one in found.chosen}) == 1


def test_a_question_nobody_asked_for_does_not_come() -> None:
    assert drill([Wanted("a", WEAK, 1)], offers("z"), 10).chosen == ()
    assert drill([], offers("a"), 10).chosen == ()


def test_no_minutes_no_drill_and_nonsense_is_refused() -> None:
    assert drill([Wanted("a", WEAK, 1)], offers("a"), 0).chosen == ()
    with pytest.raises(ValueError, match="minutes"):
        drill([], [], -1)
    with pytest.raises(ValueError, match="some minutes"):
        drill([Wanted("a", WEAK, 1)], offers("a", 1, 0.0), 10)
