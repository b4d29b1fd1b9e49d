"""Blanks and words."""

from fractions import Fraction

import pytest

from yunke.craft.marking.items import (
    Blank,
    BlanksKey,
    FormulaKey,
    NumberKey,
    Result,
    ShortTextKey,
    TextKey,
)
from yunke.craft.marking.marks import Verdict, mark
from yunke.craft.marking.marks.blanks import said_of_blank
from yunke.craft.marking.tests.questions import item

R, P, W, U = Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG, Verdict.UNSURE
THREE = item(
    BlanksKey(
        (
            Blank("a", text=TextKey(("北京",), True)),
            Blank("b", number=NumberKey("14")),
            Blank("c", number=NumberKey("960"), weight=Fraction(2)),
        )
    ),
    4,
)


@pytest.mark.parametrize(
    "answer",
    [["北京", "14", "960"], {"a": "北京", "b": "14", "c": "960"}, ["北京。", "十四", "９６０"]],
)
def test_all_blanks_right(answer: object) -> None:
    marking = mark(THREE, answer)
    assert (marking.verdict, marking.score, marking.reason) == (R, 4, "right")


def test_each_blank_has_its_weight() -> None:
    assert mark(THREE, ["北京", "14", "1"]).score == 2
    assert mark(THREE, ["南京", "1", "960"]).score == 2
    assert mark(THREE, ["南京", "14", "960"]).score == 3
    assert [part.score for part in mark(THREE, ["北京", "1", "960"]).parts] == [1, 0, 2]


def test_a_blank_left_empty_is_blank_and_the_others_count() -> None:
    marking = mark(THREE, {"a": "北京"})
    assert (marking.verdict, marking.score) == (P, 1)
    assert [part.reason for part in marking.parts] == ["right", "blank", "blank"]


def test_nothing_at_all_is_blank() -> None:
    assert (mark(THREE, None).verdict, mark(THREE, None).reason) == (W, "blank")
    assert mark(THREE, {}).reason == "blank"
    assert mark(THREE, ["", "", ""]).reason == "blank"


def test_one_blank_that_is_not_understood_takes_the_whole_to_a_person_with_the_rest_kept() -> None:
    marking = mark(THREE, ["北京", "十几", "960"])
    assert (marking.verdict, marking.score, marking.at_least) == (U, None, 3)
    assert [part.verdict for part in marking.parts] == [R, U, R]


@pytest.mark.parametrize("answer", [["北京"], "北京", {"x": "1"}, 5, [1, 2, 3, 4]])
def test_an_answer_of_another_shape_goes_to_a_person(answer: object) -> None:
    marking = mark(THREE, answer)
    assert (marking.verdict, marking.reason) == (U, "blanks.unread")
    assert len(marking.parts) == 3


def any_order(*values: str) -> object:
    blanks = tuple(Blank(str(n), number=NumberKey(value)) for n, value in enumerate(values))
    return item(BlanksKey(blanks, any_order=True), len(values))


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        (["2", "3", "5"], 3),
        (["5", "3", "2"], 3),
        (["3", "5", "2"], 3),
        (["2", "2", "5"], 2),
        (["2", "2", "2"], 1),
        (["7", "8", "9"], 0),
    ],
)
def test_in_any_order_each_key_is_used_once(answer: list[str], score: int) -> None:
    assert mark(any_order("2", "3", "5"), answer).score == score


def test_in_any_order_the_best_reading_is_found() -> None:
    blanks = (
        Blank("x", text=TextKey(("red", "blue"), True)),
        Blank("y", text=TextKey(("red",), True)),
    )
    both = item(BlanksKey(blanks, any_order=True), 2)
    assert mark(both, ["red", "blue"]).score == 2
    assert mark(both, ["blue", "red"]).score == 2
    assert mark(both, ["red", "red"]).score == 2
    assert mark(both, ["blue", "blue"]).score == 1


def test_many_blanks_in_any_order_do_not_take_for_ever() -> None:
    values = [str(number) for number in range(12)]
    assert mark(any_order(*values), values[::-1]).score == 12


def test_one_blank_takes_a_plain_text() -> None:
    one = item(BlanksKey((Blank("a", number=NumberKey("5")),)), 1)
    assert mark(one, "5").verdict is R


def test_thirds_of_points_add_up_exactly() -> None:
    three = item(BlanksKey(tuple(Blank(n, number=NumberKey("1")) for n in "abc")), 1)
    assert mark(three, ["1", "1", "0"]).score == Fraction(2, 3)
    assert mark(three, ["1", "1", "1"]).score == 1


WORD = TextKey(("photosynthesis", "光合作用"), results=(Result("呼吸作用", "breathing"),))


@pytest.mark.parametrize(
    "answer",
    [
        "光合作用",
        " 光合作用 ",
        "“光合作用”",
        "光合作用。",
        "光 合 作 用",
        "Photosynthesis",
        "PHOTOSYNTHESIS",
        "ｐｈｏｔｏｓｙｎｔｈｅｓｉｓ",
        "photo-synthesis",
    ],
)
def test_words_are_compared_without_marks_width_and_case(answer: str) -> None:
    assert said_of_blank(WORD, answer, None).verdict is R


def test_a_known_wrong_word_betrays_its_cause() -> None:
    said = said_of_blank(WORD, "呼吸作用", None)
    assert (said.verdict, said.causes) == (W, ("breathing",))


@pytest.mark.parametrize(
    "answer", ["photosynthesys", "photosyntesis", "photosynthessis", "hpotosynthesis"]
)
def test_one_letter_off_goes_to_a_person(answer: str) -> None:
    assert said_of_blank(WORD, answer, None).reason == "text.near"
    assert said_of_blank(TextKey(("photosynthesis",), True), answer, None).reason == "text.near"


def test_an_open_word_goes_to_a_person_and_a_closed_one_is_wrong() -> None:
    assert said_of_blank(WORD, "叶绿素", None).verdict is U
    assert said_of_blank(TextKey(("北京",), closed=True), "上海", None).verdict is W


def test_short_words_have_no_typos() -> None:
    assert said_of_blank(TextKey(("cat",), True), "cut", None).verdict is W
    assert said_of_blank(TextKey(("北京大学校",), True), "南京大学校", None).verdict is W


def test_case_matters_where_the_author_says_so() -> None:
    key = TextKey(("China",), True, case_matters=True)
    assert said_of_blank(key, "China", None).verdict is R
    assert said_of_blank(key, "china", None).verdict is not R


@pytest.mark.parametrize("answer", [["北京"], {"a": 1}, 3.5, "x" * 3000])
def test_no_word_at_all_goes_to_a_person(answer: object) -> None:
    assert said_of_blank(WORD, answer, None).verdict is U


def test_marks_alone_are_no_word() -> None:
    assert said_of_blank(TextKey(("北京",), True), "。。", None).verdict is W
    assert said_of_blank(TextKey(("……",), True), "——", None).verdict is W


SHORT = item(ShortTextKey(("因为 光的散射。", "Rayleigh scattering")))


def test_the_words_of_a_reference_are_right_and_everything_else_waits_for_a_person() -> None:
    assert mark(SHORT, "因为光的散射").verdict is R
    assert mark(SHORT, "rayleigh scattering!").verdict is R
    for answer in ("散射", "我不知道", "x" * 200_000, ["因为"], 5):
        assert (mark(SHORT, answer).verdict, mark(SHORT, answer).score) == (U, None)
    assert mark(SHORT, " ").reason == "blank"


def test_a_blank_may_hold_a_formula() -> None:
    assert said_of_blank(FormulaKey(("2x",)), "2x", None).verdict is R
    assert said_of_blank(FormulaKey(("2x",)), "", None).reason == "blank"
    assert said_of_blank(FormulaKey(("2x",)), "2x+", None).reason == "formula.unread"
