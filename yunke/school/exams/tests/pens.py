"""Sheets filled by code: bubbles, digits, scribbled handwriting, photographed by a phone."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pypdfium2

from yunke.craft.marking.sheets import Template
from yunke.craft.marking.sheets.tests.camera import Paper, Shot, jpeg, photograph
from yunke.craft.marking.sheets.tests.pens import Hand
from yunke.craft.marking.sheets.tests.staged import shot_by

PIXELS = 7.0  # a millimetre
WRITTEN = 0.15  # what is left of the light under a pen


def papers_of(pdf: bytes) -> list[Paper]:
    """Every page of a printed PDF as reflectance to draw on."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            drawn = page.render(scale=PIXELS * 25.4 / 72, grayscale=True).to_numpy()
            gray = drawn.reshape(drawn.shape[0], drawn.shape[1]).astype(np.float32)
            pages.append(np.asarray(0.06 + 0.88 * gray / 255, np.float32))
    return pages


def filled(
    paper: Paper, template: Template, page: int, marks: Mapping[str, str | None], seed: int,
    tone: str = "pen",
) -> Paper:  # fmt: skip
    """The page with what ``marks`` says; handwriting fields that it names get their text."""
    rng = np.random.default_rng(seed)
    sheet, done = template.pages[page - 1], paper.copy()
    hand = Hand(done, sheet.layout, PIXELS, rng)
    names = {item.name for item in sheet.layout.items}
    for item, mark in marks.items():
        if item in names:
            for letter in mark or "":
                hand.fill(item, letter, tone)
        elif item in sheet.layout.joined:
            for column, digit in enumerate(mark or "", start=1):
                hand.fill(f"{item}#{column}", digit, tone)
    for writing in sheet.writing:
        if marks.get(writing.item):
            _written(done, writing.box, str(marks[writing.item]), rng)
    return done


def _written(paper: Paper, box: Any, text: str, rng: np.random.Generator) -> None:
    """Latin text in a shaky hand, line by line."""
    left, top = int((box.x + 4) * PIXELS), int((box.y + 7) * PIXELS)
    for number, line in enumerate(text.splitlines()):
        at = (left + int(rng.integers(0, 20)), top + int(number * 9 * PIXELS))
        ink = np.zeros(paper.shape, np.uint8)
        cv2.putText(ink, line, at, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6, 255, 4, cv2.LINE_AA)
        paper *= 1 - (1 - WRITTEN) * ink.astype(np.float32) / 255


def photo(paper: Paper, seed: int, **more: Any) -> bytes:
    """A photograph by somebody in a hurry: angle, shadow, curl, blur, noise. ``more``: ``Shot``."""
    rng = np.random.default_rng(seed)
    shot: Shot = replace(shot_by(rng), **more)
    return jpeg(photograph(paper, shot, rng), 80)


def cat_photo(seed: int = 7) -> bytes:
    """Fur, two eyes, whiskers: no sheet of anything."""
    rng = np.random.default_rng(seed)
    fur = cv2.GaussianBlur(rng.normal(120, 60, (900, 1200, 3)).astype(np.float32), (0, 0), 3)
    for x in (420, 780):
        cv2.ellipse(fur, (x, 380), (90, 60), 0, 0, 360, (40, 200, 160), -1)
        cv2.ellipse(fur, (x, 380), (16, 55), 0, 0, 360, (10, 10, 10), -1)
    for y in (560, 600, 640):
        cv2.line(fur, (560, y), (120, y - 80), (240, 240, 240), 4)
        cv2.line(fur, (640, y), (1080, y - 80), (240, 240, 240), 4)
    return jpeg(np.asarray(np.clip(fur, 0, 255), np.uint8))


def cut(picture: bytes, share: float = 0.55) -> bytes:
    """The upper part of a photograph: the sheet lies half outside."""
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    return jpeg(np.asarray(pixels[: int(pixels.shape[0] * share)], np.uint8))


def scanned_pdf(papers: list[Paper]) -> bytes:
    """Straight pages as a scanner's PDF: one picture a page."""
    document = pypdfium2.PdfDocument.new()
    for paper in papers:
        small = cv2.resize(paper, None, fx=5.6 / PIXELS, fy=5.6 / PIXELS)
        done, data = cv2.imencode(".jpg", (small * 255).clip(0, 255).astype(np.uint8))
        assert done
        picture = pypdfium2.PdfImage.new(document)
        picture.load_jpeg(io.BytesIO(bytes(data)), inline=True)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
        page = document.new_page(595, 842)
        page.insert_obj(picture)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
