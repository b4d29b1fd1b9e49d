"""Why a suggestion: the words it names, on vectors made by hand so that nothing is left to luck."""

import numpy as np
import pytest

from yunke.craft.marking.short.closeness import Side
from yunke.craft.marking.short.reasons import MOST, reasons, whole_words
from yunke.craft.marking.short.values import Reason, Row, Why
from yunke.craft.marking.short.vectors import WIDTH, Sense
from yunke.craft.marking.short.wordpiece import cut
from yunke.craft.marking.short.words import read

SAME = {"shine": "lit", "lamp": "bulb", "quick": "fast"}  # these count as one word


def sense(text: str) -> Sense:
    names = tuple(cut(text, 90)[0])
    parts = np.zeros((len(names), WIDTH), np.float32)
    for row, name in enumerate(names):
        parts[row, sum(map(ord, SAME.get(name, name))) % WIDTH] = 1
    whole = parts.sum(axis=0) if len(names) else np.eye(1, WIDTH, dtype=np.float32)[0]
    whole = whole / np.linalg.norm(whole)
    return Sense(whole, whole, names, parts.astype(np.float16))


def side(text: str) -> Side:
    return Side(read(text), sense(text))


def why(
    answer: str, reference: str = "The bulb stays lit.", question: str = "", *marked: Row
) -> dict[Reason, tuple[str, ...]]:
    told = reasons(question, side(reference), side(answer), marked)
    found = {one.reason: one.words for one in told}
    assert len(found) == len(told), "each kind of reason once"
    return found


def test_words_that_the_answer_has_and_has_not() -> None:
    assert why("the bulb") == {Reason.FOUND: ("bulb",), Reason.MISSING: ("stays", "lit")}


def test_a_word_said_in_another_way_is_found() -> None:
    assert why("a lamp will shine")[Reason.FOUND] == ("bulb", "lit")


def test_a_form_of_a_word_is_found() -> None:
    assert "stays" in why("it stayed")[Reason.FOUND]


def test_a_misspelt_word_is_found() -> None:
    reference = "The electricity flows."
    assert why("electrisity flow", reference)[Reason.FOUND] == ("electricity", "flows")


def test_the_questions_own_words_are_neither_found_nor_missing() -> None:
    found = why("the bulb", question="What happens to the bulb?")
    assert "bulb" not in found.get(Reason.FOUND, ()) + found[Reason.MISSING]


def test_filler_is_never_a_reason() -> None:
    found = why("of the and", "It is of the one and the other.")
    every = {word for words in found.values() for word in words}
    assert not every & {"it", "is", "of", "the", "and", "."}


def test_a_denial_on_one_side_is_the_first_thing_told() -> None:
    told = reasons("", side("The bulb stays lit."), side("the bulb does not stay lit"), ())
    assert told[0] == Why(Reason.DENIES)
    assert Reason.DENIES in why("the bulb is lit", "The bulb is not lit.")
    assert Reason.DENIES not in why("it is not lit", "The bulb is not lit.")


def test_an_opposite_is_named_with_what_it_opposes() -> None:
    assert why("it is slower", "It is faster.")[Reason.OPPOSITE] == ("faster / slower",)


def test_numbers_that_are_missing() -> None:
    found = why("about 12 of them", "12 in 30 seconds")
    assert found[Reason.NUMBER] == ("30",)


def test_no_more_words_than_one_can_take_in() -> None:
    long = "alpha bravo charlie delta echo foxtrot golf hotel india juliet"
    found = why("nothing", long)
    assert len(found[Reason.MISSING]) == MOST


@pytest.mark.parametrize("answer", ["", "   ", "\n"])
def test_an_answer_of_nothing_has_one_reason(answer: str) -> None:
    assert why(answer) == {Reason.EMPTY: ()}


def test_the_likest_marked_answer_is_shown_with_its_label() -> None:
    marked = (
        Row("q", "r", "it is lit", "correct"),
        Row("q", "r", "it goes out", "contradictory"),
        Row("q", "r", "it goes in", None),
    )
    assert why("it goes off", "The bulb stays lit.", "", *marked)[Reason.LIKE] == (
        "it goes out",
        "contradictory",
    )


def test_nobody_marked_nobody_is_shown() -> None:
    assert Reason.LIKE not in why("it is lit")
    assert Reason.LIKE not in why("it", "r", "", Row("q", "r", "it", None))


def test_pieces_are_put_together_to_words() -> None:
    made = sense("photosynthesising plants")
    near = np.linspace(0.1, 0.5, len(made.names)).astype(np.float32)
    words = whole_words(made, near)
    assert [word for word, _ in words] == ["photosynthesising", "plants"]
    assert words[0][1] == pytest.approx(float(near[3]))


def test_a_first_piece_that_continues_nothing_stands_alone() -> None:
    odd = Sense(np.zeros(WIDTH, np.float32), np.zeros(WIDTH, np.float32), ("##ing", "x"),
                np.zeros((2, WIDTH), np.float16))  # fmt: skip
    assert [word for word, _ in whole_words(odd, np.zeros(2, np.float32))] == ["##ing", "x"]


def test_chinese_words_are_named_by_character() -> None:
    found = why("冰化了", "冰融化了", "")
    assert "冰" in found[Reason.FOUND]
    assert "化" in found[Reason.FOUND]
    assert "了" not in found.get(Reason.MISSING, ())
