"""Words and pieces of short answers: what the model reads, what overlap is counted on."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yunke.craft.marking.short.opposites import DENIALS, OPPOSITES
from yunke.craft.marking.short.values import Row, plain
from yunke.craft.marking.short.wordpiece import cut, han, pieces
from yunke.craft.marking.short.words import LONGEST, opposed, read, runs, stem, terms

# As the tokenizer of the model's own makers cuts them.
CUT = {
    "The bulbs stay lit.": [1996, 25548, 2994, 5507, 1012],
    "Café naïve": [7668, 15743],
    "古诗三首": [1789, 100, 1741, 100],
    "photosynthesising": [7760, 6038, 25078, 2075],
    "x" * 120: [100],
    "": [],
    " \t\n": [],
}


@pytest.mark.parametrize(("text", "numbers"), CUT.items(), ids=lambda one: str(one)[:12])
def test_pieces_are_those_of_the_models_own_makers(text: str, numbers: list[int]) -> None:
    assert cut(text, 99)[1] == numbers


def test_the_list_of_pieces_is_whole() -> None:
    known = pieces()
    assert len(known) == 30_522
    assert (known["[PAD]"], known["[UNK]"], known["[CLS]"], known["[SEP]"]) == (0, 100, 101, 102)


def test_no_more_pieces_than_asked_for() -> None:
    assert len(cut("word " * 500, 20)[1]) == 20


def test_control_signs_and_accents_do_not_part_a_word() -> None:
    assert cut("na\u0308i\x00ve\u200b", 9) == cut("NAIVE", 9)


@given(some.text(max_size=200))
def test_any_text_has_pieces_that_the_model_knows(text: str) -> None:
    names, numbers = cut(text, 64)
    assert len(names) == len(numbers) <= 64
    assert all(0 <= number < 30_522 for number in numbers)


@given(some.text("abcdefghij -'", max_size=60))
def test_pieces_put_together_are_the_text_without_its_spaces(text: str) -> None:
    names, _ = cut(text, 500)
    assert "".join(name.removeprefix("##") for name in names) == "".join(text.split())


def test_a_chinese_character_is_known_as_one() -> None:
    assert han("水")
    assert han("𠮷")
    assert not han("a")
    assert not han("。")


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("bulbs bulb", "bulb"),
        ("heating heats heated", "heat"),
        ("stopped stopping stops", "stop"),
        ("batteries battery", "battery"),
    ],
)
def test_forms_of_a_word_have_one_stem(words: str, same: str) -> None:
    assert {stem(word) for word in words.split()} == {same}


def test_short_words_keep_their_ending() -> None:
    assert [stem(word) for word in ("gas", "red", "the", "is")] == ["gas", "red", "the", "is"]


def test_filler_is_left_out_of_what_is_compared_and_a_denial_is_not() -> None:
    found = read("The bulb does not light.")
    assert found.content == ("bulb", "not", "light")
    assert found.denials == 1


@pytest.mark.parametrize(
    "text",
    ["it isn't hot", "it isn’t hot", "it can't be hot", "they never are", "水不热", "没有水"],
)
def test_a_denial_is_seen_however_it_is_written(text: str) -> None:
    assert read(text).denials >= 1


def test_what_affirms_has_no_denial() -> None:
    assert read("it is hot, and it was cold before").denials == 0


def test_chinese_is_compared_by_characters_without_particles() -> None:
    assert read("水的温度升高了").content == ("水", "温", "度", "升", "高")


def test_full_width_digits_are_digits() -> None:
    assert read("１２ 克和3.5米").numbers == {"12", "3.5"}


def test_capitals_and_spaces_do_not_matter() -> None:
    assert read("  The   BULB ") is not None
    assert read("  The   BULB ").text == "the bulb"
    assert plain(" A\tb\n") == "a b"


def test_opposites_are_told_only_where_the_answer_turns_the_reference_round() -> None:
    reference = read("The temperature is higher, so it melts faster.")
    assert opposed(reference, read("it is lower and slower")) == (
        ("faster", "slower"),
        ("higher", "lower"),
    )
    assert opposed(reference, read("it is higher than the lower one and faster")) == ()
    assert opposed(read("水位升高"), read("水位降低")) == (("升", "降"), ("高", "低"))


def test_opposites_hold_both_ways() -> None:
    assert all(word in OPPOSITES[other] for word in OPPOSITES for other in OPPOSITES[word])
    assert not DENIALS & {"hot", "水"}


def test_runs_mark_the_ends() -> None:
    assert runs("ab", 3) == {" ab": 1, "ab ": 1}


def test_terms_are_stems_and_pairs() -> None:
    assert terms("bulbs stay lit") == ["bulb", "stay", "lit", "bulb stay", "stay lit"]


def test_a_page_of_text_is_looked_at_no_further_than_it_says_something() -> None:
    assert len(read("word " * 40_000).text) <= LONGEST


@given(some.text(max_size=80))
def test_any_text_can_be_read_and_is_read_the_same_twice(text: str) -> None:
    assert read(text) == read(text)
    assert terms(text) == terms(text)


def test_one_question_is_known_again_in_other_spaces_and_capitals() -> None:
    one = Row("Why is  it hot?", "Because.", "x")
    assert one.task == Row("why is it hot? ", " because.", "y").task
    assert one.task != Row("Why is it hot?", "Other.", "x").task
