"""The only source of test rows of taught hours."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.people.models import Person
from yunke.ground.people.reads import places_of
from yunke.ground.people.tests.makers import Cast, cast
from yunke.school.lessons.actions import (
    along_start,
    answers_submit,
    note_save,
    pack_send,
    presence_tick,
    progress_save,
)
from yunke.school.lessons.models import Along, Task
from yunke.school.lessons.values import PackParts
from yunke.school.library.models import Asset, Chapter, Lesson, Question
from yunke.school.library.tests.makers import lesson, unit
from yunke.school.timetable.tests.makers import broadcast

SECONDS = 120


def where(somebody: Person) -> dict[str, int]:
    """Who acts and where, as the actions of the hot front want it."""
    place = places_of([somebody.id])[somebody.id]
    return {"who_id": somebody.id, "class_id": place.class_id, "school_id": place.school}


def film(of: Lesson, *, seconds: float = SECONDS) -> Asset:
    """A video that is ready, without its bytes: enough for every page."""
    asset = Asset.objects.create(
        lesson=of, kind="video", title=of.title, seconds=seconds, height=720, width=1280,
        state=Asset.State.READY, file="download/film.mp4", bytes=4_000_000,
    )  # fmt: skip
    of.video = asset
    of.save(update_fields=["video"])
    return asset


def taught(author: Person | None = None, *, grade: int = 1, **more: Any) -> Lesson:
    """A published lesson with a video of two minutes, two chapters, captions and a courseware."""
    row = lesson(unit=unit(grade=grade), author=author, **more)
    film(row)
    Chapter.objects.create(lesson=row, at_second=0, title="开头", title_en="Start")
    Chapter.objects.create(lesson=row, at_second=60, title="练一练", title_en="Practice")
    ready = {"lesson": row, "state": Asset.State.READY}
    Asset.objects.create(**ready, kind="captions", title="字幕", language="zh", file="zh.vtt")
    Asset.objects.create(**ready, kind="courseware", title="课件", file="c.pdf", pages=4, bytes=900)
    return row


def of_city(row: Lesson, people: Cast) -> None:
    """The lesson belongs to the cast's own city: another city's reaches nobody."""
    row.unit.city_id = people.city.id
    row.unit.save(update_fields=["city_id"])


def question(kind: str = "choice", key: tuple[str, ...] = ("B",), **more: Any) -> Question:
    options = [{"id": "A", "text": "一", "text_en": "one"}, {"id": "B", "text": "二"}]
    return Question.objects.create(
        code=f"t-{uuid.uuid4().hex[:12]}", kind=kind, key=list(key), stem=f"题目 {kind}",
        stem_en=f"Question {kind}", options=options if kind == "choice" else [],
        reasoning="因为这样", reasoning_en="Because", **more,
    )  # fmt: skip


def task(of: Lesson, at: float = 30, **more: Any) -> Task:
    return Task.objects.create(lesson=of, at_second=at, question=question(**more))


def watched(somebody: Person, of: Lesson, *stretches: tuple[float, float]) -> dict[str, Any]:
    """Somebody played these stretches of the film."""
    ranges = [list(s) for s in stretches]
    return progress_save(
        **where(somebody), lesson_id=of.id, position=ranges[-1][1] if ranges else 0,
        ranges=ranges, of_seconds=SECONDS,
    )  # fmt: skip


def noted(somebody: Person, of: Lesson, text: str = "静夜思", at: float = 12.5) -> dict[str, Any]:
    return note_save(**where(somebody), lesson_id=of.id, at=at, text=text)


def answered(somebody: Person, of: Task, value: str = "B", key: str = "") -> dict[str, Any]:
    return answers_submit(
        **where(somebody), lesson_id=of.lesson_id, answers=[{"task": of.id, "value": value}],
        key=key or uuid.uuid4().hex,
    )  # fmt: skip


def here(somebody: Person) -> dict[str, Any]:
    return presence_tick(**where(somebody))


def along(people: Cast, of: Lesson) -> Along:
    """The class of the cast watches with its teacher."""
    number = along_start(
        who_id=people.teacher.id, class_id=people.one.id, school_id=people.school.id,
        lesson_id=of.id,
    )  # fmt: skip
    return Along.objects.get(id=number)


def pack(people: Cast, of: Lesson, message: str = "再看一遍") -> int:
    return pack_send(
        who_id=people.teacher.id, class_id=people.one.id, school_id=people.school.id,
        lesson_id=of.id, message=message, parts=PackParts(),
        shown=tuple(child.id for child in people.pupils),
    )  # fmt: skip


@dataclass
class Hour:
    """A cast with a lesson on air today, a task in it, and its broadcast."""

    people: Cast
    lesson: Lesson
    task: Task


def hour(*, pupils: int = 5, grade: int = 1) -> Hour:
    people = cast(pupils_in_class=pupils, grade=grade)
    row = taught(people.teacher, grade=grade)
    of_city(row, people)
    broadcast(people.city, grade=grade, of=row)
    return Hour(people, row, task(row))


def busy_class(*, pupils: int) -> Hour:
    """Everybody was there, watched a part, answered, and got a pack."""
    made = hour(pupils=pupils)
    with transaction.atomic():
        for child in made.people.pupils:
            here(child)
            watched(child, made.lesson, (0, 40), (20, 40))
            answered(child, made.task)
        pack(made.people, made.lesson)
    return made


def ago(seconds: float) -> datetime:
    """An instant so many seconds ago."""
    return now() - timedelta(seconds=seconds)
