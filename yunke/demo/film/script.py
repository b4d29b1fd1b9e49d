"""What a lesson's script is made of: pages, and on each page beats of talk and drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from .look import PAPER, Look
from .marks import Mark
from .values import Film

TEACHER = "teacher"
EVERYONE = "everyone"


class Item(Protocol):
    """Anything that can be drawn: it says what it is and gives its marks in drawing order."""

    @property
    def text(self) -> str:
        """What a reader of the board would read here; empty for pure drawing."""

    def marks(self, look: Look) -> Iterator[Mark]:
        """The marks, in the order in which they appear."""


@dataclass(frozen=True)
class Beat:
    """Somebody says `text` (`other` translates it) while `draw` appears, then `wait` seconds pass.

    `clip` names a recorded voice in `voices/`; without it the voice is synthetic. An empty text is
    silence.
    """

    who: str
    text: str
    other: str
    draw: tuple[Item, ...] = ()
    question: bool = False
    wait: float = 0.0
    clip: str = ""


@dataclass(frozen=True)
class Page:
    """One board page, which is also one chapter of the film."""

    title_zh: str
    title_en: str
    beats: tuple[Beat, ...]


@dataclass(frozen=True)
class Lesson:
    """A film's whole script; `cast` picks the synthetic teacher."""

    film: Film
    pages: tuple[Page, ...]
    look: Look = field(default=PAPER)
    cast: str = "lin"


def say(text: str, other: str, *draw: Item, wait: float = 0.0) -> Beat:
    """The teacher explains."""
    return Beat(TEACHER, text, other, draw, wait=wait)


def ask(text: str, other: str, *draw: Item, wait: float = 2.6) -> Beat:
    """The teacher asks, then waits for `wait` seconds."""
    return Beat(TEACHER, text, other, draw, True, wait)


def pupil(who: str, text: str, other: str, *draw: Item, wait: float = 0.0) -> Beat:
    """One pupil answers or reads."""
    return Beat(who, text, other, draw, wait=wait)


def chorus(text: str, other: str, *draw: Item, wait: float = 0.0) -> Beat:
    """The whole class says it together."""
    return Beat(EVERYONE, text, other, draw, wait=wait)


def wonder(who: str, text: str, other: str, *draw: Item, wait: float = 1.0) -> Beat:
    """A pupil asks."""
    return Beat(who, text, other, draw, True, wait)


def play(
    clip: str, text: str, other: str, *draw: Item, question: bool = False, wait: float = 0.0
) -> Beat:
    """A recorded voice; who speaks is the number of its speaker."""
    return Beat(f"voice-{clip[1:5]}", text, other, draw, question, wait, clip)


def show(*draw: Item, wait: float = 0.0) -> Beat:
    """Nobody speaks; something is drawn."""
    return Beat("", "", "", draw, wait=wait)
