"""Keys and drawings of the demo, before any row: what is called wrong is wrong, what is filled in
stands where it should."""

from collections import Counter
from fractions import Fraction
from types import SimpleNamespace as Plain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from yunke.craft.marking.items import (
    ChoiceKey,
    Item,
    ShortTextKey,
    item_from_json,
    item_to_json,
)
from yunke.craft.marking.marks import mark
from yunke.demo.cast import CAST, TOTP
from yunke.demo.consent import GRADES as SPOKEN_GRADES
from yunke.demo.consent import SAID
from yunke.demo.curriculum import GRADES, units
from yunke.demo.desk import FILLED, GIVEN, PIXELS, _filled
from yunke.demo.exams import ASKED, POINTS
from yunke.demo.film import films
from yunke.demo.homework import JUNIOR, PHRASES, SMALL, SUMS, WHYS
from yunke.demo.looks import ALONE, LOOKED
from yunke.demo.questions import film_tasks, shown_text
from yunke.demo.reviews import STORIES
from yunke.demo.rosters import NEW
from yunke.demo.week import MAIN, MORE
from yunke.ground.consent.door import Answer, switches_in
from yunke.school.exams.door import item_written

HOMEWORK = [*SUMS, *SMALL, *JUNIOR]


def truth(kind: str, value: str) -> Any:
    return value in ("对", "true") if kind == "true-false" else value


# Exams and homework


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row[1])
def test_what_the_exam_calls_wrong_is_marked_wrong_and_its_key_right(row: Any) -> None:
    kind, stem, options, key, why, point, worth, _easy, wrong = row
    item = item_from_json(
        item_written(kind, stem=stem, options=options, key=key, reasoning=why,
                     points=Fraction(worth), knowledge=(POINTS[point][0],))
    )  # fmt: skip
    assert mark(item, truth(kind, key)).score == worth
    for value in wrong:
        assert mark(item, truth(kind, value)).score == 0, value
    assert item.knowledge == (POINTS[point][0],)


@pytest.mark.parametrize("asked", HOMEWORK, ids=lambda asked: asked[0])
def test_homework_can_be_marked_by_what_it_says_itself(asked: Any) -> None:
    stem, stem_en, key, points = asked
    item = item_from_json(item_to_json(Item("item", stem, key, Fraction(points))))
    if isinstance(key, ShortTextKey):
        assert mark(item, WHYS[2]).score != points, "not knowing is no reason"
        assert mark(item, "").score == 0
        return
    right = key.right if isinstance(key, ChoiceKey) else key.value
    assert mark(item, right).score == points
    assert mark(item, "").score == 0
    if isinstance(key, ChoiceKey):
        texts = [option.text for option in key.options]
        assert len(set(texts)) == len(texts) >= 2
        others = [option.id for option in key.options if option.id != right]
        assert all(mark(item, other).score == 0 for other in others)
    assert stem_en.isascii() or "×" in stem_en or "−" in stem_en or "÷" in stem_en


def test_no_question_of_the_homework_is_asked_twice() -> None:
    stems = [stem for stem, *_rest in HOMEWORK]
    assert len(set(stems)) == len(stems)
    assert len(set(PHRASES)) == len(PHRASES)


# Filled sheets


def sheet(block: Any, writing: Any = ()) -> Any:
    """A template of one page, as small as the drawing needs it."""
    layout = Plain(joined={"7": ["7.1", "7.2"]}, blocks=[block])
    return Plain(pages=[Plain(layout=layout, writing=list(writing))])


def bubbles(name: str, values: str, y: float) -> Any:
    return Plain(
        name=name,
        bubbles=[Plain(value=v, x=10 + 10 * n, y=y) for n, v in enumerate(values)],
    )


def drawn(marks: dict[str, str]) -> dict[tuple[str, str], bool]:
    """Which bubbles are dark."""
    items = [bubbles("1", "ABCD", 10), bubbles("7.1", "0123456789", 20),
             bubbles("7.2", "0123456789", 30)]  # fmt: skip
    block = Plain(width=4, height=3, items=items)
    blank = Image.new("L", (round(120 * PIXELS), round(60 * PIXELS)), 255)
    image = _filled(blank, sheet(block), 0, marks)
    return {
        (item.name, one.value): image.getpixel((int(one.x * PIXELS), int(one.y * PIXELS))) < 128
        for item in items
        for one in item.bubbles
    }


@pytest.mark.parametrize(
    ("marks", "dark"),
    [
        ({}, set()),
        ({"1": "B"}, {("1", "B")}),
        ({"1": "BD"}, {("1", "B"), ("1", "D")}),
        ({"1": "X"}, set()),
        ({"7": "42"}, {("7.1", "4"), ("7.2", "2")}),
        ({"7": "4"}, {("7.1", "4")}),
        ({"1": "", "7": ""}, set()),
        ({"9": "A"}, set()),
    ],
)
def test_a_pupil_fills_the_bubbles_of_the_answer_and_no_other(
    marks: dict[str, str], dark: set[tuple[str, str]]
) -> None:
    found = drawn(marks)
    assert {bubble for bubble, filled in found.items() if filled} == dark


def test_marks_of_two_markers_lie_within_what_the_question_is_worth() -> None:
    for told in GIVEN:
        for score in told:
            assert score is None or 0 <= Fraction(score) <= 5
    assert len(GIVEN) <= len(FILLED)


# Catalogue, films, stories


def test_every_grade_has_lessons_of_every_subject_on_air_and_no_unit_stands_twice() -> None:
    """The week asks each subject in its turn, on every day of the term."""
    whole = units()
    taught = {(unit.grade, unit.subject) for unit in whole if unit.lessons}
    assert {(grade, subject) for grade in GRADES for subject in (*MAIN, *MORE)} <= taught
    assert {unit.grade for unit in whole} == set(GRADES)
    codes = Counter(unit.code for unit in whole)
    assert max(codes.values()) == 1
    for unit in whole:
        titles = [lesson.zh for lesson in unit.lessons]
        assert len(set(titles)) == len(titles), unit.code
        assert all(lesson.en.strip() and lesson.zh.strip() for lesson in unit.lessons)


def test_each_task_is_asked_while_its_film_runs_and_can_be_answered() -> None:
    tasks, known = film_tasks(), {film.slug: film for film in films()}
    codes = [task.question.code for task in tasks]
    assert len(set(codes)) == len(codes)
    for task in tasks:
        assert task.film in known, task.film
        assert 0 < task.share <= 1
        question = task.question
        assert (question.subject, question.grade) == (
            known[task.film].subject, known[task.film].grade,
        )  # fmt: skip
        assert question.stem
        assert question.stem_en
        assert question.key
        ids = [option["id"] for option in question.options]
        if ids:
            assert set(question.key) < set(ids), "something else may be chosen"


def test_a_story_that_was_sent_back_says_why_and_no_other_does() -> None:
    for story in STORIES:
        assert bool(story.reason) == story.to.endswith("returned"), story.title
        assert 0 <= story.days < 15
        assert story.goals
    assert len({story.title for story in STORIES}) == len(STORIES)
    assert len({story.title_en for story in STORIES}) == len(STORIES)


def test_who_looks_or_speaks_is_of_the_cast_and_speaks_for_those_one_may_speak_for() -> None:
    parts = {part.key: part for part in CAST}
    assert {who for who, _role, _part in LOOKED} <= set(parts)
    assert {part for _who, _role, part in LOOKED} >= ALONE
    children = set(parts["mother"].children)
    for by, about, _key, answer in SAID:
        assert by == about or (by == "mother" and about in children)
        assert Answer(answer)
        assert SPOKEN_GRADES[about] == parts[about].grade
    known = {switch.key for switch in switches_in("cn")}
    assert {key for _by, _about, key, _answer in SAID} <= known
    assert len({(by, about, key) for by, about, key, _answer in SAID}) == len(SAID)


def test_new_pupils_of_the_roster_are_nobody_twice_and_one_has_a_rare_sign() -> None:
    assert len(set(NEW)) == len(NEW)
    assert any(ord(letter) > 0xFFFF for name in NEW for letter in name)
    assert len(TOTP) == 32
    assert set(TOTP) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


# Texts of the bank

PIECES = st.lists(
    st.sampled_from(
        ["$$1\\times 2$$", "$$", " ", "\n", "甲", "question_1-image_0", "$$\\frac{1}{2}$$", "  ",
         "\t", "$$ $$", "12", "\\ ", "x^2", "question_12-image_3", "。"]
    ), max_size=9,
)  # fmt: skip


@given(PIECES)
def test_a_shown_text_keeps_its_words_and_names_no_file(pieces: list[str]) -> None:
    found = shown_text("".join(pieces))
    assert "image_" not in found
    assert found.count("〔图〕") == sum("image_" in piece for piece in pieces)
    assert found.count("甲") == pieces.count("甲")
    assert "$$" not in found
    assert "  " not in found
    assert all(line == line.strip() != "" for line in found.splitlines())
