"""A mark is drawn as its detector finds it."""

import cv2
import numpy as np
import pytest

from yunke.craft.paper.marks import aruco_svg


def squares(svg: str, side: int) -> np.ndarray:
    """The path of an SVG as a picture, ten pixels a cell, with a white edge."""
    cells = np.full((side, side), 255, np.uint8)
    for move in svg.split('d="')[1].split('"')[0].split("M")[1:]:
        x, y = move.split("h")[0].split()
        cells[int(y), int(x)] = 0
    big = np.kron(cells, np.ones((10, 10), np.uint8))
    return np.pad(big, 30, constant_values=255)


@pytest.mark.parametrize(
    ("dictionary", "side"), [(cv2.aruco.DICT_4X4_100, 6), (cv2.aruco.DICT_5X5_250, 7)]
)
@pytest.mark.parametrize("number", [0, 5, 99])
def test_what_is_drawn_is_found(dictionary: int, side: int, number: int) -> None:
    svg = aruco_svg(dictionary, number)
    assert svg.count("<path") == 1
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(dictionary))
    _corners, ids, _refused = detector.detectMarkers(squares(svg, side))
    assert ids is not None
    assert ids.ravel().tolist() == [number]
