"""A template out of its JSON. ``tests/maker.py`` has a whole one.

``at`` of bubbles is the centre of the first one. The fields of a page:

- ``choice``: items below each other (``"across": true``: beside), ``options`` along the other way;
- ``digits``: ``columns`` boxes to write in, under each the bubbles of one digit;
- ``writing``: an area that is cut out as a picture;
- ``text``: printed only.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from yunke.craft.marking.sheets.layout import Block, Bubble, Item, Layout
from yunke.craft.marking.sheets.omrchecker import names_of
from yunke.craft.marking.sheets.sound import MOST_BUBBLES, MOST_COLUMNS, check
from yunke.craft.marking.sheets.template import Box, Label, Page, Template, Writing
from yunke.craft.marking.sheets.trouble import BadTemplate


def template_from(text: str) -> Template:
    """The template of a JSON text. Raises BadTemplate with the reason."""
    try:
        told = json.loads(text)
        template = _template(told)
    except BadTemplate:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as wrong:
        raise BadTemplate(f"{type(wrong).__name__}: {wrong}") from wrong
    check(template)
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
    names = names_of(field["items"])
    if len(names) * len(options) > MOST_BUBBLES:
        raise BadTemplate(f"{names[0]}: too many bubbles")
    items = []
    for row, item in enumerate(names):
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
    columns = int(field["columns"])
    if not 1 <= columns <= MOST_COLUMNS:
        raise BadTemplate(f"{field['item']}: 1 to {MOST_COLUMNS} columns")
    items = tuple(
        Item(
            f"{field['item']}#{column + 1}",
            tuple(Bubble(v, x + column * along, y + n * down) for n, v in enumerate(values)),
        )
        for column in range(columns)
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
