"""A page pulled straight: template units times ``scale`` are pixels, with a margin all round."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.layout import Layout
from yunke.craft.marking.sheets.light import Gray, Ink, ink_of

Homography = NDArray[np.float64]  # (3, 3): page units to pixels of the picture
REACH = 5.0  # the paper's brightness is looked for within so many bubbles
MOST = 12_000_000  # pixels of a canvas, whatever the template asks for


@dataclass(frozen=True)
class Canvas:
    """``ink`` (h, w), 0 to 255, of a straightened page; ``light``: its paper's brightness, 0 to 1.

    A point p of the page lies at p * scale + margin.
    """

    ink: Ink
    scale: float
    margin: int
    light: float


def scale_for(layout: Layout, pixels: float) -> float:
    """Pixels a unit, so that the smallest side of a bubble has ``pixels``."""
    side = min(min(block.width, block.height) for block in layout.blocks)
    most = (MOST / max(layout.width * layout.height, 1.0)) ** 0.5
    return float(min(pixels / side, most))


def straight(gray: Gray, place: Homography, layout: Layout, scale: float) -> Gray:
    """The page without margin, for eyes: ``layout`` at ``scale`` pixels a unit."""
    return warped(gray, place, layout, scale, 0)


def warped(gray: Gray, place: Homography, layout: Layout, scale: float, margin: int) -> Gray:
    to_page = np.array(
        [[1 / scale, 0, -margin / scale], [0, 1 / scale, -margin / scale], [0, 0, 1.0]]
    )
    size = (round(layout.width * scale) + 2 * margin, round(layout.height * scale) + 2 * margin)
    flat = cv2.warpPerspective(
        gray,
        place @ to_page,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(flat, np.uint8)


def canvas_of(gray: Gray, place: Homography, layout: Layout, scale: float) -> Canvas:
    """The page's ink, straightened by ``place``."""
    side = max(max(block.width, block.height) for block in layout.blocks) * scale
    margin = int(2 * side)
    flat = warped(gray, place, layout, scale, margin)
    light = float(np.quantile(flat[::8, ::8], 0.75)) / 255
    return Canvas(ink_of(flat, REACH * side), scale, margin, light)


def inside(gray: Gray, place: Homography, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which ``points`` (n, 2) of the page lie in the picture."""
    seen = cv2.perspectiveTransform(points.reshape(1, -1, 2), place).reshape(-1, 2)
    height, width = gray.shape
    return np.asarray(((seen >= 0) & (seen <= (width - 1, height - 1))).all(axis=1), np.bool_)


def place_of(quad: NDArray[np.float32], layout: Layout) -> Homography:
    """The page's four corners lie at ``quad`` (clockwise from the top left)."""
    width, height = layout.width, layout.height
    page = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(page, quad.astype(np.float32)), np.float64)
