"""What is expected at eight, and what was measured last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from yunke.base.clock import monday, today
from yunke.base.models import Job
from yunke.ground.lake.door import frozen_grades
from yunke.insight.screen.models import Measured
from yunke.insight.screen.rules.capacity import Morning, Rush, needs_of, rush_of
from yunke.insight.screen.values import Need

ReadMorning = Callable[[date], Morning]
_sources: list[ReadMorning] = []


def mornings_from(read: ReadMorning) -> None:
    """Whoever knows the timetable and the films tells a school day's morning."""
    _sources[:] = [read]


@dataclass(frozen=True)
class Measurement:
    at: datetime
    machine: str
    cores: int
    workers: int
    seconds: float
    figures: dict[str, float]
    troubles: dict[str, str]


@dataclass(frozen=True)
class Outlook:
    """``rush``: None without a frozen roster. ``measuring``: a measurement waits or runs."""

    rush: Rush | None
    needs: list[Need]
    film_mbit: float | None
    measured: Measurement | None
    measuring: bool


def outlook(within: int) -> Outlook:
    """Three queries, one small scan, and what the timetable's morning costs."""
    day = today()
    morning = _sources[0](day) if _sources else Morning({})
    rush = rush_of(frozen_grades(monday(day)), morning.starts)
    last = measured_last()
    figures = last.figures if last else {}
    needs = (
        needs_of(rush, within=within, film_mbit=morning.film_mbit, measured=figures) if rush else []
    )
    return Outlook(rush, needs, morning.film_mbit, last, measuring())


def measured_last() -> Measurement | None:
    """One query."""
    row = Measured.objects.order_by("-made_at").first()
    if row is None:
        return None
    return Measurement(
        row.made_at, row.machine, row.cores, row.workers, row.seconds, row.figures, row.troubles
    )


def measuring() -> bool:
    open_states = (Job.State.WAITING, Job.State.RUNNING)
    return Job.objects.filter(name="screen.measure", state__in=open_states).exists()
