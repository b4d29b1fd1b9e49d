"""The only source of homework's test rows."""

import io
import itertools
import json
import re
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yunke.base.clock import now
from yunke.craft.marking.items import Key, LongTextKey, PracticalKey, ReadingKey, ShortTextKey
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.ground.people.tests.makers import cast as people_cast
from yunke.school.attempts.door import (
    Of,
    Sent,
    attempt_opened,
    attempt_submit,
    attempts_mark,
    mark_set,
    marks_of,
)
from yunke.school.attempts.tests.makers import question
from yunke.school.homework.actions.marking import homework_return
from yunke.school.homework.actions.setting import homework_set
from yunke.school.homework.actions.working import homework_begin
from yunke.school.homework.models import Homework, HomeworkFor
from yunke.school.homework.values import AskedFor, Reveal, Setting
from yunke.school.library.door import items_of
from yunke.school.library.models import Question

_numbers = itertools.count(1)
WEBM = b"\x1a\x45\xdf\xa3" + b"\0" * 200


def cast(*, pupils: int = 3, grade: int = 3) -> Cast:
    return people_cast(pupils_in_class=pupils, grade=grade)


def choices(count: int = 2) -> list[Question]:
    """Right is B."""
    return [question() for _ in range(count)]


def written(points: int = 10) -> Question:
    return question(LongTextKey(), stem="写一段话", points=points)


def short() -> Question:
    return question(ShortTextKey(("水蒸发了",)), stem="水去哪儿了？", points=2)


def spoken() -> Question:
    return question(ReadingKey("静夜思"), stem="大声朗读", points=5)


def photographed() -> Question:
    return question(PracticalKey(("photo",)), stem="拍下来", points=10)


def of_key(key: Key, points: int = 1) -> Question:
    return question(key, points=points)


def setting(people: Cast, questions: list[Question] | None = None, **more: Any) -> Setting:
    asked = questions if questions is not None else choices()
    items, at = items_of(one.id for one in asked), now()
    values: dict[str, Any] = {
        "class_id": people.one.id, "title": f"第{next(_numbers)}课练习", "words": "认真做",
        "subject": "chinese", "minutes": 15, "written": True,
        "opens_at": at - timedelta(minutes=1), "due_at": at + timedelta(days=1),
        "reveal": Reveal.HANDED_IN,
        "asked": tuple(AskedFor(one.id, items[one.id].points) for one in asked),
        "pupils": tuple(one.id for one in people.pupils),
    }  # fmt: skip
    return Setting(**{**values, **more})


def homework(people: Cast, questions: list[Question] | None = None, **more: Any) -> Homework:
    number = homework_set(who_id=people.teacher.id, setting=setting(people, questions, **more))
    return Homework.objects.get(id=number)


def begun(row: Homework, by: Person) -> int:
    return homework_begin(pupil_id=by.id, homework_id=row.id)


def handed_in(row: Homework, by: Person, *values: Any, mark: bool = True) -> int:
    """Begun, answered in order, handed in and, unless not wanted, marked by rule."""
    number = begun(row, by)
    opened = attempt_opened(by.id, Of.HOMEWORK, row.id)
    assert opened is not None
    answers = [Sent(one, value, 1) for one, value in zip(opened.order, values, strict=False)]
    attempt_submit(
        who_id=by.id, attempt_id=opened.id, answers=answers, key=f"hw-key-{next(_numbers):012}"
    )
    if mark:
        attempts_mark([opened.id])
    return opened.id or number


def marked(attempt_id: int, by: Person, score: str = "1") -> None:
    """A person marks everything that waits."""
    for one in marks_of([attempt_id]):
        if one.score is None:
            mark_set(by_id=by.id, reply_id=one.reply_id, score=Fraction(score))


def returned(row: Homework, by: Person, *, correct: bool = False) -> tuple[int, int]:
    return homework_return(by_id=by.id, homework_id=row.id, correct=correct)


def copy_of(row: Homework, pupil: Person) -> HomeworkFor:
    return HomeworkFor.objects.get(homework=row, pupil=pupil)


def save(by: Person, row: Homework, attempt: int, **sent: Any) -> Any:
    """A save of the desk, as its island sends it."""
    body = {"seq": next(_numbers) + 1_000, "marks": [], **sent}
    return signed_in(by).post(
        f"/homework/{row.id}/mark/{attempt}/save", json.dumps(body),
        content_type="application/json", headers={"Idempotency-Key": once()["once"]},
    )  # fmt: skip


def recording(content: bytes = WEBM, name: str = "sound") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "audio/webm")


def picture(width: int = 400, height: int = 560) -> bytes:
    """A page of an exercise book, as a phone sends it."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    page = Image.new("RGB", (width, height), "#fdfcf7")
    pen = ImageDraw.Draw(page)
    for line in range(60, height, 40):
        pen.line([(20, line), (width - 20, line)], fill="#b8c4d6")
    out = io.BytesIO()
    page.save(out, "JPEG")
    return out.getvalue()


def form(people: Cast, questions: list[Question], **more: Any) -> dict[str, Any]:
    """What the page "set homework" sends."""
    due = (now() + timedelta(days=2)).strftime("%Y-%m-%dT20:00")
    return {
        "classes": [str(people.one.id)], "title": "课后练习", "minutes": "20", "due": due,
        "reveal": "handed_in", "questions": [str(one.id) for one in questions], **once(), **more,
    }  # fmt: skip


def ago(**delta: float) -> datetime:
    return now() - timedelta(**delta)


def client(somebody: Person) -> Client:
    return signed_in(somebody)


def points_in(page: str, points: str) -> bool:
    """Do these points stand on the page? The seconds of an instant (08:07:31.310) are none."""
    return bool(re.search(rf"(?<![\d:.]){re.escape(points)}(?!\d)", page))
