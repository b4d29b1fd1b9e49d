"""Results, analyses and appeals, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any


class AppealState(StrEnum):
    OPEN = "open"
    CHANGED = "changed"
    EXPLAINED = "explained"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class AppealView:
    id: int
    exam_id: int
    person_id: int
    asked_by: int
    question_id: int
    reply_id: int
    reason: str
    state: AppealState
    answer: str
    made_at: datetime
    decided_by: int
    decided_at: datetime | None
    position: int = 0


@dataclass(frozen=True)
class Line:
    """One question of one pupil's result. ``score`` None: a person has to look."""

    position: int
    question_id: int
    reply_id: int
    value: Any
    verdict: str
    score: Fraction | None
    out_of: Fraction
    causes: tuple[str, ...]
    note: str
    by: int
    appeal: AppealView | None = None


@dataclass(frozen=True)
class Result:
    """One pupil's result. ``score`` None while a person has to look at a line of it.

    ``band``: (key, 中文, English).
    """

    person_id: int
    class_id: int
    attempt_id: int
    lines: tuple[Line, ...]
    score: Fraction | None
    out_of: Fraction
    band: tuple[str, str, str] | None

    @property
    def share(self) -> float:
        return float(self.score / self.out_of) if self.score is not None and self.out_of else 0.0


@dataclass(frozen=True)
class Missing:
    """What stands between an exam and its release."""

    sitting: int = 0
    unmarked: int = 0
    asking: int = 0
    strays: int = 0
    early: bool = False

    @property
    def any(self) -> bool:
        return bool(self.sitting or self.unmarked or self.asking or self.strays or self.early)


@dataclass(frozen=True)
class PointSeen:
    """A knowledge point in one pupil's result. ``positions``: the questions on it, ``lost``: those
    of them where points were lost; ``said``: a sentence with the evidence."""

    name: str
    name_en: str
    share: float
    standing: str
    said: str
    positions: tuple[int, ...]
    lost: tuple[int, ...]
