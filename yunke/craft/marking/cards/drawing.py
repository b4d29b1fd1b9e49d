"""The cards of a class as a PDF, two on an A4 page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from yunke.craft.marking.cards.reading import MARKS, MOST_CARDS
from yunke.craft.paper.marks import aruco_svg
from yunke.craft.paper.tickets import fonts

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
            {"svg": aruco_svg(MARKS, card.number), "number": card.number + 1, "name": card.name}
            for card in cards
        ],
    }  # fmt: skip
    return bytes(
        typst.compile(
            (HERE / "cards.typ").read_bytes(), font_paths=fonts(),
            sys_inputs={"data": json.dumps(data)}, format="pdf",
        )
    )  # fmt: skip
