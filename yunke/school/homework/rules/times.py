"""Wall clock and instant: a deadline is an instant, moved by days it keeps the school's wall time.

Zones with half hours of summer time (Lord Howe), of 45 minutes (Kathmandu) or that left out a day
(Samoa) are zones like any other here.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

# Work that is due before this hour cannot be done on its last day: school is on.
AFTER_SCHOOL = time(16)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The instant, in UTC, at which the zone's clocks show ``wall`` (naive).

    An hour that is shown twice is the later one: nobody is late by the turning of a clock. An hour
    that is left out is counted on from before the gap.
    """
    return wall.replace(tzinfo=zone, fold=_fold(wall, zone)).astimezone(UTC)


def _fold(wall: datetime, zone: tzinfo) -> int:
    """In a gap 0 (on from before), in a doubled hour 1 (the later)."""
    first, later = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return int(first is not None and later is not None and first > later)


def wall_of(at: datetime, zone: tzinfo) -> datetime:
    """What the zone's clocks show at the instant, naive."""
    return at.astimezone(zone).replace(tzinfo=None)


def moved(at: datetime, days: int, zone: tzinfo) -> datetime:
    """The same wall time some days on, in UTC."""
    return instant(wall_of(at, zone).replace(fold=0) + timedelta(days=days), zone)


def evenings(opens_at: datetime, due_at: datetime, zone: tzinfo) -> tuple[date, ...]:
    """The days on which it can be done, the school's calendar: from the day it opens, the last day
    only when it is due after school. At least one."""
    first, last = wall_of(opens_at, zone).date(), wall_of(due_at, zone)
    end = last.date() if last.time() >= AFTER_SCHOOL else last.date() - timedelta(days=1)
    count = max(1, (end - first).days + 1)
    return tuple(first + timedelta(days=n) for n in range(min(count, 366)))
