"""Verbs of the timetable: the week in bulk, and a pupil's day."""

from yunke.school.timetable.actions.bulk import (
    bells_write,
    broadcasts_write,
    plans_write,
    slots_write,
    term_write,
)
from yunke.school.timetable.actions.plan import (
    NotYours,
    day_looked,
    plan_add,
    plan_arrange,
    plan_remind,
    plan_remove,
    plan_tick,
)

__all__ = [
    "NotYours",
    "bells_write",
    "broadcasts_write",
    "day_looked",
    "plan_add",
    "plan_arrange",
    "plan_remind",
    "plan_remove",
    "plan_tick",
    "plans_write",
    "slots_write",
    "term_write",
]
