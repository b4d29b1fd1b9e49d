"""Papers as plain values. What is in a ``PaperBody`` is secret until the paper is open."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Section:
    name: str
    name_en: str = ""
    note: str = ""


@dataclass(frozen=True)
class PaperLine:
    """A question of a paper: one of the library by its id, or one written here (``item``, the JSON
    of ``craft.marking.items``), which nobody sees before the paper opens.
    """

    section: int
    points: Fraction
    question_id: int = 0
    item: dict[str, Any] | None = None


@dataclass(frozen=True)
class PaperBody:
    """Everything that is sealed. A line's position is its place in ``lines``, from 1."""

    title: str = ""
    title_en: str = ""
    note: str = ""
    sections: tuple[Section, ...] = ()
    lines: tuple[PaperLine, ...] = ()

    @property
    def total(self) -> Fraction:
        return sum((line.points for line in self.lines), Fraction(0))


@dataclass(frozen=True)
class PaperHead:
    """What a list of papers tells those who make them. ``name``: the title, unsealed for them."""

    id: int
    subject: str
    grade: int
    version: int
    opened_at: datetime | None
    made_at: datetime
    title: str = ""
    title_en: str = ""
    questions: int = 0
    total: Fraction = Fraction(0)
    exams: int = 0


@dataclass(frozen=True)
class PaperFull:
    head: PaperHead
    school_id: int
    author_id: int
    body: PaperBody
    makers: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class OpenItem:
    """A question of an opened paper, by its row."""

    id: int
    position: int
    section: int
    question_id: int
    points: Fraction
