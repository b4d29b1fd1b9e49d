"""Coverage and paths: lengths add up, masks have the area of their shapes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from yunke.demo.film.curves import circle, rectangle
from yunke.demo.film.marks import Pen
from yunke.demo.film.raster import fine_canvas, length_of, line_cover, moved, piece, polygon_cover
from yunke.demo.film.values import Point

places = some.tuples(some.floats(0, 500), some.floats(0, 500))
paths = some.lists(places, min_size=2, max_size=8).map(tuple)
shares = some.floats(0, 1)


@given(paths, shares)
def test_two_pieces_are_as_long_as_the_whole(path: tuple[Point, ...], share: float) -> None:
    first, second = tuple(piece(path, 0, share)), tuple(piece(path, share, 1))
    assert length_of(first) + length_of(second) == pytest.approx(length_of(path), abs=1e-3)


@given(paths)
def test_the_whole_piece_is_the_path(path: tuple[Point, ...]) -> None:
    whole = piece(path, 0, 1)
    if length_of(path) > 1e-3:
        assert math.dist(whole[0], path[0]) < 1e-3
        assert math.dist(whole[-1], path[-1]) < 1e-3


@given(paths, shares)
def test_a_piece_stays_in_the_paths_box(path: tuple[Point, ...], share: float) -> None:
    xs, ys = zip(*path, strict=True)
    for x, y in piece(path, share / 2, share):
        assert min(xs) - 1e-6 <= x <= max(xs) + 1e-6
        assert min(ys) - 1e-6 <= y <= max(ys) + 1e-6


@given(paths, some.floats(1, 40))
def test_a_pens_box_holds_its_path(path: tuple[Point, ...], width: float) -> None:
    left, top, right, bottom = Pen("", path, width, (0, 0, 0), 1).box()
    for x, y in path:
        assert left <= x - width / 2
        assert x + width / 2 <= right
        assert top <= y - width / 2
        assert y + width / 2 <= bottom


@pytest.mark.parametrize("radius", [6, 10, 14])
def test_a_discs_area_is_right(radius: int) -> None:
    cover = polygon_cover(circle(20, 20, radius), (0, 0, 40, 40))
    assert cover.sum() / 255 == pytest.approx(math.pi * radius**2, rel=0.04)


@pytest.mark.parametrize(("width", "height"), [(10, 20), (24, 6), (15, 15)])
def test_a_rectangles_area_is_right(width: int, height: int) -> None:
    cover = polygon_cover(rectangle(5, 5, width, height), (0, 0, 40, 40))
    assert cover.sum() / 255 == pytest.approx(width * height, rel=0.08)


@pytest.mark.parametrize("width", [3.0, 5.0, 9.0])
def test_a_lines_area_is_its_length_times_its_width(width: float) -> None:
    cover = line_cover([(10, 20), (50, 20)], width, (0, 0, 60, 40))
    ends = math.pi * (width / 2) ** 2
    assert cover.sum() / 255 == pytest.approx(40 * width + ends, rel=0.12)


def test_a_line_is_round_at_its_ends() -> None:
    cover = line_cover([(20, 20), (40, 20)], 10, (0, 0, 60, 40))
    assert cover[20, 17] == 255
    assert cover[16, 15] < 64


def test_coverage_does_not_depend_on_the_box() -> None:
    square = rectangle(12, 12, 8, 8)
    large = polygon_cover(square, (0, 0, 40, 40))
    small = polygon_cover(square, (10, 10, 30, 30))
    assert (large[10:30, 10:30] == small).all()


def test_a_fine_canvas_is_four_times_finer() -> None:
    canvas, _ = fine_canvas((0, 0, 10, 5))
    assert canvas.size == (40, 20)
    assert not np.asarray(canvas).any()


def test_points_move_into_the_box() -> None:
    assert moved([(10, 10), (11, 10)], (10, 10, 20, 20)) == [(-0.5, -0.5), (3.5, -0.5)]


def test_a_point_has_no_length() -> None:
    assert length_of(((3, 3),)) == 0
    assert piece(((3, 3), (3, 3)), 0.2, 0.7) == [(3, 3)]
