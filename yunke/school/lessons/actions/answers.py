"""Answers handed in together: all or none, once, and only then what was right."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.once import receipt_code
from yunke.base.trouble import Refused
from yunke.craft.marking.items import item_from_json
from yunke.craft.marking.marks import Verdict, mark
from yunke.ground.lake.door import Verb, event_record
from yunke.school.lessons.models import Answer, Submission, Task
from yunke.school.lessons.reads.watching import may_learn
from yunke.school.lessons.rules.marking import LONGEST_ANSWER, MOST_ANSWERS, is_right


@transaction.atomic(savepoint=False)
def answers_submit(
    *, who_id: int, class_id: int, school_id: int, lesson_id: int, answers: object, key: str
) -> dict[str, Any]:
    """Store answers [{"task": id, "value": text}, ...] exactly once under the client's key.

    The same key again gives the same reply. The reply holds the receipt and, now that it is
    handed in, what was right and why. Raises Refused (nothing stored) for no answers, more than
    50, a task of another lesson, a text over 500 characters, or another person's key.
    Cost: 6 queries however many answers.
    """
    given = _checked(answers)
    tasks = _tasks(lesson_id, list(given))
    done = Submission.objects.filter(key=key).first()
    if done is not None:
        return _again(done, who_id)
    if not may_learn(who_id, lesson_id, school_id):
        raise Refused(_("没有这节课。"), status=404)
    submission = Submission.objects.create(
        person_id=who_id, lesson_id=lesson_id, class_id=class_id, key=key
    )
    rows = [
        Answer(
            submission=submission,
            person_id=who_id,
            task=tasks[task_id],
            value=value,
            right=_right(tasks[task_id].question, value),
        )
        for task_id, value in given.items()
    ]
    Answer.objects.bulk_create(rows)
    event_record(
        actor_id=who_id,
        verb=Verb.ANSWERED,
        object_kind="submission",
        object_id=submission.id,
        lesson_id=lesson_id,
        class_id=class_id,
        school_id=school_id,
        result={"answers": len(rows), "right": sum(row.right is True for row in rows)},
    )
    return _reply(key, rows)


def _right(question: Any, value: str) -> bool | None:
    """By the question's own key; None where a person has to read it. Questions without an item
    are marked as they always were."""
    if not question.item:
        return is_right(question.kind, question.key, value)
    said = mark(item_from_json(question.item), value)
    return None if said.to_person else said.verdict is Verdict.RIGHT


def _checked(answers: object) -> dict[int, str]:
    """The answers by task; a task answered twice in one go counts with its last answer."""
    if not isinstance(answers, list) or not answers:
        raise Refused(_("没有收到答案，什么都没有保存。请再交一次。"), status=422)
    if len(answers) > MOST_ANSWERS:
        raise Refused(_("一次最多交 50 个答案，这一次没有保存。"), status=422)
    given: dict[int, str] = {}
    for answer in answers:
        task_id, value = _pair(answer)
        given[task_id] = value
    return given


def _pair(answer: object) -> tuple[int, str]:
    task_id = answer.get("task") if isinstance(answer, dict) else None
    value = answer.get("value") if isinstance(answer, dict) else None
    told = value.strip() if isinstance(value, str) else ""
    if not isinstance(task_id, int) or not told or "\0" in told:  # PostgreSQL keeps no NUL
        raise Refused(_("有一个答案是空的，什么都没有保存。补上以后再交。"), status=422)
    if len(told) > LONGEST_ANSWER:
        raise Refused(_("有一个答案超过 500 字，什么都没有保存。"), status=422)
    return task_id, told


def _tasks(lesson_id: int, task_ids: list[int]) -> dict[int, Task]:
    found = Task.objects.filter(lesson_id=lesson_id, id__in=task_ids).select_related("question")
    tasks = {task.id: task for task in found}
    if len(tasks) != len(task_ids):
        raise Refused(_("有一道题不在这节课里，什么都没有保存。请刷新页面。"), status=404)
    return tasks


def _again(done: Submission, who_id: int) -> dict[str, Any]:
    if done.person_id != who_id:
        raise Refused(_("这个请求已经用过了。请刷新页面。"), status=409)
    rows = done.answers.select_related("task__question").order_by("id")
    return _reply(done.key, list(rows))


def _reply(key: str, rows: list[Answer]) -> dict[str, Any]:
    return {"receipt": receipt_code(key), "answers": [_told(row) for row in rows]}


def _told(row: Answer) -> dict[str, Any]:
    """What a person learns after handing in: right or not, the right answer and the reasoning."""
    question = row.task.question
    return {
        "task": row.task_id,
        "value": row.value,
        "right": row.right,
        "key": list(question.key) if row.right is not None else [],
        "reasoning": question.reasoning,
        "reasoning_en": question.reasoning_en,
    }
