"""Subjects, kinds, and what the library hands out."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    CHINESE = "chinese"
    MATHS = "maths"
    ENGLISH = "english"
    SCIENCE = "science"
    MORALITY = "morality"
    MUSIC = "music"
    ART = "art"
    SPORT = "sport"


SUBJECT_NAMES: dict[str, tuple[str, str]] = {
    "chinese": ("语文", "Chinese"),
    "maths": ("数学", "Maths"),
    "english": ("英语", "English"),
    "science": ("科学", "Science"),
    "morality": ("道德与法治", "Morality & Law"),
    "music": ("音乐", "Music"),
    "art": ("美术", "Art"),
    "sport": ("体育", "PE"),
}
SUBJECT_ICONS: dict[str, str] = {
    "chinese": "book-open-text", "maths": "calculator", "english": "languages",
    "science": "flask-conical", "morality": "handshake", "music": "music",
    "art": "palette", "sport": "volleyball",
}


class AssetKind(StrEnum):
    VIDEO = "video"
    COURSEWARE = "courseware"
    CAPTIONS = "captions"


class QuestionKind(StrEnum):
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class LessonCard:
    """A lesson as lists show it."""

    id: int
    title: str
    title_en: str
    subject: str
    grade: int
    minutes: int
    author: str
    unit: str
    unit_en: str
    poster: str = ""
    seconds: float = 0
    has_video: bool = False


@dataclass(frozen=True)
class UnitCard:
    id: int
    title: str
    title_en: str
    position: int
    lessons: tuple[LessonCard, ...] = ()


@dataclass(frozen=True)
class TrackFile:
    language: str
    url: str


@dataclass(frozen=True)
class ChapterMark:
    at: float
    title: str
    title_en: str


@dataclass(frozen=True)
class CoursewareFile:
    id: int
    title: str
    url: str
    pages: int
    bytes: int


@dataclass(frozen=True)
class QuestionView:
    """A question as a pupil sees it: without its key."""

    id: int
    kind: str
    stem: str
    stem_en: str
    options: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class LessonFull:
    """A lesson with everything that watching needs."""

    card: LessonCard
    summary: str
    summary_en: str
    goals: tuple[str, ...]
    points: tuple[str, ...]
    state: str
    download_allowed: bool
    playlist: str
    poster: str
    download: str
    tracks: tuple[TrackFile, ...]
    chapters: tuple[ChapterMark, ...]
    courseware: tuple[CoursewareFile, ...]
