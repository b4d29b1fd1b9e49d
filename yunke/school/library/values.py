"""Subjects, kinds, and what the library hands out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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
    "chinese": "book-open-text",
    "maths": "calculator",
    "english": "languages",
    "science": "flask-conical",
    "morality": "handshake",
    "music": "music",
    "art": "palette",
    "sport": "volleyball",
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
    state: str = "published"


@dataclass(frozen=True)
class UnitCard:
    id: int
    title: str
    title_en: str
    position: int
    lessons: tuple[LessonCard, ...] = ()
    grade: int = 0
    subject: str = ""


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
    """``url`` is the file itself, empty where the teacher allows no download; ``pictures`` are
    the addresses of its pages as pictures, which may always be looked at."""

    id: int
    title: str
    url: str
    pages: int
    bytes: int
    pictures: tuple[str, ...] = ()


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
    author_id: int = 0
    # The video as one small file (360p) for phones; empty until the job made it or when not allowed
    download_phone: str = ""
    download_bytes: int = 0
    # Shares of the smaller sizes: 1 when all are there.
    heights: tuple[int, ...] = ()


@dataclass(frozen=True)
class QuestionKey:
    """What is right, and why; never sent to a pupil before the answer is in."""

    id: int
    kind: str
    key: tuple[str, ...]
    reasoning: str
    reasoning_en: str


class MediaRule(NamedTuple):
    """What decides who may have a media file.

    ``download_only``: a download that the teacher has not allowed, for the author alone.
    """

    lesson_id: int
    published: bool
    author_id: int
    download_only: bool


@dataclass(frozen=True)
class UnitNew:
    grade: int
    subject: str
    position: int
    title: str
    title_en: str = ""


@dataclass(frozen=True)
class PointNew:
    """``parent`` is the code of a point that is there or comes earlier in the same list."""

    code: str
    subject: str
    name: str
    name_en: str = ""
    parent: str = ""


@dataclass(frozen=True)
class LessonNew:
    """A lesson for ``lessons_write``; ``points`` are codes."""

    unit_id: int
    position: int
    title: str
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    goals: tuple[str, ...] = ()
    minutes: int = 20
    author_id: int = 0
    author_name: str = ""
    school_id: int = 0
    county_id: int = 0
    points: tuple[str, ...] = ()
    published: bool = True
    download_allowed: bool = False


@dataclass(frozen=True)
class QuestionNew:
    """A question for ``questions_write``; ``points`` are codes.

    ``options``: [{"id": "A", "text": "…", "text_en": "…"}]; ``key``: ids, numbers or texts.
    """

    code: str
    kind: str
    stem: str
    stem_en: str = ""
    options: tuple[dict[str, str], ...] = ()
    key: tuple[str, ...] = ()
    reasoning: str = ""
    reasoning_en: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class AssetLine:
    """A file of a lesson as its teacher sees it.

    ``state``: examining, preparing, ready, refused. ``work`` is the job under way ("publish",
    "convert", "rungs", "" for none), ``share`` how far it is, 0 to 1.
    """

    id: int
    kind: str
    title: str
    language: str
    state: str
    reason: str
    bytes: int
    seconds: float
    width: int
    height: int
    pages: int
    poster: str
    url: str
    work: str = ""
    share: float = 0
    heights: tuple[int, ...] = ()
    current: bool = False


@dataclass(frozen=True)
class UploadLine:
    """An upload under way, or a refused one with its reason ("overlap:6:3")."""

    id: int
    kind: str
    name: str
    size: int
    offset: int
    state: str
    reason: str = ""


@dataclass(frozen=True)
class PointName:
    id: int
    name: str
    name_en: str


@dataclass(frozen=True)
class Draft:
    """A lesson as its editor shows and saves it; ``version`` is the one that was read."""

    unit_id: int
    title: str
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    goals: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    minutes: int = 20
    download_allowed: bool = False
    chapters: tuple[ChapterMark, ...] = ()
