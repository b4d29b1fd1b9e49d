"""What the worker calls now and then: ask for the day's release when it is time."""

import time
from datetime import timedelta

from django.utils import timezone

from yunke.base.clock import now, today
from yunke.base.jobs import ask
from yunke.insight.screen.actions.release import finished_until
from yunke.insight.screen.models import Measured, ReleasedDay

EVERY = 60.0  # seconds
WEEK = timedelta(days=7)
_looked: list[float] = []


def screen_due() -> None:
    """Ask for the release of yesterday's figures, once a day. Looks once a minute: one query."""
    if _looked and time.monotonic() - _looked[-1] < EVERY:
        return
    _looked[:] = [time.monotonic()]
    night()
    last = finished_until(now())
    if last < today() - timedelta(days=1):
        return
    if not ReleasedDay.objects.filter(day=last).exists():
        ask("screen.release", key=f"{last}", payload={})


def night() -> None:
    """Between three and four, once a week, the machine measures itself. No query at other hours."""
    hour = timezone.localtime(now()).hour
    if hour == 3 and not Measured.objects.filter(made_at__gt=now() - WEEK).exists():
        ask("screen.measure", key=f"night-{today()}", payload={})
