"""What would draw nonsense, or could not be read back, is refused here, once."""

import re

from yunke.craft.marking.sheets.template import Box, Page, Template
from yunke.craft.marking.sheets.trouble import BadTemplate

EXAM = re.compile(r"^[A-Za-z0-9._-]{1,24}$")
MARKER_IDS = 250  # ids of the dictionary DICT_5X5_250
MOST_BUBBLES = 5_000  # of a page
MOST_COLUMNS = 40  # of a number
MOST_LINES = 200
LEAST_BUBBLE = 2.0  # mm: less and no pen fills it
LEAST_SIDE, MOST_SIDE = 20.0, 1_200.0  # mm of the paper: A0 and a little


def check(template: Template) -> None:
    """Raises BadTemplate."""
    if not EXAM.match(template.exam):
        raise BadTemplate("exam: 1 to 24 letters, digits, '.', '_' or '-'")
    sides = template.width, template.height
    if not all(LEAST_SIDE <= side <= MOST_SIDE for side in sides):
        raise BadTemplate("paper: two sides of 20 to 1200 mm")
    _check_corners(template)
    if not template.pages:
        raise BadTemplate("pages: at least one")
    names = [name for page in template.pages for name in page.names]
    names += [writing.item for page in template.pages for writing in page.writing]
    if len(set(names)) != len(names):
        raise BadTemplate("an item stands twice")
    for page in template.pages:
        _check_page(page)


def _check_corners(template: Template) -> None:
    ids = [one for page in template.pages for one in page.markers]
    if len(set(ids)) != len(ids) or not all(0 <= one < MARKER_IDS for one in ids):
        raise BadTemplate(f"markers: every id once, 0 to {MARKER_IDS - 1}")
    boxes = template.corner_boxes()
    if not (4 <= template.marker <= 40 and template.inset >= 0 and boxes[0].x + 8 < boxes[2].x):
        raise BadTemplate("marker: 4 to 40 mm, within the paper")
    if template.code is not None and not _within(template.code, template.width, template.height):
        raise BadTemplate("code: outside of the paper")


def _check_page(page: Page) -> None:
    layout = page.layout
    bubbles = [
        (bubble, block)
        for block in layout.blocks
        for item in block.items
        for bubble in item.bubbles
    ]
    if not bubbles or len(bubbles) > MOST_BUBBLES:
        raise BadTemplate(f"page {page.number}: {len(bubbles)} bubbles")
    for bubble, block in bubbles:
        inside_x = block.width <= bubble.x <= layout.width - block.width
        inside_y = block.height <= bubble.y <= layout.height - block.height
        large = min(block.width, block.height) >= LEAST_BUBBLE
        if not (inside_x and inside_y and large):
            raise BadTemplate(f"page {page.number}: a bubble at {bubble.x:g}, {bubble.y:g} mm")
    for writing in page.writing:
        if not _within(writing.box, layout.width, layout.height) or writing.lines > MOST_LINES:
            raise BadTemplate(f"{writing.item}: outside of the paper, or too many lines")


def _within(box: Box, width: float, height: float) -> bool:
    """Also false for what is no number at all."""
    right, low = box.x + box.width, box.y + box.height
    return box.x >= 0 and box.y >= 0 and box.x < right <= width and box.y < low <= height
