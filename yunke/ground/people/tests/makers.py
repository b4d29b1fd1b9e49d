"""The small city that tests of every room live in, and the only source of its rows."""

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from yunke.base.clock import now, today
from yunke.ground.people.actions import session_open
from yunke.ground.people.models import (
    Duty,
    Guardianship,
    Membership,
    Org,
    Person,
    SchoolClass,
    Session,
)
from yunke.ground.people.reads import token_hash, who_is
from yunke.ground.people.rules.codes import ALPHABET
from yunke.ground.people.values import ANIMALS, Kind, Role, Who

PASSWORD = "moon-river-42"
PICTURES = ("sun", "cake", "tree")
_numbers = itertools.count(1)


@cache
def hashed(text: str) -> str:
    """One Argon2id hash per text and process: a test does not pay for hashing."""
    return make_password(text)


def once() -> dict[str, str]:
    """The idempotency key that every POST form carries."""
    return {"once": str(uuid.uuid4())}


def org(level: str, name: str, parent: Org | None = None) -> Org:
    return Org.objects.create(
        level=level, name=name, name_en=f"{name}-en", parent=parent, code=f"org{next(_numbers)}"
    )


def school_class(school: Org, *, grade: int = 1, number: int = 0) -> SchoolClass:
    number = number or next(_numbers) % 30_000 + 1
    mark, long = next(_numbers), len(ALPHABET)
    code = "KQ" + "".join(ALPHABET[(mark // long**place) % long] for place in range(4))
    return SchoolClass.objects.create(
        school=school,
        grade=grade,
        number=number,
        code=code,
        name=f"{grade}年级{number}班",
        name_en=f"Grade {grade} Class {number}",
    )


def person(kind: Kind = Kind.STAFF, name: str = "", **more: Any) -> Person:
    mark = next(_numbers)
    values = {
        "login": f"{kind.value}{mark}",
        "name": name or f"人{mark}",
        "kind": kind.value,
        "animal": ANIMALS[mark % len(ANIMALS)],
        "password": hashed(PASSWORD),
    }
    if kind == Kind.PUPIL:
        values["pictures"] = hashed(" ".join(PICTURES))
    return Person.objects.create(**{**values, **more})


def member(
    somebody: Person, of: SchoolClass, role: Role, *, subject: str = "", since: date | None = None
) -> Membership:
    return Membership.objects.create(
        person=somebody,
        school_class=of,
        role=role,
        subject=subject,
        since=since or today() - timedelta(days=60),
    )


def pupil(of: SchoolClass, name: str = "", **more: Any) -> Person:
    child = person(Kind.PUPIL, name, **more)
    member(child, of, Role.PUPIL)
    return child


def pupils(of: SchoolClass, count: int) -> list[Person]:
    return [pupil(of, f"学生{n:02}") for n in range(1, count + 1)]


def teacher(of: SchoolClass, name: str = "", *, subject: str = "chinese", **more: Any) -> Person:
    somebody = person(Kind.STAFF, name, **more)
    member(somebody, of, Role.TEACHER, subject=subject)
    return somebody


def head_teacher(of: SchoolClass, name: str = "", **more: Any) -> Person:
    somebody = person(Kind.STAFF, name, **more)
    member(somebody, of, Role.HEAD_TEACHER)
    return somebody


def staff(of: Org, role: Role, name: str = "", *, subject: str = "", **more: Any) -> Person:
    """Somebody with a duty: an administrator of a school, a bureau's staff, a reviewer."""
    somebody = person(Kind.STAFF, name, **more)
    since = today() - timedelta(days=60)
    Duty.objects.create(person=somebody, org=of, role=role, subject=subject, since=since)
    return somebody


def guardian(of: Person, name: str = "", **more: Any) -> Person:
    somebody = person(Kind.GUARDIAN, name, **more)
    bind(somebody, of)
    return somebody


def bind(somebody: Person, child: Person, relation: str = "妈妈") -> Guardianship:
    since = today() - timedelta(days=60)
    return Guardianship.objects.create(
        guardian=somebody, child=child, relation=relation, since=since
    )


@dataclass
class Cast:
    """City → county → two schools. ``one`` is the class of ``pupils``, its staff and guardian;
    ``other`` a class beside it, ``far`` a class of the other school, each with a pupil and a
    teacher of its own.
    """

    city: Org
    county: Org
    school: Org
    far_school: Org
    one: SchoolClass
    other: SchoolClass
    far: SchoolClass
    pupils: list[Person]
    head: Person
    teacher: Person
    guardian: Person
    admin: Person
    city_staff: Person
    other_pupil: Person
    other_teacher: Person
    far_pupil: Person
    far_teacher: Person
    far_guardian: Person
    far_admin: Person
    far_head: Person
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def pupil(self) -> Person:
        return self.pupils[0]


def cast(*, pupils_in_class: int = 5, grade: int = 1) -> Cast:
    city = org("city", "云州市")
    county = org("county", "河东县", city)
    school, far_school = org("school", "河东小学", county), org("school", "山前小学", county)
    one, other = school_class(school, grade=grade), school_class(school, grade=grade)
    far = school_class(far_school, grade=grade)
    children = pupils(one, pupils_in_class)
    far_pupil = pupil(far, "远方")
    return Cast(
        city=city,
        county=county,
        school=school,
        far_school=far_school,
        one=one,
        other=other,
        far=far,
        pupils=children,
        head=head_teacher(one, "班主任"),
        teacher=teacher(one, "任课老师"),
        guardian=guardian(children[0], "家长"),
        admin=staff(school, Role.SCHOOL_ADMIN, "校管理员"),
        city_staff=staff(city, Role.CITY_STAFF, "市教研员"),
        other_pupil=pupil(other, "隔壁"),
        other_teacher=teacher(other, "隔壁老师"),
        far_pupil=far_pupil,
        far_teacher=teacher(far, "远方老师"),
        far_guardian=guardian(far_pupil, "远方家长"),
        far_admin=staff(far_school, Role.SCHOOL_ADMIN, "远方管理员"),
        far_head=head_teacher(far, "远方班主任"),
    )


def who(somebody: Person) -> Who:
    """The person as the rooms' reads and actions want it."""
    return who_is(somebody)


def sign_in(client: Client, somebody: Person, *, registered: bool = True) -> str:
    """Put a session's cookie into the client; gives the session's hash."""
    token = session_open(person=somebody, device="test", registered=registered, way="password")
    if somebody.totp:
        Session.objects.filter(token_hash=token_hash(token)).update(second_factor_at=now())
    client.cookies[settings.SESSION_COOKIE_NAME] = token
    return token_hash(token)


def signed_in(somebody: Person) -> Client:
    client = Client()
    sign_in(client, somebody)
    return client
