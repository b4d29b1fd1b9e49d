"""What the lake answers: a person's history and days, counts of many, its own state."""

from yunke.ground.lake.reads.counts import acts_of, lake_state
from yunke.ground.lake.reads.days import class_days, minutes_by_day, person_days
from yunke.ground.lake.reads.history import events_of, history_of
from yunke.ground.lake.reads.lessons import city_lessons_from
from yunke.ground.lake.reads.school_days import (
    event_days,
    frozen_grades,
    frozen_weeks,
    rolled_days,
    school_sums,
)
from yunke.ground.lake.reads.titles import lesson_titles_from
from yunke.ground.lake.reads.told import describe, icon_of, verb_name

__all__ = [
    "acts_of",
    "city_lessons_from",
    "class_days",
    "describe",
    "event_days",
    "events_of",
    "frozen_grades",
    "frozen_weeks",
    "history_of",
    "icon_of",
    "lake_state",
    "lesson_titles_from",
    "minutes_by_day",
    "person_days",
    "rolled_days",
    "school_sums",
    "verb_name",
]
