"""Answers laid out to be looked at: read, given their sense, measured once each, by question."""

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.short.closeness import COMPARED, NUMBERS, Side, Weights, closeness
from yunke.craft.marking.short.together import CROWD, beside
from yunke.craft.marking.short.values import Row
from yunke.craft.marking.short.vectors import Asked, Sense, senses
from yunke.craft.marking.short.words import LONGEST, read

Floats = NDArray[np.float64]
DESIGN = NUMBERS + COMPARED + CROWD


class Bench:
    """Keeps what was read, so that a row that comes twice costs once."""

    def __init__(self) -> None:
        self._senses: dict[Asked, Sense] = {}
        self._numbers: dict[tuple[str, str, str], list[float]] = {}

    def lay(self, rows: Sequence[Row]) -> None:
        """Reads all rows together: the model is quickest in batches of equal length."""
        wanted = {pair for row in rows for pair in _pairs(row)} - self._senses.keys()
        self._senses.update(senses(wanted))

    def weights(self, rows: Sequence[Row]) -> Weights:
        """Rarity of pieces and ("=stem") of stems among the different answers of laid rows."""
        answers = {row.answer: row for row in rows}.values()
        having: Counter[str] = Counter()
        for row in answers:
            having.update(set(self._sense(row.question, row.answer).names))
            having.update({"=" + stem for stem in read(row.answer).content})
        return {name: log((len(answers) + 1) / (count + 0.5)) for name, count in having.items()}

    def numbers(self, rows: Sequence[Row], weights: Weights) -> Floats:
        """(n, NUMBERS) of laid rows; ``weights`` must not change over a bench's life."""
        return np.array([self._measured(row, weights) for row in rows]).reshape(-1, NUMBERS)

    def wholes(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """(n, 384) of length 1."""
        return np.stack([self._sense(row.question, row.answer).whole for row in rows])

    def side(self, question: str, text: str) -> Side:
        return Side(read(text), self._sense(question, text))

    def _sense(self, question: str, text: str) -> Sense:
        return self._senses[question[:LONGEST], text[:LONGEST]]

    def _measured(self, row: Row, weights: Weights) -> list[float]:
        key = (row.question, row.reference, row.answer[:LONGEST])
        if key not in self._numbers:
            self._numbers[key] = closeness(
                self.side("", row.question),
                self.side(row.question, row.reference),
                self.side(row.question, row.answer),
                weights,
            )
        return self._numbers[key]


def _pairs(row: Row) -> tuple[Asked, Asked, Asked]:
    asked = row.question[:LONGEST]
    return ("", asked), (asked, row.reference[:LONGEST]), (asked, row.answer[:LONGEST])


def by_task(rows: Sequence[Row]) -> list[NDArray[np.intp]]:
    """The places of the rows of each question, in the order in which questions first come."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.task, []).append(place)
    return [np.array(found, np.intp) for found in places.values()]


def design(numbers: Floats, scaled: Floats, wholes: NDArray[np.float32]) -> Floats:
    """(n, DESIGN) for the answers of one question. ``scaled``: (n, COMPARED)."""
    return np.hstack([numbers, beside(scaled, wholes)])
