"""Who somebody is and where a thing belongs, as plain values."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    PUPIL = "pupil"
    GUARDIAN = "guardian"
    STAFF = "staff"


class Role(StrEnum):
    PUPIL = "pupil"
    GUARDIAN = "guardian"
    TEACHER = "teacher"
    HEAD_TEACHER = "head_teacher"
    REVIEWER = "reviewer"
    COUNSELLOR = "counsellor"
    SCHOOL_ADMIN = "school_admin"
    COUNTY_STAFF = "county_staff"
    CITY_STAFF = "city_staff"


class Scope(StrEnum):
    """How far a grant reaches."""

    OWN = "own"
    CHILD = "child"
    CLASS = "class"
    GRADE = "grade"
    SCHOOL = "school"
    COUNTY = "county"
    CITY = "city"


@dataclass(frozen=True)
class Place:
    """Where a thing belongs; 0 means: not at that level."""

    city: int = 0
    county: int = 0
    school: int = 0
    grade: int = 0
    class_id: int = 0
    person: int = 0


@dataclass(frozen=True)
class Grant:
    """A role held at one place. For a pupil or teacher the class, for a guardian the child."""

    role: Role
    place: Place
    subject: str = ""


@dataclass(frozen=True)
class ClassName:
    """A class as people name it."""

    id: int
    school_id: int
    grade: int
    name: str
    name_en: str
    school: str
    school_en: str
    code: str = ""


@dataclass(frozen=True)
class PersonName:
    id: int
    name: str
    animal: str = ""


@dataclass(frozen=True)
class Who:
    """The person behind a request, with everything that decides what they may do."""

    id: int
    name: str
    kind: Kind
    grants: tuple[Grant, ...] = ()
    children: tuple[PersonName, ...] = ()
    classes: tuple[ClassName, ...] = ()
    animal: str = ""
    # Staff who have not shown their second factor yet hold no grants at all.
    second_factor_due: bool = False
    session: str = field(default="", repr=False)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def grade(self) -> int:
        """The grade of the first class, 0 without one."""
        return self.classes[0].grade if self.classes else 0

    @property
    def is_pupil(self) -> bool:
        return self.kind == Kind.PUPIL

    @property
    def is_small(self) -> bool:
        """Grades 1 and 2: larger type, pinyin on demand, pictures before words."""
        return self.is_pupil and 0 < self.grade <= 2
