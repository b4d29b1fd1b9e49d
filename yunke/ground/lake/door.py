"""What other rooms may ask of the lake."""

from yunke.ground.lake.actions import event_record, events_write, flush_due, lake_flush
from yunke.ground.lake.reads import (
    acts_of,
    class_days,
    describe,
    events_of,
    history_of,
    icon_of,
    lake_state,
    lesson_titles_from,
    minutes_by_day,
    person_days,
    verb_name,
)
from yunke.ground.lake.values import Acts, DaySum, EventLine, LakeState, PastAct, Verb

__all__ = [
    "Acts",
    "DaySum",
    "EventLine",
    "LakeState",
    "PastAct",
    "Verb",
    "acts_of",
    "class_days",
    "describe",
    "event_record",
    "events_of",
    "events_write",
    "flush_due",
    "history_of",
    "icon_of",
    "lake_flush",
    "lake_state",
    "lesson_titles_from",
    "minutes_by_day",
    "person_days",
    "verb_name",
]
