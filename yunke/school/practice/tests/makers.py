"""The only source of practice's test rows."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from yunke.base.clock import now
from yunke.base.jobs import Held
from yunke.base.models import Job
from yunke.craft.marking.items import (
    Choice,
    ChoiceKey,
    Item,
    MultipleKey,
    NumberKey,
    TrueFalseKey,
    item_to_json,
)
from yunke.ground.people.models import Person
from yunke.ground.people.reads import places_of
from yunke.ground.people.tests.makers import Cast
from yunke.school.attempts.door import (
    Of,
    Sent,
    attempt_open,
    attempt_submit,
    attempts_mark,
)
from yunke.school.attempts.models import Attempt
from yunke.school.library.models import Point, Question
from yunke.school.practice.actions.deriving import answers_release, people_derive, people_waiting
from yunke.school.practice.actions.following import marks_follow, tasks_follow
from yunke.school.practice.models import Drill
from yunke.school.practice.values import Asked

_numbers = itertools.count(1)
# A week of its own, so that made drills are not those of this week.
LONG_AGO = date(2020, 1, 6)


def point(name: str = "退位减法", subject: str = "maths") -> Point:
    mark = next(_numbers)
    return Point.objects.create(
        code=f"pp{mark}", subject=subject, name=name, name_en=f"Point {mark}"
    )


def choice(*points: Point, cause: str = "smaller-from-larger", **more: Any) -> Question:
    """42 - 17: A is right, B betrays a cause, C and D say nothing."""
    options = (Choice("A", "25"), Choice("B", "35", cause), Choice("C", "24"), Choice("D", "15"))
    return _question(ChoiceKey(options, "A"), "42 - 17 = ?", points, **more)


def number(*points: Point, key: str = "25", expression: str = "42-17", **more: Any) -> Question:
    return _question(NumberKey(key, expression=expression), f"{expression} = ?", points, **more)


def truth(*points: Point, right: bool = True, **more: Any) -> Question:
    return _question(TrueFalseKey(right), "0 是偶数。", points, **more)


def several(*points: Point, **more: Any) -> Question:
    """B and D are right."""
    options = tuple(Choice(letter, f"选项{letter}") for letter in "ABCD")
    return _question(MultipleKey(options, ("B", "D")), "哪些是偶数？", points, **more)


def _question(key: Any, words: str, points: Iterable[Point], **more: Any) -> Question:
    mark = f"pq{next(_numbers)}"
    stem = more.pop("stem", words)
    item = Item(mark, stem, key, reasoning="个位不够减，向十位借一。")
    options = [{"id": one.id, "text": one.text} for one in getattr(key, "options", ())]
    values = {
        "code": mark, "kind": item.kind.value, "stem": stem, "options": options,
        "item": item_to_json(item), "subject": "maths", "grade": 2, "key": ["A"], **more,
    }  # fmt: skip
    row = Question.objects.create(**values)
    row.points.add(*points)
    return row


def drill(child: Person, *questions: Question, by: Person | None = None, **more: Any) -> Drill:
    """A drill of these questions, whatever the rule would have chosen."""
    seat = places_of([child.id])[child.id]
    held = Drill.objects.filter(person=child).count()
    return Drill.objects.create(
        person=child, class_id=seat.class_id, school_id=seat.school, number=held + 1,
        week=LONG_AGO, by=by, minutes=len(questions),
        asked=[Asked(one.id, 0, 0, 1.0, 0.8).plain() for one in questions], **more,
    )  # fmt: skip


def handed_in(
    child: Person, answers: dict[Question, Any], *, of: Of = Of.DRILL, of_id: int = 0,
    at: datetime | None = None,
) -> Attempt:  # fmt: skip
    """The child's attempt with these answers, handed in and marked by rule."""
    seat = places_of([child.id])[child.id]
    of_id = of_id or drill(child, *answers).id
    attempt_id = attempt_open(
        person_id=child.id, class_id=seat.class_id, school_id=seat.school, of=of, of_id=of_id,
        order=[question.id for question in answers],
    )  # fmt: skip
    attempt_submit(
        who_id=child.id, attempt_id=attempt_id, key=f"practice-test-{next(_numbers)}",
        answers=[Sent(q.id, value, 1) for q, value in answers.items() if value is not None],
    )  # fmt: skip
    if at is not None:
        Attempt.objects.filter(id=attempt_id).update(submitted_at=at)
    attempts_mark([attempt_id])
    return Attempt.objects.get(id=attempt_id)


def followed() -> None:
    """What the job does, without a worker."""
    while marks_follow() or tasks_follow():
        pass
    answers_release()
    while people := people_waiting():
        people_derive(people)


def ago(days: float) -> datetime:
    return now() - timedelta(days=days)


def tried(child: Person, question: Question, *days_and_answers: tuple[float, Any]) -> None:
    """The child answered the question so many days ago, each time in a drill of its own."""
    for days, value in days_and_answers:
        handed_in(child, {question: value}, at=ago(days))
    followed()


def erring(people: Cast, question: Question, values: Sequence[Any]) -> None:
    """The first pupils of the class answered so, in order."""
    for child, value in zip(people.pupils, values, strict=False):
        handed_in(child, {question: value}, at=ago(1))
    followed()


def in_hand(name: str, key: str) -> tuple[Held, dict[str, Any]]:
    """A job as its worker holds it."""
    row = Job.objects.get(key=f"{name}:{key}")
    Job.objects.filter(id=row.id).update(state=Job.State.RUNNING, fence=1)
    return Held(row.id, name, 1), row.payload


def run(name: str) -> None:
    """Do every waiting job of this name, now."""
    from yunke.base.jobs import WORKS  # noqa: PLC0415
    from yunke.school.practice import jobs  # noqa: F401, PLC0415

    for row in Job.objects.filter(name=name, state=Job.State.WAITING):
        Job.objects.filter(id=row.id).update(state=Job.State.RUNNING, fence=1)
        WORKS[name](Held(row.id, name, 1), row.payload)
        Job.objects.filter(id=row.id).update(state=Job.State.DONE)
