"""Sentences that can be checked: every number in them is in the values."""

import pytest

from yunke.craft.recall.drills import Chosen, Reason
from yunke.craft.recall.estimates import Mastery, Seen, Standing, mastery
from yunke.craft.recall.saying import (
    LANGUAGES,
    REASONS,
    STANDINGS,
    say_chance,
    say_choice,
    say_mastery,
    say_moves,
)
from yunke.craft.recall.why import Mover

ANSWERS = [
    Seen("42-17", ("borrow",), False, 1),
    Seen("53-28", ("borrow",), False, 2),
    Seen("61-35", ("borrow",), True, 9),
]


@pytest.fixture
def borrow() -> Mastery:
    return mastery(ANSWERS)["borrow"]


def test_in_chinese(borrow) -> None:
    said = say_mastery(borrow, "退位减法")
    assert said.startswith("退位减法：")
    assert "依据 3 次作答" in said
    assert "“42-17”答错" in said
    assert "“61-35”答对（+" in said


def test_in_english(borrow) -> None:
    said = say_mastery(borrow, "Borrowing", "en")
    assert said.startswith("Borrowing: ")
    assert "from 3 answers" in said
    assert "“42-17” wrong (-" in said
    assert "“61-35” right (+" in said


def test_one_answer_is_not_answers() -> None:
    one = mastery(ANSWERS[:1])["borrow"]
    assert "from 1 answer." in say_mastery(one, "x", "en")


def test_the_numbers_are_those_of_the_values(borrow) -> None:
    said = say_mastery(borrow, "x", "en")
    assert f"About {round(borrow.share.middle * 10)} of 10" in said
    assert f"({round(borrow.share.low * 10)}–{round(borrow.share.high * 10)})" in said
    move = borrow.moves[0]
    assert f"({round(100 * (move.after - move.before)):+d} %)" in said


def test_the_answer_that_moved_most_is_named_first(borrow) -> None:
    said = say_moves(borrow.moves, "en")
    places = [said.index(move.answer.name) for move in borrow.moves]
    assert places == sorted(places)


def test_no_more_answers_than_asked_for(borrow) -> None:
    assert say_moves(borrow.moves, "en", answers=1).count("“") == 1
    assert say_moves(borrow.moves, "zh", answers=0) == ""


def test_answers_that_moved_nothing_are_not_told() -> None:
    many = mastery([Seen(f"n{at}", ("p",), True, at / 100, -6.0) for at in range(30)])["p"]
    assert say_moves(many.moves, "en") == ""


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_has_its_words(standing) -> None:
    assert all(STANDINGS[standing])


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(reason, language) -> None:
    said = say_choice(Chosen("q", "p", reason, 2.0, 0.7), language)
    assert said == REASONS[reason][LANGUAGES.index(language)]
    assert said


MOVERS = [Mover(1, False, -0.23), Mover(0, True, 0.09), Mover(2, True, 0.004)]


def test_a_tracers_chance_names_the_answers_that_moved_it() -> None:
    said = say_chance(0.614, MOVERS, ["42-17", "53-28", "1+1"], "en")
    assert "about 61 %" in said
    assert "“53-28” wrong (-23 %); “42-17” right (+9 %)." in said
    assert "1+1" not in said
    told = say_chance(0.614, MOVERS, ["42-17", "53-28", "1+1"])
    assert (
        told == "下一题答对的可能约 61%。影响最大的作答：“53-28”答错（-23%）；“42-17”答对（+9%）。"
    )


def test_a_chance_that_nothing_moved_is_told_alone() -> None:
    assert say_chance(0.5, [], [], "zh") == "下一题答对的可能约 50%。"
    assert say_chance(0.5, MOVERS, ["a", "b", "c"], "en", answers=0).endswith("50 %.")


def test_another_language_is_refused(borrow) -> None:
    for call in (lambda: say_mastery(borrow, "x", "fr"), lambda: say_moves(borrow.moves, "fr")):
        with pytest.raises(KeyError):
            call()
