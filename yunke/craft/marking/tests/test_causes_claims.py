"""What is told and what is kept back: the price of both, counted over whole families of items."""

import random
from collections import defaultdict

import pytest

from yunke.craft.marking.causes import Known, bugs_giving, find_causes
from yunke.craft.marking.causes.claims import right_writings, work_out
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.causes.slips import Slip, slip_shares
from yunke.craft.marking.tests.outsiders import BUGS, SLIPS, drawn_item
from yunke.craft.marking.tests.papers import drawn_items


def test_a_slip_is_taken_for_a_bug_in_less_than_one_of_twenty() -> None:
    """Exactly, by counting: of all results of a kind of slip, how many would be told as a bug."""
    spent: dict[Slip, list[float]] = defaultdict(list)
    for item in drawn_items(random.Random(7), 3):
        worked = work_out(item)
        problem = read_item(item)
        if worked is None or problem is None:
            continue
        shares = slip_shares(right_writings(problem)[0])
        sums: dict[Slip, float] = defaultdict(float)
        for one in worked.yields:
            if one.told:
                for kind, share in shares.of(one.reply).items():
                    sums[kind] += share
        for kind in Slip:
            spent[kind].append(sums[kind])
    for kind, values in spent.items():
        assert sum(values) / len(values) < 0.05, kind


@pytest.mark.parametrize("name", SLIPS)
def test_slips_of_others_are_rarely_told_as_bugs(name: str) -> None:
    rng = random.Random(f"slips {name}")
    told = counted = 0
    while counted < 150:
        item, right = drawn_item(rng)
        found = find_causes(item, SLIPS[name](right, rng))
        if found.correct is not False:
            continue
        counted += 1
        told += bool(found.causes)
    assert told / counted <= 0.05


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_bugs_written_by_others_are_told(bug: object) -> None:
    rng = random.Random(f"bugs {bug.__name__}")
    told = counted = 0
    while counted < 20:
        drawn = bug(rng)
        if drawn is None:
            continue
        counted += 1
        item, answer = drawn
        found = find_causes(item, answer)
        assert found.correct is False, drawn
        told += bool(found.causes)
        assert bugs_giving(item, answer), drawn
    assert told >= 0.8 * counted


def test_one_off_and_turned_digits_are_never_told_of_whole_numbers() -> None:
    for item, right in (("42-17", 25), ("305*4", 1220), ("87+45", 132), ("503-247", 256)):
        for answer in (right - 1, right + 1):
            assert find_causes(item, str(answer)).causes == ()
    assert find_causes("87+45", "123").causes == ()
    assert find_causes("42-17", "52").causes == ()


def test_what_is_not_told_can_be_asked_for() -> None:
    """An answer that a rare bug and a slip give alike: nothing is told, the teacher may look."""
    for item, answer in (("42-17", "23"), ("45-3", "42")):
        assert find_causes(item, answer).causes == ()
    assert [one.bug.id for one in bugs_giving("42-17", "23")] == ["ten-minus-the-lower"]


def test_the_better_known_bug_comes_first() -> None:
    known = [one.bug.known for one in find_causes("42-17", "35").causes]
    assert known == sorted(known, reverse=True)
    assert known[0] is Known.CORE


def test_a_zero_in_front_is_a_slip() -> None:
    assert find_causes("612÷6", "12").causes
    assert find_causes("612÷6", "012").causes == ()


def test_what_is_told_depends_on_the_item_alone() -> None:
    forward = [find_causes("503-247", answer) for answer in ("344", "266", "300", "257")]
    backward = [find_causes("503-247", answer) for answer in ("257", "300", "266", "344")]
    assert forward == backward[::-1]
