"""What is shown around the ink: furniture, cursor, names."""

from __future__ import annotations

import numpy as np
import pytest

from yunke.demo.film.board import Board
from yunke.demo.film.cast import PUPILS, TEACHERS
from yunke.demo.film.drawn import Picture
from yunke.demo.film.look import GREEN, PAPER, SLATE, SUBJECT_HUE, Look
from yunke.demo.film.marks import Pen
from yunke.demo.film.script import Lesson, Page, say, show
from yunke.demo.film.show import (
    BADGE_AT,
    BADGE_HIGH,
    Reel,
    badge,
    badges,
    cursor,
    drawn_on,
    ease,
    frames,
    furniture,
    speaking_dot,
    tip,
)
from yunke.demo.film.tests.makers import FILM, SMALL, small_lesson
from yunke.demo.film.timeline import Drawn, Leaf, Plan, Spoken, planned
from yunke.demo.film.values import HEIGHT, WIDTH

LEAF = Leaf(0, 10, "标题", "A title", ())


def empty_page(look: Look, leaf: Leaf = LEAF, number: int = 0) -> np.ndarray:
    board = Board(WIDTH, HEIGHT, False)
    return furniture(Lesson(FILM, (), look), leaf, number, 3, board)


@pytest.mark.parametrize("look", [PAPER, GREEN, SLATE], ids=lambda look: look.name)
def test_the_ground_has_the_looks_colour(look: Look) -> None:
    assert tuple(empty_page(look)[400, 640]) == look.colour("ground")


@pytest.mark.parametrize("look", [PAPER, GREEN, SLATE], ids=lambda look: look.name)
def test_the_stripe_has_the_subjects_hue(look: Look) -> None:
    assert tuple(empty_page(look)[50, 43]) == look.colour(SUBJECT_HUE["chinese"])


def test_the_middle_of_an_empty_page_is_empty() -> None:
    page = empty_page(PAPER)
    assert len(np.unique(page[90:660].reshape(-1, 3), axis=0)) == 1


def test_titles_and_page_numbers_differ_from_page_to_page() -> None:
    first, second = empty_page(PAPER), empty_page(PAPER, Leaf(0, 1, "别的", "Other", ()), 1)
    assert (first[20:80, 60:300] != second[20:80, 60:300]).any()
    assert (first[665:710, 1180:] != second[665:710, 1180:]).any()


def test_a_film_in_english_has_english_titles() -> None:
    page = Page("标题", "A title", (say("Hello.", "你好。"),))
    chinese = empty_page(PAPER)
    film = FILM.__class__(**{**FILM.__dict__, "language": "en"})
    board = Board(WIDTH, HEIGHT, False)
    english = furniture(Lesson(film, (page,)), LEAF, 0, 3, board)
    assert (english[20:80] != chinese[20:80]).any()


def test_a_small_board_has_the_same_layout() -> None:
    board = Board(WIDTH // 4, HEIGHT // 4, False)
    small = furniture(Lesson(FILM, ()), LEAF, 0, 3, board)
    assert tuple(small[12, 11]) == PAPER.colour(SUBJECT_HUE["chinese"])


def test_the_cursor_is_a_soft_dot() -> None:
    dot = cursor((200, 69, 31), 1.0)
    side = dot.shape[0]
    assert dot.shape == (side, side, 4)
    assert dot[side // 2, side // 2, 3] == 235
    assert dot[0, 0, 3] == 0
    assert (dot == dot[::-1, ::-1]).all()


def test_the_cursor_sits_on_the_pens_tip() -> None:
    pen = Pen("", ((100, 100), (200, 100)), 4, (0, 0, 0), 4)
    paint, x, y = tip(pen, 1, PAPER, 1.0)
    assert x + paint.shape[1] / 2 == pytest.approx(150, abs=1)
    assert y + paint.shape[0] / 2 == pytest.approx(100, abs=1)


@pytest.mark.parametrize(("share", "eased"), [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)])
def test_slides_are_eased(share: float, eased: float) -> None:
    assert ease(share) == pytest.approx(eased)


def test_slides_start_softly() -> None:
    assert ease(0.1) < 0.1
    assert ease(0.9) > 0.9


def test_a_sliding_picture_floats_until_it_rests() -> None:
    board = Board(WIDTH, HEIGHT, False)
    board.start_page(empty_page(PAPER))
    (mark,) = Picture("apple", 300, 300, 80, (100, 0), 0.4).marks(PAPER)
    one = Drawn(mark, 5, 0, 0, 0)
    before = board.rgb.copy()
    for frame in (5, 6, 7):
        (floating,) = drawn_on(board, [one], frame, PAPER)
        assert floating[1] > 300
        assert (board.rgb == before).all()
    assert drawn_on(board, [one], 8, PAPER) == []
    assert (board.rgb != before).any()


def test_a_grid_is_drawn_without_a_cursor() -> None:
    board = Board(WIDTH, HEIGHT, False)
    board.start_page(empty_page(PAPER))
    pen = Pen("", ((100, 100), (200, 100)), 4, (0, 0, 0), 4, kind="grid")
    assert drawn_on(board, [Drawn(pen, 0, 0, 0, 0)], 0, PAPER) == []


def test_only_one_cursor_is_shown() -> None:
    board = Board(WIDTH, HEIGHT, False)
    board.start_page(empty_page(PAPER))
    pens = [
        Drawn(Pen("", ((100, y), (200, y)), 4, (0, 0, 0), 2), 0, 0, 0, 0) for y in (100.0, 300.0)
    ]
    assert len(drawn_on(board, pens, 0, PAPER)) == 1


def test_names_are_shown_while_somebody_speaks() -> None:
    plan = Plan(
        spoken=[Spoken(10, 20, TEACHERS["lin"], None), Spoken(30, 40, PUPILS["dami"], None)]
    )
    lesson = Lesson(FILM, ())
    assert [len(badges(plan, lesson, frame, 1.0)) for frame in (9, 10, 19, 20, 35, 40)] == [
        0,
        1,
        1,
        0,
        1,
        0,
    ]


def test_a_name_stands_in_its_place() -> None:
    plan = Plan(spoken=[Spoken(0, 5, TEACHERS["lin"], None)])
    ((paint, x, y),) = badges(plan, Lesson(FILM, ()), 0, 1.0)
    assert (x, y) == BADGE_AT
    assert paint.shape[0] == BADGE_HIGH
    assert y + BADGE_HIGH < HEIGHT


def test_teachers_and_pupils_have_different_signs() -> None:
    lesson = Lesson(FILM, ())
    teacher = badge(TEACHERS["lin"], "paper", lesson, 1.0)
    child = badge(PUPILS["dami"], "paper", lesson, 1.0)
    assert tuple(teacher[8, 11, :3]) == PAPER.colour("accent")
    assert tuple(child[8, 11, :3]) == PAPER.colour("blue")


def test_the_sign_is_round_with_bars() -> None:
    dot = speaking_dot((10, 20, 30), 22)
    assert dot[0, 0, 3] == 0
    assert dot[11, 11, :3].min() > 200
    assert dot[11, 3, 3] == 255


def test_the_reel_keeps_each_pages_last_picture() -> None:
    lesson, reel = small_lesson(), Reel()
    for _ in frames(lesson, planned(lesson), reel, SMALL):
        pass
    assert len(reel.pages) == len(lesson.pages)
    assert (reel.pages[0] != reel.pages[1]).any()


def test_the_frames_are_as_many_as_planned() -> None:
    lesson = Lesson(FILM, (Page("页", "Page", (show(wait=2.0),)),))
    plan = planned(lesson)
    assert sum(1 for _ in frames(lesson, plan, Reel(), SMALL)) == plan.frames


def test_no_ink_leaves_with_the_cursor() -> None:
    lesson = small_lesson()
    plan, reel = planned(lesson), Reel()
    last = None
    for planes in frames(lesson, plan, reel, SMALL):
        last = planes.copy()
    board = Board(round(WIDTH * SMALL), round(HEIGHT * SMALL), False)
    board.start_page(reel.pages[-1])
    assert last is not None
    assert (board.frame([]) == last).all()
