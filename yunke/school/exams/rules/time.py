"""When a sitting ends. Pure; shown to the pupil before the start; held by a table of cases (X-09).

    allowed = minutes + ⌈minutes × percent / 100⌉ + extra minutes + minutes given by the invigilator
    full    = start + allowed, moved by every pause that began since the start and before it
    window  = end of the window + everything of ``allowed`` above ``minutes``,
              moved by every pause that began since the window opened and before it
    end     = full, where latecomers keep all minutes; else the earlier of full and window

Pauses are those of the exam and of this sitting; where two overlap, their time counts once.

While a pause runs there is no end: what is left stands still. Nobody starts before the window,
after ``late_minutes`` (moved by the exam's pauses), or during a pause of the exam. Extra time, a
pause and minutes given are therefore never cut by the window; only lateness is.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yunke.school.exams.values.exams import Stop


@dataclass(frozen=True)
class Plan:
    """What was planned. ``late_minutes`` None: one may come in while the window lasts."""

    starts_at: datetime
    ends_at: datetime
    minutes: int
    late_minutes: int | None = None
    late_full: bool = False


@dataclass(frozen=True)
class Allowance:
    """More time for one pupil: in percent, in minutes, and given during the exam."""

    percent: int = 0
    minutes: int = 0
    extended: int = 0

    def over(self, minutes: int) -> int:
        """Minutes on top of the exam's own."""
        return math.ceil(minutes * self.percent / 100) + self.minutes + self.extended


class Entry(StrEnum):
    """May one come in now?"""

    OPEN = "open"
    EARLY = "early"
    LATE = "late"
    PAUSED = "paused"


def ends_at(
    plan: Plan, started_at: datetime, at: datetime, *,
    allowance: Allowance = Allowance(), stops: Iterable[Stop] = (),
) -> datetime | None:  # fmt: skip
    """The end of the sitting as it is known at ``at``; None while a pause runs.

    ``stops``: pauses of the exam (``own`` False) and of this sitting (``own`` True).
    """
    found = list(stops)
    if any(running(stop, at) for stop in found):
        return None
    return _end(plan, started_at, at, allowance, found)


def left(
    plan: Plan, started_at: datetime, at: datetime, *,
    allowance: Allowance = Allowance(), stops: Iterable[Stop] = (),
) -> timedelta:  # fmt: skip
    """What is left at ``at``, never below zero; it stands still while a pause runs."""
    found = list(stops)
    return max(_end(plan, started_at, at, allowance, found) - at, timedelta(0))


def _end(
    plan: Plan, started_at: datetime, at: datetime, allowance: Allowance, stops: list[Stop]
) -> datetime:
    more = timedelta(minutes=allowance.over(plan.minutes))
    full = started_at + timedelta(minutes=plan.minutes) + more
    full = moved(full, stops, started_at, at)
    if plan.late_full:
        return full
    return min(full, moved(plan.ends_at + more, stops, plan.starts_at, at))


def last_entry(plan: Plan, at: datetime, stops: Iterable[Stop] = ()) -> datetime:
    """Until when one may come in, moved by the exam's own pauses."""
    whole = [stop for stop in stops if not stop.own]
    until = plan.ends_at
    if plan.late_minutes is not None:
        until = min(until, plan.starts_at + timedelta(minutes=plan.late_minutes))
    return moved(until, whole, plan.starts_at, at)


def entry(plan: Plan, at: datetime, stops: Iterable[Stop] = ()) -> Entry:
    found = [stop for stop in stops if not stop.own]
    if at < plan.starts_at:
        return Entry.EARLY
    if any(running(stop, at) for stop in found):
        return Entry.PAUSED
    return Entry.OPEN if at <= last_entry(plan, at, found) else Entry.LATE


def over_at(plan: Plan, at: datetime, most: Allowance, stops: Iterable[Stop] = ()) -> datetime:
    """When the last possible sitting of the exam ends: who comes in last, with the ``most`` time.

    Before it nothing of what was asked may be told to anybody who could still sit.
    """
    found = [stop for stop in stops if not stop.own]
    latest = last_entry(plan, at, found)
    return max(_end(plan, latest, at, most, found), _end(plan, plan.starts_at, at, most, found))


def running(stop: Stop, at: datetime) -> bool:
    return stop.began_at <= at and (stop.ended_at is None or stop.ended_at > at)


def moved(end: datetime, stops: Iterable[Stop], since: datetime, at: datetime) -> datetime:
    """``end``, later by the pauses that began before it; what overlaps counts once.

    A pause that still runs at ``at`` has moved it by what it lasted so far.
    """
    reached = since
    for stop in sorted(stops, key=lambda one: one.began_at):
        first = max(stop.began_at, reached)
        last = min(stop.ended_at or at, at)
        if last > first and first < end:
            end += last - first
            reached = last
    return end
