"""What is on the air: broadcasts of a grade by day and week, bells, terms, slots.

The day of a grade is the same for thousands; it is kept for some seconds in each process.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta

from django.utils.timezone import localtime

from yunke.base.kept import Kept
from yunke.school.library.door import LessonCard, Standing, lesson_cards, lessons_gone, reaches
from yunke.school.timetable.models import Bell, Broadcast, Slot
from yunke.school.timetable.reads.terms import calendar_of, forget_calendars
from yunke.school.timetable.rules import with_bells
from yunke.school.timetable.values import OnAir, SlotView, TermView, WeekDay

SECONDS = 20.0
PUBLISHED = "published"
_week: Kept[tuple[WeekDay, ...]] = Kept(seconds=SECONDS, limit=500)
_bells: Kept[dict[int, tuple[time, time]]] = Kept(seconds=SECONDS)
_slots: Kept[tuple[SlotView, ...]] = Kept(seconds=SECONDS)
_air: Kept[tuple[OnAir, ...]] = Kept(seconds=SECONDS, limit=50)


def forget() -> None:
    """After a write: the next reader asks the database."""
    for kept in (_week, _bells, _slots, _air):
        kept.forget()
    forget_calendars()


def week_of_grade(
    city_id: int, grade: int, monday: date, *, county_id: int = 0, school_id: int = 0
) -> tuple[WeekDay, ...]:
    """Seven days of a grade, each in the order of its times: what reaches this county and school.

    Times are the city's, or those of the county's or school's own bells when these are named; so
    are titles. Outside a term and on days off there is nothing. Cost: nothing while kept, else
    four queries (six with county), however long the week. A lesson taken back is out within two
    seconds, kept or not.
    """
    place = (county_id, school_id)

    def make() -> tuple[WeekDay, ...]:
        found = _read_days(city_id, (grade,), monday, monday + timedelta(days=6), place)
        calendar = calendar_of(city_id, county_id, school_id)
        found = tuple(b for b in found if calendar.taught(b.day))
        bells = bells_of(county_id, school_id)
        days = [monday + timedelta(days=n) for n in range(7)]
        return tuple(WeekDay(d, with_bells((b for b in found if b.day == d), bells)) for d in days)

    week = _week.get((city_id, grade, monday, county_id, school_id), make)
    gone = lessons_gone()
    return tuple(WeekDay(d.day, _still_on(d.broadcasts, gone)) for d in week) if gone else week


def day_of_grade(
    city_id: int, grade: int, day: date, *, county_id: int = 0, school_id: int = 0
) -> tuple[OnAir, ...]:
    """One day of a grade in the order of its times; the cost of ``week_of_grade``."""
    monday = day - timedelta(days=day.weekday())
    week = week_of_grade(city_id, grade, monday, county_id=county_id, school_id=school_id)
    return week[day.weekday()].broadcasts


def air_of_day(
    city_id: int, day: date, *, county_id: int = 0, school_id: int = 0
) -> tuple[OnAir, ...]:
    """All broadcasts of the city's day that reach this county and school, by grade and time.

    Nothing outside a term and on days off. Four queries (five with county), then kept.
    """
    place = (county_id, school_id)

    def make() -> tuple[OnAir, ...]:
        if not calendar_of(city_id, *place).taught(day):
            return ()
        return _read_days(city_id, range(1, 10), day, day, place)

    return _still_on(_air.get((city_id, day, place), make), lessons_gone())


def broadcasts_by_id(
    ids: Iterable[int], *, county_id: int = 0, school_id: int = 0
) -> tuple[OnAir, ...]:
    """Broadcasts by their numbers, of lessons that reach this county and school.

    Two queries (three with county), none for no number.
    """
    wanted = tuple(ids)
    rows = Broadcast.objects.filter(id__in=wanted)
    return _with_lessons(rows, (county_id, school_id)) if wanted else ()


def _still_on(broadcasts: tuple[OnAir, ...], gone: frozenset[int]) -> tuple[OnAir, ...]:
    return tuple(b for b in broadcasts if b.lesson_id not in gone) if gone else broadcasts


def _read_days(
    city_id: int, grades: Iterable[int], first: date, last: date, place: tuple[int, int]
) -> tuple[OnAir, ...]:
    rows = Broadcast.objects.filter(
        city_id=city_id, grade__in=tuple(grades), day__range=(first, last)
    ).order_by("day", "grade", "starts_at", "id")
    return _with_lessons(rows, place)


def _shown(card: LessonCard, standing: Standing) -> bool:
    return card.state == PUBLISHED and reaches(card.reach, card.school_id, card.county_id, standing)


def _with_lessons(rows: Iterable[Broadcast], place: tuple[int, int]) -> tuple[OnAir, ...]:
    """Broadcasts with what the library says of their lessons, as far as these reach the place."""
    found = list(rows)
    county, school = place
    standing = Standing(frozenset({county} - {0}), frozenset({school} - {0}))
    cards = lesson_cards({b.lesson_id for b in found}, county=county)
    return tuple(
        OnAir(
            id=b.id,
            lesson_id=b.lesson_id,
            title=card.title,
            title_en=card.title_en,
            subject=card.subject,
            grade=b.grade,
            day=b.day,
            period=b.period,
            starts_at=localtime(b.starts_at),
            ends_at=localtime(b.ends_at),
            has_video=card.has_video,
            poster=card.poster,
            minutes=_minutes(b),
        )
        for b in found
        if (card := cards.get(b.lesson_id)) is not None and _shown(card, standing)
    )


def _minutes(b: Broadcast) -> int:
    return max(1, round((b.ends_at - b.starts_at).total_seconds() / 60))


def bells_of(county_id: int, school_id: int) -> dict[int, tuple[time, time]]:
    """The county's own bells by period, the school's over them; empty without either."""
    if not county_id and not school_id:
        return {}

    def make() -> dict[int, tuple[time, time]]:
        rows = list(Bell.objects.filter(org_id__in=[county_id, school_id]))
        rows.sort(key=lambda bell: bell.org_id == school_id)
        return {bell.period: (bell.starts, bell.ends) for bell in rows}

    return _bells.get((county_id, school_id), make)


def slots_of(class_id: int, day: date) -> tuple[SlotView, ...]:
    """The weekly timetable of a class in the term of the day. One query, then kept."""

    def make() -> tuple[SlotView, ...]:
        rows = Slot.objects.filter(
            class_id=class_id, term__first_day__lte=day, term__last_day__gte=day
        ).order_by("weekday", "period")
        return tuple(SlotView(s.weekday, s.period, s.subject, s.teacher_name) for s in rows)

    return _slots.get((class_id, day), make) if class_id else ()


def term_of(city_id: int, day: date, *, county_id: int = 0, school_id: int = 0) -> TermView | None:
    """The term that the day lies in at the place, None in the holidays. Two queries, then kept."""
    found = calendar_of(city_id, county_id, school_id).term(day)
    return TermView(found.name, found.name_en, found.first, found.last) if found else None
