"""The board: it draws only what a mark covers, and its frames are BT.709 planes."""

from __future__ import annotations

import numpy as np
import pytest

from yunke.demo.film.board import Board, blend, clipped, even, lay
from yunke.demo.film.drawn import Picture, painted, smooth
from yunke.demo.film.figures import Area, Line
from yunke.demo.film.hand import Hand
from yunke.demo.film.look import GREEN, PAPER
from yunke.demo.film.marks import Mark, Patch, Pen
from yunke.demo.film.printed import Print, print_width, printed
from yunke.demo.film.raster import length_of, line_cover, piece, polygon_cover
from yunke.demo.film.tables.pictures import PICTURES

INK = (0, 0, 0)


def white_board(chalk: bool = False) -> Board:
    board = Board(64, 48, chalk)
    board.start_page(np.full((48, 64, 3), 255, np.uint8))
    return board


def draw_all(board: Board, mark: Mark) -> None:
    for step in range(max(1, mark.frames)):
        board.draw(mark, step)


def test_a_pen_line_grows_and_never_leaves_its_box() -> None:
    board, pen = white_board(), Pen("", ((10, 20), (50, 20)), 4, INK, 4)
    dark = []
    for step in range(4):
        board.draw(pen, step)
        dark.append(int((board.rgb[..., 0] < 128).sum()))
    assert dark == sorted(dark)
    assert dark[0] > 0
    left, top, right, bottom = pen.box()
    outside = board.rgb.copy()
    outside[top:bottom, left:right] = 255
    assert (outside == 255).all()


def test_a_brush_shows_only_what_lies_inside_the_outline() -> None:
    square = ((20.0, 10.0), (40.0, 10.0), (40.0, 30.0), (20.0, 30.0))
    board = white_board()
    draw_all(board, Pen("", ((0, 20), (60, 20)), 30, INK, 3, outline=square))
    assert (board.rgb[10:30, 20:40] == 0).all()
    board.rgb[9:31, 19:41] = 255
    assert (board.rgb == 255).all()


def test_the_steps_make_the_same_picture_as_one_stroke() -> None:
    slow, fast = white_board(), white_board()
    path = ((10.0, 10.0), (50.0, 12.0), (30.0, 40.0))
    draw_all(slow, Pen("", path, 5, INK, 7))
    draw_all(fast, Pen("", path, 5, INK, 1))
    assert np.abs(slow.rgb.astype(int) - fast.rgb).mean() < 1.0


def test_a_mark_without_frames_is_there_at_once() -> None:
    board = white_board()
    board.draw(Pen("", ((5, 5), (30, 5)), 3, INK, 0), 0)
    assert board.rgb.min() == 0


def test_an_area_wipes_in_from_the_left() -> None:
    board = white_board()
    (area,) = Area(((10, 10), (50, 10), (50, 30), (10, 30)), "#000000", 1.0, frames=4).marks(PAPER)
    board.draw(area, 0)
    assert board.rgb[20, 15, 0] == 0
    assert board.rgb[20, 45, 0] == 255
    for step in (1, 2, 3):
        board.draw(area, step)
    assert board.rgb[20, 45, 0] == 0


def test_chalk_is_grainy_and_the_same_every_time() -> None:
    one, two = white_board(True), white_board(True)
    pen = Pen("", ((10, 20), (50, 20)), 10, INK, 2)
    draw_all(one, pen)
    draw_all(two, pen)
    assert (one.rgb == two.rgb).all()
    assert len(np.unique(one.rgb[18:22, 15:45])) > 5


@pytest.mark.parametrize(
    ("colour", "luma"), [((255, 255, 255), 235), ((0, 0, 0), 16), ((255, 0, 0), 63)]
)
def test_planes_are_limited_range_bt709(colour: tuple[int, int, int], luma: int) -> None:
    board = Board(16, 16, False)
    board.start_page(np.full((16, 16, 3), colour, np.uint8))
    planes = board.frame([])
    assert abs(int(planes[0]) - luma) <= 1
    if colour[0] == colour[1] == colour[2]:
        assert (abs(planes[256:].astype(int) - 128) <= 1).all()


def test_what_floats_leaves_no_trace() -> None:
    board = white_board()
    before = board.frame([]).copy()
    dot = np.zeros((9, 9, 4), np.uint8)
    dot[..., 3] = 255
    assert (board.frame([(dot, 11, 7)]) != before).any()
    assert (board.frame([]) == before).all()


def test_what_floats_may_hang_over_the_edge() -> None:
    board = white_board()
    dot = np.full((9, 9, 4), 255, np.uint8)
    board.frame([(dot, -4, -4), (dot, 60, 44), (dot, 200, 200)])


def test_a_new_page_is_empty() -> None:
    board = white_board()
    draw_all(board, Pen("", ((10, 20), (50, 20)), 4, INK, 2))
    board.start_page(np.full((48, 64, 3), 255, np.uint8))
    assert (board.frame([])[: 64 * 48] == 235).all()


def test_blend_is_exact_at_both_ends() -> None:
    under = np.full((2, 2, 3), 200, np.uint8)
    top = np.array([10, 20, 30], np.uint8)
    assert (blend(under, top, np.zeros((2, 2), np.uint32)) == under).all()
    assert (blend(under, top, np.full((2, 2), 255, np.uint32)) == top).all()


def test_lay_cuts_what_falls_outside() -> None:
    ground = np.zeros((4, 4, 3), np.uint8)
    lay(ground, np.full((4, 4, 4), 255, np.uint8), 2, 2)
    assert ground[2:, 2:].min() == 255
    assert ground[:2].max() == 0


def test_boxes_are_clipped_and_made_even() -> None:
    assert clipped((-3, 5, 90, 7), (0, 0, 64, 48)) == (0, 5, 64, 7)
    assert clipped((70, 5, 90, 7), (0, 0, 64, 48))[2] >= 64
    assert even((3, 5, 9, 7), (0, 0, 64, 48)) == (2, 4, 10, 8)


def test_a_piece_of_a_path_has_its_share_of_the_length() -> None:
    path = ((0.0, 0.0), (10.0, 0.0), (10.0, 30.0))
    assert length_of(tuple(piece(path, 0.25, 0.75))) == pytest.approx(20)
    assert piece(path, 0.9, 1.0)[-1] == (10, 30)
    assert piece(((3.0, 3.0), (3.0, 3.0)), 0, 1) == [(3.0, 3.0)]


def test_cover_is_antialiased() -> None:
    cover = polygon_cover(((1.5, 1.0), (5.0, 1.0), (5.0, 4.0), (1.5, 4.0)), (0, 0, 8, 8))
    assert 60 < cover[2, 1] < 200
    assert cover[2, 3] == 255
    assert line_cover([(4, 4)], 4, (0, 0, 8, 8))[4, 4] == 255


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_every_picture_can_be_painted(name: str) -> None:
    art = painted(name, 40, PAPER)
    assert art.shape == (40, 40, 4)
    assert art[..., 3].max() == 255


def test_a_picture_keeps_its_colour_at_the_edge() -> None:
    art = painted("lemon", 60, PAPER)
    edge = art[(art[..., 3] > 60) & (art[..., 3] < 200)]
    assert edge[:, 0].min() > 180


def test_a_smooth_curve_passes_through_its_points() -> None:
    corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
    assert all(corner in smooth(corners) for corner in corners)


def test_scaled_marks_are_smaller_in_every_way() -> None:
    (pen,) = Line(((100, 100), (200, 100)), width=8).marks(PAPER)
    (patch,) = Picture("apple", 100, 80, 60, (40, 0)).marks(PAPER)
    assert isinstance(pen, Pen)
    assert isinstance(patch, Patch)
    assert pen.scaled(0.5).path == ((50, 50), (100, 50))
    assert patch.scaled(0.5).box() == (50, 40, 80, 70)
    assert patch.scaled(0.5).slide == (20, 0)
    assert patch.scaled(0.5).pixels().shape == (30, 30, 4)


def test_printed_words_are_as_wide_as_they_say() -> None:
    ink = printed("月 moon", 24, 400, (1, 2, 3))
    assert abs(ink.shape[1] - print_width("月 moon", 24)) <= 4
    assert ink[..., :3].reshape(-1, 3).tolist()[0] == [1, 2, 3]


def test_a_title_in_the_middle_is_in_the_middle() -> None:
    (mark,) = Print("题目", 100, 0, middle=True).marks(PAPER)
    left, _, right, _ = mark.box()
    assert (left + right) / 2 == pytest.approx(100, abs=3)
    (pen, *_) = Hand("2", 100, 0, middle=True).marks(PAPER)
    assert pen.box()[0] < 100 < pen.box()[2]


def test_looks_know_roles_hues_and_codes() -> None:
    assert PAPER.colour("ground") == (251, 248, 243)
    assert PAPER.colour("accent") == (200, 69, 31)
    assert PAPER.colour("blue") == (0, 114, 178)
    assert GREEN.colour("blue") != PAPER.colour("blue")
    assert GREEN.colour("#010203") == (1, 2, 3)
