"""What the film room hands out, and the small values its parts share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FPS = 10
WIDTH, HEIGHT = 1280, 720
RATE = 22_050

Point = tuple[float, float]
Box = tuple[int, int, int, int]
RGB = tuple[int, int, int]


@dataclass(frozen=True)
class Film:
    """One lesson film as a school would list it: where it belongs and what it teaches."""

    slug: str
    grade: int
    subject: str
    title_zh: str
    title_en: str
    unit_zh: str
    unit_en: str
    points: tuple[str, ...]
    language: str = "zh"


@dataclass(frozen=True)
class Made:
    """A finished film on disk; `fresh` is false when an equal one was already there."""

    film: Film
    folder: Path
    seconds: float
    size: int
    fresh: bool


@dataclass(frozen=True)
class Turn:
    """One utterance: sound in [start, end) seconds, by whom, and where the sound came from."""

    start: float
    end: float
    speaker: str
    role: str
    kind: str
    text: str
    other: str
    source: str
    question: bool


@dataclass(frozen=True)
class Cue:
    """One caption in both languages, seconds."""

    start: float
    end: float
    text: str
    other: str
