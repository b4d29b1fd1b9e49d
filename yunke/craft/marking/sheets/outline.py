"""The paper's edge: four-cornered light things in a picture, most likely first.

A page on a table is the large bright region with straight sides (Otsu 1979 for bright, convex
hull, Douglas and Peucker 1973 for the corners). The picture's own frame always comes last: a scan
has no table.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.light import Gray

Quad = NDArray[np.float32]  # (4, 2): top left, top right, bottom right, bottom left

Line = NDArray[np.float32]

PROBES = 32  # of a side
CLEAR = 12.0  # of brightness: a step of paper against a table
NEAR_EDGE = 0.012  # of the picture's longer side
WITHIN = 0.015  # of a side's length the edge lies near the outline
LONG = 640  # the outline is looked for on a copy this long
LEAST = 0.06  # of the picture's area
SQUARE = 0.80  # of its hull's area a quad must share with the region


def quads_of(gray: Gray) -> list[Quad]:
    """Corners in pixels of ``gray``, clockwise, starting at the one nearest the top left."""
    height, width = gray.shape
    scale = min(1.0, LONG / max(height, width))
    small = np.asarray(
        cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )
    found: list[Quad] = []
    for mask in _bright(small):
        for quad in _in_mask(mask):
            if all(np.abs(quad - other).max() > 0.02 * LONG for other in found):
                found.append(quad)
    whole = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    rough = [quad / scale for quad in found[:3]]
    return [*(finer(gray, quad) for quad in rough[:1]), *rough, whole]


def cut_off(quad: Quad, shape: tuple[int, ...]) -> bool:
    """Whether the page runs out of the picture: a corner lies at its frame, but not all do."""
    height, width = shape[:2]
    near = NEAR_EDGE * max(height, width)
    last = np.array([width - 1, height - 1], np.float32)
    at_frame = ((quad < near) | (quad > last - near)).any(axis=1)
    return bool(at_frame.any() and not at_frame.all())


def finer(gray: Gray, quad: Quad) -> Quad:
    """The corners where straight lines through the page's edge meet.

    A row's height is half a hundredth of a page: the outline alone is not that sure. Across every
    side, at ``PROBES`` places, the steepest step of brightness is an edge point.
    """
    lines = [_edge(gray, quad[n], quad[(n + 1) % 4]) for n in range(4)]
    corners = [_meet(lines[n - 1], lines[n]) for n in range(4)]
    told = np.array(corners, np.float32)
    far = WITHIN * float(np.linalg.norm(quad[2] - quad[0]))
    sound = bool(np.isfinite(told).all()) and float(np.abs(told - quad).max()) < far
    return told if sound else quad


def _edge(gray: Gray, start: Line, end: Line) -> Line:
    """A point and a direction (4 numbers) of the edge near the line from ``start`` to ``end``."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-6)
    across = np.array([along[1], -along[0]], np.float32)
    reach = max(4, int(WITHIN * float(np.linalg.norm(end - start))))
    steps = np.arange(-reach, reach + 1, dtype=np.float32)
    places = start + np.linspace(0.06, 0.94, PROBES, dtype=np.float32)[:, None] * (end - start)
    probes = places[:, None, :] + steps[None, :, None] * across
    map_x, map_y = (np.ascontiguousarray(probes[..., n], np.float32) for n in (0, 1))
    seen = cv2.remap(gray, map_x, map_y, cv2.INTER_LINEAR)
    soft = cv2.blur(seen.astype(np.float32), (3, 1))
    slope = np.abs(soft[:, 2:] - soft[:, :-2])
    clear = slope.max(axis=1) > CLEAR
    if int(clear.sum()) < PROBES // 2:
        return np.concatenate([start, along])
    edge = places + (slope.argmax(axis=1) + 1 - reach)[:, None] * across
    vx, vy, x, y = cv2.fitLine(
        edge[clear].astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01
    ).ravel()
    return np.array([x, y, vx, vy], np.float32)


def _meet(one: Line, other: Line) -> Line:
    """Where two lines cross; infinite where they do not."""
    slopes = np.array([[one[2], -other[2]], [one[3], -other[3]]], np.float64)
    if abs(np.linalg.det(slopes)) < 1e-6:
        return np.full(2, np.inf, np.float32)
    far = np.linalg.solve(slopes, (other[:2] - one[:2]).astype(np.float64))[0]
    return np.asarray(one[:2] + far * one[2:], np.float32)


def turned(quad: Quad) -> Iterator[Quad]:
    """The quad as it is, and with each other corner as its first."""
    for quarter in range(4):
        yield np.roll(quad, -quarter, axis=0)


def _bright(small: Gray) -> Iterator[Gray]:
    soft = cv2.GaussianBlur(small, (5, 5), 0)
    size = (11, 11)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
    filled = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, kernel)
    _, mask = cv2.threshold(filled, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield np.asarray(mask, np.uint8)
    edges = cv2.Canny(soft, 30, 90)
    yield np.asarray(cv2.morphologyEx(edges, cv2.MORPH_CLOSE, kernel), np.uint8)


def _in_mask(mask: Gray) -> list[Quad]:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    large = sorted(contours, key=cv2.contourArea, reverse=True)[:3]
    least = LEAST * mask.shape[0] * mask.shape[1]
    quads = (_quad(np.asarray(cv2.convexHull(contour), np.int32)) for contour in large)
    return [quad for quad in quads if quad is not None and cv2.contourArea(quad) > least]


def _quad(hull: NDArray[np.int32]) -> Quad | None:
    around = cv2.arcLength(hull, True)
    for share in (0.01, 0.02, 0.03, 0.05, 0.08):
        corners = cv2.approxPolyDP(hull, share * around, True)
        if len(corners) == 4:
            quad = _ordered(corners.reshape(4, 2).astype(np.float32))
            area = cv2.contourArea(quad)
            return quad if area > SQUARE * cv2.contourArea(hull) else None
    return None


def _ordered(corners: Quad) -> Quad:
    """Clockwise on the screen, the corner nearest the picture's top left first."""
    middle = corners.mean(axis=0)
    angle = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    clockwise = corners[np.argsort(angle)]
    return np.roll(clockwise, -int(clockwise.sum(axis=1).argmin()), axis=0)
