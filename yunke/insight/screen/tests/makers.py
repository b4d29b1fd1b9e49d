"""The only source of the room's test rows: a city with schools of given sizes, and its days."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from yunke.base.clock import at
from yunke.ground.lake.door import PastAct, Verb, events_write, lake_flush
from yunke.ground.people.models import Membership, Org, Person, SchoolClass
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Kind, Role
from yunke.insight.screen.actions.release import days_release

# A Monday; the city lives in the two weeks from it on.
MONDAY = date(2026, 11, 2)
AFTER = datetime(2026, 11, 16, 3, 0)  # noqa: DTZ001 - made aware by ``noon``
_uids = count(1)


def noon(day: date) -> datetime:
    return at(day, time(12))


@dataclass
class Town:
    """A city: county → school → grade → pupils' ids; with staff for each level."""

    city: Org
    counties: list[Org] = field(default_factory=list)
    schools: list[Org] = field(default_factory=list)
    pupils: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    classes: dict[tuple[int, int], SchoolClass] = field(default_factory=dict)
    staff: dict[str, Person] = field(default_factory=dict)

    @property
    def everybody(self) -> list[int]:
        return [pupil for grade in self.pupils.values() for pupil in grade]


def town(sizes: Iterable[Iterable[Mapping[int, int]]] = (({1: 30, 2: 25}, {1: 20}),)) -> Town:
    """``sizes``: counties of schools of {grade: pupils}; all on the roster since last term."""
    made = Town(people.org("city", "云州市"))
    made.staff["city"] = people.staff(made.city, Role.CITY_STAFF)
    for number, schools in enumerate(sizes, 1):
        county = people.org("county", f"第{number}县", made.city)
        made.counties.append(county)
        made.staff.setdefault("county", people.staff(county, Role.COUNTY_STAFF))
        for grades in schools:
            _school(made, county, grades)
    return made


def _school(made: Town, county: Org, grades: Mapping[int, int]) -> None:
    school = people.org("school", f"第{len(made.schools) + 1}小学", county)
    made.schools.append(school)
    made.staff.setdefault("school", people.staff(school, Role.SCHOOL_ADMIN))
    for grade, size in grades.items():
        of = people.school_class(school, grade=grade)
        made.classes[school.id, grade] = of
        made.pupils[school.id, grade] = seated(of, size)


def seated(of: SchoolClass, size: int, since: date = MONDAY - timedelta(days=90)) -> list[int]:
    """Pupils of a class, in bulk; gives their ids."""
    first = next(_uids) * 1000
    rows = [
        Person(login=f"p{of.id}-{first + n}", name=f"学生{n}", kind=Kind.PUPIL.value)
        for n in range(size)
    ]
    made = Person.objects.bulk_create(rows)
    Membership.objects.bulk_create(
        Membership(person=child, school_class=of, role=Role.PUPIL, since=since) for child in made
    )
    return [child.id for child in made]


def act(
    person: int, day: date, verb: Verb = Verb.PROGRESSED, *, hour: int = 8, lesson: int = 1,
    seconds: int = 0, school: int = 0,
) -> PastAct:  # fmt: skip
    return PastAct(
        uuid.UUID(int=next(_uids)), at(day, time(hour, 5)), day, person, verb, "lesson",
        object_id=lesson, lesson_id=lesson, seconds=seconds, school_id=school,
    )  # fmt: skip


def came(persons: Iterable[int], day: date, *, minutes: int = 20, **more: Any) -> None:
    """These people opened a lesson that day and watched ``minutes`` of it."""
    acts = []
    for person in persons:
        acts.append(act(person, day, Verb.OPENED, **more))
        acts.append(act(person, day, seconds=60 * minutes, **more))
    events_write(acts)


def lived(made: Town, days: Iterable[date], share: float = 0.9) -> None:
    """On each of these days the first ``share`` of every grade came."""
    for day in days:
        for pupils in made.pupils.values():
            came(pupils[: round(share * len(pupils))], day)
    lake_flush()


def school_week(monday: date = MONDAY) -> list[date]:
    return [monday + timedelta(days=n) for n in range(5)]


def released(made: Town, days: Iterable[date], share: float = 0.9) -> Town:
    """A town whose days are over and released. Run it in a frozen time after them."""
    lived(made, days, share)
    days_release()
    return made
