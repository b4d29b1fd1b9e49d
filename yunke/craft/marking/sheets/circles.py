"""OMRChecker's corner marks: the same little picture printed four times, found by correlation.

The marker's picture is slid over the page at several sizes (normalised cross-correlation, Lewis
1995) and the best place of each quarter is a corner. A marker that a pupil has drawn on still
correlates; a corner without one does not, and then there is no page.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.outline import Quad

COARSE, WIDE = 320, 700  # the page is searched at the first width, then near by at the second
FINER = (0.93, 1.0, 1.07)
SIZES = (0.5, 0.6, 0.72, 0.86, 1.03, 1.24)
LEAST = 0.35  # a corner that correlates less is none


@dataclass(frozen=True)
class Corners:
    """``quad``: the four centres in the picture's pixels; ``sure``: the weakest correlation."""

    quad: Quad
    sure: float


def corners_of(gray: Gray, quad: Quad, marker: Gray, share: float) -> Corners | None:
    """The marks within ``quad`` of ``gray``; ``share``: page width over marker width."""
    coarse, _ = _flat(gray, quad, COARSE)
    told = [(_quarters(coarse, _sized(marker, COARSE / share * size)), size) for size in SIZES]
    known = [(found, size) for found, size in told if found is not None]
    if not known:
        return None
    rough, size = max(known, key=lambda one: one[0].sure)
    page, back = _flat(gray, quad, WIDE)
    start = rough.quad * (WIDE / COARSE)
    tries = [_sized(marker, WIDE / share * size * finer) for finer in FINER]
    found = max((_near(page, one, start) for one in tries), key=lambda one: one.sure)
    if found.sure < LEAST:
        return None
    centres = cv2.perspectiveTransform(found.quad.reshape(1, 4, 2), back)
    return Corners(np.asarray(centres, np.float32).reshape(4, 2), found.sure)


def _sized(marker: Gray, side: float) -> Gray:
    width, height = max(6, round(side)), max(6, round(side * marker.shape[0] / marker.shape[1]))
    return np.asarray(cv2.resize(marker, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _near(page: Gray, marker: Gray, centres: Quad) -> Corners:
    """The best places within a mark's size of ``centres``."""
    height, width = marker.shape
    padded = cv2.copyMakeBorder(page, height, height, width, width, cv2.BORDER_REPLICATE)
    corners, sure = [], 1.0
    for x, y in centres:
        # In the padded page, a window from here has the mark at (width, height) / 2 if it is there.
        left, top = round(float(x) - width / 2 + 0.5), round(float(y) - height / 2 + 0.5)
        left, top = min(max(left, 0), page.shape[1]), min(max(top, 0), page.shape[0])
        window = padded[top + height // 2 :, left + width // 2 :]
        window = window[: 2 * height, : 2 * width]
        _, value, _, (dx, dy) = cv2.minMaxLoc(
            cv2.matchTemplate(window, marker, cv2.TM_CCOEFF_NORMED)
        )
        off_x, off_y = left + width // 2 - width + dx, top + height // 2 - height + dy
        corners.append((off_x + width / 2 - 0.5, off_y + height / 2 - 0.5))
        sure = min(sure, float(value))
    return Corners(np.array(corners, np.float32), sure)


def _flat(gray: Gray, quad: Quad, wide: int) -> tuple[Gray, NDArray[np.float64]]:
    """The quad pulled straight, ``wide`` pixels across, and the way back."""
    across = float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
    down = float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    width, height = wide, max(64, min(2 * wide, round(wide * down / max(across, 1.0))))
    to = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    there = cv2.getPerspectiveTransform(quad.astype(np.float32), to)
    flat = cv2.warpPerspective(gray, there, (width, height), flags=cv2.INTER_AREA)
    return np.asarray(flat, np.uint8), np.asarray(np.linalg.inv(there), np.float64)


def _quarters(page: Gray, marker: Gray) -> Corners | None:
    height, width = page.shape
    if marker.shape[0] * 2 >= height or marker.shape[1] * 2 >= width:
        return None
    alike = cv2.matchTemplate(page, marker, cv2.TM_CCOEFF_NORMED)
    half_x, half_y = marker.shape[1] / 2 - 0.5, marker.shape[0] / 2 - 0.5
    middle_x, middle_y = int(width / 2 - half_x), int(height / 2 - half_y)
    corners, sure = [], 1.0
    for right, low in ((0, 0), (1, 0), (1, 1), (0, 1)):
        top, left = low * middle_y, right * middle_x
        part = alike[top : None if low else middle_y, left : None if right else middle_x]
        _, value, _, (x, y) = cv2.minMaxLoc(part)
        corners.append((x + left + half_x, y + top + half_y))
        sure = min(sure, float(value))
    return Corners(np.array(corners, np.float32), sure)
