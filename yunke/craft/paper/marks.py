"""Marks that a camera finds on paper, as SVG."""

from functools import cache

import cv2
import numpy as np


@cache
def aruco_svg(dictionary: int, number: int) -> str:
    """A mark of one of OpenCV's dictionaries (``cv2.aruco.DICT_…``): black squares on white, one
    path, with the border that a detector needs."""
    marks = cv2.aruco.getPredefinedDictionary(dictionary)
    side = marks.markerSize + 2
    cells = np.asarray(cv2.aruco.generateImageMarker(marks, number, side, borderBits=1))
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y in range(side) for x in range(side) if cells[y, x] < 128
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges"><path d="{dark}" fill="#000"/></svg>'
    )
