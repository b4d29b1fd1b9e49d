"""The lessons themselves: what is taught where, and that the board says what it should."""

from __future__ import annotations

import pytest

from yunke.demo.film.hand import Cell, Hand, readings_of
from yunke.demo.film.script import EVERYONE, TEACHER, Lesson
from yunke.demo.film.scripts import LESSONS
from yunke.demo.film.strokes import strokes_of
from yunke.demo.film.tables.pictures import PICTURES

BY_SLUG = {lesson.film.slug: lesson for lesson in LESSONS}

CATALOGUE = [
    ("g1-sun-moon", 1, "chinese", "日月水火"),
    ("g1-add-to-ten", 1, "maths", "10以内的加法"),
    ("g1-numbers-english", 1, "english", "数字一到九"),
    ("g2-three-poems", 2, "chinese", "古诗三首"),
    ("g2-carrying", 2, "maths", "两位数进位加法"),
    ("g2-likes-english", 2, "english", "他喜欢什么"),
    ("g3-forest", 3, "chinese", "木、林、森：会意字"),
    ("g3-fractions", 3, "maths", "分数的初步认识"),
    ("g3-can-english", 3, "english", "我能做什么"),
    ("g4-triangle-angles", 4, "maths", "三角形的内角和"),
    ("g4-water-cycle", 4, "science", "水到哪里去了"),
    ("g5-equations", 5, "maths", "简易方程"),
    ("g5-past-english", 5, "english", "过去的事"),
    ("g6-circle-area", 6, "maths", "圆的面积"),
    ("g6-moon-phases", 6, "science", "月相变化"),
    ("g7-number-line", 7, "maths", "数轴与绝对值"),
    ("g8-pythagoras", 8, "maths", "勾股定理"),
    ("g8-questions-english", 8, "english", "怎样提问"),
    ("g9-parabola", 9, "maths", "二次函数的图象"),
]

# Stroke counts as a school dictionary gives them, to hold the stroke data against.
STROKE_COUNTS = [
    ("一", 1),
    ("十", 2),
    ("人", 2),
    ("力", 2),
    ("大", 3),
    ("小", 3),
    ("日", 4),
    ("月", 4),
    ("水", 4),
    ("火", 4),
    ("木", 4),
    ("田", 5),
    ("白", 5),
    ("休", 6),
    ("尖", 6),
    ("众", 6),
    ("床", 7),
    ("男", 7),
    ("林", 8),
    ("明", 8),
    ("春", 9),
    ("思", 9),
    ("鹅", 12),
    ("森", 12),
    ("静", 14),
    ("霜", 17),
    ("前", 9),
    ("光", 6),
    ("疑", 14),
    ("是", 9),
    ("地", 6),
    ("上", 3),
    ("举", 9),
    ("头", 5),
    ("望", 11),
    ("低", 7),
    ("故", 9),
    ("乡", 3),
    ("曲", 6),
    ("项", 9),
    ("向", 6),
    ("天", 4),
    ("歌", 14),
    ("毛", 4),
    ("浮", 10),
    ("绿", 11),
    ("红", 6),
    ("掌", 12),
    ("拨", 8),
    ("清", 11),
    ("波", 8),
    ("眠", 10),
    ("不", 4),
    ("觉", 9),
    ("晓", 10),
    ("处", 5),
    ("闻", 9),
    ("啼", 12),
    ("鸟", 5),
    ("夜", 8),
    ("来", 7),
    ("风", 4),
    ("雨", 8),
    ("声", 7),
    ("花", 7),
    ("落", 12),
    ("知", 8),
    ("多", 6),
    ("少", 4),
]

READINGS = [
    ("床前明月光", "chuáng qián míng yuè guāng"),
    ("疑是地上霜", "yí shì dì shàng shuāng"),
    ("举头望明月", "jǔ tóu wàng míng yuè"),
    ("低头思故乡", "dī tóu sī gù xiāng"),
    ("曲项向天歌", "qū xiàng xiàng tiān gē"),
    ("白毛浮绿水", "bái máo fú lǜ shuǐ"),
    ("红掌拨清波", "hóng zhǎng bō qīng bō"),
    ("春眠不觉晓", "chūn mián bù jué xiǎo"),
    ("处处闻啼鸟", "chù chù wén tí niǎo"),
    ("夜来风雨声", "yè lái fēng yǔ shēng"),
    ("花落知多少", "huā luò zhī duō shǎo"),
]


def words_on(lesson: Lesson) -> list[str]:
    return [i.text for page in lesson.pages for beat in page.beats for i in beat.draw if i.text]


@pytest.mark.parametrize(("slug", "grade", "subject", "title"), CATALOGUE)
def test_the_catalogue(slug: str, grade: int, subject: str, title: str) -> None:
    film = BY_SLUG[slug].film
    assert (film.grade, film.subject, film.title_zh) == (grade, subject, title)
    assert film.language == ("en" if subject == "english" else "zh")


def test_nothing_is_missing_from_the_catalogue() -> None:
    assert [row[0] for row in CATALOGUE] == [lesson.film.slug for lesson in LESSONS]


@pytest.mark.parametrize(("char", "count"), STROKE_COUNTS)
def test_characters_have_the_strokes_of_the_dictionary(char: str, count: int) -> None:
    assert len(strokes_of(char)) == count


@pytest.mark.parametrize(("line", "reading"), READINGS)
def test_poems_are_read_as_they_should(line: str, reading: str) -> None:
    assert " ".join(readings_of(line)) == reading


@pytest.mark.parametrize(("line", "reading"), READINGS)
def test_poems_stand_on_the_board(line: str, reading: str) -> None:
    assert any(text.startswith(line) for text in words_on(BY_SLUG["g2-three-poems"]))


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("g1-add-to-ten", "3 + 2 = 5"),
        ("g2-carrying", "27+35=62"),
        ("g2-carrying", "48+26=74"),
        ("g2-carrying", "59+41=100"),
        ("g3-fractions", "3/8"),
        ("g4-triangle-angles", "∠A+∠B+∠C=180°"),
        ("g5-equations", "x = 12"),
        ("g6-circle-area", "S = πr²"),
        ("g7-number-line", "|−4| = 4"),
        ("g8-pythagoras", "a² + b² = c²"),
        ("g9-parabola", "y = x² + 2"),
        ("g4-water-cycle", "蒸发"),
        ("g6-moon-phases", "上弦月"),
        ("g5-past-english", "She turned it over."),
        ("g3-can-english", "John can draw the horse."),
        ("g2-likes-english", "Jack likes your red cup."),
        ("g8-questions-english", "Which do you care to use?"),
    ],
)
def test_the_main_line_stands_on_the_board(slug: str, text: str) -> None:
    assert text in words_on(BY_SLUG[slug])


@pytest.mark.parametrize("char", "日月水火")
def test_models_are_red_and_copies_are_black(char: str) -> None:
    cells = [
        item
        for page in BY_SLUG["g1-sun-moon"].pages
        for beat in page.beats
        for item in beat.draw
        if isinstance(item, Cell) and item.text == char
    ]
    assert [cell.colour for cell in cells[:3]] == ["accent", "ink", "ink"]
    assert cells[0].size > cells[1].size


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.film.slug)
def test_teacher_and_pupils_both_talk(lesson: Lesson) -> None:
    beats = [beat for page in lesson.pages for beat in page.beats if beat.text]
    who = {beat.who for beat in beats}
    assert TEACHER in who
    assert len(who - {TEACHER}) >= 3


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.film.slug)
def test_a_teachers_question_is_answered_by_somebody_else(lesson: Lesson) -> None:
    for page in lesson.pages:
        for beat, after in zip(page.beats, page.beats[1:], strict=False):
            if beat.question and beat.who == TEACHER:
                assert beat.wait >= 2.0
                assert after.who != TEACHER, beat.text


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.film.slug)
def test_questions_end_with_a_question_mark(lesson: Lesson) -> None:
    for page in lesson.pages:
        for beat in page.beats:
            if beat.question:
                assert "？" in beat.text or "?" in beat.text, beat.text


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.film.slug)
def test_pages_have_titles_in_both_languages(lesson: Lesson) -> None:
    assert 3 <= len(lesson.pages) <= 7
    for page in lesson.pages:
        assert page.title_zh
        assert page.title_en
        assert len(page.beats) >= 3


def test_the_class_reads_together_in_most_films() -> None:
    together = [
        lesson.film.slug
        for lesson in LESSONS
        if any(beat.who == EVERYONE for page in lesson.pages for beat in page.beats)
    ]
    assert len(together) > len(LESSONS) / 2


def test_every_picture_is_used_somewhere() -> None:
    used = {text for lesson in LESSONS for text in words_on(lesson) if text in PICTURES}
    assert len(used) >= 20


def test_lines_of_one_page_do_not_lie_on_each_other() -> None:
    for lesson in LESSONS:
        for page in lesson.pages:
            hands = [i for beat in page.beats for i in beat.draw if isinstance(i, Hand)]
            for number, one in enumerate(hands):
                for other in hands[number + 1 :]:
                    assert not overlap(one, other), f"{lesson.film.slug}: {one.text} {other.text}"


def overlap(one: Hand, other: Hand) -> bool:
    """Whether the middles of two written lines cover each other."""
    a, b = inner(one), inner(other)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def inner(hand: Hand) -> tuple[float, float, float, float]:
    """The part of a line's em box that its ink fills for certain."""
    left = hand.x - hand.width() / 2 if hand.middle else hand.x
    edge = hand.size * 0.12
    return left + edge, hand.y + 2 * edge, left + hand.width() - edge, hand.y + hand.size - edge
