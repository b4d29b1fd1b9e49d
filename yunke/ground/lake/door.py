"""What other rooms may ask of the lake."""

from yunke.ground.lake.actions import event_record
from yunke.ground.lake.values import DaySum, EventLine, Verb

__all__ = ["DaySum", "EventLine", "Verb", "event_record"]
