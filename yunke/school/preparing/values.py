"""A lesson in the making as plain values: its content, its versions, what is said about it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from yunke.craft.texts.difference import Piece, Row
from yunke.school.library.values import ChapterMark, Draft, FileLine


class TaskMark(NamedTuple):
    """A question at a moment of the film; the taught hour keeps the rows."""

    id: int
    at: float
    question: int


class Mark(NamedTuple):
    """A chapter."""

    at: float
    title: str
    title_en: str


@dataclass(frozen=True)
class Content:
    """Everything that a version holds. ``points`` are names in their order, ``files`` ids."""

    unit: int
    title: str
    title_en: str = ""
    goals: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    minutes: int = 20
    summary: str = ""
    summary_en: str = ""
    chapters: tuple[Mark, ...] = ()
    download_allowed: bool = False
    files: tuple[int, ...] = ()
    tasks: tuple[TaskMark, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def draft(self) -> Draft:
        return Draft(
            unit_id=self.unit, title=self.title, title_en=self.title_en, summary=self.summary,
            summary_en=self.summary_en, goals=self.goals, points=self.points,
            minutes=self.minutes, download_allowed=self.download_allowed,
            chapters=tuple(ChapterMark(*mark) for mark in self.chapters),
        )  # fmt: skip


FIELDS = tuple(field.name for field in fields(Content))
# What a form writes; files and tasks have doors of their own.
WRITTEN = tuple(name for name in FIELDS if name not in {"files", "tasks"})
# What somebody may suggest another text for, and how long it may be; a goal is one line.
TEXTS = {"title": 80, "title_en": 120, "goals": 300, "summary": 2000, "summary_en": 2000}


def content_of_draft(
    draft: Draft, files: tuple[int, ...] = (), tasks: tuple[TaskMark, ...] = ()
) -> Content:
    return Content(
        unit=draft.unit_id, title=draft.title, title_en=draft.title_en, goals=draft.goals,
        points=tuple(sorted(draft.points)), minutes=draft.minutes, summary=draft.summary,
        summary_en=draft.summary_en, download_allowed=draft.download_allowed,
        chapters=tuple(Mark(float(m.at), m.title, m.title_en) for m in draft.chapters),
        files=files, tasks=tasks,
    )  # fmt: skip


def content_of(kept: Mapping[str, Any]) -> Content:
    """What ``as_json`` gave, after its way through the database or a form.

    Raises ValueError, TypeError or KeyError for anything else.
    """
    known: dict[str, Any] = {name: kept[name] for name in FIELDS if name in kept}
    return replace(
        Content(unit=int(kept["unit"]), title=str(kept["title"])),
        **known
        | {
            "unit": int(kept["unit"]),
            "minutes": int(kept["minutes"]),
            "goals": tuple(map(str, kept.get("goals", ()))),
            "points": tuple(map(str, kept.get("points", ()))),
            "chapters": tuple(
                Mark(float(at), str(title), str(title_en))
                for at, title, title_en in kept.get("chapters", ())
            ),
            "files": tuple(map(int, kept.get("files", ()))),
            "tasks": tuple(
                TaskMark(int(i), float(at), int(q)) for i, at, q in kept.get("tasks", ())
            ),
        },
    )


class PlaceKind(StrEnum):
    """Where a comment is pinned."""

    LESSON = "lesson"
    SECTION = "section"
    GOAL = "goal"
    PAGE = "page"
    SECOND = "second"
    TASK = "task"


@dataclass(frozen=True)
class Place:
    """``ref``: a section's or goal's words, "asset:page", a task's number; ``second`` of a film."""

    kind: str = PlaceKind.LESSON
    ref: str = ""
    second: float = 0

    @property
    def asset(self) -> tuple[int, int]:
        """The asset and page of a page of courseware, (0, 0) for other places."""
        asset, _colon, page = self.ref.partition(":")
        number = asset.isdecimal() and page.isdecimal() and len(self.ref) < 24
        return (int(asset), int(page)) if number else (0, 0)


@dataclass(frozen=True)
class CommentLine:
    id: int
    person_id: int
    name: str
    text: str
    at: datetime
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThreadLine:
    """A thread as it is read. ``unread``: how many of its comments this person has not seen."""

    id: int
    place: Place
    quote: str
    comments: tuple[CommentLine, ...]
    resolved: bool
    resolved_by: str = ""
    unread: int = 0
    picture: str = ""
    lost: bool = False


@dataclass(frozen=True)
class SuggestionLine:
    """``item``: the goal that it is about, as it read when the suggestion was made."""

    id: int
    field: str
    was: str
    now: str
    why: str
    person_id: int
    name: str
    at: datetime
    state: str
    decided_by: str
    reason: str
    pieces: tuple[Piece, ...]
    # The place reads differently by now, and the change can no longer be put in by itself.
    stale: bool = False


@dataclass(frozen=True)
class VersionLine:
    """A row of the timeline."""

    id: int
    number: int
    at: datetime
    person_id: int
    name: str
    fields: tuple[str, ...]
    why: str
    label: str
    credited: str
    restored: int
    saves: int
    published: bool
    sealed: bool


@dataclass(frozen=True)
class FieldDifference:
    """One field of two versions: running text as ``pieces``, a list as ``rows``."""

    field: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()
    gone: tuple[FileLine, ...] = ()
    came: tuple[FileLine, ...] = ()


@dataclass(frozen=True)
class VersionShown:
    """A version for reading, whatever became of the lesson since."""

    id: int
    lesson_id: int
    number: int
    at: datetime
    name: str
    label: str
    content: Content
    unit: str
    unit_en: str
    files: tuple[FileLine, ...]
    # (at, question's words) in the film's order.
    tasks: tuple[tuple[float, str], ...]


class Part(StrEnum):
    """What somebody did for a lesson, for the credits."""

    AUTHOR = "author"
    WORDS = "words"
    GOALS = "goals"
    POINTS = "points"
    FILES = "files"
    TASKS = "tasks"
    SUGGESTED = "suggested"


PARTS: dict[str, Part] = {
    "title": Part.WORDS, "title_en": Part.WORDS, "summary": Part.WORDS, "summary_en": Part.WORDS,
    "chapters": Part.WORDS, "goals": Part.GOALS, "points": Part.POINTS, "files": Part.FILES,
    "tasks": Part.TASKS,
}  # fmt: skip


@dataclass(frozen=True)
class Credit:
    """Somebody who made a lesson, and what they did."""

    person_id: int
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class GoalLine:
    """A goal with who wrote it as it reads now; ``before``: as it read earlier."""

    text: str
    person_id: int
    name: str
    number: int
    at: datetime
    before: str = ""


@dataclass(frozen=True)
class Saved:
    """``number``: of the newest version; ``merged``: fields where somebody else's change came in
    beside mine."""

    number: int
    content: Content
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody in one lesson."""

    unread: int = 0
    suggestions: int = 0
    mentions: int = 0
    here: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.unread or self.suggestions or self.mentions)
