"""Work outside the request: the day's release, and measuring the machine."""

from typing import Any

from yunke.base.jobs import Held, job
from yunke.insight.screen.actions.measure import measure
from yunke.insight.screen.actions.release import days_release


@job("screen.release", slow=True)
def release(held: Held, payload: dict[str, Any]) -> None:
    """Release what is finished; every day is a transaction of its own, so a second run goes on."""
    held.progress("release", 0.1)
    days_release()


@job("screen.measure", slow=True)
def measure_machine(held: Held, payload: dict[str, Any]) -> None:
    """Twelve seconds that the machine gives to itself."""
    held.progress("measure", 0.1)
    measure(asked_by=int(payload.get("who", 0)))
