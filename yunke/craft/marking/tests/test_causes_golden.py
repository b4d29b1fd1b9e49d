"""The library against its golden table: every bug, every example."""

import pytest

from yunke.craft.marking.causes import BUGS, BY_ID, bugs_giving, find_causes
from yunke.craft.marking.causes.claims import work_out
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.causes.replies import read_reply
from yunke.craft.marking.tests.golden import YIELDS

EXAMPLES = [(bug, item, answer) for bug, rows in YIELDS.items() for item, answer in rows]


def test_every_bug_has_examples() -> None:
    assert set(YIELDS) == set(BY_ID)
    assert all(len(rows) >= 2 for rows in YIELDS.values())


@pytest.mark.parametrize(("bug", "item", "answer"), EXAMPLES)
def test_a_bug_yields_what_the_table_says(bug: str, item: str, answer: str) -> None:
    problem = read_item(item)
    assert problem is not None
    assert answer in BY_ID[bug].answers(problem)


def test_all_answers_of_the_library_are_reproduced() -> None:
    """Every answer that any bug yields on any item of the table leads back to that bug."""
    items = {item for _, item, _ in EXAMPLES}
    counted = 0
    for item in sorted(items):
        problem, worked = read_item(item), work_out(item)
        assert problem is not None
        assert worked is not None
        for bug in BUGS:
            for answer in bug.answers(problem):
                reply = read_reply(answer, worked.dimension)
                if reply is None or worked.is_right(reply):
                    continue
                counted += 1
                assert bug.id in {one.bug.id for one in bugs_giving(item, answer)}, (item, answer)
    assert counted > 1_400


def test_what_is_told_is_always_among_what_reproduces() -> None:
    for _, item, answer in EXAMPLES:
        told = {one.bug.id for one in find_causes(item, answer).causes}
        assert told <= {one.bug.id for one in bugs_giving(item, answer)}


def test_a_right_answer_has_no_cause_even_where_a_bug_gives_it_by_luck() -> None:
    # 20 - 5: nothing to borrow from a zero that matters, smaller from larger gives 25, not 15.
    found = find_causes("58-23", "35")
    assert found.correct is True
    assert found.causes == ()
    # 85 - 32 is right by smaller-from-larger as well.
    assert bugs_giving("85-32", "53") == ()


@pytest.mark.parametrize(
    ("item", "answer", "bug"),
    [
        # Brown & Burton 1978, VanLehn 1990: the bugs every list begins with.
        ("42-17", "35", "smaller-from-larger"),
        ("253-118", "145", "smaller-from-larger"),
        ("207-169", "162", "smaller-from-larger"),
        ("62-44", "28", "borrow-no-decrement"),
        ("306-8", "208", "borrow-across-zero"),
        ("306-187", "219", "borrow-from-zero"),
        ("305-9", "306", "stops-borrow-at-zero"),
        ("308-293", "195", "zero-minus-n-is-n"),
        ("832-356", "500", "zero-instead-of-borrow"),
        # Cox 1975, Ashlock: additions and products.
        ("47+28", "65", "carry-lost"),
        ("74+56", "1210", "whole-sum-written"),
        ("46+3", "79", "short-number-added-everywhere"),
        ("46*7", "282", "product-carry-lost"),
        # Ma 1999: 123 × 645 with the rows flush gives 1845.
        ("123*645", "1845", "second-row-not-moved"),
        ("305*4", "1260", "zero-times-n-is-n"),
        ("816÷8", "12", "zero-in-quotient-lost"),
        # Hart 1981, Tatsuoka 1983: fractions.
        ("1/2+1/3", "2/5", "fraction-tops-and-bottoms-added"),
        ("3/4+1/2", "4/6", "fraction-tops-and-bottoms-added"),
        ("4 1/8-2 5/8", "2 4/8", "mixed-numerators-smaller-from-larger"),
        ("3-2 1/5", "1 1/5", "whole-minus-mixed-copies-fraction"),
        # Siegler et al. 2011: 3/5 × 1/5 = 3/5.
        ("3/5*1/5", "3/5", "common-denominator-kept-in-product"),
        # Resnick et al. 1989, Hiebert & Wearne 1985: decimals.
        ("0.3*0.2", "0.6", "product-keeps-the-places-of-a-sum"),
        ("5.1+0.46", "0.97", "decimals-aligned-right"),
        ("3.9+2.4", "5.13", "decimal-parts-as-wholes"),
        ("4.63 ? 4.8", ">", "longer-decimal-is-larger"),
        ("4.63 ? 4.8", "4.63", "decimal-part-as-whole-compared"),
        # Linchevski & Livneh 1999: 50 - 10 + 10 + 10.
        ("50-10+10+10", "20", "plus-before-minus"),
        ("2+3*4", "20", "left-to-right"),
        ("20% of 50", "1000", "percent-sign-ignored"),
        ("3km+500m", "503", "units-ignored"),
        ("3km+500m", "800m", "unit-step-100-plus"),
        ("5h10min-2h40min", "2h70min", "unit-step-100-minus"),
        ("17÷5", "3", "remainder-dropped"),
        ("-3-5", "8", "two-minuses-make-plus"),
    ],
)
def test_the_well_known_bugs_are_told_from_one_answer(item: str, answer: str, bug: str) -> None:
    found = find_causes(item, answer)
    assert found.correct is False
    assert bug in [one.bug.id for one in found.causes]
    assert all(one.reproduces == answer for one in found.causes)
