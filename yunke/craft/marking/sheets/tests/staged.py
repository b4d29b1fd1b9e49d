"""Whole scenes for tests and figures: a printed sheet, filled by a seed, photographed by a seed."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pypdfium2

from yunke.craft.marking.sheets.draw import Pupil, sheets_pdf
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.template import Template
from yunke.craft.marking.sheets.tests.camera import Paper, Shot, jpeg, photograph
from yunke.craft.marking.sheets.tests.maker import template
from yunke.craft.marking.sheets.tests.pens import Hand, answer

PIXELS = 7.0  # a millimetre of the printed page


@cache
def _printed(pupil: str, exam: str) -> Paper:
    pdf = sheets_pdf(template(exam=exam), [Pupil(pupil, "欧阳小明")])
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=PIXELS * 25.4 / 72, grayscale=True)
    gray = page.to_numpy().reshape(page.height, page.width)
    return np.asarray(0.06 + 0.88 * (gray.astype(np.float32) / 255), np.float32)


def printed(pupil: str = "P0007", exam: str = "M3-2026") -> Paper:
    """The printed page as reflectance; a copy to draw on."""
    return _printed(pupil, exam).copy()


def hand(paper: Paper, rng: np.random.Generator, of: Template | None = None) -> Hand:
    return Hand(paper, (of or template()).pages[0].layout, PIXELS, rng)


def scanned(paper: Paper, seed: int = 0, pixels: float = 5.6) -> Gray:
    """A flatbed's scan of the page: straight, a little noise, ``pixels`` a millimetre."""
    rng = np.random.default_rng(seed)
    size = round(paper.shape[1] * pixels / PIXELS), round(paper.shape[0] * pixels / PIXELS)
    small = cv2.resize(paper, size, interpolation=cv2.INTER_AREA)
    rough = rng.normal(0, 0.012, small.shape)
    return np.asarray(np.clip((small + rough) * 255, 0, 255), np.uint8)


def marks_by(rng: np.random.Generator) -> dict[str, str | None]:
    """Random answers to the tests' template: the truth of a staged sheet."""
    truth: dict[str, str | None] = {}
    for number in range(1, 21):
        truth[str(number)] = str(rng.choice(list("ABCD"))) if rng.random() > 0.05 else None
    for number in range(21, 27):
        chosen = [letter for letter in "ABCDE" if rng.random() < 0.4]
        truth[str(number)] = "".join(chosen) or None
    truth["27"] = str(rng.integers(0, 1000))
    truth["28"] = str(rng.integers(0, 10000)).zfill(4)
    return truth


def filled(pen: Hand, truth: dict[str, str | None], tone: str = "pen") -> None:
    """Draws ``truth``; a number is written from the left."""
    answer(pen, {item: mark for item, mark in truth.items() if item not in ("27", "28")}, tone)
    for item in ("27", "28"):
        for place, digit in enumerate(truth[item] or "", start=1):
            pen.fill(f"{item}#{place}", digit, tone)


def shot_by(rng: np.random.Generator) -> Shot:
    """A phone held by somebody in a hurry, in a room."""
    return Shot(
        tilt=float(rng.uniform(0.0, 0.16)),
        turn=float(rng.normal(0, 5) + rng.choice([0, 0, 0, 90, 180, 270])),
        fill=float(rng.uniform(0.72, 0.93)),
        shadow=float(rng.uniform(0, 0.6)),
        light=float(rng.uniform(0.5, 1.0)),
        blur=float(rng.uniform(0.4, 1.6)),
        noise=float(rng.uniform(0.003, 0.03)),
        curl=float(rng.uniform(0, 0.004)),
        table=float(rng.uniform(0.1, 0.6)),
    )


def staged(seed: int, tone: str = "pen", **more: object) -> tuple[bytes, dict[str, str | None]]:
    """A photograph (JPEG) and what is marked on it. ``more`` changes the ``Shot``."""
    rng = np.random.default_rng(seed)
    truth = marks_by(rng)
    paper = printed(f"P{seed % 3:04d}")
    filled(hand(paper, rng), truth, tone)
    shot = replace(shot_by(rng), **more)  # type: ignore[arg-type]
    quality = int(rng.integers(55, 95))
    return jpeg(photograph(paper, shot, rng), quality), truth
