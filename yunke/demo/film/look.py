"""How a board looks: its ground, its inks and the hues of the subjects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .values import RGB


def rgb(code: str) -> RGB:
    """`#C8451F` -> (200, 69, 31)."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


# Okabe–Ito: eight hues that stay apart for every common kind of colour blindness.
HUES = MappingProxyType({
    "orange": "#E69F00", "sky": "#56B4E9", "green": "#009E73", "yellow": "#F0E442",
    "blue": "#0072B2", "vermilion": "#D55E00", "purple": "#CC79A7", "black": "#000000",
})  # fmt: skip
PALE = MappingProxyType({
    "orange": "#F5BE4A", "sky": "#8FCBF0", "green": "#5CCBA9", "yellow": "#F0E442",
    "blue": "#6FB7E6", "vermilion": "#FF9A5C", "purple": "#E3A6C6", "black": "#F3F1EC",
})  # fmt: skip
SUBJECT_HUE = MappingProxyType(
    {"chinese": "vermilion", "maths": "blue", "english": "green", "science": "purple"}
)


@dataclass(frozen=True)
class Look:
    """A board's colours. `chalk` boards get a grain, so that lines look rubbed on, not printed."""

    name: str
    ground: str
    ink: str
    soft: str
    rule: str
    accent: str
    chalk: bool = False
    hues: Mapping[str, str] = field(default_factory=lambda: HUES, compare=False)

    def colour(self, name: str) -> RGB:
        """A colour by its role (`ink`, `accent`), its hue (`sky`) or its code (`#AABBCC`)."""
        if name.startswith("#"):
            return rgb(name)
        own = {"ground": self.ground, "ink": self.ink, "soft": self.soft}
        own |= {"rule": self.rule, "accent": self.accent}
        return rgb(own.get(name) or self.hues[name])


PAPER = Look("paper", "#FBF8F3", "#22252B", "#5B616C", "#E2D9CC", "#C8451F")
GREEN = Look("green", "#21402F", "#F3F1EC", "#B4C7B9", "#47674F", "#FF9A6B", True, PALE)
SLATE = Look("slate", "#1A1F29", "#F3F1EC", "#A9B0BD", "#3A4456", "#FF8A5C", True, PALE)
