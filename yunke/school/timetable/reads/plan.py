"""A pupil's day: the plan's rows over the day's broadcasts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils.timezone import localtime

from yunke.ground.people.door import Place, Role, Who, places_of
from yunke.school.timetable.models import PlanItem
from yunke.school.timetable.reads.air import day_of_grade
from yunke.school.timetable.rules import stops_of_day
from yunke.school.timetable.values import OnAir, PlanRow, PlanSum, Stop, Watched

ReadWatched = Callable[[int, Sequence[int]], Watched]
_sources: list[ReadWatched] = []

_FIELDS = (
    "id",
    "broadcast_id",
    "kind",
    "title",
    "position",
    "minutes",
    "done_at",
    "dropped_at",
)


def watched_from(read: ReadWatched) -> None:
    """The room that keeps watching tells how far a pupil is: ``read(pupil_id, lesson_ids)``."""
    _sources[:] = [read]


def watched_of(pupil_id: int, stops: Sequence[Stop]) -> Watched:
    """How far the pupil is in the lessons of the stops. The cost of the room that keeps it."""
    lessons = [s.lesson_id for s in stops if s.lesson_id]
    return _sources[0](pupil_id, lessons) if _sources else Watched()


def plan_rows(pupil_id: int, day: date) -> tuple[PlanRow, ...]:
    """The kept stops of one pupil's day, taken-off ones included. One indexed query."""
    return tuple(_row(r) for r in _rows(PlanItem.objects.filter(pupil_id=pupil_id, day=day)))


def _rows(items: "QuerySet[PlanItem]") -> Iterable[Mapping[str, object]]:
    rows: Iterable[Mapping[str, object]] = items.order_by("pupil_id", "position", "id").values(
        *_FIELDS,
        "pupil_id",
        item_lesson_id=F("lesson_id"),
        lesson_title=F("lesson__title"),
        lesson_title_en=F("lesson__title_en"),
        subject=F("lesson__unit__subject"),
        starts_at=F("broadcast__starts_at"),
    )
    return rows


def _row(r: Mapping[str, object]) -> PlanRow:
    starts = r["starts_at"]
    return PlanRow(
        id=int(str(r["id"])),
        broadcast_id=int(str(r["broadcast_id"] or 0)),
        lesson_id=int(str(r["item_lesson_id"] or 0)),
        kind=str(r["kind"]),
        title=str(r["lesson_title"] or r["title"]),
        title_en=str(r["lesson_title_en"] or ""),
        subject=str(r["subject"] or ""),
        starts_at=localtime(starts) if isinstance(starts, datetime) else None,
        position=int(str(r["position"])),
        minutes=int(str(r["minutes"])),
        done=r["done_at"] is not None,
        dropped=r["dropped_at"] is not None,
    )


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
    """The stops of a pupil who belongs to ``place``, of rows already read. The day is kept."""
    return stops_of_day(broadcasts_at(place, day), rows)


def stops_of(
    pupil_id: int, city_id: int, grade: int, day: date, *, county_id: int = 0, school_id: int = 0
) -> tuple[Stop, ...]:
    """A pupil's day in its order. One query for the pupil's own; the grade's day is kept."""
    place = Place(city=city_id, grade=grade, county=county_id, school=school_id)
    return stops_over(plan_rows(pupil_id, day), place, day)


def with_shares(stops: Sequence[Stop], watched: Watched) -> tuple[Stop, ...]:
    """The stops with how far each was watched."""
    return tuple(replace(s, watched=watched.shares.get(s.lesson_id, 0.0)) for s in stops)


def dropped_of(rows: Sequence[PlanRow]) -> tuple[PlanRow, ...]:
    """What was taken off the plan and may be put back."""
    return tuple(r for r in rows if r.dropped)


def plan_of(pupil_ids: Sequence[int], day: date) -> dict[int, PlanSum]:
    """Plan against done for many pupils. Two queries, and the days of their grades (kept)."""
    rows: dict[int, list[PlanRow]] = defaultdict(list)
    for r in _rows(PlanItem.objects.filter(pupil_id__in=pupil_ids, day=day)):
        rows[int(str(r["pupil_id"]))].append(_row(r))
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
