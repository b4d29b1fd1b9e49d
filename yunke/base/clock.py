"""What time it is, in one place, so that tests and the demo can ask for another day."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def now() -> datetime:
    """The instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The school's calendar day."""
    return now().astimezone(timezone.get_default_timezone()).date()


def at(day: date, clock: time) -> datetime:
    """The instant at which the school's wall clock shows this time on this day."""
    return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())
