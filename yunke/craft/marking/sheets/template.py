"""Our own template: JSON in, one value that both the drawing and the reading use.

Millimetres from the top left corner of the paper. ``at`` of bubbles is the centre of the first
one. An example stands in ``tests/maker.py``; the fields:

- ``choice``: items below each other (``"across": true``: beside), ``options`` along the other way;
- ``digits``: ``columns`` boxes to write in, under each the bubbles of one digit;
- ``writing``: an area that is cut out as a picture;
- ``text``: printed only.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yunke.craft.marking.sheets.layout import Block, Bubble, Item, Layout
from yunke.craft.marking.sheets.omrchecker import names_of
from yunke.craft.marking.sheets.trouble import BadTemplate

EXAM = re.compile(r"^[A-Za-z0-9._-]{1,24}$")
MARKER_IDS = 250  # ids of the dictionary DICT_5X5_250
MOST_BUBBLES = 5_000  # of a page
MOST_SIDE = 1_200.0  # mm: A0 and a little


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper: top left corner and size, mm."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Writing:
    """An area that is cut out for a person; ``lines`` to write on are printed in it."""

    item: str
    box: Box
    lines: int = 0


@dataclass(frozen=True)
class Label:
    """Words that are printed: left edge and base line, mm; size in points."""

    x: float
    y: float
    text: str
    size: float = 9.0


@dataclass(frozen=True)
class Page:
    """One page. ``markers``: ids of the corners, clockwise from the top left."""

    number: int
    markers: tuple[int, int, int, int]
    layout: Layout
    writing: tuple[Writing, ...]
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What this page answers: items and joined digits, without the single digits."""
        parts = {part for several in self.layout.joined.values() for part in several}
        alone = tuple(item.name for item in self.layout.items if item.name not in parts)
        return (*alone, *self.layout.joined)


@dataclass(frozen=True)
class Template:
    """A whole sheet. ``code``: where the QR code is printed; None where there is none."""

    exam: str
    title: str
    width: float
    height: float
    marker: float
    inset: float
    code: Box | None
    pages: tuple[Page, ...]

    def corner_boxes(self) -> tuple[Box, Box, Box, Box]:
        """Where the corner marks are printed, clockwise from the top left."""
        size, near = self.marker, self.inset
        right, low = self.width - near - size, self.height - near - size
        return (
            Box(near, near, size, size),
            Box(right, near, size, size),
            Box(right, low, size, size),
            Box(near, low, size, size),
        )


def template_from(text: str) -> Template:
    """The template of a JSON text. Raises BadTemplate with the reason."""
    try:
        told = json.loads(text)
        template = _template(told)
    except BadTemplate:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as wrong:
        raise BadTemplate(f"{type(wrong).__name__}: {wrong}") from wrong
    _check(template)
    return template


def _template(told: Mapping[str, Any]) -> Template:
    width, height = _pair(told.get("paper", (210, 297)))
    marker = told.get("marker", {})
    code = told.get("code")
    size = _pair(told.get("bubble", (5.0, 3.6)))
    return Template(
        exam=str(told["exam"]),
        title=str(told.get("title", "")),
        width=width,
        height=height,
        marker=float(marker.get("size", 10)),
        inset=float(marker.get("inset", 8)),
        code=Box(*_pair(code["at"]), float(code["size"]), float(code["size"])) if code else None,
        pages=tuple(
            _page(page, number, (width, height), size)
            for number, page in enumerate(told["pages"], start=1)
        ),
    )


def _page(
    told: Mapping[str, Any], number: int, paper: tuple[float, float], size: tuple[float, float]
) -> Page:
    first = 4 * (number - 1)
    ids = tuple(int(one) for one in told.get("markers", range(first, first + 4)))
    fields: Sequence[Mapping[str, Any]] = told["fields"]
    blocks: list[Block] = []
    joined: dict[str, tuple[str, ...]] = {}
    boxes: list[Box] = []
    for place, field in enumerate(fields):
        kind = field["kind"]
        if kind == "choice":
            blocks.append(_choice(f"{number}.{place}", field, size))
        elif kind == "digits":
            block = _digits(f"{number}.{place}", field, size)
            blocks.append(block)
            joined[str(field["item"])] = tuple(item.name for item in block.items)
            boxes.extend(_digit_boxes(block))
        elif kind not in ("writing", "text"):
            raise BadTemplate(f"page {number}: no field is called {kind!r}")
    if len(ids) != 4 or not blocks:
        raise BadTemplate(f"page {number}: four markers and at least one field of bubbles")
    return Page(
        number,
        (ids[0], ids[1], ids[2], ids[3]),
        Layout(*paper, tuple(blocks), joined),
        tuple(_writing(field) for field in fields if field["kind"] == "writing"),
        tuple(boxes),
        tuple(_label(field) for field in fields if field["kind"] == "text"),
    )


def _choice(name: str, field: Mapping[str, Any], size: tuple[float, float]) -> Block:
    x, y = _pair(field["at"])
    along, across = _pair(field.get("step", (8.0, 6.5)))
    options = tuple(str(option) for option in field.get("options", "ABCD"))
    items = []
    for row, item in enumerate(names_of(field["items"])):
        bubbles = tuple(
            Bubble(option, x + row * along, y + n * across)
            if field.get("across", False)
            else Bubble(option, x + n * along, y + row * across)
            for n, option in enumerate(options)
        )
        items.append(Item(item, bubbles, bool(field.get("multiple", False))))
    return Block(name, tuple(items), *_pair(field.get("bubble", size)))


def _digits(name: str, field: Mapping[str, Any], size: tuple[float, float]) -> Block:
    x, y = _pair(field["at"])
    along, down = _pair(field.get("step", (7.5, 5.2)))
    values = tuple(str(value) for value in field.get("values", "0123456789"))
    items = tuple(
        Item(
            f"{field['item']}#{column + 1}",
            tuple(Bubble(v, x + column * along, y + n * down) for n, v in enumerate(values)),
        )
        for column in range(int(field["columns"]))
    )
    return Block(name, items, *_pair(field.get("bubble", size)))


def _digit_boxes(block: Block) -> list[Box]:
    """A box to write the digit in, above its bubbles."""
    tops = [item.bubbles[0] for item in block.items]
    side = block.width + 1.6
    return [
        Box(top.x - side / 2, top.y - block.height / 2 - 1.6 - side, side, side) for top in tops
    ]


def _writing(field: Mapping[str, Any]) -> Writing:
    box = Box(*_pair(field["at"]), *_pair(field["size"]))
    return Writing(str(field["item"]), box, int(field.get("lines", 0)))


def _label(field: Mapping[str, Any]) -> Label:
    x, y = _pair(field["at"])
    return Label(x, y, str(field["text"]), float(field.get("size", 9)))


def _pair(told: Sequence[float]) -> tuple[float, float]:
    first, second = told
    return float(first), float(second)


def _check(template: Template) -> None:
    """What would draw nonsense or make reading ambiguous is refused here, once."""
    if not EXAM.match(template.exam):
        raise BadTemplate("exam: 1 to 24 letters, digits, '.', '_' or '-'")
    if not (20 <= template.width <= MOST_SIDE and 20 <= template.height <= MOST_SIDE):
        raise BadTemplate("paper: two sides of 20 to 1200 mm")
    if not template.pages:
        raise BadTemplate("pages: at least one")
    ids = [one for page in template.pages for one in page.markers]
    if len(set(ids)) != len(ids) or not all(0 <= one < MARKER_IDS for one in ids):
        raise BadTemplate(f"markers: every id once, 0 to {MARKER_IDS - 1}")
    names = [name for page in template.pages for name in page.names]
    names += [writing.item for page in template.pages for writing in page.writing]
    if len(set(names)) != len(names):
        raise BadTemplate("an item stands twice")
    for page in template.pages:
        _check_page(page)


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
        if not (inside_x and inside_y and block.width >= 2 and block.height >= 2):
            raise BadTemplate(f"page {page.number}: a bubble at {bubble.x:g}, {bubble.y:g} mm")
