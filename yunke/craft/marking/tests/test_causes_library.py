"""The library as a whole: names, sources, size, and what its procedures may never do."""

import random
import re

import pytest

from yunke.craft.marking.causes import BUGS, BY_ID, Known, bugs_giving
from yunke.craft.marking.causes import sources as sources_of
from yunke.craft.marking.causes.claims import work_out
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.causes.replies import read_reply
from yunke.craft.marking.tests.papers import drawn_items

SOURCES = {value for name, value in vars(sources_of).items() if name.isupper()}


def test_there_are_more_than_the_fifty_that_were_asked_for() -> None:
    assert len(BUGS) >= 70
    assert sum(bug.source != sources_of.FOLKLORE for bug in BUGS) >= 80


def test_ids_and_names_are_different() -> None:
    assert len(BY_ID) == len(BUGS)
    assert all(bug.id == bug.id.lower().strip() and " " not in bug.id for bug in BUGS)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.id)
def test_a_bug_is_named_in_both_languages_and_says_where_it_comes_from(bug: object) -> None:
    assert bug.source in SOURCES
    assert any("\u4e00" <= sign <= "\u9fff" for sign in bug.zh)
    assert bug.en[0].isupper() or bug.en[0].isdigit() or bug.en[0] == "n"
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in bug.en)


def test_whatever_has_no_study_behind_it_says_so_and_is_no_source() -> None:
    assert "no study cited" in sources_of.FOLKLORE
    undated = [one for one in SOURCES if not re.search(r"(19|20)[0-9]{2}", one)]
    # Ashlock's book has many editions.
    assert sorted(undated) == [sources_of.ASHLOCK, sources_of.FOLKLORE]


def test_every_kind_of_arithmetic_has_a_well_known_bug() -> None:
    core = {bug.id for bug in BUGS if bug.known is Known.CORE}
    for id in (
        "smaller-from-larger", "borrow-no-decrement", "borrow-across-zero", "stops-borrow-at-zero",
        "carry-lost", "product-carry-lost", "place-value-shifted", "zero-times-n-is-n",
        "fraction-tops-and-bottoms-added", "common-denominator-numerators-kept",
        "longer-decimal-is-larger", "decimals-aligned-right", "left-to-right", "remainder-dropped",
        "units-ignored", "unit-step-100-plus", "percent-sign-ignored", "two-minuses-make-plus",
    ):  # fmt: skip
        assert id in core


def test_a_bug_never_fails_on_an_item_and_answers_the_same_twice() -> None:
    rng = random.Random(41)
    for item in drawn_items(rng, 4):
        problem = read_item(item)
        assert problem is not None, item
        first = [bug.answers(problem) for bug in BUGS]
        assert first == [bug.answers(read_item(item)) for bug in BUGS]


def test_what_a_bug_yields_can_be_read_as_an_answer() -> None:
    rng = random.Random(42)
    for item in drawn_items(rng, 2):
        problem, worked = read_item(item), work_out(item)
        if worked is None:
            continue
        for bug in BUGS:
            for answer in bug.answers(problem):
                assert read_reply(answer, worked.dimension) is not None, (bug.id, item, answer)


def test_each_bug_finds_itself_again_on_items_it_has_not_seen() -> None:
    rng = random.Random(43)
    shown: dict[str, int] = {}
    for item in drawn_items(rng, 3):
        problem, worked = read_item(item), work_out(item)
        if worked is None:
            continue
        for bug in BUGS:
            for answer in bug.answers(problem):
                reply = read_reply(answer, worked.dimension)
                if worked.is_right(reply):
                    continue
                shown[bug.id] = shown.get(bug.id, 0) + 1
                assert bug.id in [one.bug.id for one in bugs_giving(item, answer)]
    assert len(shown) > 140
