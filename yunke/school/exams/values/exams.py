"""Exams, sittings and everything that moves their end, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sort(StrEnum):
    """What kind of exam; before its start nothing else of it is told."""

    QUIZ = "quiz"
    UNIT = "unit"
    MIDTERM = "midterm"
    FINAL = "final"
    MOCK = "mock"


class Mode(StrEnum):
    SCREEN = "screen"
    HOME = "home"
    PAPER = "paper"


class IncidentKind(StrEnum):
    """What was written down."""

    LATE = "late"
    ILL = "ill"
    DEVICE = "device"
    NOISE = "noise"
    HELP = "help"
    COPYING = "copying"
    OTHER = "other"


@dataclass(frozen=True)
class Stop:
    """The clock stood still. ``own``: for one sitting only; ``ended_at`` None: it still does."""

    began_at: datetime
    ended_at: datetime | None = None
    own: bool = False
