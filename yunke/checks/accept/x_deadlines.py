"""X-08: one deadline is one instant for everybody, in every zone, over every turning of the clocks.

A teacher sets homework and gives a pupil seven days more. What the teacher, the pupil, the guardian
and the table of results say is read from their pages and compared as instants; the row is read as
the database holds it. Zones with half hours of summer time, of 45 minutes, and one that left out a
day.
"""
# ruff: noqa: DTZ001 - wall clocks have no zone

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings as house
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yunke.checks.accept.table import Options
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.school.homework.models import Homework, HomeworkFor
from yunke.school.homework.rules.times import instant, moved, wall_of
from yunke.school.homework.tests import makers

ZONES = ("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
# Where the clocks turn, or a day is left out, within seven days: (zone, the deadline's wall clock).
TURNS = (
    ("Asia/Shanghai", datetime(2026, 3, 27, 20)), ("Europe/Berlin", datetime(2026, 3, 27, 20)),
    ("Europe/Berlin", datetime(2026, 10, 23, 20)), ("Europe/Berlin", datetime(2026, 10, 18, 2, 30)),
    ("Australia/Lord_Howe", datetime(2026, 4, 3, 20)),
    ("Australia/Lord_Howe", datetime(2026, 10, 2, 8)),
    ("Asia/Kathmandu", datetime(2026, 3, 27, 20)),
    ("Pacific/Apia", datetime(2026, 3, 27, 20)), ("Pacific/Apia", datetime(2011, 12, 27, 20)),
)  # fmt: skip
INSTANT = re.compile(r'<time datetime="([^"]+)">')
EXAMPLES = 300


def x_08(_options: Options) -> dict[str, Any]:
    """The pages in every zone over every turn, then any wall time in any zone, by rule."""
    people, troubles = everybody(), list[str]()
    for zone, wall in TURNS:
        troubles += [f"{zone} {wall}: {one}" for one in told_apart(people, zone, wall)]
    tried = any_wall_time()
    figures = {"turns": len(TURNS), "zones": len(ZONES), "wall_times": tried, "wrong": troubles}
    return {"pass": not troubles and tried >= EXAMPLES, "figures": figures}


def everybody() -> Cast:
    """A class that is older than every deadline."""
    with time_machine.travel(datetime(2010, 6, 1, tzinfo=UTC), tick=True):
        return makers.cast(pupils=2)


def _clock_forgotten() -> None:
    """Django keeps the school's zone once it was asked."""
    known: Any = timezone.get_default_timezone
    known.cache_clear()


@contextmanager
def school_in(zone: str, at: datetime) -> Iterator[ZoneInfo]:
    """The school's clock is the zone's, and it is this instant."""
    with time_machine.travel(at, tick=True):
        _clock_forgotten()
        kept, house.TIME_ZONE = house.TIME_ZONE, zone
        timezone.activate(ZoneInfo(zone))
        try:
            yield ZoneInfo(zone)
        finally:
            house.TIME_ZONE = kept
            _clock_forgotten()
            timezone.deactivate()


def told_apart(people: Cast, zone: str, wall: datetime) -> list[str]:
    """What is wrong: where somebody is told another instant than the one that was meant."""
    meant = instant(wall, ZoneInfo(zone))
    with school_in(zone, meant - timedelta(days=1)) as place:
        row = set_for(people, wall)
        extended = signed_in(people.teacher).post(
            f"/homework/{row.id}/extend", {"pupils": people.pupil.id, "days": 7, **once()}
        )
        later = HomeworkFor.objects.get(homework=row, pupil=people.pupil).due_at
        wrong = [] if extended.status_code == 303 else [f"extension: {extended.status_code}"]
        wanted = wall + timedelta(days=7)
        # A wall time that the zone left out does not exist: it is counted on from before the gap.
        if later is None or later != instant(wanted, place):
            wrong.append(f"seven days later is {later}")
        elif wall_of(later, place) not in {wanted, wall_of(instant(wanted, place), place)}:
            wrong.append(f"the wall shows {wall_of(later, place)}")
        wrong += [f"stored as {text}" for text in stored(row) if not is_utc(text, meant)]
        for who, said in told(people, row).items():
            own = later if who in {"pupil", "guardian"} else meant
            if own not in said:
                wrong.append(f"the {who} is told {sorted(said)}, not {own}")
        return wrong


def set_for(people: Cast, wall: datetime) -> Homework:
    """Through the page, as a teacher does: what the wall clock shows."""
    form = makers.form(people, makers.choices(1), minutes="1", due=wall.isoformat("T", "minutes"))
    form["opens"] = (wall - timedelta(days=3)).isoformat("T", "minutes")
    answer = signed_in(people.teacher).post("/homework/new", form)
    if answer.status_code != 303:
        raise AssertionError(f"not set: {answer.status_code}")
    return Homework.objects.latest("id")


def told(people: Cast, row: Homework) -> dict[str, set[datetime]]:
    """Every instant that each is told, by their page and by the table of results."""
    paths = {
        "teacher": (people.teacher, f"/homework/{row.id}"),
        "pupil": (people.pupil, f"/homework/{row.id}"),
        "guardian": (people.guardian, f"/child/{people.pupil.id}/homework/{row.id}"),
    }
    found = {
        who: {
            datetime.fromisoformat(text).astimezone(UTC)
            for text in INSTANT.findall(signed_in(somebody).get(path).content.decode())
        }
        for who, (somebody, path) in paths.items()
    }
    table = signed_in(people.teacher).get(f"/homework/{row.id}/results.csv").content.decode()
    found["table"] = {
        datetime.fromisoformat(cell).astimezone(UTC)
        for line in table.splitlines()[1:]
        for cell in line.split(",")[2:3]
    }
    return found


def stored(row: Homework) -> list[str]:
    """The deadline as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT due_at FROM homework_homework WHERE id = %s", [row.id])
        return [str(value) for (value,) in cursor.fetchall()]


def is_utc(text: str, meant: datetime) -> bool:
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)) == meant


def any_wall_time() -> int:
    """Seven days on the wall shows the same, for any zone and time; gives how many were tried."""
    tried = 0

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(
        st.sampled_from(ZONES),
        st.datetimes(datetime(2011, 1, 1), datetime(2037, 1, 1)),
        st.integers(1, 60),
    )
    def holds(name: str, wall: datetime, days: int) -> None:
        nonlocal tried
        tried += 1
        zone = ZoneInfo(name)
        begins, wanted = instant(wall, zone), wall + timedelta(days=days)
        if wall_of(begins, zone) == wall and wall_of(instant(wanted, zone), zone) == wanted:
            assert wall_of(moved(begins, days, zone), zone) == wanted

    holds()
    return tried
