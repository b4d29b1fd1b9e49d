"""A pupil's whole paper: one rule behind many answers."""

import random

import pytest

from yunke.craft.marking.causes import BY_ID, causes_of
from yunke.craft.marking.causes.claims import right_writings, work_out
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.tests.outsiders import digit_slip
from yunke.craft.marking.tests.papers import FAMILIES, _minus

SUBTRACTIONS = ["42-17", "503-247", "81-25", "67-23", "90-36", "412-187"]


def right_answer(item: str) -> str:
    return right_writings(read_item(item))[0][0].number


def answers_by(bug: str, items: list[str]) -> list[tuple[str, str]]:
    """The paper of a pupil who follows one rule wherever it shows."""
    found = []
    for item in items:
        yielded = BY_ID[bug].answers(read_item(item))
        found.append((item, yielded[0] if yielded else right_answer(item)))
    return found


def drawn(family: str, seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return [FAMILIES[family](rng) for _ in range(count)]


def test_smaller_from_larger_explains_a_paper() -> None:
    found = causes_of(answers_by("smaller-from-larger", SUBTRACTIONS))
    assert found[0].bug.id == "smaller-from-larger"
    assert found[0].explains == (0, 1, 2, 4, 5)  # 67-23 is right by this rule
    assert found[0].against == ()
    assert found[0].odds > 1_000


@pytest.mark.parametrize(
    ("bug", "family"),
    [
        ("smaller-from-larger", "three digits minus"),
        ("borrow-no-decrement", "three digits minus"),
        ("zero-instead-of-borrow", "two digits minus"),
        ("carry-lost", "three digits plus"),
        ("product-carry-lost", "times one digit"),
        ("carry-added-before-multiplying", "times one digit"),
        ("zero-times-n-is-n", "with inner zero"),
        ("second-row-not-moved", "two times two"),
        ("remainder-dropped", "division with rest"),
        ("fraction-tops-and-bottoms-added", "fractions plus"),
        ("fractions-multiplied-for-plus", "fractions plus"),
        ("divides-without-inverting", "fractions divided"),
        ("mixed-borrows-ten", "mixed minus"),
        ("decimals-aligned-right", "decimals plus"),
        ("decimal-parts-as-wholes", "decimals plus"),
        ("left-to-right", "order"),
        ("distributes-to-the-first-only", "brackets"),
        ("two-minuses-make-plus", "negative minus"),
        ("percent-one-place-off", "percent"),
        ("unit-step-100-plus", "kilometres"),
    ],
)
def test_the_rule_behind_ten_answers_is_found(bug: str, family: str) -> None:
    found = causes_of(answers_by(bug, drawn(family, 5, 10)))
    assert found
    best = [one for one in found if one.explains == found[0].explains]
    assert bug in [one.bug.id for one in best]


def test_rare_bugs_are_found_on_a_paper_that_one_answer_would_not_tell() -> None:
    found = causes_of(answers_by("ten-minus-the-lower", drawn("two digits minus", 9, 12)))
    assert found[0].bug.id == "ten-minus-the-lower"


def test_a_slip_between_does_not_hide_the_rule() -> None:
    paper = answers_by("smaller-from-larger", SUBTRACTIONS)
    paper[1] = ("503-247", "999")
    found = causes_of(paper)
    assert found[0].bug.id == "smaller-from-larger"
    assert 1 in found[0].against


def test_right_answers_speak_against_a_rule() -> None:
    paper = answers_by("smaller-from-larger", SUBTRACTIONS[:2])
    more = [(item, right_answer(item)) for item in drawn("three digits minus", 3, 12)]
    sure = causes_of(paper)[0].odds
    weaker = [one.odds for one in causes_of(paper + more) if one.bug.id == "smaller-from-larger"]
    assert not weaker or weaker[0] < sure


def test_one_wrong_answer_is_no_rule() -> None:
    assert causes_of([("42-17", "35"), ("67-23", "44")]) == ()


def test_pupils_who_only_slip_are_seldom_told_a_rule() -> None:
    rng = random.Random(17)
    told = 0
    for _ in range(60):
        paper = []
        for _ in range(12):
            item = _minus(101, 999)(rng)
            answer = right_answer(item)
            paper.append((item, digit_slip(answer, rng) if rng.random() < 0.3 else answer))
        told += bool(causes_of(paper))
    assert told / 60 <= 0.05


def test_the_order_of_the_paper_changes_only_the_numbers_of_the_lines() -> None:
    paper = answers_by("borrow-no-decrement", drawn("three digits minus", 21, 8))
    forward, backward = causes_of(paper), causes_of(paper[::-1])
    assert [one.bug.id for one in forward] == [one.bug.id for one in backward]
    assert [one.odds for one in forward] == [one.odds for one in backward]
    turned = [tuple(sorted(7 - line for line in one.explains)) for one in backward]
    assert turned == [one.explains for one in forward]


def test_lines_that_are_not_understood_are_passed_over() -> None:
    paper = [
        ("小明有三个苹果", "3"),
        *answers_by("smaller-from-larger", SUBTRACTIONS),
        ("42-17", "?"),
    ]
    assert causes_of(paper)[0].explains == (1, 2, 3, 5, 6)
    assert causes_of([]) == ()


def test_a_bug_on_a_paper_was_worked_out_from_the_item_alone() -> None:
    assert work_out("503-247") is work_out("503-247")
