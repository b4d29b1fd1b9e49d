"""The questions in a lesson's film: the room of taught hours lies above and tells about them."""

from collections.abc import Callable
from typing import NamedTuple

from yunke.school.preparing.values import TaskMark

ReadTasks = Callable[[int], tuple[TaskMark, ...]]
PutTasks = Callable[[int, tuple[TaskMark, ...]], None]


class Tasks(NamedTuple):
    """``read``: the tasks of the work. ``work``: these are the work's tasks from now on. ``show``:
    these, and no others, are asked of pupils from now on; ``asked``: which are asked now."""

    read: ReadTasks
    asked: ReadTasks
    work: PutTasks
    show: PutTasks


_NOTHING = Tasks(
    lambda _lesson: (),
    lambda _lesson: (),
    lambda _lesson, _tasks: None,
    lambda _lesson, _tasks: None,
)
_told: list[Tasks] = [_NOTHING]


def tasks_from(read: ReadTasks, asked: ReadTasks, work: PutTasks, show: PutTasks) -> None:
    """The room of taught hours says how tasks are read and written. Once, when it is ready."""
    _told[:] = [Tasks(read, asked, work, show)]


def tasks() -> Tasks:
    return _told[0]
