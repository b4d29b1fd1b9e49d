"""The coming lessons of a class that a task can be due before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yunke.base.clock import at, now, today
from yunke.ground.people.door import ClassName, city_id, county_of
from yunke.school.timetable.door import bells_of, slots_of

AHEAD = 8


@dataclass(frozen=True)
class Coming:
    """A period of the class. ``key`` is what the form sends: "2026-09-01:3"."""

    day: date
    period: int
    subject: str
    starts_at: datetime

    @property
    def key(self) -> str:
        return f"{self.day.isoformat()}:{self.period}"


def slots_coming(of: ClassName, subjects: tuple[str, ...]) -> tuple[Coming, ...]:
    """The periods of these subjects in the next days, by their times. Few queries, then kept."""
    bells = bells_of(city_id(), 0) | bells_of(county_of(of.school_id), of.school_id)
    moment, found = now(), []
    for ahead in range(AHEAD):
        day = today() + timedelta(days=ahead)
        for slot in slots_of(of.id, day):
            if slot.weekday != day.weekday() or slot.period not in bells:
                continue
            starts = at(day, bells[slot.period][0])
            if slot.subject in subjects and starts > moment:
                found.append(Coming(day, slot.period, slot.subject, starts))
    return tuple(found[:12])
