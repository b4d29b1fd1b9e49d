"""The Latin hand: every glyph can be drawn and stays in its place."""

from __future__ import annotations

import pytest

from yunke.demo.film.curves import arc, circle, graph, rectangle, sector
from yunke.demo.film.hand import Hand
from yunke.demo.film.look import PAPER
from yunke.demo.film.pens import advance, char_pens, dashes, frames_for, glyph_lines
from yunke.demo.film.scripts import LESSONS
from yunke.demo.film.strokes import strokes_of
from yunke.demo.film.tables.letters import GLYPHS


@pytest.mark.parametrize("char", sorted(set(GLYPHS) - {" "}))
def test_a_glyph_lies_between_its_margins(char: str) -> None:
    width = GLYPHS[char][0]
    for line in glyph_lines(char):
        assert all(-1 <= x <= width + 4 for x, _ in line)
        assert all(-24 <= y <= 82 for _, y in line)


def test_i_has_a_stem_and_a_dot() -> None:
    stem, dot = glyph_lines("i")
    assert stem[0][1] > stem[-1][1]
    assert dot[0][1] > stem[0][1]


def test_every_sign_used_in_a_lesson_can_be_written() -> None:
    texts = {
        char
        for lesson in LESSONS
        for page in lesson.pages
        for beat in page.beats
        for item in beat.draw
        if isinstance(item, Hand)
        for char in item.text
    }
    assert not [char for char in texts if char not in GLYPHS and not strokes_of(char)]


def test_space_moves_the_hand_and_writes_nothing() -> None:
    assert advance(" ", 100) > 0
    assert list(char_pens(" ", 0, 0, 100, (0, 0, 0), 1)) == []


def test_a_chinese_character_is_as_wide_as_it_is_high() -> None:
    assert advance("月", 64) == 64


def test_letters_stand_on_the_line_of_the_characters() -> None:
    pens = list(char_pens("l", 0, 0, 100, (0, 0, 0), 1))
    assert max(y for pen in pens for _, y in pen.path) == pytest.approx(86)


def test_big_characters_are_written_more_slowly() -> None:
    assert frames_for(200, 200, 1) > frames_for(50, 50, 1)


def test_no_line_takes_no_time() -> None:
    assert frames_for(0.1, 60, 1) == 1


def test_dashes_begin_and_end_on_the_line() -> None:
    parts = list(dashes((0, 0), (100, 0), 10))
    assert parts[0][0] == (0, 0)
    assert parts[-1][1] == pytest.approx((100, 0))
    assert all(a[0] < b[0] for a, b in parts)


def test_an_arc_goes_anticlockwise_when_the_end_is_larger() -> None:
    points = arc(0, 0, 10, 10, 0, 90)
    assert points[0] == pytest.approx((10, 0))
    assert points[-1] == pytest.approx((0, 10))


def test_a_circle_starts_at_the_top_of_the_board() -> None:
    points = circle(100, 100, 50)
    assert points[0] == pytest.approx((100, 50))
    assert points[-1] == pytest.approx(points[0])


def test_a_sector_is_closed_at_the_middle() -> None:
    points = sector(10, 20, 5, 0, 90)
    assert points[0] == points[-1] == (10, 20)


def test_a_rectangle_has_five_points() -> None:
    assert rectangle(1, 2, 3, 4) == ((1, 2), (4, 2), (4, 6), (1, 6), (1, 2))


def test_a_graph_passes_through_its_origin() -> None:
    points = graph(lambda x: x * x, -1, 1, (100, 200), 50)
    assert points[30] == pytest.approx((100, 200))
    assert points[0] == pytest.approx((50, 150))


@pytest.mark.parametrize("size", [40, 64, 96, 150])
def test_letters_grow_with_their_size(size: int) -> None:
    (one,) = char_pens("l", 0, 0, size, (0, 0, 0), 1)
    (two,) = char_pens("l", 0, 0, size * 2, (0, 0, 0), 1)
    assert (two.box()[3] - two.box()[1]) > 1.8 * (one.box()[3] - one.box()[1])
    assert two.width > one.width


@pytest.mark.parametrize("text", ["moon", "27 + 35", "床前明月光", "y = x²"])
def test_a_line_is_as_wide_as_its_ink(text: str) -> None:
    line = Hand(text, 100, 100, 64)
    right = max(mark.box()[2] for mark in line.marks(PAPER))
    assert right == pytest.approx(100 + line.width(), abs=16)


@pytest.mark.parametrize("text", ["moon", "月亮"])
def test_a_line_in_the_middle_is_in_the_middle(text: str) -> None:
    boxes = [mark.box() for mark in Hand(text, 640, 100, 64, middle=True).marks(PAPER)]
    middle = (min(b[0] for b in boxes) + max(b[2] for b in boxes)) / 2
    assert middle == pytest.approx(640, abs=10)


def test_pace_makes_writing_faster() -> None:
    slow = sum(pen.frames for pen in char_pens("森", 0, 0, 240, (0, 0, 0), 1))
    fast = sum(pen.frames for pen in char_pens("森", 0, 0, 240, (0, 0, 0), 2))
    assert fast < slow
