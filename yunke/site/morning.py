"""A school morning, told to the page of capacity: when each grade begins, how heavy films are."""

from datetime import date, time, timedelta

from django.utils import timezone

from yunke.ground.people.door import city_id
from yunke.insight.screen.door import Morning
from yunke.school.library.door import films_mbit
from yunke.school.timetable.door import air_of_day

LOOK = 7


def morning(day: date) -> Morning:
    """The next day with broadcasts, from ``day`` on. At most eight days' programmes are read."""
    city = city_id()
    starts: dict[int, time] = {}
    for ahead in range(LOOK):
        for on_air in air_of_day(city, day + timedelta(days=ahead)) if city else ():
            at = timezone.localtime(on_air.starts_at).time()
            starts[on_air.grade] = min(starts.get(on_air.grade, at), at)
        if starts:
            break
    return Morning(starts, films_mbit())
