"""A pupil's day: the plan's rows over the day's broadcasts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from django.db import connection

from yunke.ground.people.door import Place, Role, Who, places_of
from yunke.school.timetable.reads.air import broadcasts_by_id, day_of_grade
from yunke.school.timetable.rules import outside, stops_of_day, stops_taken_off
from yunke.school.timetable.values import OnAir, PlanRow, PlanSum, Stop, Watched

ReadWatched = Callable[[int, Sequence[int]], Watched]
_sources: list[ReadWatched] = []

# Plain SQL: it is asked at every opening of the day, and the columns have one type everywhere.
ROWS = """
SELECT pupil_id, id, broadcast_id, lesson_id, kind, title, position, minutes,
    CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, CASE WHEN dropped_at IS NULL THEN 0 ELSE 1 END
FROM timetable_planitem WHERE day = %s AND pupil_id IN ({}) ORDER BY position, id
"""


def watched_from(read: ReadWatched) -> None:
    """The room that keeps watching tells how far a pupil is: ``read(pupil_id, lesson_ids)``."""
    _sources[:] = [read]


def watched_of(pupil_id: int, stops: Sequence[Stop]) -> Watched:
    """How far the pupil is in the lessons of the stops. The cost of the room that keeps it."""
    lessons = [s.lesson_id for s in stops if s.lesson_id]
    return _sources[0](pupil_id, lessons) if _sources else Watched()


def plan_rows(pupil_id: int, day: date) -> tuple[PlanRow, ...]:
    """The kept stops of one pupil's day, taken-off ones included. One indexed query."""
    return tuple(_rows([pupil_id], day)[pupil_id])


def _rows(pupil_ids: Sequence[int], day: date) -> dict[int, list[PlanRow]]:
    """The kept stops of many pupils. One query."""
    found: dict[int, list[PlanRow]] = {pupil: [] for pupil in pupil_ids}
    if found:
        marks = ", ".join(["%s"] * len(found))
        with connection.cursor() as cursor:
            cursor.execute(ROWS.format(marks), (day.isoformat(), *found))
            for pupil, *columns in cursor.fetchall():
                found[pupil].append(_row(*columns))
    return found


def _row(
    number: int, broadcast: int | None, lesson: int | None, kind: str, title: str, position: int,
    minutes: int, done: int, dropped: int,
) -> PlanRow:  # fmt: skip
    return PlanRow(
        id=number, broadcast_id=broadcast or 0, lesson_id=lesson or 0, kind=kind, title=title,
        position=position, minutes=minutes, done=bool(done), dropped=bool(dropped),
    )  # fmt: skip


def place_of(who: Who, pupil_id: int) -> Place | None:
    """Where the pupil belongs, if ``who`` is that pupil or a guardian; else None. No query."""
    near = (Role.PUPIL, Role.GUARDIAN)
    held = (g.place for g in who.grants if g.role in near and g.place.person == pupil_id)
    return next(held, None)


def broadcasts_at(place: Place, day: date) -> tuple[OnAir, ...]:
    """What is on air for somebody who belongs to ``place``, at the place's own bells. Kept."""
    return day_of_grade(
        place.city, place.grade, day, county_id=place.county, school_id=place.school
    )


def stops_over(rows: Sequence[PlanRow], place: Place, day: date) -> tuple[Stop, ...]:
    """The stops of a pupil who belongs to ``place``, of rows already read.

    The day is kept; two queries more when the plan names broadcasts of another grade.
    """
    on_air = broadcasts_at(place, day)
    return stops_of_day(on_air, rows, _others(on_air, rows, place))


def stops_off(rows: Sequence[PlanRow], place: Place, day: date) -> tuple[Stop, ...]:
    """What was taken off the plan and may be put back; the cost of ``stops_over``."""
    dropped = [r for r in rows if r.dropped]
    on_air = broadcasts_at(place, day)
    return stops_taken_off(on_air, dropped, _others(on_air, dropped, place))


def _others(on_air: Sequence[OnAir], rows: Sequence[PlanRow], place: Place) -> tuple[OnAir, ...]:
    """Broadcasts that the plan names and the grade's day does not have."""
    return broadcasts_by_id(outside(on_air, rows), county_id=place.county, school_id=place.school)


def stops_of(
    pupil_id: int, city_id: int, grade: int, day: date, *, county_id: int = 0, school_id: int = 0
) -> tuple[Stop, ...]:
    """A pupil's day in its order. One query for the pupil's own; the grade's day is kept."""
    place = Place(city=city_id, grade=grade, county=county_id, school=school_id)
    return stops_over(plan_rows(pupil_id, day), place, day)


def with_shares(stops: Sequence[Stop], watched: Watched) -> tuple[Stop, ...]:
    """The stops with how far each was watched."""
    return tuple(replace(s, watched=watched.shares.get(s.lesson_id, 0.0)) for s in stops)


def plan_of(pupil_ids: Sequence[int], day: date) -> dict[int, PlanSum]:
    """Plan against done for many pupils. Two queries, and the days of their grades (kept)."""
    rows = _rows(pupil_ids, day)
    places = places_of(list(pupil_ids))
    return {pupil: _sum(pupil, places[pupil], day, rows[pupil]) for pupil in pupil_ids}


def _sum(pupil_id: int, place: Place, day: date, rows: Sequence[PlanRow]) -> PlanSum:
    stops = stops_over(rows, place, day)
    done = [s for s in stops if s.done]
    return PlanSum(
        pupil_id=pupil_id,
        planned=len(stops),
        done=len(done),
        minutes=sum(s.minutes for s in stops),
        minutes_done=sum(s.minutes for s in done),
        arranged=bool(rows),
        stops=stops,
    )
