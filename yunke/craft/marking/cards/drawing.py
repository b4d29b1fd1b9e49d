"""The cards of a class as a PDF, two on an A4 page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import typst

from yunke.craft.marking.cards.reading import DICTIONARY, MOST_CARDS
from yunke.craft.paper.tickets import _fonts

HERE = Path(__file__).parent


@dataclass(frozen=True)
class CardOf:
    """``number`` is in the mark; ``name`` is printed small, for handing out."""

    number: int
    name: str = ""


def cards_pdf(title: str, hint: str, cards: Sequence[CardOf], language: str = "zh") -> bytes:
    """Forty cards take half a second of a core. Raises ValueError for a number that no mark has."""
    if any(not 0 <= card.number < MOST_CARDS for card in cards):
        raise ValueError(f"cards have numbers from 0 to {MOST_CARDS - 1}")
    data = {
        "title": title, "hint": hint, "language": language,
        "cards": [
            {"svg": mark_svg(card.number), "number": card.number + 1, "name": card.name}
            for card in cards
        ],
    }  # fmt: skip
    return bytes(
        typst.compile(
            (HERE / "cards.typ").read_bytes(), font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data)}, format="pdf",
        )
    )  # fmt: skip


def mark_svg(number: int) -> str:
    """The mark as black squares on white, one path."""
    side = DICTIONARY.markerSize + 2
    cells = np.asarray(cv2.aruco.generateImageMarker(DICTIONARY, number, side, borderBits=1))
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y in range(side) for x in range(side) if cells[y, x] < 128
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges"><path d="{dark}" fill="#000"/></svg>'
    )
