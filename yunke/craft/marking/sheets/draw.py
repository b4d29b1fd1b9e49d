"""A template drawn to PDF by Typst, one sheet a pupil: the same numbers that the reader uses."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from yunke.craft.marking.sheets.code import Code, code_text
from yunke.craft.marking.sheets.markers import MARKS
from yunke.craft.marking.sheets.template import Box, Page, Template
from yunke.craft.paper.marks import aruco_svg
from yunke.craft.paper.tickets import fonts, qr_svg

HERE = Path(__file__).parent
LINE = 8.0  # points of the line that says whose sheet this is


@dataclass(frozen=True)
class Pupil:
    """``code`` goes into the QR code; ``name`` is printed beside it and may be empty."""

    code: str
    name: str = ""


def sheets_pdf(template: Template, pupils: Sequence[Pupil], language: str = "zh") -> bytes:
    """Every page of every pupil, in order. Raises ValueError for a code with a slash."""
    data = {
        "title": template.title or template.exam,
        "language": language,
        "paper": [template.width, template.height],
        "pages": [_page(template, page, pupil) for pupil in pupils for page in template.pages],
    }
    return bytes(
        typst.compile(
            (HERE / "sheet.typ").read_bytes(),
            font_paths=fonts(),
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
        )
    )


def _page(template: Template, page: Page, pupil: Pupil) -> dict[str, Any]:
    labels = [
        {"x": label.x, "y": label.y, "size": label.size, "text": label.text}
        for label in page.labels
    ]
    return {
        "markers": [
            {"x": box.x, "y": box.y, "size": box.width, "svg": aruco_svg(MARKS, number)}
            for number, box in zip(page.markers, template.corner_boxes(), strict=True)
        ],
        "qr": _qr(template.code, Code(template.exam, pupil.code, page.number)),
        "labels": [*labels, *_whose(template, page, pupil)],
        "rights": list(_numbers(page)),
        "bubbles": [
            {"x": bubble.x, "y": bubble.y, "w": block.width, "h": block.height, "text": text}
            for block in page.layout.blocks
            for item in block.items
            for bubble in item.bubbles
            for text in [bubble.value[:2]]
        ],
        "boxes": [_box(box) for box in (*page.boxes, *(w.box for w in page.writing))],
        "lines": list(_lines(page)),
    }


def _box(box: Box) -> dict[str, float]:
    return {"x": box.x, "y": box.y, "w": box.width, "h": box.height}


def _qr(place: Box | None, code: Code) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"x": place.x, "y": place.y, "size": place.width, "svg": qr_svg(code_text(code))}


def _whose(template: Template, page: Page, pupil: Pupil) -> Iterator[dict[str, Any]]:
    """Title and pupil between the upper corner marks."""
    left = template.inset + template.marker + 4
    yield {"x": left, "y": template.inset + 5, "size": 13, "text": template.title}
    shown = " · ".join(part for part in (pupil.name, pupil.code) if part)
    line = f"{shown} · {page.number}/{len(template.pages)}"
    yield {"x": left, "y": template.inset + 11, "size": LINE, "text": line}


def _numbers(page: Page) -> Iterator[dict[str, Any]]:
    """Each item's name beside its first bubble; a number's name above its boxes."""
    parts = {part for several in page.layout.joined.values() for part in several}
    for block in page.layout.blocks:
        for item in block.items:
            first = item.bubbles[0]
            if item.name not in parts:
                yield _right(first.x - block.width / 2 - 1.6, first.y, item.name)
    for name, several in page.layout.joined.items():
        block = next(b for b in page.layout.blocks if b.items[0].name == several[0])
        first = block.items[0].bubbles[0]
        side = block.width + 1.6
        yield _right(first.x - side / 2 - 1.2, first.y - block.height / 2 - 1.6 - side / 2, name)
    for writing in page.writing:
        yield _right(writing.box.x - 1.2, writing.box.y + 2.5, writing.item)


def _right(x: float, y: float, text: str) -> dict[str, Any]:
    return {"x": x, "y": y, "size": 9, "text": text}


def _lines(page: Page) -> Iterator[dict[str, float]]:
    for writing in page.writing:
        box = writing.box
        for n in range(1, writing.lines):
            y = box.y + box.height * n / writing.lines
            yield {"x": box.x + 2, "y": y, "w": box.width - 4}
