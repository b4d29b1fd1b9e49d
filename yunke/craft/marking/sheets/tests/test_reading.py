"""From verdicts to what a room keeps."""

from yunke.craft.marking.sheets.judge import Verdict
from yunke.craft.marking.sheets.layout import Block, Bubble, Item, Layout
from yunke.craft.marking.sheets.reading import (
    Quality,
    SheetReading,
    answers_of,
    refusal,
    settled,
)
from yunke.craft.marking.sheets.trouble import WORDS, Problem


def item(name: str, options: tuple[str, ...] = tuple("0123456789")) -> Item:
    return Item(name, tuple(Bubble(value, 0, n) for n, value in enumerate(options)))


def number(*marks: str, unsure: int | None = None, parts: bool = False) -> tuple[object, list[str]]:
    """The answer of one number whose digits are ``marks``."""
    items = tuple(item(f"n#{place}") for place in range(len(marks)))
    verdicts = [
        Verdict(one, (mark,) if mark else (), place == unsure)
        for place, (one, mark) in enumerate(zip(items, marks, strict=True))
    ]
    layout = Layout(9, 9, (Block("b", items, 1, 1),), {"n": tuple(one.name for one in items)})
    answers, asked = answers_of(verdicts, layout, parts=parts)
    return (answers if parts else answers["n"]), asked


def test_digits_are_one_number() -> None:
    assert number("0", "4", "2") == ("042", [])
    assert number("7", "", "") == ("7", [])
    assert number("", "", "7") == ("7", [])
    assert number("", "", "") == (None, [])


def test_a_gap_between_digits_is_a_persons() -> None:
    assert number("7", "", "2") == (None, ["n"])


def test_an_unsure_digit_makes_the_number_unsure() -> None:
    assert number("7", "1", "2", unsure=1) == (None, ["n"])


def test_parts_are_told_where_the_template_names_them() -> None:
    answers, asked = number("7", "", "2", unsure=2, parts=True)
    assert answers == {"n#0": "7", "n#1": None, "n#2": None, "n": None}
    assert asked == ["n#2", "n"]


def test_several_letters_stand_together_and_words_apart() -> None:
    one, other = item("a", ("A", "B")), item("b", ("对", "错了"))
    verdicts = [Verdict(one, ("A", "B"), False), Verdict(other, ("对", "错了"), False)]
    layout = Layout(9, 9, (Block("x", (one, other), 1, 1),))
    assert answers_of(verdicts, layout, parts=False)[0] == {"a": "AB", "b": "对,错了"}


def reading(*problems: Problem) -> SheetReading:
    return SheetReading("P1", 1, {"a": "A", "b": "B"}, (), problems)


def test_a_sheet_without_problems_keeps_its_marks() -> None:
    told = settled(reading(), ("a", "b"), ["b"])
    assert told.answers == {"a": "A", "b": "B"}
    assert told.needs_person == ("b",)


def test_doubt_whose_sheet_it_is_keeps_the_marks_as_a_proposal() -> None:
    for problem in (Problem.NO_CODE, Problem.TWICE):
        told = settled(reading(problem), ("a", "b"), [])
        assert told.answers == {"a": "A", "b": "B"}
        assert told.needs_person == ("a", "b")


def test_doubt_what_is_marked_takes_the_marks_away() -> None:
    for problem in (Problem.BLURRED, Problem.DARK, Problem.CORNERS, Problem.TURNED, Problem.SMALL):
        told = settled(reading(problem), ("a", "b"), [])
        assert told.answers == {"a": None, "b": None}
        assert told.needs_person == ("a", "b")


def test_a_cut_sheet_keeps_what_is_on_it() -> None:
    told = settled(reading(Problem.CUT), ("a", "b"), ["b"])
    assert told.answers["a"] == "A"
    assert told.needs_person == ("b",)


def test_a_refusal_asks_for_everything_and_says_why() -> None:
    told = refusal(["a", "b"], Problem.OTHER_EXAM, pupil="P9", quality=Quality(corners=4))
    assert told.answers == {"a": None, "b": None}
    assert told.needs_person == ("a", "b")
    assert told.pupil == "P9"
    assert told.words == (WORDS[Problem.OTHER_EXAM],)
    assert told.quality.corners == 4


def test_every_problem_has_its_words() -> None:
    assert set(WORDS) == set(Problem)
    assert all(words.endswith(".") for words in WORDS.values())
