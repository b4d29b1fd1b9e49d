"""What the lake answers: a person's history and days, counts of many, its own state."""

from yunke.ground.lake.reads.counts import acts_of, lake_state
from yunke.ground.lake.reads.days import class_days, minutes_by_day, person_days
from yunke.ground.lake.reads.history import events_of, history_of
from yunke.ground.lake.reads.titles import lesson_titles_from
from yunke.ground.lake.reads.told import describe, icon_of, verb_name

__all__ = [
    "acts_of",
    "class_days",
    "describe",
    "events_of",
    "history_of",
    "icon_of",
    "lake_state",
    "lesson_titles_from",
    "minutes_by_day",
    "person_days",
    "verb_name",
]
