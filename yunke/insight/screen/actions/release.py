"""Releasing figures: freeze the week's roster, sum the finished days, publish each once.

Every step may run again at any time. A day that is released keeps its figures for good, whatever
comes late, moves school or is erased afterwards.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from yunke.base.clock import at, monday, now, today
from yunke.craft.crowd import SCREEN
from yunke.ground.lake.door import (
    SeatOf,
    cohort_freeze,
    event_days,
    frozen_weeks,
    inbox_take,
    lake_flush,
    rolled_days,
    school_day_build,
    school_days_due,
    school_sums,
)
from yunke.ground.people.door import org_tree, seats_on
from yunke.insight.screen.models import Figure, ReleasedDay
from yunke.insight.screen.rules.release import above_of, at_school, digest_of, figures_of
from yunke.insight.screen.values import DayFigure

# Late acts of the evening have reached the lake by then.
GRACE = timedelta(minutes=30)
# How far back a house that has just opened its books looks.
LOOK_BACK = timedelta(weeks=26)


def days_release(moment: datetime | None = None) -> list[date]:
    """Release every finished day that is not; gives the days. Cost: seconds a day of a large city.

    ``moment``: now, for who tells of the past.
    """
    last = finished_until(moment or now())
    inbox_take()
    lake_flush()
    weeks_freeze(last)
    begun = last - LOOK_BACK
    for day in school_days_due(last + timedelta(days=1), since=begun):
        school_day_build(day)
    kept = set(ReleasedDay.objects.filter(day__gte=begun).values_list("day", flat=True))
    days = [day for day in sorted(rolled_days()) if begun <= day <= last and day not in kept]
    return [day for day in days if day_release(day)]


def finished_until(moment: datetime) -> date:
    """The last day that is over and has had half an hour to come in."""
    yesterday = today() - timedelta(days=1)
    midnight = at(yesterday + timedelta(days=1), time(0))
    return yesterday if moment >= midnight + GRACE else yesterday - timedelta(days=1)


def weeks_freeze(last: date) -> int:
    """Freeze this week's roster, and that of every past week of which acts lie in the lake.

    Rosters know since when and until when: a past Monday's is told by its dates. Gives how many.
    """
    known = frozen_weeks()
    days = [day for day in event_days(monday(last - LOOK_BACK)) if day <= last]
    weeks = {monday(today()), *(monday(day) for day in days)}
    return sum(cohort_freeze(week, seats(week)) for week in sorted(weeks - set(known)))


def seats(week: date) -> Iterator[SeatOf]:
    for person, school, grade in seats_on(week):
        yield SeatOf(person, school, grade)


@transaction.atomic
def day_release(day: date) -> bool:
    """Publish the day's figures; False when they are already, or when nobody sat anywhere."""
    if ReleasedDay.objects.filter(day=day).exists():
        return False
    offices = org_tree()
    figures = figures_of(day, school_sums(day), offices)
    if not figures:
        return False
    known = {office.id: office for office in offices}
    ReleasedDay.objects.create(
        day=day, week=monday(day), events=rolled_days()[day], at_school=at_school(figures),
        k=SCREEN.k, width=SCREEN.width, digest=digest_of(figures),
    )  # fmt: skip
    Figure.objects.bulk_create(
        (_row(figure, above_of(figure.unit, known)) for figure in figures), batch_size=2000
    )
    return True


def _row(figure: DayFigure, above: int) -> Figure:
    took, city = figure.took or (None, None), figure.city or (None, None)
    return Figure(
        day=figure.day, level=figure.unit.level.value, org_id=figure.unit.org_id, above_id=above,
        grade=figure.unit.grade, enrolled=figure.enrolled, took_low=took[0], took_high=took[1],
        city_low=city[0], city_high=city[1], visits=figure.visits, minutes=figure.minutes,
        hours=figure.hours, hidden=figure.hidden,
    )  # fmt: skip
