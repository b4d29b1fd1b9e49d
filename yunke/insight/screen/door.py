"""What other rooms may ask of the screen."""

from yunke.insight.screen.actions.release import days_release
from yunke.insight.screen.actions.tending import screen_due

__all__ = ["days_release", "screen_due"]
