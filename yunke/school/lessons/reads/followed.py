"""Answers to the tasks of films, in the order they came: for rooms above that follow them."""

from dataclasses import dataclass
from datetime import datetime

from yunke.school.lessons.models import Answer


@dataclass(frozen=True)
class TaskAnswer:
    """``right`` None: no rule could say."""

    id: int
    person_id: int
    question_id: int
    lesson_id: int
    class_id: int
    value: str
    right: bool | None
    at: datetime


def answers_since(answer_id: int, *, most: int = 1000) -> list[TaskAnswer]:
    """From the one after ``answer_id``. 1 query."""
    rows = Answer.objects.filter(id__gt=answer_id).select_related("task", "submission")
    return [
        TaskAnswer(
            row.id, row.person_id, row.task.question_id, row.task.lesson_id,
            row.submission.class_id, row.value, row.right, row.made_at,
        )
        for row in rows.order_by("id")[:most]
    ]  # fmt: skip


def answer_last() -> int:
    """The id of the newest answer; 0 before the first. 1 query by index."""
    return Answer.objects.order_by("-id").values_list("id", flat=True).first() or 0
