"""A small school for measurements: classes, pupils who are signed in, a lesson with tasks."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from yunke.ground.people.door import session_open
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.tests import makers as lessons
from yunke.school.timetable.tests import makers as timetable

CLASS_OF = 40


@dataclass
class School:
    """``tokens`` are the sessions of ``pupils``, in the same order."""

    city: Any
    school: Any
    classes: list[Any]
    pupils: list[Any]
    teacher: Any
    tokens: list[str]
    lesson: Any = None
    tasks: tuple[int, ...] = ()

    def cookie(self, number: int) -> str:
        return cookie(self.tokens[number])


def cookie(token: str) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={token}"


def signed_in(somebody: Any) -> str:
    """A session's token."""
    return session_open(person=somebody, device="measurement", registered=True, way="password")


@transaction.atomic
def school(*, pupils: int, tasks: int = 0, lessons_a_day: int = 8, sessions: bool = True) -> School:
    """One school of grade 3 with a day of lessons and, on request, a lesson with tasks."""
    city = people.org("city", "云州市")
    of = people.org("school", "河东小学", people.org("county", "河东县", city))
    classes = [
        people.school_class(of, grade=3, number=n + 1) for n in range(-(-pupils // CLASS_OF))
    ]
    children = [people.pupil(classes[n // CLASS_OF], f"学生{n + 1}") for n in range(pupils)]
    teacher = people.teacher(classes[0], "任课老师")
    timetable.a_week(city, grade=3, count=min(lessons_a_day, 6))
    made = School(city, of, classes, children, teacher, [])
    if sessions:
        made.tokens = [signed_in(child) for child in children]
    if tasks:
        made.lesson = lessons.taught(teacher, grade=3)
        made.tasks = tuple(lessons.task(made.lesson, at=n + 1.0).id for n in range(tasks))
    return made


def key() -> str:
    return secrets.token_hex(16)
