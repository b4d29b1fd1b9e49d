"""Stroke order of Chinese characters, read from the npm package `hanzi-writer-data`.

The data comes from Make Me a Hanzi and, through it, from Arphic's PL KaitiM font (Arphic Public
License). A character is a list of strokes; each has an outline and a median line that a brush
follows.
"""

from __future__ import annotations

import itertools
import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .values import Point

# The package draws in a 1024 box with y upwards and the top of the box at 900.
BOX, TOP = 1024.0, 900.0
CURVE_STEPS = 5


@dataclass(frozen=True)
class Stroke:
    """Outline polygon and median polyline, both in a unit box with y downwards."""

    outline: tuple[Point, ...]
    median: tuple[Point, ...]


def home() -> Path:
    """The folder `hanzi-writer-data`, beside the project or where YUNKE_NODE_MODULES points."""
    named = os.environ.get("YUNKE_NODE_MODULES")
    modules = Path(named) if named else Path(__file__).resolve().parents[3] / "node_modules"
    return modules / "hanzi-writer-data"


def version() -> str:
    """The package's version, because other outlines make other films."""
    return str(json.loads((home() / "package.json").read_text(encoding="utf-8"))["version"])


@lru_cache(maxsize=2048)
def strokes_of(char: str) -> tuple[Stroke, ...]:
    """The strokes of one character in writing order; empty when the data does not know it."""
    source = home() / f"{char}.json"
    if not source.exists():
        if not home().is_dir():
            raise FileNotFoundError(f"stroke data missing: run `npm ci` (looked in {home()})")
        return ()
    data = json.loads(source.read_text(encoding="utf-8"))
    return tuple(
        Stroke(outline_points(path), tuple(unit(x, y) for x, y in median))
        for path, median in zip(data["strokes"], data["medians"], strict=True)
    )


def unit(x: float, y: float) -> Point:
    """Package units (y up) -> unit box (y down)."""
    return x / BOX, (TOP - y) / BOX


def outline_points(path: str) -> tuple[Point, ...]:
    """An SVG path of M, L, Q, C and Z -> one closed polygon in the unit box."""
    points: list[Point] = []
    for command, body in re.findall(r"([MLQCZ])([^MLQCZ]*)", path):
        numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", body)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        points += pairs if command in "ML" else bent(points[-1:] + pairs)[1:]
    return tuple(unit(x, y) for x, y in points)


def bent(controls: list[Point], steps: int = CURVE_STEPS) -> list[Point]:
    """A Bézier curve of any degree -> `steps + 1` points, by de Casteljau's halving of lines."""
    if len(controls) < 2:
        return controls
    curve: list[Point] = []
    for step in range(steps + 1):
        share, row = step / steps, controls
        while len(row) > 1:
            row = [
                (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
                for a, b in itertools.pairwise(row)
            ]
        curve.append(row[0])
    return curve
