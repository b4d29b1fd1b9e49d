"""What other rooms may ask of the timetable."""

from yunke.school.timetable.actions.bulk import (
    bells_write,
    broadcasts_write,
    plans_write,
    slots_write,
    term_write,
)
from yunke.school.timetable.actions.pacing import pace_seed, week_lose
from yunke.school.timetable.actions.plan import (
    NotYours,
    plan_add,
    plan_arrange,
    plan_remind,
    plan_remove,
    plan_tick,
)
from yunke.school.timetable.actions.terms import terms_bring, terms_take_back
from yunke.school.timetable.reads.air import (
    air_of_day,
    bells_of,
    day_of_grade,
    slots_of,
    term_of,
    week_of_grade,
)
from yunke.school.timetable.reads.firstday import (
    bell_count,
    classes_with_slots,
    on_air_soon,
    term_coming,
)
from yunke.school.timetable.reads.plan import (
    plan_of,
    plan_rows,
    stops_of,
    watched_from,
)
from yunke.school.timetable.reads.terms import terms_new
from yunke.school.timetable.rules import next_stop, now_and_next, share_gone, stops_of_day
from yunke.school.timetable.values import (
    BellIn,
    BroadcastIn,
    ItemKind,
    Left,
    OnAir,
    PlanIn,
    PlanRow,
    PlanSum,
    SlotIn,
    Stop,
    TermIn,
    TermView,
    Watched,
    WeekDay,
)

__all__ = [
    "BellIn",
    "BroadcastIn",
    "ItemKind",
    "Left",
    "NotYours",
    "OnAir",
    "PlanIn",
    "PlanRow",
    "PlanSum",
    "SlotIn",
    "Stop",
    "TermIn",
    "TermView",
    "Watched",
    "WeekDay",
    "air_of_day",
    "bell_count",
    "bells_of",
    "bells_write",
    "broadcasts_write",
    "classes_with_slots",
    "day_of_grade",
    "next_stop",
    "now_and_next",
    "on_air_soon",
    "pace_seed",
    "plan_add",
    "plan_arrange",
    "plan_of",
    "plan_remind",
    "plan_remove",
    "plan_rows",
    "plan_tick",
    "plans_write",
    "share_gone",
    "slots_of",
    "slots_write",
    "stops_of",
    "stops_of_day",
    "term_coming",
    "term_of",
    "term_write",
    "terms_bring",
    "terms_new",
    "terms_take_back",
    "watched_from",
    "week_lose",
    "week_of_grade",
]
