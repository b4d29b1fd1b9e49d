"""Writing the catalogue: units, knowledge points, lessons; each film gets a lesson of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from yunke.demo.city import City
from yunke.demo.curriculum import Title, Unit, units
from yunke.demo.film import Film
from yunke.school.library.door import (
    LessonNew,
    PointNew,
    UnitNew,
    lessons_write,
    points_write,
    units_write,
)


@dataclass(frozen=True)
class Taught:
    """A lesson of the catalogue by what the week needs to know; ``film`` is the slug of one."""

    id: int
    grade: int
    subject: str
    title: str
    film: str = ""


@dataclass
class Catalogue:
    lessons: list[Taught] = field(default_factory=list)

    def of(self, grade: int, subject: str) -> list[Taught]:
        """The lessons without a film, in the order of teaching."""
        return [x for x in self.lessons if (x.grade, x.subject, x.film) == (grade, subject, "")]

    def films(self, grade: int) -> list[Taught]:
        return [lesson for lesson in self.lessons if lesson.grade == grade and lesson.film]


@dataclass(frozen=True)
class _Entry:
    unit: Unit
    title: Title
    position: int
    film: Film | None = None


def catalogue_write(city: City, films: Iterable[Film]) -> Catalogue:
    """Write everything anew, or change what is there; the same ids come back."""
    entries = _entries(tuple(films))
    whole = list(dict.fromkeys(entry.unit for entry in entries))
    unit_ids = dict(
        zip((unit.code for unit in whole), units_write([_unit(u) for u in whole]), strict=True)
    )
    points_write([p for unit in whole for p in _points(unit, entries)])
    authors = _authors(city)
    news = [
        _lesson(entry, unit_ids[entry.unit.code], authors, index)
        for index, entry in enumerate(entries)
    ]
    ids = lessons_write(news)
    return Catalogue(
        [
            Taught(id_, e.unit.grade, e.unit.subject, e.title.zh, e.film.slug if e.film else "")
            for id_, e in zip(ids, entries, strict=True)
        ]
    )


def _entries(films: tuple[Film, ...]) -> list[_Entry]:
    """Lessons of the data files, then the films: in the unit of the same title, or a new one."""
    whole = list(units())
    entries = [
        _Entry(unit, title, position)
        for unit in whole
        for position, title in enumerate(unit.lessons, start=1)
    ]
    for film in films:
        peers = [u for u in whole if (u.grade, u.subject) == (film.grade, film.subject)]
        unit = next((u for u in peers if u.title.zh == film.unit_zh), None)
        if unit is None:
            title = Title(film.unit_zh, film.unit_en)
            unit = Unit(film.grade, film.subject, len(peers) + 1, title, ())
            whole.append(unit)
        taken = sum(1 for entry in entries if entry.unit == unit)
        entries.append(_Entry(unit, Title(film.title_zh, film.title_en), taken + 1, film))
    return entries


def _unit(unit: Unit) -> UnitNew:
    return UnitNew(unit.grade, unit.subject, unit.position, unit.title.zh, unit.title.en)


def _points(unit: Unit, entries: list[_Entry]) -> list[PointNew]:
    found = [PointNew(unit.code, unit.subject, unit.title.zh, unit.title.en)]
    for entry in entries:
        if entry.film and entry.unit == unit:
            found += [
                PointNew(_film_point(entry.film, n), unit.subject, name, "", unit.code)
                for n, name in enumerate(entry.film.points)
            ]
    return found


def _film_point(film: Film, number: int) -> str:
    return f"film.{film.slug}.{number}"[:40]


@dataclass(frozen=True)
class _Author:
    id: int
    name: str
    school_id: int
    county_id: int


def _authors(city: City) -> dict[tuple[str, bool], list[_Author]]:
    """Teachers of each subject, of primary schools and of junior highs apart."""
    found: dict[tuple[str, bool], dict[int, _Author]] = {}
    for plan in city.classes:
        for subject, person in plan.teachers.items():
            author = _Author(person, city.names[person], plan.school_id, plan.county_id)
            found.setdefault((subject, plan.grade > 6), {})[person] = author
    return {key: list(people.values()) for key, people in found.items()}


def _lesson(
    entry: _Entry, unit_id: int, authors: dict[tuple[str, bool], list[_Author]], index: int
) -> LessonNew:
    people = authors[entry.unit.subject, entry.unit.grade > 6]
    film = entry.film
    # The recorded lessons of a subject are by one outstanding teacher, who shows them to visitors.
    author = people[0 if film else index % len(people)]
    goals = tuple(film.points) if film else (f"理解“{entry.title.zh}”", "能用自己的话说一说")
    points = [_film_point(film, n) for n in range(len(film.points))] if film else []
    return LessonNew(
        unit_id, entry.position, entry.title.zh, entry.title.en,
        summary=f"{entry.unit.title.zh}：{'、'.join(film.points)}。" if film else "",
        summary_en=f"{entry.unit.title.en}: {entry.title.en}." if film else "",
        goals=goals, minutes=20, author_id=author.id, author_name=author.name,
        school_id=author.school_id, county_id=author.county_id, points=(entry.unit.code, *points),
        download_allowed=bool(film) or index % 3 == 0,
    )  # fmt: skip
