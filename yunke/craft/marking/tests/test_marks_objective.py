"""Objective questions."""

from fractions import Fraction
from itertools import permutations

import pytest

from yunke.craft.marking.items import (
    Choice,
    ChoiceKey,
    MatchingKey,
    MultipleKey,
    OrderingKey,
    OrderRule,
    Pair,
    PartRule,
    Result,
    TrueFalseKey,
)
from yunke.craft.marking.marks import Verdict, mark
from yunke.craft.marking.tests.questions import ABCD, item

CHOICE = item(ChoiceKey(ABCD, "B"))


@pytest.mark.parametrize("answer", ["B", "b", "Ｂ", " B ", "B.", "(B)", ["B"], ("B",)])
def test_the_right_option_has_all_points(answer: object) -> None:
    marking = mark(CHOICE, answer)
    assert (marking.verdict, marking.score, marking.confidence) == (Verdict.RIGHT, 2, 1)


def test_a_wrong_option_betrays_its_cause() -> None:
    marking = mark(CHOICE, "A")
    assert (marking.verdict, marking.score) == (Verdict.WRONG, 0)
    assert marking.causes == ("carry-lost",)
    assert mark(CHOICE, "D").causes == ()


@pytest.mark.parametrize("answer", ["E", "AB", ["A", "B"], 2, True, {"A": 1}, [1], "?"])
def test_an_option_nobody_offered_goes_to_a_person(answer: object) -> None:
    marking = mark(CHOICE, answer)
    assert (marking.verdict, marking.score, marking.to_person) == (Verdict.UNSURE, None, True)


@pytest.mark.parametrize("answer", [None, "", []])
def test_nothing_chosen_is_blank(answer: object) -> None:
    marking = mark(CHOICE, answer)
    assert (marking.verdict, marking.score, marking.reason) == (Verdict.WRONG, 0, "blank")


def multiple(rule: PartRule) -> object:
    return item(MultipleKey(ABCD, ("A", "B", "D"), rule), 6)


@pytest.mark.parametrize(
    ("rule", "answer", "score"),
    [
        (PartRule.ALL, "ABD", 6),
        (PartRule.ALL, "DBA", 6),
        (PartRule.ALL, ["D", "A", "B"], 6),
        (PartRule.ALL, "A,B,D", 6),
        (PartRule.ALL, "ＡＢＤ", 6),
        (PartRule.ALL, "a b d", 6),
        (PartRule.ALL, "AABD", 6),
        (PartRule.ALL, "AB", 0),
        (PartRule.ALL, "ABCD", 0),
        (PartRule.HALF, "ABD", 6),
        (PartRule.HALF, "AB", 3),
        (PartRule.HALF, "A", 3),
        (PartRule.HALF, "AC", 0),
        (PartRule.HALF, "C", 0),
        (PartRule.EACH, "ABD", 6),
        (PartRule.EACH, "AB", 4),
        (PartRule.EACH, "A", 2),
        (PartRule.EACH, "AC", 0),
        (PartRule.EACH, "ABC", 2),
        (PartRule.EACH, "C", 0),
        (PartRule.EACH, "ABCD", 4),
    ],
)
def test_multiple_choice_by_its_rule(rule: PartRule, answer: object, score: int) -> None:
    marking = mark(multiple(rule), answer)
    assert marking.score == score
    expected = {6: Verdict.RIGHT, 0: Verdict.WRONG}.get(score, Verdict.PARTLY)
    assert marking.verdict is expected


def test_every_wrong_option_tells_its_cause() -> None:
    key = MultipleKey(ABCD, ("B",), PartRule.EACH)
    assert mark(item(key), "ACB").causes == ("carry-lost", "whole-sum-written")


@pytest.mark.parametrize("answer", ["ABE", ["A", 1], {"A": True}, 5, ["A"] * 300])
def test_a_multiple_choice_that_cannot_be_read_goes_to_a_person(answer: object) -> None:
    assert mark(multiple(PartRule.HALF), answer).verdict is Verdict.UNSURE


@pytest.mark.parametrize("answer", [True, "true", "对", "√", "✓", "正确", "T", "是", "Ｔ"])
def test_true_in_many_ways(answer: object) -> None:
    assert mark(item(TrueFalseKey(True)), answer).verdict is Verdict.RIGHT
    assert mark(item(TrueFalseKey(False, "zero")), answer).causes == ("zero",)


@pytest.mark.parametrize("answer", [False, "false", "错", "×", "✗", "错误", "F", "x", "否"])
def test_false_in_many_ways(answer: object) -> None:
    assert mark(item(TrueFalseKey(False)), answer).verdict is Verdict.RIGHT
    assert mark(item(TrueFalseKey(True)), answer).verdict is Verdict.WRONG


@pytest.mark.parametrize("answer", ["maybe", "对错", 3, [True], {}])
def test_neither_true_nor_false_goes_to_a_person(answer: object) -> None:
    assert mark(item(TrueFalseKey(True)), answer).verdict is Verdict.UNSURE


LEFT = tuple(Choice(one, one) for one in "abc")
RIGHT = tuple(Choice(one, one) for one in "123")
PAIRS = (Pair("a", "1"), Pair("b", "2"), Pair("c", "3"))
MATCH = item(MatchingKey(LEFT, RIGHT, PAIRS, (Pair("a", "2", "swapped"),)), 3)


@pytest.mark.parametrize(
    "answer",
    [
        [["a", "1"], ["b", "2"], ["c", "3"]],
        [["c", "3"], ["b", "2"], ["a", "1"]],
        ["a 1", "b 2", "c 3"],
        {"a": "1", "b": "2", "c": "3"},
        [("a", "1"), ("b", "2"), ("c", "3"), ("c", "3")],
    ],
)
def test_matching_takes_pairs_as_qti_and_json_write_them(answer: object) -> None:
    assert (mark(MATCH, answer).verdict, mark(MATCH, answer).score) == (Verdict.RIGHT, 3)


def test_a_wrong_pair_costs_its_own_point_and_tells_its_cause() -> None:
    marking = mark(MATCH, {"a": "2", "b": "2", "c": "3"})
    assert (marking.verdict, marking.score) == (Verdict.PARTLY, 2)
    assert marking.causes == ("swapped",)
    assert [part.verdict for part in marking.parts] == [Verdict.WRONG, Verdict.RIGHT, Verdict.RIGHT]


def test_joining_everything_with_everything_is_worth_nothing() -> None:
    answer = [[one.id, other.id] for one in LEFT for other in RIGHT]
    assert mark(MATCH, answer).score == 0


def test_a_side_that_belongs_to_two_needs_both() -> None:
    two = item(MatchingKey(LEFT[:1], RIGHT, (Pair("a", "1"), Pair("a", "2"))), 2)
    assert mark(two, [["a", "1"], ["a", "2"]]).score == 2
    assert mark(two, [["a", "1"]]).score == 0


def test_a_pair_that_was_not_due_spoils_no_points_but_is_seen() -> None:
    key = MatchingKey(LEFT, RIGHT, PAIRS[:2])
    marking = mark(item(key, 2), {"a": "1", "b": "2", "c": "3"})
    assert (marking.verdict, marking.score) == (Verdict.PARTLY, 2)


@pytest.mark.parametrize(
    "answer", ["a", 5, [["a"]], [["a", "9"]], [["x", "1"]], [[1, 2]], [["a", "1"]] * 300]
)
def test_pairs_that_cannot_be_read_go_to_a_person(answer: object) -> None:
    assert mark(MATCH, answer).verdict is Verdict.UNSURE


def ordering(rule: OrderRule) -> object:
    return item(OrderingKey(ABCD, ("A", "B", "C", "D"), rule), 12)


@pytest.mark.parametrize(
    ("rule", "answer", "score"),
    [
        (OrderRule.ALL, "ABCD", 12),
        (OrderRule.ALL, ["A", "B", "C", "D"], 12),
        (OrderRule.ALL, "ABDC", 0),
        (OrderRule.PLACE, "ABDC", 6),
        (OrderRule.PLACE, "DABC", 0),
        (OrderRule.PLACE, "AB", 6),
        (OrderRule.NEIGHBOUR, "DABC", 8),
        (OrderRule.NEIGHBOUR, "ABDC", 4),
        (OrderRule.NEIGHBOUR, "DCBA", 0),
    ],
)
def test_ordering_by_its_rule(rule: OrderRule, answer: object, score: int) -> None:
    assert mark(ordering(rule), answer).score == score


@pytest.mark.parametrize("rule", list(OrderRule))
def test_a_known_wrong_order_betrays_its_cause(rule: OrderRule) -> None:
    key = OrderingKey(ABCD, ("A", "B", "C", "D"), rule, (Result("D C B A", "descending"),))
    assert mark(item(key), "DCBA").causes == ("descending",)
    assert mark(item(key), "DCAB").causes == ()


def test_only_the_right_order_has_all_points_by_any_rule() -> None:
    for rule in OrderRule:
        full = [p for p in permutations("ABCD") if mark(ordering(rule), list(p)).score == 12]
        assert full == [tuple("ABCD")]


@pytest.mark.parametrize("answer", ["ABCE", "AABC", [1, 2], {"A": 1}])
def test_an_order_that_cannot_be_read_goes_to_a_person(answer: object) -> None:
    assert mark(ordering(OrderRule.ALL), answer).verdict is Verdict.UNSURE


def test_longer_ids_are_taken_as_they_are() -> None:
    key = ChoiceKey((Choice("choice_1", "a"), Choice("choice_2", "b")), "choice_2")
    assert mark(item(key), "choice_2").verdict is Verdict.RIGHT
    assert mark(item(key), "CHOICE_2").verdict is Verdict.UNSURE
    several = MultipleKey(key.options, ("choice_1", "choice_2"))
    assert mark(item(several), ["choice_2", "choice_1"]).score == 2
    assert mark(item(several), "choice_1").score == Fraction(1)
