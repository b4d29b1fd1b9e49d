"""The paper's edge on a table, and the frame where there is no table."""

import cv2
import numpy as np
import pytest

from yunke.craft.marking.sheets.canvas import inside, place_of
from yunke.craft.marking.sheets.layout import Layout
from yunke.craft.marking.sheets.outline import cut_off, finer, quads_of, turned
from yunke.craft.marking.sheets.seen import places_in


def picture(corners: list[list[int]], table: int = 40, paper: int = 220) -> np.ndarray:
    gray = np.full((800, 600), table, np.uint8)
    cv2.fillPoly(gray, [np.array(corners, np.int32)], paper)
    return gray


PAGE = [[120, 100], [500, 130], [480, 700], [90, 660]]


@pytest.mark.parametrize("table", [10, 60, 120, 170])
def test_a_page_on_a_table_is_found(table: int) -> None:
    quad = quads_of(picture(PAGE, table))[0]
    assert np.abs(quad - np.array(PAGE)).max() < 12


def test_writing_on_the_page_does_not_matter() -> None:
    gray = picture(PAGE)
    for y in range(200, 600, 20):
        cv2.line(gray, (150, y), (420, y), 30, 4)
    assert np.abs(quads_of(gray)[0] - np.array(PAGE)).max() < 12


def test_the_frame_comes_last() -> None:
    for gray in (picture(PAGE), np.full((800, 600), 200, np.uint8)):
        assert quads_of(gray)[-1].tolist() == [[0, 0], [599, 0], [599, 799], [0, 799]]


def test_a_picture_without_a_page_has_its_frame_only_or_nonsense_that_is_a_quad() -> None:
    rough = np.random.default_rng(0).integers(0, 255, (300, 400)).astype(np.uint8)
    for quad in quads_of(rough):
        assert quad.shape == (4, 2)


def test_turning_starts_at_each_corner_once() -> None:
    quad = np.array(PAGE, np.float32)
    assert [tuple(one[0]) for one in turned(quad)] == [tuple(map(float, p)) for p in PAGE]


def test_a_page_that_is_tall_does_not_lie_across() -> None:
    """Two of the four ways up are ruled out by the sides alone."""
    tall = Layout(210, 297, ())
    assert len(places_in([np.array(PAGE, np.float32)], tall)) == 2
    assert len(places_in([np.array(PAGE, np.float32)], Layout(297, 210, ()))) == 2
    square = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], np.float32)
    assert len(places_in([square], Layout(200, 210, ()))) == 4


def test_corners_of_the_layout_go_to_corners_of_the_quad() -> None:
    place = place_of(np.array(PAGE, np.float32), Layout(210, 297, ()))
    corner = place @ np.array([210, 297, 1.0])
    assert corner[:2] / corner[2] == pytest.approx([480, 700], abs=1e-3)


def test_what_lies_outside_of_the_picture_is_known() -> None:
    place = place_of(np.array(PAGE, np.float32), Layout(210, 297, ()))
    points = np.array([[0.0, 0.0], [105.0, 150.0], [-200.0, 0.0], [0.0, 900.0]])
    assert inside(picture(PAGE), place, points).tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    ("corners", "cut"),
    [
        (PAGE, False),
        ([[120, 0], [500, 0], [480, 700], [90, 660]], True),
        ([[120, 100], [599, 130], [480, 700], [90, 660]], True),
        ([[0, 0], [599, 0], [599, 799], [0, 799]], False),
        ([[120, 100], [500, 130], [480, 797], [90, 660]], True),
    ],
)
def test_a_page_with_a_corner_at_the_frame_is_cut(corners: list[list[int]], cut: bool) -> None:
    """All four corners at the frame are a scan."""
    assert cut_off(np.array(corners, np.float32), (800, 600)) is cut


def test_the_edge_is_found_to_half_a_pixel() -> None:
    gray = cv2.GaussianBlur(picture(PAGE), (0, 0), 1.5)
    rough = np.array(PAGE, np.float32) + np.array([[4, -3], [-3, 4], [2, 3], [-4, -2]], np.float32)
    assert np.abs(finer(gray, rough) - np.array(PAGE)).max() < 1.0


def test_an_edge_that_is_not_there_leaves_the_outline() -> None:
    quad = np.array(PAGE, np.float32)
    assert finer(np.full((800, 600), 90, np.uint8), quad).tolist() == quad.tolist()
