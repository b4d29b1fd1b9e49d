"""Where bugs must keep quiet: items of their kind that they do not touch."""

import pytest

from yunke.craft.marking.causes import BY_ID, bugs_giving, find_causes
from yunke.craft.marking.causes.claims import work_out
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.tests.golden import SILENT

CASES = [(bug, item) for bug, items in SILENT.items() for item in items]


@pytest.mark.parametrize(("bug", "item"), CASES)
def test_a_bug_leaves_an_item_alone(bug: str, item: str) -> None:
    problem, worked = read_item(item), work_out(item)
    assert problem is not None
    assert worked is not None
    assert BY_ID[bug].choose(problem) is not None, "the item is of its kind"
    for answer in BY_ID[bug].answers(problem):
        reply = worked.read(answer)
        assert reply is not None
        assert worked.is_right(reply)
    assert all(bug not in {one.id for one in other.bugs} for other in worked.yields)


@pytest.mark.parametrize(
    ("bug", "item"),
    [
        ("smaller-from-larger", "42+17"),
        ("smaller-from-larger", "4.2-1.7"),
        ("smaller-from-larger", "17-42"),
        ("smaller-from-larger", "-42-17"),
        ("carry-lost", "27-15"),
        ("carry-lost", "2.7+1.5"),
        ("carry-lost", "-27+15"),
        ("zero-times-n-is-n", "305+4"),
        ("remainder-dropped", "17÷0"),
        ("remainder-dropped", "1.7÷5"),
        ("fraction-tops-and-bottoms-added", "1/2-1/3"),
        ("fraction-tops-and-bottoms-added", "2+1/3"),
        ("fraction-tops-and-bottoms-added", "1 1/2+1/3"),
        ("whole-multiplies-both", "2/3*4/5"),
        ("mixed-multiplied-apart", "2/3*4/5"),
        ("decimals-aligned-right", "15+25"),
        ("decimals-aligned-right", "-1.5+0.25"),
        ("left-to-right", "2+3"),
        ("left-to-right", "2^3+4*5"),
        ("two-minuses-make-plus", "5-3"),
        ("percent-sign-ignored", "20*50"),
        ("percent-sign-ignored", "20%*50%"),
        ("units-ignored", "3+500"),
        ("units-ignored", "3km+2kg"),
        ("conversion-turned-round", "3km+500m"),
        ("longer-decimal-is-larger", "0.45+0.5"),
        ("longer-decimal-is-larger", "1/3○1/4"),
        ("larger-denominator-is-larger", "0.45○0.5"),
        ("minus-ignored-comparing", "-0.5○0.4"),
    ],
)
def test_an_item_of_another_kind_is_not_its_business(bug: str, item: str) -> None:
    problem = read_item(item)
    assert problem is not None
    assert BY_ID[bug].choose(problem) is None
    assert BY_ID[bug].answers(problem) == ()


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("58-23", "53"),
        ("12+34", "64"),
        ("21*3", "36"),
        ("84÷4", "48"),
        ("1/5+2/5", "4/5"),
        ("3+5", "9"),
    ],
)
def test_easy_items_answered_wrong_are_slips(item: str, answer: str) -> None:
    found = find_causes(item, answer)
    assert found.correct is False
    assert found.causes == ()
    assert all(one.bug.known < 100 for one in bugs_giving(item, answer))
