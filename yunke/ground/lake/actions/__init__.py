"""Recording acts, and taking them to the lake."""

from yunke.ground.lake.actions.flush import flush_due, lake_flush
from yunke.ground.lake.actions.record import event_record, events_write
from yunke.ground.lake.actions.tidy import lake_tidy

__all__ = ["event_record", "events_write", "flush_due", "lake_flush", "lake_tidy"]
