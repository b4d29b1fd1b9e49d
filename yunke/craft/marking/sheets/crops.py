"""Areas of a straightened page as pictures for a person."""

import cv2
import numpy as np

from yunke.craft.marking.sheets.canvas import Homography, warped
from yunke.craft.marking.sheets.layout import Layout
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.template import Box, Page, Template

DENSE = 8.0  # pixels a millimetre (203 dpi) of what was written
PLAIN = 5.0  # of the whole page
ROOM = 2.0  # mm around an area: who writes, writes over the edge


def pictures_of(
    pixels: Gray, place: Homography, template: Template, page: Page
) -> tuple[dict[str, bytes], bytes]:
    """Item to PNG of its writing or of its digit boxes; and the page, PNG."""
    areas = {writing.item: writing.box for writing in page.writing}
    areas.update(_digit_areas(page))
    cut = {item: _png(_area(pixels, place, box)) for item, box in areas.items()}
    whole = Layout(template.width, template.height, ())
    return cut, _png(warped(pixels, place, whole, PLAIN, 0))


def _digit_areas(page: Page) -> dict[str, Box]:
    areas, boxes = {}, list(page.boxes)
    for item, parts in page.layout.joined.items():
        own, boxes = boxes[: len(parts)], boxes[len(parts) :]
        first, last = own[0], own[-1]
        areas[item] = Box(first.x, first.y, last.x + last.width - first.x, first.height)
    return areas


def _area(pixels: Gray, place: Homography, box: Box) -> Gray:
    moved = place @ np.array([[1, 0, box.x - ROOM], [0, 1, box.y - ROOM], [0, 0, 1.0]])
    area = Layout(box.width + 2 * ROOM, box.height + 2 * ROOM, ())
    return warped(pixels, moved, area, DENSE, 0)


def _png(pixels: Gray) -> bytes:
    done, data = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not done:
        raise RuntimeError("a picture could not be written")
    return bytes(data)
