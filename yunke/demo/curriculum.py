"""The catalogue of the demo city: units and lessons of nine grades, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yunke.school.library.door import Subject

DATA = Path(__file__).parent / "data" / "curriculum"
GRADES = range(1, 10)


@dataclass(frozen=True)
class Title:
    zh: str
    en: str


@dataclass(frozen=True)
class Unit:
    """A unit as the data files tell it; ``code`` is also the code of its knowledge point."""

    grade: int
    subject: str
    position: int
    title: Title
    lessons: tuple[Title, ...]

    @property
    def code(self) -> str:
        return f"{self.subject}.{self.grade}.{self.position}"


def units() -> tuple[Unit, ...]:
    """Every unit, by subject and grade. Raises ValueError with file and line for a bad line."""
    return tuple(unit for subject in Subject for unit in _of_subject(subject.value))


def _of_subject(subject: str) -> Iterator[Unit]:
    file = DATA / f"{subject}.txt"
    places: dict[int, int] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            yield _unit(subject, line, places)
        except ValueError as trouble:
            raise ValueError(f"{file.name}, line {number}: {trouble}") from trouble


def _unit(subject: str, line: str, places: dict[int, int]) -> Unit:
    head, _, tail = line.partition(": ")
    grade, _, title = head.partition(" ")
    lessons = tuple(_title(part) for part in tail.split("; "))
    places[int(grade)] = places.get(int(grade), 0) + 1
    return Unit(int(grade), subject, places[int(grade)], _title(title), lessons)


def _title(text: str) -> Title:
    zh, equals, en = text.partition(" = ")
    if not equals or not zh.strip() or not en.strip():
        raise ValueError(f"{text!r} should be: Chinese = English")
    return Title(zh.strip(), en.strip())
