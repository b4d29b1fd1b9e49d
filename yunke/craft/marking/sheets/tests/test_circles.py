"""OMRChecker's corner marks in pictures that have them, and in pictures that have none."""

import cv2
import numpy as np
import pytest

from yunke.craft.marking.sheets.circles import corners_of
from yunke.craft.marking.sheets.light import Gray

FRAME = np.array([[0, 0], [900, 0], [900, 1200], [0, 1200]], np.float32)
CENTRES = [(120, 300), (800, 280), (820, 980), (100, 1010)]


def rings(size: int) -> Gray:
    """The mark: a disc in two rings."""
    mark = np.full((size, size), 255, np.uint8)
    half = size // 2
    for share, shade in ((0.98, 0), (0.78, 255), (0.55, 0), (0.35, 255), (0.18, 0)):
        cv2.circle(mark, (half, half), round(half * share), shade, -1)
    return mark


def page(side: int = 50, centres: list[tuple[int, int]] = CENTRES) -> Gray:
    gray = np.full((1200, 900), 225, np.uint8)
    mark = np.minimum(rings(side), 225)
    for x, y in centres:
        gray[y - side // 2 : y - side // 2 + side, x - side // 2 : x - side // 2 + side] = mark
    for y in range(330, 950, 30):
        cv2.putText(gray, "A B C D", (250, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 60, 2)
    return gray


@pytest.mark.parametrize("side", [30, 41, 50, 64])
def test_marks_of_any_likely_size(side: int) -> None:
    found = corners_of(page(side), FRAME, rings(160), 17)
    assert found is not None
    assert found.sure > 0.6
    assert np.abs(found.quad - np.array(CENTRES)).max() < 4


def test_a_mark_that_a_pupil_drew_on_is_still_a_mark() -> None:
    gray = page()
    cv2.circle(gray, CENTRES[0], 14, 0, -1)
    cv2.line(gray, (770, 250), (830, 310), 0, 4)
    found = corners_of(gray, FRAME, rings(160), 17)
    assert found is not None
    assert np.abs(found.quad - np.array(CENTRES)).max() < 5


def test_shadow_and_noise() -> None:
    rng = np.random.default_rng(2)
    seen = page() * np.linspace(1, 0.45, 900) + rng.normal(0, 8, (1200, 900))
    found = corners_of(np.clip(seen, 0, 255).astype(np.uint8), FRAME, rings(160), 17)
    assert found is not None
    assert np.abs(found.quad - np.array(CENTRES)).max() < 4


def test_a_page_without_one_of_its_marks_has_no_corners() -> None:
    assert corners_of(page(centres=CENTRES[:3]), FRAME, rings(160), 17) is None


def test_plain_paper_and_tiny_pictures_have_no_corners() -> None:
    assert corners_of(np.full((1200, 900), 220, np.uint8), FRAME, rings(160), 17) is None
    tiny = np.array([[0, 0], [9, 0], [9, 9], [0, 9]], np.float32)
    assert corners_of(np.full((9, 9), 220, np.uint8), tiny, rings(160), 17) is None
