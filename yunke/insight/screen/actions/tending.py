"""What the worker calls now and then: ask for the day's release when it is time."""

import time
from datetime import timedelta

from yunke.base.clock import now, today
from yunke.base.jobs import ask
from yunke.insight.screen.actions.release import finished_until
from yunke.insight.screen.models import ReleasedDay

EVERY = 60.0  # seconds
_looked: list[float] = []


def screen_due() -> None:
    """Ask for the release of yesterday's figures, once a day. Looks once a minute: one query."""
    if _looked and time.monotonic() - _looked[-1] < EVERY:
        return
    _looked[:] = [time.monotonic()]
    last = finished_until(now())
    if last < today() - timedelta(days=1):
        return
    if not ReleasedDay.objects.filter(day=last).exists():
        ask("screen.release", key=f"{last}", payload={})
