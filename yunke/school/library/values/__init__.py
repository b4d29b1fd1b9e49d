"""Subjects, kinds, and what the library hands out."""

from dataclasses import dataclass
from datetime import datetime
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
    """The kinds of ``craft.marking.items``, and the plain text of tasks in a film."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    BLANKS = "blanks"
    NUMBER = "number"
    FORMULA = "formula"
    MATCHING = "matching"
    ORDERING = "ordering"
    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"
    HANDWRITING = "handwriting"
    READING = "reading"
    RECITATION = "recitation"
    PRACTICAL = "practical"
    SIGNED = "signed"
    TEXT = "text"


class Reach(StrEnum):
    """How far a published lesson is shown."""

    SCHOOL = "school"
    COUNTY = "county"
    CITY = "city"


class PageKind(StrEnum):
    """What a county may put its own words over."""

    LESSON = "lesson"
    UNIT = "unit"


# The words of each kind of page that a county may replace; those with nothing beneath are added.
PAGE_WORDS: dict[str, tuple[str, ...]] = {
    PageKind.LESSON: ("title", "title_en", "summary", "summary_en", "edition", "note"),
    PageKind.UNIT: ("title", "title_en", "edition", "note"),
}


@dataclass(frozen=True)
class Standing:
    """Where somebody stands, which decides which lessons reach them. Empty: only the city's.

    ``cities``: empty for a stranger, who stands in the site's own city.
    """

    counties: frozenset[int] = frozenset()
    schools: frozenset[int] = frozenset()
    cities: frozenset[int] = frozenset()

    @property
    def county(self) -> int:
        """The county whose words are shown; 0 for none, and for who stands in several."""
        return next(iter(self.counties)) if len(self.counties) == 1 else 0


@dataclass(frozen=True)
class WordLine:
    """One field of a page under a county: the city's text, the county's where it has one (``own``),
    and what the city's text was when the county wrote."""

    field: str
    city: str
    ours: str = ""
    own: bool = False
    beneath: str = ""

    @property
    def changed(self) -> bool:
        """Did the city change its text since?"""
        return self.own and self.beneath != self.city


@dataclass(frozen=True)
class PageView:
    """A lesson's or unit's page as its county edits it."""

    kind: str
    id: int
    title: str
    title_en: str
    subject: str
    grade: int
    city_position: int
    position: int | None
    hidden: bool
    words: tuple[WordLine, ...]
    local: bool = False


@dataclass(frozen=True)
class CountyLine:
    """A lesson or unit in the county's list."""

    kind: str
    id: int
    title: str
    title_en: str
    city_title: str
    local: bool
    hidden: bool
    changed: bool


class Help(StrEnum):
    """What a colleague does for a lesson: writes it, or reads it and says what to change."""

    EDITOR = "editor"
    COMMENTER = "commenter"


@dataclass(frozen=True)
class LessonCard:
    """A lesson as lists show it; ``local``: in the words of the reader's own county."""

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
    makers: int = 1
    reach: str = "city"
    school_id: int = 0
    county_id: int = 0
    unit_id: int = 0
    local: bool = False


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
class CountyUnit:
    card: UnitCard
    line: CountyLine
    lessons: tuple[CountyLine, ...]


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
    # A county's own: which edition of the textbook, and a note beside the courseware.
    edition: str = ""
    note: str = ""


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
    reach: str = "city"
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
    subject: str = ""
    grade: int = 0


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
    # In the work, and not yet with the pupils of the published lesson.
    waits: bool = False


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


@dataclass(frozen=True)
class FileLine:
    """A ready file of a lesson, whatever version names it; ``pictures`` are addresses."""

    id: int
    kind: str
    title: str
    language: str
    seconds: float
    pages: int
    bytes: int
    poster: str
    playlist: str
    pictures: tuple[str, ...] = ()
    # Pupils of the published lesson get it.
    shown: bool = True
    # Its pictures are our own drawing of slides, not the slides themselves.
    redrawn: bool = False


@dataclass(frozen=True)
class WorkRow:
    """A lesson's row with what is being worked on, for one person.

    ``draft`` is what the row says; ``files`` are the ready files in the work; ``help`` is what
    this person may do: "author", "editor", "commenter". ``keeper``: who may invite.
    """

    id: int
    state: str
    version: int
    draft: Draft
    files: tuple[FileLine, ...]
    help: str
    keeper: bool
    author_id: int
    author_name: str
    unit: str
    unit_en: str
    grade: int
    subject: str
    school_id: int
    county_id: int
    city_id: int
    made_at: datetime
    makers: int = 1
    reach: str = "school"

    @property
    def may_edit(self) -> bool:
        return self.help in {"author", Help.EDITOR}
