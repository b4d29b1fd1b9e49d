"""Places, and what is known of a page at a place."""

import cv2
import numpy as np
import pytest

from yunke.craft.marking.sheets.canvas import MOST, canvas_of, place_of, scale_for
from yunke.craft.marking.sheets.layout import Block, Bubble, Item, Layout
from yunke.craft.marking.sheets.seen import (
    Candidate,
    bubble_pixels,
    chosen,
    coverage,
    see,
    sharpness,
    turned_too,
)
from yunke.craft.marking.sheets.tests.maker import template
from yunke.craft.marking.sheets.tests.staged import printed, scanned

LAYOUT = template().pages[0].layout
WHOLE = np.array([[0, 0], [1175, 0], [1175, 1662], [0, 1662]], np.float32)


@pytest.fixture(scope="module")
def blank() -> np.ndarray:
    return scanned(printed())


def test_the_right_way_up_is_chosen(blank: np.ndarray) -> None:
    right, wrong = place_of(WHOLE, LAYOUT), place_of(np.roll(WHOLE, 2, axis=0), LAYOUT)
    ways = chosen(blank, [wrong, right], LAYOUT)
    assert ways[0].place.tolist() == right.tolist()
    assert ways[0].alike > 2 * ways[1].alike
    assert not turned_too(ways, LAYOUT)


def test_two_ways_up_that_are_as_good_are_told() -> None:
    one, other = place_of(WHOLE, LAYOUT), place_of(np.roll(WHOLE, 2, axis=0), LAYOUT)
    assert turned_too([Candidate(one, 0.40), Candidate(other, 0.39)], LAYOUT)
    assert not turned_too([Candidate(one, 0.40), Candidate(other, 0.30)], LAYOUT)
    assert not turned_too([Candidate(one, 0.40), Candidate(one, 0.40)], LAYOUT)
    assert not turned_too([], LAYOUT)


def test_a_page_that_fills_the_picture_covers_it(blank: np.ndarray) -> None:
    place = place_of(WHOLE, LAYOUT)
    assert coverage(blank, place, LAYOUT) == pytest.approx(1.0, abs=0.02)
    assert coverage(blank, place_of(WHOLE / 2, LAYOUT), LAYOUT) == pytest.approx(0.25, abs=0.01)


def test_bubbles_are_measured_in_the_pictures_pixels(blank: np.ndarray) -> None:
    assert bubble_pixels(blank, place_of(WHOLE, LAYOUT), LAYOUT) == pytest.approx(
        3.6 * 5.6, rel=0.02
    )


def test_blur_is_less_sharp(blank: np.ndarray) -> None:
    place, scale = place_of(WHOLE, LAYOUT), scale_for(LAYOUT, 14)
    soft = cv2.GaussianBlur(blank, (0, 0), 3)
    sharp = sharpness(canvas_of(blank, place, LAYOUT, scale))
    assert sharpness(canvas_of(soft, place, LAYOUT, scale)) < 0.5 * sharp


def test_a_blank_sheet_is_seen_whole(blank: np.ndarray) -> None:
    seen = see(blank, place_of(WHOLE, LAYOUT), LAYOUT)
    assert seen.alike > 0.4
    assert (seen.cut, seen.loose) == (False, False)
    assert not any(verdict.marks or verdict.unsure for verdict in seen.verdicts)


def test_a_page_half_beside_the_picture_is_cut(blank: np.ndarray) -> None:
    seen = see(blank, place_of(WHOLE + np.float32([300, 0]), LAYOUT), LAYOUT)
    assert seen.cut


def test_no_template_makes_a_canvas_too_large() -> None:
    tiny = Block("b", (Item("q", (Bubble("A", 9000, 9000),)),), 1.0, 1.0)
    layout = Layout(20_000, 20_000, (tiny,))
    scale = scale_for(layout, 14)
    assert (20_000 * scale) ** 2 <= 1.01 * MOST
