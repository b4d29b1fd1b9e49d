"""What is shown of a wristband's recording."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


@dataclass(frozen=True)
class PulseCard:
    """A line of the list. ``artefacts``: the share of readings that were left out."""

    id: int
    state: State
    reason: str
    brought_at: datetime
    started_at: datetime | None
    seconds: int
    artefacts: float
    device: str

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


@dataclass(frozen=True)
class PulseView:
    """A whole recording: points are (second, beats a minute), gaps (from, to) in seconds."""

    card: PulseCard
    points: tuple[tuple[int, int], ...]
    gaps: tuple[tuple[int, int], ...]
    samples: int


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Band:
    left: float
    width: float


@dataclass(frozen=True)
class Chart:
    """A curve as SVG wants it; every number in the units of its view box."""

    width: int
    height: int
    left: int
    right: float
    base: float
    lines: tuple[str, ...]
    bands: tuple[Band, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    low: int
    middle: int
    high: int
    measured: int
