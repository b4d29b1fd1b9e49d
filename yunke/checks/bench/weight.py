"""A city of any weight: one grade's day of eight lessons with five materials, N pupils around it.

The day is made by the rooms' makers; the pupils by SQL, because half a million rows are wanted in
seconds and it is only their weight that counts.
"""

import hashlib
import random
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from yunke.base.clock import now, today
from yunke.checks.living.heavy import Pen, twin
from yunke.checks.living.school import School, cookie, school
from yunke.school.lessons.tests import makers as lessons
from yunke.school.timetable.tests import makers as timetable

LESSONS, MATERIALS, CLASS_OF = 8, 5, 40
MEASURED = 1600  # pupils who are signed in and ask


@dataclass(frozen=True)
class City:
    """A data folder with its pupils; ``cookies`` are of those who ask."""

    data: Path
    pupils: int
    cookies: list[str]


def small_city(data: Path, pupils: int = MEASURED) -> City:
    """The city as the makers make it, in the data folder of this process."""
    made = school(pupils=1, lessons_a_day=0, sessions=False)
    teach(made)
    connection.close()
    getattr(connection, "close_pool", lambda: None)()
    return grown(data, pupils)


@transaction.atomic
def teach(made: School) -> None:
    """A day of eight lessons, each with a video, three coursewares and captions."""
    for period in range(1, LESSONS + 1):
        row = lessons.taught(made.teacher, grade=3, title=f"第{period}课：观察与表达")
        for number in (2, 3):
            row.assets.create(
                kind="courseware", title=f"课件 {number}", state="ready", pages=12,
                file=f"c{number}.pdf", bytes=120_000,
            )  # fmt: skip
        timetable.broadcast(made.city, grade=3, period=period, of=row)


def large_city(small: City, data: Path, pupils: int) -> City:
    """The same city with many more pupils, in a folder of its own."""
    data.mkdir(parents=True)
    for name in ("yunke.sqlite3", "secret.key"):
        if (small.data / name).is_file():
            shutil.copy2(small.data / name, data / name)
    twin(small.data, data)
    return grown(data, pupils)


def grown(data: Path, pupils: int) -> City:
    """Fill the database up to that many pupils; sessions and progress for those who ask."""
    line = Pen(data)
    fill(line, pupils)
    cookies = ask_with(line, pupils)
    line.close()
    return City(data, pupils, cookies)


def fill(line: Pen, pupils: int) -> None:
    there = count(line, "people_person WHERE kind = 'pupil'")
    first = line.one("SELECT max(id) + 1 FROM people_person")
    school_id = line.one("SELECT id FROM people_org WHERE level = 'school'")
    classes = line.one("SELECT max(id) + 1 FROM people_schoolclass")
    more, moment = pupils - there, now().strftime("%Y-%m-%d %H:%M:%S.%f")
    values: dict[str, Any] = {
        "n": more, "first": first, "classes": classes, "school": school_id, "moment": moment,
        "day": (today().replace(day=1)).isoformat(), "of": CLASS_OF, "full": b"\xff", "none": b"",
    }  # fmt: skip
    series = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {}) "
    line.execute(
        "INSERT INTO people_schoolclass "
        "(id, made_at, grade, number, name, name_en, code, school_id) "
        + series.format("(:n + :of - 1) / :of")
        + "SELECT :classes + i, :moment, 3, 1000 + :classes + i, '三年级', 'Grade 3', "
        "'W' || (:classes + i), :school FROM n", values,
    )  # fmt: skip
    line.execute(
        "INSERT INTO people_person (id, made_at, login, name, kind, animal, password, pictures, "
        "totp, totp_step) " + series.format(":n")
        + "SELECT :first + i, :moment, 'w' || (:first + i), '学生' || i, 'pupil', 'cat', '', '', "
        "'', 0 FROM n", values,
    )  # fmt: skip
    line.execute(
        "INSERT INTO people_membership (made_at, since, role, subject, person_id, school_class_id) "
        + series.format(":n")
        + "SELECT :moment, :day, 'pupil', '', :first + i, :classes + i / :of FROM n", values,
    )  # fmt: skip
    line.execute(
        f"INSERT INTO lessons_watch ({WATCH}) " + series.format(":n")
        + f"SELECT {seen(':first + i', '(SELECT min(id) FROM library_lesson)')} FROM n", values,
    )  # fmt: skip


WATCH = "made_at, person_id, lesson_id, position, seen, again, seconds, of_seconds, changed_at"


def seen(person: str, lesson: str) -> str:
    return f":moment, {person}, {lesson}, 42, :full, :none, 60, 120, :moment"


def ask_with(line: Pen, pupils: int) -> list[str]:
    """Sessions, and progress in every lesson, of pupils from all over the city."""
    ids = [
        row[0]
        for row in line.execute("SELECT id FROM people_person WHERE login LIKE 'w%'").fetchall()
    ]
    chosen = random.Random(3).sample(ids, min(MEASURED, len(ids)))
    template = line.execute("SELECT * FROM people_session LIMIT 1")
    names = [column[0] for column in template.description if column[0] != "id"]
    moment = now().strftime("%Y-%m-%d %H:%M:%S.%f")
    tokens = []
    for person in chosen:
        token = secrets.token_urlsafe(32)
        tokens.append(token)
        row = session_row(names, person, token, moment)
        marks = ", ".join(f":{name}" for name in names)
        line.execute(f"INSERT INTO people_session ({', '.join(names)}) VALUES ({marks})", row)
        line.execute(
            f"INSERT INTO lessons_watch ({WATCH}) "
            f"SELECT {seen(':person', 'lesson_id')} FROM timetable_broadcast WHERE true "
            "ON CONFLICT DO NOTHING",
            {"moment": moment, "person": person, "full": b"\xff", "none": b""},
        )
    return [cookie(token) for token in tokens]


def session_row(names: list[str], person: int, token: str, moment: str) -> dict[str, Any]:
    """A session that is good until the end of the century."""
    known: dict[str, Any] = {
        "made_at": moment, "seen_at": moment, "expires_at": "2099-01-01 00:00:00",
        "token_hash": hashlib.sha256(token.encode()).hexdigest(), "person_id": person,
        "registered": True, "way": "card", "device": "measurement", "second_factor_at": None,
    }  # fmt: skip
    return {name: known.get(name, "") for name in names}


def count(line: Pen, what: str) -> int:
    return int(line.one(f"SELECT count(*) FROM {what}"))
