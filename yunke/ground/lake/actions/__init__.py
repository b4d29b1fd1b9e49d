"""Recording acts, and taking them to the lake."""

from yunke.ground.lake.actions.cohorts import cohort_freeze, cohorts_forget, cohorts_tidy
from yunke.ground.lake.actions.flush import flush_due, lake_flush
from yunke.ground.lake.actions.forget import lake_files_drop, lake_forget
from yunke.ground.lake.actions.inbox import Inbox, InboxFull
from yunke.ground.lake.actions.intake import acts_keep, inbox_take
from yunke.ground.lake.actions.record import event_record, events_write
from yunke.ground.lake.actions.school_days import school_day_build, school_days_due
from yunke.ground.lake.actions.tidy import lake_tidy

__all__ = [
    "Inbox",
    "InboxFull",
    "acts_keep",
    "cohort_freeze",
    "cohorts_forget",
    "cohorts_tidy",
    "event_record",
    "events_write",
    "flush_due",
    "inbox_take",
    "lake_files_drop",
    "lake_flush",
    "lake_forget",
    "lake_tidy",
    "school_day_build",
    "school_days_due",
]
