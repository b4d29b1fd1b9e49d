"""Numbers and letters from a picture of a room."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from yunke.craft.marking.sheets.light import Gray
from yunke.craft.picture.pixels import gray_of

# Sixteen cells: large enough to be read from the far side of a classroom.
MARKS = cv2.aruco.DICT_4X4_100
DICTIONARY = cv2.aruco.getPredefinedDictionary(MARKS)
MOST_CARDS = 100
LETTERS = "ABCD"
# Fewer pixels a side hold no cells; one held more aslant than this says no letter.
LEAST_SIDE = 11.0
MOST_TILT = 32.0
# A square is not four times as wide as high, even seen from the side.
MOST_SLANT = 3.0


@dataclass(frozen=True)
class Seen:
    """A card: its number and the letter that is up; ``side`` in pixels of the picture."""

    number: int
    letter: str
    side: float


def cards_in(data: bytes) -> tuple[Seen, ...]:
    """The cards of a picture by number. Two that say the same number count as none, and so does
    one held aslant. Raises BadPicture for bytes that are no picture.

    Some 60 ms for 1600 × 1200 pixels on one core.
    """
    return cards_of(gray_of(data))


def cards_of(gray: Gray) -> tuple[Seen, ...]:
    """The same for brightness (h, w)."""
    corners, ids, _ = _detector().detectMarkers(gray)
    if ids is None:
        return ()
    found: dict[int, list[Seen | None]] = {}
    for number, quad in zip(ids.ravel(), corners, strict=True):
        seen = _seen(int(number), quad.reshape(4, 2).astype(np.float64))
        found.setdefault(int(number), []).append(seen)
    alone = (several[0] for several in found.values() if len(several) == 1)
    return tuple(sorted((one for one in alone if one), key=lambda one: one.number))


def _seen(number: int, quad: np.ndarray) -> Seen | None:
    sides = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    if sides.min() < LEAST_SIDE or sides.max() > MOST_SLANT * sides.min():
        return None
    middle = quad.mean(axis=0)
    # The mark's own edges: top, right, bottom, left, each with its letter.
    edges = (quad + np.roll(quad, -1, axis=0)) / 2 - middle
    tilt = np.degrees(np.arctan2(np.abs(edges[:, 0]), -edges[:, 1]))
    up = int(np.argmin(tilt))
    if tilt[up] > MOST_TILT:
        return None
    return Seen(number, LETTERS[up], float(sides.mean()))


@cache
def _detector() -> cv2.aruco.ArucoDetector:
    told = cv2.aruco.DetectorParameters()
    told.adaptiveThreshWinSizeMin = 7
    told.adaptiveThreshWinSizeMax = 31
    told.adaptiveThreshWinSizeStep = 12
    told.minMarkerPerimeterRate = 0.015
    # A wrong card is worse than one that has to be held up again.
    told.errorCorrectionRate = 0.25
    return cv2.aruco.ArucoDetector(DICTIONARY, told)
