"""Corner marks: found whichever way the sheet lies, and the plane through those that are there."""

import cv2
import numpy as np
import pytest

from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.markers import (
    DICTIONARY,
    marks_near,
    marks_of,
    page_of,
    plane_of,
)
from yunke.craft.marking.sheets.template import Template
from yunke.craft.marking.sheets.tests.maker import template, told

IDS = frozenset(range(4))
PIXELS = 5.0


def sheet(ids: tuple[int, ...] = (0, 1, 2, 3), without: tuple[int, ...] = ()) -> Gray:
    """Only the corner marks, ``PIXELS`` a millimetre, on white."""
    page = np.full((round(297 * PIXELS), round(210 * PIXELS)), 235, np.uint8)
    for number, box in zip(ids, template().corner_boxes(), strict=True):
        if number in without:
            continue
        side = round(box.width * PIXELS)
        mark = cv2.aruco.generateImageMarker(DICTIONARY, number, side)
        x, y = round(box.x * PIXELS), round(box.y * PIXELS)
        page[y : y + side, x : x + side] = np.clip(mark, 20, 235)
    return page


def tilted(page: Gray, turn: float = 0.0) -> tuple[Gray, np.ndarray]:
    """The page seen from the side, and the homography from millimetres to pixels."""
    height, width = page.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    to = np.array([[150, 120], [1180, 60], [1240, 1560], [60, 1480]], np.float32)
    place = cv2.getPerspectiveTransform(corners, to)
    spin = np.vstack([cv2.getRotationMatrix2D((650, 800), turn, 0.8), [0, 0, 1]])
    whole = spin @ place
    seen = cv2.warpPerspective(page, whole, (1300, 1640), flags=cv2.INTER_AREA, borderValue=60)
    return seen, whole @ np.diag([PIXELS, PIXELS, 1.0])


def off(place: np.ndarray, truth: np.ndarray) -> float:
    """The largest distance in pixels between two places of the page's corners and middle."""
    points = np.array([[[0, 0], [210, 0], [210, 297], [0, 297], [105, 150]]], np.float64)
    one, other = (cv2.perspectiveTransform(points, h)[0] for h in (place, truth))
    return float(np.linalg.norm(one - other, axis=1).max())


def place_in(seen: Gray, of: Template | None = None) -> tuple[np.ndarray, int, float]:
    plan = of or template()
    marks = marks_of(seen, IDS)
    plane = plane_of(plan, plan.pages[0], marks)
    assert plane is not None
    return plane.place, plane.found, plane.error


@pytest.mark.parametrize("turn", [0, 7, 90, 180, 270, 200])
def test_the_plane_is_found_whichever_way_up(turn: float) -> None:
    seen, truth = tilted(sheet(), turn)
    place, found, error = place_in(seen)
    assert found == 4
    assert off(place, truth) < 1.5
    assert error < 0.15


@pytest.mark.parametrize("gone", [0, 1, 2, 3])
def test_three_corners_are_enough(gone: int) -> None:
    seen, truth = tilted(sheet(without=(gone,)), 5)
    place, found, _ = place_in(seen)
    assert found == 3
    assert off(place, truth) < 6


def test_two_corners_are_told_as_two() -> None:
    seen, _ = tilted(sheet(without=(2, 3)))
    assert place_in(seen)[1] == 2


def test_fewer_give_no_plane() -> None:
    plan = template()
    for without in ((0, 1, 2), (0, 1, 2, 3)):
        marks = marks_of(tilted(sheet(without=without))[0], IDS)
        assert plane_of(plan, plan.pages[0], marks) is None


def test_marks_of_other_sheets_are_not_ours() -> None:
    seen, _ = tilted(sheet(ids=(40, 41, 42, 43)))
    assert marks_of(seen, IDS) == {}


def test_the_page_is_the_one_whose_marks_are_there() -> None:
    field = {"kind": "choice", "items": ["1"], "at": [40, 60]}
    more = {"kind": "choice", "items": ["2"], "at": [40, 60]}
    two = template(**told(pages=[{"fields": [field]}, {"fields": [more]}]))
    corners = np.zeros((4, 2), np.float32)
    page = page_of(two, {1: corners, 4: corners, 6: corners})
    assert page is not None
    assert page.number == 2
    assert page_of(two, {}) is None


def test_a_table_of_noise_has_no_marks() -> None:
    rough = np.random.default_rng(3).integers(0, 255, (600, 500)).astype(np.uint8)
    assert marks_of(cv2.GaussianBlur(rough, (0, 0), 2), IDS) == {}


@pytest.mark.parametrize("missed", [0, 1, 2, 3])
def test_a_mark_that_was_missed_is_found_by_looking_closely(missed: int) -> None:
    plan = template()
    seen, _ = tilted(sheet(), 12)
    marks = marks_of(seen, IDS)
    plane = plane_of(plan, plan.pages[0], {n: c for n, c in marks.items() if n != missed})
    assert plane is not None
    closely = marks_near(seen, plan, plan.pages[0], plane)
    assert np.abs(closely[missed] - marks[missed]).max() < 1.0


def test_looking_closely_beyond_the_picture_finds_nothing_there() -> None:
    plan = template()
    seen, _ = tilted(sheet())
    half = np.ascontiguousarray(seen[:900])
    marks = marks_of(half, IDS)
    plane = plane_of(plan, plan.pages[0], marks)
    assert plane is not None
    assert set(marks_near(half, plan, plan.pages[0], plane)) <= {0, 1}


def test_a_dim_picture_has_its_marks() -> None:
    seen, _ = tilted(sheet())
    assert len(marks_of((seen * 0.2).astype(np.uint8), IDS)) == 4
