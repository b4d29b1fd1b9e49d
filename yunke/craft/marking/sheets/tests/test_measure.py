"""Ink in a bubble, beside it, and whether anything is printed there at all."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.marking.sheets.canvas import Canvas
from yunke.craft.marking.sheets.fit import Shift
from yunke.craft.marking.sheets.layout import Block, Bubble, Item, Layout
from yunke.craft.marking.sheets.measure import Measured, measure

SCALE, MARGIN = 4.0, 20
ITEM = Item("q", (Bubble("A", 15, 20), Bubble("B", 30, 20), Bubble("C", 45, 20)))
LAYOUT = Layout(60, 40, (Block("b", (ITEM,), 8.0, 6.0),))
STILL = {"q": Shift(0, 0, 0.5)}


def page() -> np.ndarray:
    return np.zeros((int(40 * SCALE) + 2 * MARGIN, int(60 * SCALE) + 2 * MARGIN), np.uint8)


def at(bubble: int) -> tuple[int, int]:
    one = ITEM.bubbles[bubble]
    return round(one.x * SCALE) + MARGIN, round(one.y * SCALE) + MARGIN


def measured(ink: np.ndarray, shift: Shift = STILL["q"]) -> Measured:
    return measure(Canvas(ink, SCALE, MARGIN, 1.0), LAYOUT, {"q": shift})["b"][0]


def test_plain_paper_has_nothing() -> None:
    told = measured(page())
    assert told.ink.tolist() == [0, 0, 0]
    assert told.rim.tolist() == [0, 0, 0]
    assert told.print.tolist() == [0, 0, 0]


@given(st.integers(0, 255))
@settings(max_examples=20)
def test_a_filled_bubble_has_its_ink(shade: int) -> None:
    ink = page()
    cv2.rectangle(ink, (at(1)[0] - 16, at(1)[1] - 12), (at(1)[0] + 16, at(1)[1] + 12), shade, -1)
    assert measured(ink).ink == pytest.approx([0, shade / 255, 0], abs=0.01)


def test_a_line_around_is_print_but_no_ink() -> None:
    ink = page()
    cv2.ellipse(ink, at(0), (15, 11), 0, 0, 360, 120, 1)
    told = measured(ink)
    assert told.print[0] > 0.05
    assert told.ink[0] < 0.04
    assert told.print[1] == 0


def test_a_ring_is_beside_on_every_side() -> None:
    ink = page()
    cv2.ellipse(ink, at(2), (20, 16), 0, 0, 360, 255, 4)
    told = measured(ink)
    assert told.rim[2] > 0.25
    assert told.rim[0] == 0


def test_a_neighbour_that_is_filled_over_its_edge_is_no_ring() -> None:
    ink = page()
    cv2.ellipse(ink, at(0), (26, 16), 0, 0, 360, 255, -1)
    assert measured(ink).rim[1] < 0.05


def test_a_shift_moves_what_is_looked_at() -> None:
    ink = page()
    cv2.ellipse(ink, (at(1)[0] + 9, at(1)[1] - 5), (16, 12), 0, 0, 360, 255, -1)
    assert measured(ink, Shift(9, -5, 0.5)).ink[1] > 0.95
    assert measured(ink).ink[1] < 0.95


def test_how_alike_an_item_is_goes_along() -> None:
    assert measured(page(), Shift(0, 0, 0.42)).alike == 0.42


def test_a_bubble_beyond_the_canvas_is_no_error() -> None:
    assert measured(page(), Shift(10_000, -10_000, 0.1)).ink.tolist() == [0, 0, 0]
