"""Corner marks (ArUco, Garrido-Jurado et al. 2014) and the plane they span."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.canvas import Homography
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.template import Box, Page, Template

MARKS = cv2.aruco.DICT_5X5_250
DICTIONARY = cv2.aruco.getPredefinedDictionary(MARKS)
QUICK = 1000  # the longer side of the copy that is searched first
CELLS = 7  # of a mark's side
CLOSE = 70.0  # pixels of a mark's side when it is looked for closely
AROUND = 2.2  # sides about its middle
LEAST_MARK = 8.0  # pixels: less has no cells
DIM = 110.0  # of 255: a picture whose paper is darker is brightened first
WORST = 12.0  # pixels of a corner off the plane, beyond which a mark is a false one

Corners = NDArray[np.float32]  # (4, 2), clockwise from the mark's own top left


@dataclass(frozen=True)
class Plane:
    """``place``: mm to pixels; ``found``: marks used; ``error``: RMS in mm of their corners."""

    place: Homography
    found: int
    error: float


def marks_of(gray: Gray, wanted: frozenset[int]) -> dict[int, Corners]:
    """The marks in a picture by id, to a fraction of a pixel; ids not ``wanted`` are left out."""
    scale = min(1.0, QUICK / max(gray.shape))
    less = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.asarray(less, np.uint8)
    found = _detect(small, 1 / scale)
    if len(wanted & found.keys()) < 4 and scale < 1.0:
        found = {**found, **_detect(gray, 1.0)}
    kept = {number: corners for number, corners in found.items() if number in wanted}
    return {number: _finer(gray, corners) for number, corners in kept.items()}


def marks_near(gray: Gray, template: Template, page: Page, plane: Plane) -> dict[int, Corners]:
    """The marks of a page whose place is roughly known, looked for closely one by one."""
    found = {}
    for number, box in zip(page.markers, template.corner_boxes(), strict=True):
        corners = cv2.perspectiveTransform(_corners(box).reshape(1, 4, 2), plane.place)[0]
        side = cv2.arcLength(corners.astype(np.float32), True) / 4
        middle, room = corners.mean(axis=0), AROUND * side
        low = np.maximum((middle - room).astype(int), 0)
        high = np.maximum((middle + room).astype(int), 0)
        patch = gray[low[1] : high[1], low[0] : high[0]]
        if side < LEAST_MARK or min(patch.shape) < LEAST_MARK:
            continue
        grow = CLOSE / side
        larger = cv2.resize(patch, None, fx=grow, fy=grow, interpolation=cv2.INTER_CUBIC)
        seen = _detect(np.asarray(larger, np.uint8), 1 / grow).get(number)
        if seen is not None:
            found[number] = _finer(gray, (seen + low).astype(np.float32))
    return found


def _detect(gray: NDArray[np.uint8], grow: float) -> dict[int, Corners]:
    bright = float(np.quantile(gray[::8, ::8], 0.95))
    if bright < DIM:  # the threshold below is a difference of brightness, not a ratio
        gray = np.asarray(cv2.convertScaleAbs(gray, alpha=2 * DIM / max(bright, 8.0)), np.uint8)
    corners, ids, _ = _detector().detectMarkers(gray)
    if ids is None:
        return {}
    # A pixel's centre is at .5: without it a copy of a quarter is 1.5 pixels off.
    return {
        int(number): ((quad.reshape(4, 2) + 0.5) * grow - 0.5).astype(np.float32)
        for number, quad in zip(ids.ravel(), corners, strict=True)
    }


@cache
def _detector() -> cv2.aruco.ArucoDetector:
    """Two windows of the adaptive threshold instead of three: marks of 20 to 100 pixels."""
    told = cv2.aruco.DetectorParameters()
    told.adaptiveThreshWinSizeMin = 9
    told.adaptiveThreshWinSizeMax = 23
    told.adaptiveThreshWinSizeStep = 14
    return cv2.aruco.ArucoDetector(DICTIONARY, told)


def _finer(gray: Gray, corners: Corners) -> Corners:
    side = cv2.arcLength(corners, True) / 4
    half = int(np.clip(side / CELLS * 0.5, 2, 8))
    points = corners.reshape(4, 1, 2).copy()
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_MAX_ITER, 20, 0.03)
    fine = cv2.cornerSubPix(gray, points, (half, half), (-1, -1), stop).reshape(4, 2)
    return corners if np.abs(fine - corners).max() > half else np.asarray(fine, np.float32)


def page_of(template: Template, marks: dict[int, Corners]) -> Page | None:
    """The page that most of the marks belong to."""
    counts = [sum(number in marks for number in page.markers) for page in template.pages]
    best = int(np.argmax(counts))
    return template.pages[best] if counts[best] else None


def plane_of(template: Template, page: Page, marks: dict[int, Corners]) -> Plane | None:
    """The plane through all corners of the page's marks; None with fewer than two."""
    boxes = template.corner_boxes()
    seen = [n for n, number in enumerate(page.markers) if number in marks]
    if len(seen) < 2:
        return None
    paper = np.concatenate([_corners(boxes[n]) for n in seen])
    picture = np.concatenate([marks[page.markers[n]] for n in seen])
    method = cv2.RANSAC if len(seen) == 4 else 0
    place, _ = cv2.findHomography(paper, picture, method, WORST)
    if place is None or abs(np.linalg.det(place)) < 1e-9:
        return None
    back = cv2.perspectiveTransform(picture.reshape(1, -1, 2), np.linalg.inv(place))
    error = float(np.sqrt(((back.reshape(-1, 2) - paper) ** 2).sum(axis=1).mean()))
    return Plane(np.asarray(place, np.float64), len(seen), error)


def _corners(box: Box) -> Corners:
    right, low = box.x + box.width, box.y + box.height
    return np.array([[box.x, box.y], [right, box.y], [right, low], [box.x, low]], np.float32)
