"""What homework is, how far it is, and what its pages are given."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction


class Reveal(StrEnum):
    """When the key and the reasoning may be seen."""

    HANDED_IN = "handed_in"
    DUE = "due"


class Task(StrEnum):
    """Work that a teacher describes in a sentence, beside questions of the library."""

    PAPER = "paper"
    READING = "reading"
    RECITATION = "recitation"
    HANDWRITING = "handwriting"
    PRACTICAL = "practical"
    SIGNED = "signed"


class Stage(StrEnum):
    """How far one pupil is with one homework, as everybody is told."""

    WAITING = "waiting"  # not opened for pupils yet
    NEW = "new"
    BEGUN = "begun"
    OVERDUE = "overdue"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    CORRECTING = "correcting"
    CORRECTED = "corrected"


HANDED = frozenset({Stage.HANDED_IN, Stage.RETURNED, Stage.CORRECTING, Stage.CORRECTED})


@dataclass(frozen=True)
class AskedFor:
    """A question in a homework: ``points`` exact."""

    question_id: int
    points: Fraction = Fraction(1)


@dataclass(frozen=True)
class Setting:
    """A homework as a teacher sets it for one class. Instants are aware."""

    class_id: int
    title: str
    words: str
    subject: str
    minutes: int
    written: bool
    opens_at: datetime
    due_at: datetime
    reveal: Reveal
    asked: tuple[AskedFor, ...]
    pupils: tuple[int, ...]
    lesson_id: int = 0
    slot_day: date | None = None
    slot_period: int = 0
    over_reason: str = ""


@dataclass(frozen=True)
class Line:
    """A homework in a list. ``due_at`` is this pupil's own where it is a pupil's list."""

    id: int
    title: str
    words: str
    subject: str
    teacher_id: int
    teacher: str
    class_id: int
    school_id: int
    minutes: int
    written: bool
    opens_at: datetime
    due_at: datetime
    reveal: Reveal
    lesson_id: int = 0
    slot_day: date | None = None
    slot_period: int = 0
    over_reason: str = ""
    withdrawn_at: datetime | None = None
    pupils: int = 0


@dataclass(frozen=True)
class Mine:
    """A homework as one pupil has it. ``score``: only of what was returned."""

    line: Line
    copy_id: int
    pupil_id: int
    stage: Stage
    due_at: datetime
    extended: bool = False
    submitted_at: datetime | None = None
    late: bool = False
    returned_at: datetime | None = None
    correct: bool = False
    signed_at: datetime | None = None
    attempt_id: int = 0


@dataclass(frozen=True)
class PupilState:
    """One pupil's line on the teacher's page. ``waits``: replies that a person has to look at;
    ``score`` and ``out_of`` of the newest attempt, score None while anything waits."""

    pupil_id: int
    name: str
    animal: str
    copy_id: int
    stage: Stage
    due_at: datetime
    extended: bool
    late: bool
    submitted_at: datetime | None
    attempt_id: int
    number: int
    answered: int
    marked: bool
    waits: int = 0
    by_machine: int = 0
    by_person: int = 0
    score: Fraction | None = None
    out_of: Fraction = Fraction(0)
    signed_at: datetime | None = None
    returned_at: datetime | None = None


@dataclass(frozen=True)
class DayLoad:
    """Minutes of one child on one day: those of others' homework and those of this one."""

    day: date
    written: int = 0
    other: int = 0
    new_written: int = 0
    new_other: int = 0

    @property
    def all_written(self) -> int:
        return self.written + self.new_written

    @property
    def all(self) -> int:
        return self.all_written + self.other + self.new_other


@dataclass(frozen=True)
class ChildLoad:
    """A child's fullest day among those that the homework touches."""

    pupil_id: int
    name: str
    animal: str
    fullest: DayLoad
    over: bool = False
    subjects: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Load:
    """``limit``: written minutes a day for this grade; None where no rule says one."""

    grade: int
    limit: int | None
    children: tuple[ChildLoad, ...]
    top: int = 60
    days: tuple[date, ...] = field(default=())

    @property
    def over(self) -> int:
        return sum(child.over for child in self.children)
