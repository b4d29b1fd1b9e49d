"""Ink without light: a page under a lamp, with a shadow over it, becomes paper (0) to black (255).

The paper's own brightness is the largest value near by (a closing, Serra 1982, on a small copy);
ink is what is missing from it. A ratio, because light multiplies: half the light on a pencil mark
and on its paper is the same mark.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Ink = NDArray[np.uint8]

WHOLE = 255.0  # of ink: black
SMALL = 4  # the paper's brightness changes slowly: a copy of a quarter of the size will do
DARKEST = 24  # below this there is no light to divide by


def paper_of(gray: Gray, reach: float) -> Gray:
    """The brightness of the paper at every pixel of ``gray`` (h, w).

    ``reach``: pixels; nothing dark may be wider than that.
    """
    small = cv2.resize(gray, None, fx=1 / SMALL, fy=1 / SMALL, interpolation=cv2.INTER_AREA)
    size = max(3, int(reach / SMALL) | 1)
    closed = cv2.morphologyEx(
        cv2.medianBlur(np.asarray(small, np.uint8), 3),
        cv2.MORPH_CLOSE,
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)),
        borderType=cv2.BORDER_REPLICATE,
    )
    soft = cv2.GaussianBlur(closed, (0, 0), size / 3, borderType=cv2.BORDER_REPLICATE)
    whole = cv2.resize(soft, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole, np.uint8)


def ink_of(gray: Gray, reach: float) -> Ink:
    """How much of the paper's light is missing, 0 to 255, at every pixel of ``gray``."""
    paper = np.maximum(paper_of(gray, reach), DARKEST).astype(np.uint8)
    return np.asarray(cv2.bitwise_not(cv2.divide(gray, paper, scale=WHOLE)), np.uint8)
