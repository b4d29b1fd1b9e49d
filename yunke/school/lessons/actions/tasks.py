"""The teacher's tasks at moments of a lesson's video.

They are put into the work; pupils of a published lesson get them when it is published again.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.lessons.models import Task
from yunke.school.lessons.rules.seen import BadRanges, checked_second
from yunke.school.library.door import question_views
from yunke.school.preparing.door import TaskMark, work_note, work_open

MOST = 50


@transaction.atomic
def task_put(*, who_id: int, lesson_id: int, at: float, question_id: int, task_id: int = 0) -> int:
    """Put a question at a moment of the video, or move a task; gives the task's id.

    Raises Refused for a strange moment, more than 50 tasks, a task that is not there.
    """
    try:
        moment = checked_second(at)
    except BadRanges:
        raise Refused(_("这个时间不在视频里，任务没有保存。"), status=422) from None
    work_open(lesson_id)
    if task_id:
        moved = Task.objects.filter(id=task_id, lesson_id=lesson_id, removed_at__isnull=True)
        if not moved.update(work_at=moment):
            raise Refused(_("没有找到这个任务，可能已经删掉了。"), status=404)
    else:
        if not question_views([question_id]):
            raise Refused(_("题库里没有这道题，任务没有保存。"), status=404)
        if Task.objects.filter(lesson_id=lesson_id, removed_at__isnull=True).count() >= MOST:
            raise Refused(_("一节课最多 50 个任务，这一个没有保存。"), status=422)
        task = Task.objects.create(
            lesson_id=lesson_id, at_second=moment, question_id=question_id, shown=False
        )
        task_id = task.id
    _record(who_id, lesson_id, task_id, "put")
    return task_id


@transaction.atomic
def task_remove(*, who_id: int, lesson_id: int, task_id: int) -> None:
    """Stop asking; the answers that were given stay."""
    work_open(lesson_id)
    there = Task.objects.filter(id=task_id, lesson_id=lesson_id, removed_at__isnull=True)
    if there.update(removed_at=now()):
        _record(who_id, lesson_id, task_id, "removed")


@transaction.atomic
def task_restore(*, who_id: int, lesson_id: int, task_id: int) -> None:
    """Undo of a removal."""
    work_open(lesson_id)
    if not Task.objects.filter(id=task_id, lesson_id=lesson_id).update(removed_at=None):
        raise Refused(_("没有找到这个任务，可能已经删掉了。"), status=404)
    _record(who_id, lesson_id, task_id, "restored")


def tasks_work(lesson_id: int, marks: Iterable[TaskMark]) -> None:
    """These are the tasks of the work: an older version came back. A query a task."""
    rows, wanted = Task.objects.filter(lesson_id=lesson_id), tuple(marks)
    gone = rows.exclude(id__in=[mark.id for mark in wanted])
    gone.filter(removed_at__isnull=True).update(removed_at=now())
    for mark in wanted:
        rows.filter(id=mark.id).update(work_at=mark.at, removed_at=None)


def tasks_show(lesson_id: int, marks: Iterable[TaskMark]) -> None:
    """Pupils are asked these from now on, and no others. A query a task."""
    rows, wanted = Task.objects.filter(lesson_id=lesson_id), tuple(marks)
    rows.exclude(id__in=[mark.id for mark in wanted]).update(shown=False)
    for mark in wanted:
        rows.filter(id=mark.id).update(at_second=mark.at, shown=True)


def _record(who_id: int, lesson_id: int, task_id: int, what: str) -> None:
    event_record(
        actor_id=who_id,
        verb=Verb.LESSON_SAVED,
        object_kind="task",
        object_id=task_id,
        lesson_id=lesson_id,
        result={"what": what},
    )
    work_note(who_id=who_id, lesson_id=lesson_id)
