"""The only source of the demo's test rows: its city with its people, in the test's database."""

from datetime import date, time
from functools import cache

from yunke.base.clock import at, today
from yunke.demo.anchor import calendar_of
from yunke.demo.city import City, Secrets, city_of
from yunke.ground.people.door import RosterIds, roster_ids, roster_write
from yunke.school.timetable.door import OnAir

TODAY = date(2026, 11, 18)  # a Wednesday
CALENDAR = calendar_of(TODAY)


@cache
def paper_city() -> City:
    """The city without a database. Do not change it."""
    return city_of(RosterIds(1, 1, 1), CALENDAR.first_day, TODAY, Secrets("p", "q", "r"))


def small_city() -> City:
    """The city of today with its roster written."""
    city = city_of(roster_ids(), calendar_of(today()).first_day, today(), Secrets("x", "y", ""))
    roster_write(city.roster)
    return city


def air(day: date, lessons: int = 4) -> tuple[OnAir, ...]:
    """A day's programme: half-hours from nine on; lessons 1 and 2 are films."""
    return tuple(
        OnAir(
            id=day.toordinal() * 10 + n, lesson_id=n, title=f"课{n}", title_en=f"Lesson {n}",
            subject="maths", grade=1, day=day, period=n,
            starts_at=at(day, time(8 + n)), ends_at=at(day, time(8 + n, 30)),
            has_video=n <= 2, minutes=30,
        )
        for n in range(1, lessons + 1)
    )  # fmt: skip
