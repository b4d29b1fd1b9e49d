"""OMRChecker's ``template.json`` (Udayraj123/OMRChecker, MIT) as a ``Layout``.

``origin`` is the corner of the first bubble's box; ``bubblesGap`` leads along ``direction``,
``labelsGap`` across it. What a pre-processor asks for beyond the page is kept in ``Steps``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yunke.craft.marking.sheets.layout import Block, Bubble, Item, Layout
from yunke.craft.marking.sheets.trouble import BadTemplate

TEN = tuple("0123456789")
KINDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "QTYPE_INT": (TEN, "vertical"),
    "QTYPE_INT_FROM_1": ((*TEN[1:], "0"), "vertical"),
    "QTYPE_MCQ4": (tuple("ABCD"), "horizontal"),
    "QTYPE_MCQ5": (tuple("ABCDE"), "horizontal"),
}
RANGE = re.compile(r"^(.*?)(\d+)\.{2,3}(\d+)$")
LEAST_SIDE, MOST_SIDE = 20, 20_000  # of a page
MOST = 20_000  # bubbles of a page; a template of more is a mistake or an attack


@dataclass(frozen=True)
class Steps:
    """What the template's pre-processors say about the page. Paths are relative to it."""

    crop_page: bool = False
    marker: str = ""
    marker_share: float = 17.0
    reference: str = ""


def layout_of(template: Mapping[str, Any]) -> Layout:
    """The layout of a parsed ``template.json``. Raises BadTemplate."""
    try:
        width, height = (float(side) for side in template["pageDimensions"])
        default = tuple(template["bubbleDimensions"])
        blocks = tuple(
            _block(name, told, tuple(told.get("bubbleDimensions", default)))
            for name, told in template["fieldBlocks"].items()
        )
        joined = {name: names_of(parts) for name, parts in template.get("customLabels", {}).items()}
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadTemplate(f"template.json: {type(wrong).__name__}: {wrong}") from wrong
    return _checked(Layout(width, height, blocks, joined))


def _checked(layout: Layout) -> Layout:
    _check_sizes(layout)
    names = [item.name for item in layout.items]
    if len(set(names)) != len(names):
        raise BadTemplate("template.json: a label stands in two blocks")
    missing = {part for parts in layout.joined.values() for part in parts} - set(names)
    if missing:
        raise BadTemplate(f"template.json: customLabels name {sorted(missing)[0]}, in no block")
    alone = {parts[0]: name for name, parts in layout.joined.items() if parts == (name,)}
    joined = {name: parts for name, parts in layout.joined.items() if name not in alone}
    return replace(layout, joined=joined)


def _check_sizes(layout: Layout) -> None:
    """Also refuses what is no number at all: every comparison with it is false."""
    width, height = layout.width, layout.height
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        raise BadTemplate(f"template.json: pageDimensions of {LEAST_SIDE} to {MOST_SIDE}")
    bubbles = [(b, block) for block in layout.blocks for i in block.items for b in i.bubbles]
    if not 0 < len(bubbles) <= MOST:
        raise BadTemplate(f"template.json: {len(bubbles)} bubbles")
    for bubble, block in bubbles:
        on_page = 0 < bubble.x < width and 0 < bubble.y < height
        if not (on_page and 1 <= block.width < width and 1 <= block.height < height):
            raise BadTemplate(f"template.json: block {block.name} lies outside of the page")


def steps_of(template: Mapping[str, Any]) -> Steps:
    """What is to be done before reading, of the steps known here. Raises BadTemplate."""
    try:
        return _steps(template.get("preProcessors", []))
    except (TypeError, ValueError, AttributeError) as wrong:
        raise BadTemplate(f"template.json: preProcessors: {wrong}") from wrong


def _steps(told: Sequence[Mapping[str, Any]]) -> Steps:
    steps = Steps()
    for step in told:
        options = step.get("options", {})
        if step.get("name") == "CropPage":
            steps = replace(steps, crop_page=True)
        elif step.get("name") == "CropOnMarkers":
            share = float(options.get("sheetToMarkerWidthRatio", 17))
            path = str(options.get("relativePath", "omr_marker.jpg"))
            steps = replace(steps, marker=path, marker_share=share)
        elif step.get("name") == "FeatureBasedAlignment":
            steps = replace(steps, reference=str(options.get("reference", "")))
    return steps


def _block(name: str, told: Mapping[str, Any], size: Sequence[float]) -> Block:
    values, direction = KINDS.get(told.get("fieldType", ""), ((), "vertical"))
    values = tuple(str(value) for value in told.get("bubbleValues", values))
    direction = told.get("direction", direction)
    labels = names_of(told["fieldLabels"])
    if not values or not labels or len(values) * len(labels) > MOST:
        raise ValueError(f"block {name} has no bubbles or too many")
    along, across = float(told.get("bubblesGap", 0)), float(told.get("labelsGap", 0))
    width, height = (float(side) for side in size)
    left, top = (float(side) for side in told["origin"])
    x, y = left + width / 2, top + height / 2
    items = []
    for row, label in enumerate(labels):
        bubbles = tuple(
            Bubble(value, x + across * row, y + along * n)
            if direction == "vertical"
            else Bubble(value, x + along * n, y + across * row)
            for n, value in enumerate(values)
        )
        items.append(Item(label, bubbles))
    return Block(name, tuple(items), width, height)


def names_of(labels: Sequence[str]) -> tuple[str, ...]:
    """``q1..4`` is q1, q2, q3, q4."""
    names: list[str] = []
    for label in labels:
        several = RANGE.match(label)
        if several is None:
            names.append(label)
            continue
        stem, first, last = several[1], int(several[2]), int(several[3])
        if not first <= last <= first + MOST:
            raise ValueError(f"the range {label}")
        names.extend(f"{stem}{number}" for number in range(first, last + 1))
    return tuple(names)
