"""A school's roster as it goes out: rows of a list, or the parts of a OneRoster bundle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yunke.base.clock import today
from yunke.craft.formats.oneroster import SUBJECT_COLUMN
from yunke.gate.exchange.models import PersonSource, PlaceSource
from yunke.gate.exchange.rules.logins import OWN_PERSON
from yunke.gate.exchange.rules.titles import class_name
from yunke.ground.people.door import (
    org_names,
    roster_classes,
    roster_orgs,
    roster_persons,
    roster_ties,
)

Row = Mapping[str, str]


@dataclass(frozen=True)
class Person:
    id: int
    login: str
    name: str
    kind: str
    source: str


@dataclass(frozen=True)
class SchoolRoster:
    """Who is at the school today: persons by id, classes by id, (person, class, role, subject)."""

    name: str
    code: str
    source: str
    persons: dict[int, Person]
    classes: dict[int, tuple[int, int, str, str]]
    ties: list[tuple[int, int, str, str]]


def school_roster(school_id: int) -> SchoolRoster:
    """Six queries; a school's two thousand fit in memory."""
    schools = frozenset((school_id,))
    known = dict(PersonSource.objects.filter(org_id=school_id).values_list("person_id", "source"))
    told = PlaceSource.objects.filter(org_id=school_id)  # a class may have the school's number
    places = dict(told.filter(kind="class").values_list("row_id", "source"))
    own = told.filter(kind="org").values_list("source", flat=True).first()
    local = f"o{school_id}:"
    classes = {
        c: (grade, number, name, places.get(c, f"yunke-class-{c}").removeprefix(local))
        for c, _school, grade, number, name, ended in roster_classes(schools) if not ended
    }  # fmt: skip
    ties = [
        (person, of, role, subject)
        for _id, person, of, role, subject, _since, state in roster_ties(schools)
        if state is not False and of in classes
    ]
    held = {person for person, *_rest in ties} | set(known)
    persons = {
        number: Person(
            number, login, name, kind,
            known.get(number, f"{OWN_PERSON}{number}").removeprefix(local),
        )
        for number, login, name, kind, left in roster_persons(schools)
        if number in held and not left
    }  # fmt: skip
    org = org_names([school_id])[school_id]
    code = next(code for number, _l, _p, code, _n in roster_orgs() if number == school_id)
    source = (own or f"yunke-org-{school_id}").removeprefix(local)
    return SchoolRoster(org.name, code, source, persons, classes, ties)


LIST_HEADER = ("学校", "年级", "班级", "姓名", "学号", "角色", "学科", "班主任", "登录名")


def list_rows(roster: SchoolRoster, subjects: Mapping[str, str]) -> Iterator[list[str]]:
    """A pupil a row; a teacher a row for each class and subject."""
    heads = {(person, of) for person, of, role, _s in roster.ties if role == "head_teacher"}
    taught = {(person, of) for person, of, role, _s in roster.ties if role == "teacher"}
    seen: set[int] = set()
    order = sorted(roster.ties, key=lambda t: (roster.classes[t[1]][:2], t[2] != "pupil", t[0]))
    for person, of, role, subject in order:
        somebody = roster.persons.get(person)
        if somebody is None or (role == "head_teacher" and (person, of) in taught):
            continue
        seen.add(person)
        head = "是" if (person, of) in heads else ""
        grade, number, _name, _code = roster.classes[of]
        yield [
            roster.name, str(grade), str(number), somebody.name, somebody.source,
            "学生" if role == "pupil" else "教师", subjects.get(subject, subject), head,
            somebody.login,
        ]  # fmt: skip
    for number, somebody in roster.persons.items():
        if number not in seen and somebody.kind == "staff":
            yield [
                roster.name, "", "", somebody.name, somebody.source, "教师", "", "", somebody.login,
            ]  # fmt: skip


def bundle_parts(roster: SchoolRoster) -> dict[str, list[Row]]:
    """The parts of a OneRoster 1.2 bundle."""
    day = today().isoformat()
    head = {"status": "active", "dateLastModified": f"{day}T00:00:00.000Z"}
    org = {**head, "sourcedId": roster.source, "name": roster.name, "type": "school",
           "identifier": roster.code}  # fmt: skip
    persons = roster.persons
    return {
        "orgs": [org],
        "academicSessions": [],
        "classes": [
            {
                **head, "sourcedId": source, "title": name or class_name(grade, number)[0],
                "grades": f"{grade:02}", "classType": "homeroom", "classCode": str(number),
                "schoolSourcedId": roster.source,
            }
            for grade, number, name, source in roster.classes.values()
        ],
        "users": [
            {
                **head, "sourcedId": p.source, "enabledUser": "true", "username": p.login,
                "familyName": p.name, "givenName": "", "primaryOrgSourcedId": roster.source,
            }
            for p in persons.values()
        ],
        "roles": [
            {
                **head, "sourcedId": f"role-{p.id}", "userSourcedId": p.source,
                "roleType": "primary", "orgSourcedId": roster.source,
                "role": "student" if p.kind == "pupil" else "teacher",
            }
            for p in persons.values()
        ],
        "enrollments": [
            {
                **head, "sourcedId": f"tie-{index}", "classSourcedId": roster.classes[of][3],
                "schoolSourcedId": roster.source, "userSourcedId": persons[person].source,
                "role": "student" if role == "pupil" else "teacher",
                "primary": "true" if role == "head_teacher" else "false", SUBJECT_COLUMN: subject,
            }
            for index, (person, of, role, subject) in enumerate(roster.ties)
            if person in persons
        ],
    }  # fmt: skip
