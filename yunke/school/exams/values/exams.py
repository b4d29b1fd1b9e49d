"""Exams, sittings and everything that moves their end, as plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
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


@dataclass(frozen=True)
class ExamView:
    """An exam as its pages need it. ``title``: only where the reader may know it already."""

    id: int
    paper_id: int
    sort: Sort
    mode: Mode
    subject: str
    grade: int
    school_id: int
    author_id: int
    starts_at: datetime
    ends_at: datetime
    minutes: int
    late_minutes: int | None
    late_full: bool
    shuffle: bool
    release_at: datetime | None
    released_at: datetime | None
    appeal_days: int
    withdrawn_at: datetime | None
    note: str
    class_ids: tuple[int, ...] = ()
    title: str = ""
    title_en: str = ""

    @property
    def released(self) -> bool:
        return self.released_at is not None and self.withdrawn_at is None

    @property
    def at_home(self) -> bool:
        return self.mode is Mode.HOME

    @property
    def on_paper(self) -> bool:
        return self.mode is Mode.PAPER


@dataclass(frozen=True)
class Seat:
    """One pupil's sitting as pages need it. ``ends_at`` None: a pause runs."""

    id: int
    exam_id: int
    person_id: int
    class_id: int
    attempt_id: int
    started_at: datetime
    ends_at: datetime | None
    left: timedelta
    extended: int
    seen_at: datetime | None
    readmitted_at: datetime | None
    withdrawn_at: datetime | None
    paused: bool = False
    submitted_at: datetime | None = None
    by_server: bool = False
    answered: int = 0


SORT_NAMES: dict[str, tuple[str, str]] = {
    Sort.QUIZ: ("随堂检测", "Class quiz"),
    Sort.UNIT: ("单元考试", "Unit exam"),
    Sort.MIDTERM: ("期中考试", "Midterm exam"),
    Sort.FINAL: ("期末考试", "Final exam"),
    Sort.MOCK: ("模拟考试", "Mock exam"),
}
MODE_NAMES: dict[str, tuple[str, str, str]] = {
    Mode.SCREEN: ("在屏幕上", "On a screen", "monitor"),
    Mode.HOME: ("在家，家长监考", "At home with a guardian", "house"),
    Mode.PAPER: ("在纸上", "On paper", "file-text"),
}
INCIDENT_NAMES: dict[str, tuple[str, str]] = {
    IncidentKind.LATE: ("来晚了", "Came late"),
    IncidentKind.ILL: ("不舒服", "Felt unwell"),
    IncidentKind.DEVICE: ("设备或网络出了问题", "Device or network trouble"),
    IncidentKind.NOISE: ("被打扰", "Was disturbed"),
    IncidentKind.HELP: ("得到了帮助", "Got help"),
    IncidentKind.COPYING: ("看了别人的或翻了书", "Copied or looked things up"),
    IncidentKind.OTHER: ("其他", "Something else"),
}


def plain_name(exam: ExamView) -> str:
    """What an exam is called where its title may not be told: its sort alone."""
    return SORT_NAMES[exam.sort][0]
