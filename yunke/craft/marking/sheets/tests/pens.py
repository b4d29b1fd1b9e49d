"""Marks as pupils make them, drawn into a printed page (reflectance 0 black to 1 white)."""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.sheets.layout import Block, Bubble, Layout

Paper = NDArray[np.float32]

# What is left of the light under a mark: from, to.
TONES = {
    "pen": (0.08, 0.25),
    "pencil": (0.35, 0.55),
    "soft": (0.60, 0.70),
    "faint": (0.78, 0.86),
    "erased": (0.84, 0.92),
}


@dataclass
class Hand:
    """Draws on ``paper`` with ``pixels`` a unit of the layout."""

    paper: Paper
    layout: Layout
    pixels: float
    rng: np.random.Generator

    def fill(self, item: str, value: str, tone: str = "pen", cover: float = 1.0) -> None:
        """A bubble filled by scribbling; ``cover``: share of its width."""
        block, bubble = self._find(item, value)
        turn = np.linspace(0, 2 * np.pi, 20, endpoint=False)
        wobble = self.rng.uniform(0.85, 1.15, 20)
        half_w, half_h = block.width / 2 * cover, block.height / 2
        x = bubble.x - block.width / 2 * (1 - cover) + self.rng.normal(0, 0.1)
        y = bubble.y + self.rng.normal(0, 0.1)
        points = np.stack([x + half_w * wobble * np.cos(turn), y + half_h * wobble * np.sin(turn)])
        low, high = TONES[tone]
        window, pixels = self._window(points.T)
        mask = np.zeros(window.shape, np.float32)
        cv2.fillPoly(mask, [pixels], 1.0)
        grain = self.rng.normal(0, 1, mask.shape).astype(np.float32)
        depth = 1 - self.rng.uniform(low, high)
        stroke = np.clip(depth * (1 + 0.6 * cv2.GaussianBlur(grain, (0, 0), 1.5)), 0, 1)
        window *= 1 - stroke * cv2.GaussianBlur(mask, (0, 0), 0.7)

    def tick(self, item: str, value: str) -> None:
        """A tick through the bubble instead of a filling."""
        self._strokes(item, value, [(-0.6, 0.0), (-0.1, 0.6), (0.9, -0.9)], 0.45)

    def cross(self, item: str, value: str) -> None:
        """Two strokes through a bubble and over its edge: it was meant to be taken back."""
        self._strokes(item, value, [(-1.4, -1.4), (1.4, 1.4)], 0.7)
        self._strokes(item, value, [(-1.4, 1.4), (1.4, -1.4)], 0.7)

    def ring(self, item: str, value: str) -> None:
        """A ring around a bubble instead of a filling."""
        turn = np.linspace(0, 2 * np.pi, 24)
        points = [(1.35 * np.cos(a), 1.45 * np.sin(a)) for a in turn]
        self._strokes(item, value, points, 0.5)

    def _find(self, item: str, value: str) -> tuple[Block, Bubble]:
        for block in self.layout.blocks:
            for one in block.items:
                for bubble in one.bubbles:
                    if (one.name, bubble.value) == (item, value):
                        return block, bubble
        raise KeyError((item, value))

    def _window(self, points: NDArray[np.float64]) -> tuple[Paper, NDArray[np.int32]]:
        """The part of the paper about ``points`` (n, 2), and the points in its pixels."""
        room = 6
        pixels = np.asarray((points * self.pixels).round(), np.int32)
        left, top = np.maximum(pixels.min(axis=0) - room, 0)
        right, low = pixels.max(axis=0) + room
        return self.paper[top:low, left:right], pixels - np.array([left, top], np.int32)

    def _strokes(
        self, item: str, value: str, points: list[tuple[float, float]], wide: float
    ) -> None:
        block, bubble = self._find(item, value)
        half_w, half_h = block.width / 2, block.height / 2
        line = np.array([(bubble.x + x * half_w, bubble.y + y * half_h) for x, y in points])
        window, pixels = self._window(line)
        mask = np.zeros(window.shape, np.float32)
        cv2.polylines(mask, [pixels], False, 1.0, max(1, round(wide * self.pixels)), cv2.LINE_AA)
        window *= 1 - 0.85 * mask


def answer(hand: Hand, marks: Mapping[str, str | None], tone: str = "pen") -> None:
    """Fills what ``marks`` says: every value of an item, one letter each."""
    for item, values in marks.items():
        for value in values or "":
            hand.fill(item, value, tone)
