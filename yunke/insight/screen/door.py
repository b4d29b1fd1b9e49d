"""What other rooms may ask of the screen."""

from yunke.insight.screen.actions.release import days_release
from yunke.insight.screen.actions.tending import screen_due
from yunke.insight.screen.reads.capacity import mornings_from
from yunke.insight.screen.rules.capacity import Morning

__all__ = ["Morning", "days_release", "mornings_from", "screen_due"]
