"""Printed words: page titles, pinyin, labels. The face is Noto Sans CJK SC (OFL)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import manimgx_fonts_cjk
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .look import Look
from .marks import Mark, Patch, Pixels
from .values import RGB

# The collection holds five regional faces; 2 is simplified Chinese.
FACE, FILE = 2, "NotoSansCJK-VF.otf.ttc"


@dataclass(frozen=True)
class Print:
    """A printed line with its top left at (x, y); `size` in pixels, `weight` 100–900."""

    text: str
    x: float
    y: float
    size: float = 24
    colour: str = "soft"
    weight: int = 400
    frames: int = 1
    middle: bool = False

    def marks(self, look: Look) -> Iterator[Mark]:
        """One patch that wipes in."""
        colour, wide = look.colour(self.colour), print_width(self.text, self.size, self.weight)
        x = self.x - wide / 2 if self.middle else self.x
        yield Patch(
            self.text,
            x,
            self.y,
            wide + 2,
            self.size * 1.5,
            lambda scale: printed(self.text, self.size * scale, self.weight, colour),
            self.frames,
        )


@lru_cache(maxsize=64)
def face(size: float, weight: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels and a weight."""
    path = Path(manimgx_fonts_cjk.__file__).with_name(FILE)
    font = ImageFont.truetype(str(path), size, index=FACE, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


def print_width(text: str, size: float, weight: int = 400) -> float:
    """Width of a printed line, pixels."""
    return float(face(size, weight).getlength(text))


def printed(text: str, size: float, weight: int, colour: RGB) -> Pixels:
    """A printed line as RGBA, shape (1.5 size, width + 2, 4), the text in its alpha."""
    font = face(size, weight)
    canvas = Image.new("L", (int(font.getlength(text)) + 3, round(size * 1.5)))
    ImageDraw.Draw(canvas).text((1, round(size * 1.22)), text, fill=255, font=font, anchor="ls")
    out = np.empty((canvas.height, canvas.width, 4), np.uint8)
    out[..., :3], out[..., 3] = colour, np.asarray(canvas)
    return out
