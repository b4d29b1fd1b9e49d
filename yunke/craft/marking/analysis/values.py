"""What goes into an analysis and what comes out."""

from dataclasses import dataclass, field
from enum import StrEnum


class Flag(StrEnum):
    """Why a person should look at an item again."""

    HARD = "hard"  # fewer than 30 % of the points
    EASY = "easy"  # 90 % and more
    FLAT = "flat"  # hardly tells who can from who cannot: below 0.2
    AGAINST = "against"  # who can do the rest fails here: look at the key
    LURE = "lure"  # a wrong option draws the stronger ones
    UNUSED = "unused"  # a wrong option that nobody chose


@dataclass(frozen=True)
class ItemAsked:
    """``worth``: points. ``options``: ids where one chooses; ``right``: the ids of the key."""

    position: int
    worth: float
    options: tuple[str, ...] = ()
    right: frozenset[str] = frozenset()
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One pupil. ``scores``: points by item, in the items' order. ``chosen``: ids by item; empty
    where nothing was chosen or the item is no choice. ``empty``: was left out."""

    scores: tuple[float, ...]
    chosen: tuple[frozenset[str], ...] = ()
    empty: tuple[bool, ...] = ()


@dataclass(frozen=True)
class OptionShown:
    """``rest``: mean share of the rest of the paper of those who chose it; None: nobody did."""

    id: str
    right: bool
    count: int
    share: float
    rest: float | None


@dataclass(frozen=True)
class ItemShown:
    """``difficulty``: mean share of the points (0: nobody, 1: everybody). ``discrimination``: the
    item's correlation with the rest of the paper; None under 10 pupils or where all did alike.
    ``apart``: share of the upper 27 % less that of the lower.
    """

    position: int
    difficulty: float
    discrimination: float | None
    apart: float | None
    empty: float
    right: int
    partly: int
    wrong: int
    options: tuple[OptionShown, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class PointShown:
    """A knowledge point: mean share over its items. ``items``: positions."""

    code: str
    share: float
    items: tuple[int, ...]
    answers: int


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha with its 95 % interval (Feldt), and the standard error of a score."""

    alpha: float
    low: float
    high: float
    error: float


@dataclass(frozen=True)
class PaperShown:
    """``spread``: pupils by tenths of the points, ten counts. ``reliability`` None: too few pupils
    or items to say."""

    pupils: int
    out_of: float
    mean: float
    deviation: float
    spread: tuple[int, ...]
    items: tuple[ItemShown, ...]
    points: tuple[PointShown, ...]
    reliability: Reliability | None
    worst: tuple[int, ...] = field(default=())
