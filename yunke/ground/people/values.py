"""Who somebody is and where a thing belongs, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
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
    # The device's last-seen time is old enough to be noted anew.
    seen_due: bool = False

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


@dataclass(frozen=True)
class OrgRow:
    """A city, county or school of a roster; ``id`` is chosen by the writer (``roster_ids``)."""

    id: int
    level: str
    parent_id: int | None
    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class ClassRow:
    id: int
    school_id: int
    grade: int
    number: int
    name: str
    code: str
    name_en: str = ""


@dataclass(frozen=True)
class PersonRow:
    """``password`` and ``pictures`` are already encoded (one hash may serve a whole demo)."""

    id: int
    login: str
    name: str
    kind: Kind
    animal: str = ""
    password: str = field(default="", repr=False)
    pictures: str = field(default="", repr=False)
    # The second factor's secret, already sealed.
    totp: str = field(default="", repr=False)
    left_on: date | None = None


@dataclass(frozen=True)
class MembershipRow:
    person_id: int
    class_id: int
    role: Role
    since: date
    subject: str = ""
    until: date | None = None


@dataclass(frozen=True)
class DutyRow:
    person_id: int
    org_id: int
    role: Role
    since: date
    subject: str = ""


@dataclass(frozen=True)
class GuardianRow:
    guardian_id: int
    child_id: int
    since: date
    relation: str = ""
    until: date | None = None


@dataclass(frozen=True)
class RosterIds:
    """The first free id of each kind of row; the writer of a roster counts up from here."""

    org: int
    school_class: int
    person: int


@dataclass(frozen=True)
class Roster:
    """Rows to write, in any iterable: a generator is read once, a chunk at a time."""

    orgs: Iterable[OrgRow] = ()
    classes: Iterable[ClassRow] = ()
    persons: Iterable[PersonRow] = ()
    memberships: Iterable[MembershipRow] = ()
    duties: Iterable[DutyRow] = ()
    guardians: Iterable[GuardianRow] = ()


# A class's animals: a child finds its tile by picture before it can read. Lucide's names.
# fmt: off
ANIMALS = (
    "cat", "dog", "rabbit", "squirrel", "bird", "fish", "turtle", "snail", "bug", "rat",
    "shrimp", "worm", "panda", "origami", "paw-print", "feather", "shell", "egg", "fish-symbol",
    "birdhouse", "clover", "cherry", "carrot", "sprout",
)
# The picture pad, three by four. Each is (key, lucide's name).
PICTURES = (
    ("sun", "sun"), ("moon", "moon"), ("star", "star"), ("apple", "apple"),
    ("flower", "flower-2"), ("car", "car"), ("ball", "volleyball"), ("house", "house"),
    ("umbrella", "umbrella"), ("tree", "tree-deciduous"), ("heart", "heart"), ("cake", "cake"),
)
# fmt: on
PICTURE_KEYS = tuple(key for key, _icon in PICTURES)
PICTURES_LONG = 3
