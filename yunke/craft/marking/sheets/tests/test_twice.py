"""One pupil's page twice in a batch."""

from yunke.craft.marking.sheets.reading import SheetReading, refusal
from yunke.craft.marking.sheets.trouble import Problem
from yunke.craft.marking.sheets.twice import twice

LETTERS = dict(zip("abcdefghijklmnopqrst", "ABCD" * 5, strict=True))


def reading(pupil: str | None = "P1", page: int = 1, **marks: str | None) -> SheetReading:
    return SheetReading(pupil, page, {**LETTERS, **marks}, ())


def test_two_photographs_of_one_sheet_ask_nobody() -> None:
    pair = [reading(), reading()]
    assert twice(pair) == pair


def test_what_one_photograph_could_not_tell_the_other_does_not_contradict() -> None:
    blurred = SheetReading("P1", 1, {**LETTERS, "a": None}, ("a",))
    assert twice([reading(), blurred]) == [reading(), blurred]


def test_one_mark_that_differs_is_asked_on_both() -> None:
    told = twice([reading(), reading(b="D")])
    for one in told:
        assert one.needs_person == ("b",)
        assert one.answers["b"] is None
        assert one.answers["c"] == "C"
        assert one.problems == (Problem.TWICE,)


def test_a_mark_and_nothing_differ_too() -> None:
    assert twice([reading(), reading(b=None)])[0].needs_person == ("b",)


def test_another_sheet_with_the_same_code_is_a_persons_whole() -> None:
    other = reading(a="D", b="D", c="A", d="A", e="D")
    told = twice([reading(), other])
    for one, before in zip(told, (reading(), other), strict=True):
        assert one.needs_person == tuple(LETTERS)
        assert one.answers == before.answers, "kept as a proposal"
        assert one.problems == (Problem.TWICE,)


def test_other_pupils_and_pages_have_nothing_to_do_with_it() -> None:
    several = [reading("P1", 1), reading("P2", 1, a="D"), reading("P1", 2, a="C")]
    assert twice(several) == several


def test_nobodys_sheets_are_not_one_pupils() -> None:
    several = [reading(None), reading(None, a="D"), refusal(LETTERS, Problem.NO_SHEET)]
    assert twice(several) == several


def test_the_order_is_kept() -> None:
    told = twice([reading("P3"), reading("P1"), reading("P3", b="D"), reading("P2")])
    assert [one.pupil for one in told] == ["P3", "P1", "P3", "P2"]
    assert [bool(one.problems) for one in told] == [True, False, True, False]


def test_three_of_one_pupil_differ_wherever_any_two_do() -> None:
    told = twice([reading(), reading(a="D"), reading(b="D")])
    assert [one.needs_person for one in told] == [("a", "b")] * 3
