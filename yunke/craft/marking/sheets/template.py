"""Our own template, one value that both the drawing and the reading use: where everything is.

Millimetres from the top left corner of the paper.
"""

from dataclasses import dataclass

from yunke.craft.marking.sheets.layout import Layout


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper: top left corner and size, mm."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Writing:
    """An area that is cut out for a person; ``lines`` to write on are printed in it."""

    item: str
    box: Box
    lines: int = 0


@dataclass(frozen=True)
class Label:
    """Words that are printed: left edge and base line, mm; size in points."""

    x: float
    y: float
    text: str
    size: float = 9.0


@dataclass(frozen=True)
class Page:
    """One page. ``markers``: ids of the corners, clockwise from the top left."""

    number: int
    markers: tuple[int, int, int, int]
    layout: Layout
    writing: tuple[Writing, ...]
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What this page answers: items and joined digits, without the single digits."""
        parts = {part for several in self.layout.joined.values() for part in several}
        alone = tuple(item.name for item in self.layout.items if item.name not in parts)
        return (*alone, *self.layout.joined)


@dataclass(frozen=True)
class Template:
    """A whole sheet. ``code``: where the QR code is printed; None where there is none."""

    exam: str
    title: str
    width: float
    height: float
    marker: float
    inset: float
    code: Box | None
    pages: tuple[Page, ...]

    def corner_boxes(self) -> tuple[Box, Box, Box, Box]:
        """Where the corner marks are printed, clockwise from the top left."""
        size, near = self.marker, self.inset
        right, low = self.width - near - size, self.height - near - size
        return (
            Box(near, near, size, size),
            Box(right, near, size, size),
            Box(right, low, size, size),
            Box(near, low, size, size),
        )
