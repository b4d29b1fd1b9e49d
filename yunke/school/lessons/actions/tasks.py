"""The teacher's tasks at moments of a lesson's video."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.lessons.models import Task
from yunke.school.lessons.rules.seen import BadRanges, checked_second

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
    if task_id:
        moved = Task.objects.filter(id=task_id, lesson_id=lesson_id, removed_at__isnull=True)
        if not moved.update(at_second=moment):
            raise Refused(_("没有找到这个任务，可能已经删掉了。"), status=404)
    else:
        if Task.objects.filter(lesson_id=lesson_id, removed_at__isnull=True).count() >= MOST:
            raise Refused(_("一节课最多 50 个任务，这一个没有保存。"), status=422)
        task = Task.objects.create(lesson_id=lesson_id, at_second=moment, question_id=question_id)
        task_id = task.id
    _record(who_id, lesson_id, task_id, "put")
    return task_id


@transaction.atomic
def task_remove(*, who_id: int, lesson_id: int, task_id: int) -> None:
    """Stop asking; the answers that were given stay."""
    Task.objects.filter(id=task_id, lesson_id=lesson_id, removed_at__isnull=True).update(
        removed_at=now()
    )
    _record(who_id, lesson_id, task_id, "removed")


@transaction.atomic
def task_restore(*, who_id: int, lesson_id: int, task_id: int) -> None:
    """Undo of a removal."""
    Task.objects.filter(id=task_id, lesson_id=lesson_id).update(removed_at=None)
    _record(who_id, lesson_id, task_id, "restored")


def _record(who_id: int, lesson_id: int, task_id: int, what: str) -> None:
    event_record(
        actor_id=who_id,
        verb=Verb.LESSON_SAVED,
        object_kind="task",
        object_id=task_id,
        lesson_id=lesson_id,
        result={"what": what},
    )
