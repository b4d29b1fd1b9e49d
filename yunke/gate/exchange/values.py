"""What passes in and out: a roster's states, its lines, what was found about it as a whole."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """A roster from the file to the receipt. Nothing is written before ``WRITING``."""

    WAITING = "waiting"  # uploaded, not read yet
    READING = "reading"
    REFUSED = "refused"  # unreadable as a whole
    READ = "read"  # compared; the preview is there
    WRITING = "writing"
    DONE = "done"
    DROPPED = "dropped"  # put away without an import
    UNDOING = "undoing"
    UNDONE = "undone"


class Act(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    WRONG = "wrong"
    SAME = "same"


class Thing(StrEnum):
    ORG = "org"
    CLASS = "class"
    PUPIL = "pupil"
    STAFF = "staff"


THINGS = tuple(Thing)
ACTS = (Act.WRONG, Act.NEW, Act.CHANGED, Act.GONE, Act.SAME)


@dataclass(frozen=True)
class OrgHas:
    id: int
    level: str
    parent: int
    code: str
    name: str
    source: str = ""


@dataclass(frozen=True)
class OrgWant:
    """An office or school as the file has it; ``id``: ours, negative for a new one, 0 for none."""

    line: int
    source: str
    name: str
    type: str
    code: str
    parent: str
    id: int = 0
    level: str = ""
    parent_id: int = 0
    act: str = Act.SAME


@dataclass(frozen=True)
class ClassHas:
    id: int
    school: int
    grade: int
    number: int
    name: str
    ended: bool
    source: str = ""


@dataclass(frozen=True)
class ClassWant:
    line: int
    source: str
    title: str
    grade: int
    number: int
    school: int
    id: int = 0
    act: str = Act.SAME
    before: str = ""


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: where, why (a code), and what stands there."""

    file: str
    line: int
    column: str
    code: str
    value: str = ""
    other: str = ""


@dataclass(frozen=True)
class Finding:
    """Something about the file as a whole. ``second``: needs a second person."""

    code: str
    second: bool = False
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A line of the preview."""

    seq: int
    thing: str
    act: str
    name: str
    source: str
    place: str
    what: list[dict[str, str]]
    file: str
    line: int
