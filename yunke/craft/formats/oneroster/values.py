"""OneRoster 1.1 and 1.2 as CSV: the files, their columns, and rows as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

BULK, DELTA, ABSENT = "bulk", "delta", "absent"
VERSIONS = ("1.1", "1.2")
# What is read; in this order, because each names rows of those before it.
FILES = (
    "orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments",
)  # fmt: skip
# Known and left alone, with a word: what a school needs not know is not taken in.
LEFT = (
    "demographics", "userProfiles", "categories", "classResources", "courseResources",
    "lineItems", "lineItemLearningObjectiveIds", "lineItemScoreScales", "resources", "results",
    "resultLearningObjectiveIds", "resultScoreScales", "scoreScales", "userResources",
)  # fmt: skip
ROLES = frozenset(
    {
        "student", "teacher", "aide", "administrator", "proctor", "principal", "counselor",
        "siteAdministrator", "districtAdministrator", "systemAdministrator",
        "guardian", "parent", "relative",
    }
)  # fmt: skip
ORG_TYPES = frozenset({"department", "school", "district", "local", "state", "national"})
# Our own column, as the standard allows: which subject a teacher teaches this class.
SUBJECT_COLUMN = "metadata.yunke.subject"


@dataclass(frozen=True)
class Manifest:
    """``modes``: file name without ending → bulk, delta or absent."""

    version: str
    modes: Mapping[str, str] = field(default_factory=dict)
    system: str = ""

    @property
    def is_delta(self) -> bool:
        return DELTA in self.modes.values()


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row: ``code`` is put into words by whoever shows it."""

    file: str
    line: int
    column: str
    code: str
    value: str = ""


@dataclass(eq=False)
class BundleRefused(Exception):
    """The bundle as a whole cannot be read: ``code``, and which file, line, column."""

    code: str
    file: str = ""
    line: int = 0
    value: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.file} {self.line} {self.value}".strip()


class OrgRow(NamedTuple):
    line: int
    source: str
    gone: bool
    name: str
    type: str
    identifier: str
    parent: str


class TermRow(NamedTuple):
    line: int
    source: str
    gone: bool
    title: str
    type: str
    start: str
    end: str


class ClassRow(NamedTuple):
    line: int
    source: str
    gone: bool
    title: str
    grades: str
    code: str
    type: str
    school: str


class UserRow(NamedTuple):
    """``role`` and ``orgs`` are empty in 1.2, where roles.csv tells them."""

    line: int
    source: str
    gone: bool
    login: str
    name: str
    role: str
    orgs: str
    grades: str


class RoleRow(NamedTuple):
    line: int
    user: str
    gone: bool
    role: str
    primary: bool
    org: str


class EnrollmentRow(NamedTuple):
    line: int
    gone: bool
    klass: str
    user: str
    role: str
    primary: bool
    begin: str
    end: str
    subject: str
