"""A class on one day, and how it saw a lesson. Costs do not grow with the class."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from yunke.ground.people.door import PersonName
from yunke.school.lessons.models import Presence, Watch
from yunke.school.lessons.rules.seen import Seen, from_bytes, heat
from yunke.school.lessons.values import DayMinutes, LessonHeat, PresenceDay, PupilLine

BINS = 96


def presences_of(person_ids: Sequence[int], day: date) -> dict[int, PresenceDay]:
    """Who was there on a day, and from when to when. One query."""
    rows = Presence.objects.filter(person_id__in=person_ids, day=day)
    return {p.person_id: PresenceDay(p.day, p.first_at, p.last_at) for p in rows}


def presence_days(person_id: int, since: date, until: date) -> dict[date, PresenceDay]:
    """The days on which one person was there. One query."""
    rows = Presence.objects.filter(person_id=person_id, day__range=(since, until))
    return {p.day: PresenceDay(p.day, p.first_at, p.last_at) for p in rows}


def day_minutes(
    minutes: Sequence[tuple[date, float]], presences: dict[date, PresenceDay]
) -> tuple[DayMinutes, ...]:
    return tuple(DayMinutes(day, count, day in presences) for day, count in minutes)


def shares_of_many(
    person_ids: Sequence[int], lesson_ids: Sequence[int]
) -> dict[int, dict[int, float]]:
    """Shares by person and lesson. One query."""
    rows = Watch.objects.filter(person_id__in=person_ids, lesson_id__in=lesson_ids).values_list(
        "person_id", "lesson_id", "seconds", "of_seconds"
    )
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for person, lesson, seconds, of_seconds in rows:
        found[person][lesson] = min(1.0, seconds / of_seconds) if of_seconds else 0.0
    return found


def pupil_lines(
    pupils: Sequence[PersonName],
    presences: dict[int, PresenceDay],
    shares: dict[int, dict[int, float]],
    lesson_ids: Sequence[int],
    plans: dict[int, tuple[int, int]],
) -> tuple[PupilLine, ...]:
    """One line per pupil, those who have not begun first. No query."""
    lines = [_line(p, presences.get(p.id), shares.get(p.id, {}), lesson_ids, plans) for p in pupils]
    return tuple(sorted(lines, key=lambda line: (line.started, line.first_at is not None)))


def _line(
    pupil: PersonName,
    presence: PresenceDay | None,
    shares: dict[int, float],
    lesson_ids: Sequence[int],
    plans: dict[int, tuple[int, int]],
) -> PupilLine:
    share = sum(shares.values()) / len(lesson_ids) if lesson_ids else 0.0
    done, planned = plans.get(pupil.id, (0, 0))
    return PupilLine(
        id=pupil.id,
        name=pupil.name,
        animal=pupil.animal,
        first_at=presence.first_at if presence else None,
        last_at=presence.last_at if presence else None,
        share=share,
        started=bool(shares),
        plan_done=done,
        plan_of=planned,
    )


def heats_of(person_ids: Sequence[int], lesson_ids: Sequence[int]) -> dict[int, LessonHeat]:
    """Which seconds of each lesson these people saw and saw again. One query."""
    rows: dict[int, list[Watch]] = defaultdict(list)
    for watch in Watch.objects.filter(person_id__in=person_ids, lesson_id__in=lesson_ids):
        rows[watch.lesson_id].append(watch)
    return {lesson: _heat(lesson, rows.get(lesson, []), len(person_ids)) for lesson in lesson_ids}


def _heat(lesson_id: int, rows: Sequence[Watch], people: int) -> LessonHeat:
    length = max((row.of_seconds for row in rows), default=0)
    seen = [Seen(from_bytes(row.seen), from_bytes(row.again)) for row in rows]
    return LessonHeat(
        lesson_id=lesson_id,
        of_seconds=length,
        people=people,
        started=len(rows),
        finished=sum(row.finished_at is not None for row in rows),
        parts=heat(seen, length, BINS),
    )


def span(until: date, days: int) -> tuple[date, date]:
    """The last ``days`` days, ``until`` included."""
    return until - timedelta(days=days - 1), until
