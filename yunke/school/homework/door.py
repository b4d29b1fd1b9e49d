"""What other rooms may ask of homework."""

from yunke.school.homework.actions.marking import MarkIn, desk_save, homework_return
from yunke.school.homework.actions.own import group_save, phrase_add
from yunke.school.homework.actions.setting import (
    homework_due,
    homework_extend,
    homework_set,
    homework_withdraw,
)
from yunke.school.homework.actions.tasks import tasks_write
from yunke.school.homework.actions.working import homework_again, homework_begin, homework_sign
from yunke.school.homework.reads.lines import lines_of_classes, mine_of, mine_one, mine_open
from yunke.school.homework.reads.one import asked_for, may_mark_id, states_of_homework
from yunke.school.homework.reads.released import attempts_released
from yunke.school.homework.values import (
    AskedFor,
    Line,
    Mine,
    PupilState,
    Reveal,
    Setting,
    Stage,
    Task,
)

__all__ = [
    "AskedFor",
    "Line",
    "MarkIn",
    "Mine",
    "PupilState",
    "Reveal",
    "Setting",
    "Stage",
    "Task",
    "asked_for",
    "attempts_released",
    "desk_save",
    "group_save",
    "homework_again",
    "homework_begin",
    "homework_due",
    "homework_extend",
    "homework_return",
    "homework_set",
    "homework_sign",
    "homework_withdraw",
    "lines_of_classes",
    "may_mark_id",
    "mine_of",
    "mine_one",
    "mine_open",
    "phrase_add",
    "states_of_homework",
    "tasks_write",
]
