"""What people do while nobody waits."""

from datetime import date
from typing import Any

from yunke.base.jobs import Held, job
from yunke.ground.people.actions.unused import schools_open, unused_report

MONDAY = 0


@job("people.unused", daily=True, slow=True)
def unused(held: Held, payload: dict[str, Any]) -> None:
    """On Mondays: which accounts nobody used for ninety days, school by school."""
    day = date.fromisoformat(payload["day"])
    if day.weekday() != MONDAY:
        return
    schools = schools_open()
    for number, school in enumerate(schools, 1):
        unused_report(school, day)
        held.progress("counting", number / len(schools))
