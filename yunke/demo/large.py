"""The whole city: 449,000 pupils and 37,000 teachers around the schools of the demo.

Rows are made as they are written, so the memory stays the same at any size. No names file of real
people and no history: this is for weight, not for looks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from yunke.demo import names
from yunke.demo.city import LETTERS, City, ClassPlan, Secrets
from yunke.demo.plan import HOURS, School, class_names, rng
from yunke.ground.people.door import (
    ANIMALS,
    ClassRow,
    GuardianRow,
    Kind,
    MembershipRow,
    OrgRow,
    PersonRow,
    Role,
    Roster,
    roster_ids,
    roster_write,
)

PUPILS, TEACHERS, CLASSES = 449_000, 37_000, 12_000
COUNTIES = 8
BATCH = 24


@dataclass
class _Ids:
    org: Iterator[int]
    school_class: Iterator[int]
    person: Iterator[int]


@dataclass
class _Batch:
    """Some schools, written together."""

    orgs: list[OrgRow] = field(default_factory=list)
    classes: list[ClassRow] = field(default_factory=list)
    persons: list[PersonRow] = field(default_factory=list)
    memberships: list[MembershipRow] = field(default_factory=list)
    guardians: list[GuardianRow] = field(default_factory=list)

    def roster(self) -> Roster:
        return Roster(self.orgs, self.classes, self.persons, self.memberships, (), self.guardians)


@dataclass
class Shares:
    """What is left to place: the last school takes exactly the rest."""

    classes: int
    pupils: int
    teachers: int

    def take(self, classes: int) -> tuple[list[int], int]:
        """Class sizes and teachers of a school of that many classes."""
        sizes = []
        for _ in range(classes):
            size = round(self.pupils / self.classes)
            sizes.append(size)
            self.pupils, self.classes = self.pupils - size, self.classes - 1
        teachers = round(self.teachers * classes / (self.classes + classes))
        self.teachers -= teachers
        return sizes, teachers


def large_write(
    city: City, since: date, secrets: Secrets, tell: Callable[[float], None]
) -> dict[str, int]:
    """Write the rest of the large city beside the demo's schools; gives what there is then."""
    pupils = sum(len(plan.pupils) for plan in city.classes)
    teachers = len({person for plan in city.classes for person in plan.teachers.values()})
    left = Shares(CLASSES - len(city.classes), PUPILS - pupils, TEACHERS - teachers)
    first = roster_ids()
    ids = _Ids(count(first.org), count(first.school_class), count(first.person))
    dice, batch, schools, whole = rng("large"), _Batch(), 0, left.classes
    counties = _counties(city, ids, batch)
    while left.classes:
        junior = schools % 3 == 2
        grades = range(7, 10) if junior else range(1, 7)
        number = schools + 1
        school = School(
            f"l{number}", "", f"第{number}{'中学' if junior else '小学'}",
            f"{'Junior High' if junior else 'Primary'} School {number}",
            dict.fromkeys(grades, 10 if junior else 5), 0,
        )  # fmt: skip
        _school(school, counties[schools % COUNTIES], left, ids, batch, since, secrets, dice)
        schools += 1
        if schools % BATCH == 0 or not left.classes:
            roster_write(batch.roster())
            batch = _Batch()
            tell(1 - left.classes / whole)
    return {"schools": schools, "classes": CLASSES, "pupils": PUPILS, "teachers": TEACHERS}


def _counties(city: City, ids: _Ids, batch: _Batch) -> list[int]:
    found = []
    for number in range(1, COUNTIES + 1):
        row = OrgRow(
            next(ids.org), "county", city.id, f"c{number}",
            f"云州市第{number}学区", f"Yunzhou District {number}",
        )  # fmt: skip
        batch.orgs.append(row)
        found.append(row.id)
    return found


def _school(
    school: School, county: int, left: Shares, ids: _Ids, batch: _Batch, since: date,
    secrets: Secrets, dice: Random,
) -> None:  # fmt: skip
    org = OrgRow(next(ids.org), "school", county, school.code, school.name, school.name_en)
    batch.orgs.append(org)
    seats = [(g, n) for g, many in school.classes.items() for n in range(1, many + 1)]
    seats = seats[: left.classes]
    sizes, teachers = left.take(len(seats))
    staff = [_person(ids, batch, Kind.STAFF, names.adult(dice), secrets) for _ in range(teachers)]
    for index, ((grade, number), size) in enumerate(zip(seats, sizes, strict=True)):
        plan = ClassPlan(next(ids.school_class), org.id, county, school, grade, number)
        name, name_en = class_names(grade, number)
        batch.classes.append(
            ClassRow(plan.id, org.id, grade, number, name, _code(plan.id), name_en)
        )
        _teachers(plan, staff, index, batch, since)
        _pupils(plan, size, ids, batch, since, secrets, dice)


def _code(number: int) -> str:
    """A class code that no other has: the number in the alphabet of codes."""
    digits = []
    for _ in range(5):
        number, digit = divmod(number, len(LETTERS))
        digits.append(LETTERS[digit])
    return "Q" + "".join(reversed(digits))


def _person(
    ids: _Ids, batch: _Batch, kind: Kind, name: str, secrets: Secrets,
    *, animal: str = "", small: bool = False,
) -> int:  # fmt: skip
    number = next(ids.person)
    letter = {Kind.PUPIL: "s", Kind.STAFF: "t", Kind.GUARDIAN: "j"}[kind]
    batch.persons.append(
        PersonRow(
            number, f"{letter}{number:07d}", name, kind, animal,
            secrets.password, secrets.pictures if small else "",
        )
    )  # fmt: skip
    return number


def _teachers(plan: ClassPlan, staff: list[int], index: int, batch: _Batch, since: date) -> None:
    for number, subject in enumerate(HOURS):
        person = staff[(index * 3 + number) % len(staff)]
        batch.memberships.append(MembershipRow(person, plan.id, Role.TEACHER, since, subject))
    head = staff[(index * 3) % len(staff)]
    batch.memberships.append(MembershipRow(head, plan.id, Role.HEAD_TEACHER, since))


def _pupils(
    plan: ClassPlan, size: int, ids: _Ids, batch: _Batch, since: date, secrets: Secrets,
    dice: Random,
) -> None:  # fmt: skip
    for index in range(size):
        family = names.surname(dice)
        pupil = _person(
            ids, batch, Kind.PUPIL, names.child(dice, family), secrets,
            animal=ANIMALS[index % len(ANIMALS)], small=plan.grade <= 2,
        )  # fmt: skip
        batch.memberships.append(MembershipRow(pupil, plan.id, Role.PUPIL, since))
        guardian = _person(ids, batch, Kind.GUARDIAN, names.adult(dice), secrets)
        batch.guardians.append(GuardianRow(guardian, pupil, since, "家长"))
