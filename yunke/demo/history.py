"""The last three weeks of the demo city: who watched what, how long, who was there.

Made up, and told as what it is: history of a fictional city. It differs from child to child and
day to day the way real weeks do, and nobody is put above anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from yunke.base.clock import at, now
from yunke.demo.anchor import Calendar
from yunke.demo.catalogue import Catalogue
from yunke.demo.city import City, ClassPlan
from yunke.demo.plan import rng
from yunke.ground.lake.door import PastAct, Verb, events_write, lake_flush
from yunke.school.lessons.door import (
    NoteRow,
    PresenceRow,
    WatchRow,
    notes_write,
    presences_write,
    watches_write,
)
from yunke.school.timetable.door import OnAir, PlanIn, day_of_grade, plans_write

# The classes whose last three weeks are told in full: school, grade, number.
SHOWN = (("yinxing", 1, 1), ("yinxing", 5, 1), ("qingyuzx", 8, 1))
# Of the others, today: their past is told thinly (``weeks``).
RECENT = 1
FILM_SECONDS = 200


@dataclass(frozen=True)
class Day:
    """A pupil's day: when the pupil came, and the seconds watched of each broadcast."""

    pupil: int
    plan: ClassPlan
    day: date
    came: datetime
    air: tuple[OnAir, ...]
    watched: tuple[tuple[OnAir, int], ...]


def history_write(city: City, calendar: Calendar, catalogue: Catalogue) -> dict[str, int]:
    """Write presences, plans and acts up to this minute, and take the acts to the lake.

    Safe to run again: what is there stays as it is.
    """
    films = frozenset(lesson.id for lesson in catalogue.lessons if lesson.film)
    moment = now()
    days = [
        day
        for day in (*_shown_days(city, calendar, films), *_recent_days(city, calendar, films))
        if day.came <= moment
    ]
    shown = {city.class_of(*seat).id for seat in SHOWN}
    presences = presences_write(_presence(day, moment) for day in days if day.plan.id in shown)
    plans_write(stop for day in days if day.plan.id in shown for stop in _stops(day, calendar))
    events = events_write(act for day in days for act in _acts(day) if act.at <= moment)
    lake_flush()
    return {"presences": presences, "events": events}


def _shown_days(city: City, calendar: Calendar, films: frozenset[int]) -> Iterator[Day]:
    for seat in SHOWN:
        yield from _days(city, city.class_of(*seat), calendar.past, films)


def _recent_days(city: City, calendar: Calendar, films: frozenset[int]) -> Iterator[Day]:
    shown = {city.class_of(*seat).id for seat in SHOWN}
    for plan in city.classes:
        if plan.id not in shown:
            yield from _days(city, plan, calendar.past[-RECENT:], films)


def _days(
    city: City, plan: ClassPlan, days: tuple[date, ...], films: frozenset[int]
) -> Iterator[Day]:
    for day in days:
        air = day_of_grade(city.id, plan.grade, day)
        for pupil in plan.pupils:
            found = _day(pupil, plan, air, films)
            if found:
                yield found


def _day(pupil: int, plan: ClassPlan, air: tuple[OnAir, ...], films: frozenset[int]) -> Day | None:
    """One day of one pupil; None on a day at rest. Some come late, some leave early."""
    if not air:
        return None
    day = air[0].day
    habit, dice = rng("habit", pupil), rng("day", pupil, day)
    steady = habit.uniform(0.78, 0.99) * (0.45 if day.weekday() >= 5 else 1)
    if dice.random() > steady:
        return None
    came = air[0].starts_at - timedelta(minutes=dice.uniform(-6, 14))
    watched = []
    for on_air in air:
        if dice.random() < steady:
            whole = FILM_SECONDS if on_air.lesson_id in films else 900
            watched.append((on_air, round(whole * min(1.0, dice.uniform(0.5, 1.15)))))
    return Day(pupil, plan, day, came, air, tuple(watched))


def _presence(day: Day, moment: datetime) -> PresenceRow:
    ends = max((on_air.ends_at for on_air, _seconds in day.watched), default=day.came)
    last = max(day.came, min(ends, moment))
    minutes = max(1, round((last - day.came).total_seconds() / 60))
    return PresenceRow(day.pupil, day.day, day.came, last, minutes)


def _stops(day: Day, calendar: Calendar) -> Iterator[PlanIn]:
    """The day's plan with its ticks; today's plan is left to the pupil."""
    if day.day == calendar.today:
        return
    watched = {on_air.id for on_air, _seconds in day.watched}
    dice = rng("ticks", day.pupil, day.day)
    for position, on_air in enumerate(day.air):
        ticked = on_air.id in watched and dice.random() < 0.9
        yield PlanIn(day.pupil, on_air, position, on_air.ends_at if ticked else None)


def _acts(day: Day) -> Iterator[PastAct]:
    yield _act(day, Verb.SIGNED_IN, day.came, "session", purpose="account")
    yield _act(day, Verb.PRESENT, day.came, "day")
    dice = rng("minutes", day.pupil, day.day)
    for on_air, seconds in day.watched:
        begun = on_air.starts_at + timedelta(seconds=dice.uniform(0, 240))
        ended = begun + timedelta(seconds=seconds)
        yield _act(day, Verb.OPENED, begun, "lesson", on_air)
        yield _act(day, Verb.PROGRESSED, ended, "lesson", on_air, seconds=seconds)


def _act(
    day: Day,
    verb: Verb,
    moment: datetime,
    kind: str,
    on_air: OnAir | None = None,
    *,
    seconds: int = 0,
    purpose: str = "teaching",
) -> PastAct:
    lesson = on_air.lesson_id if on_air else 0
    return PastAct(
        _uid(day.pupil, day.day, verb, lesson), moment, day.day, day.pupil, verb, kind,
        object_id=lesson, title=on_air.title if on_air else "", school_id=day.plan.school_id,
        class_id=day.plan.id, lesson_id=lesson, seconds=seconds, purpose=purpose,
    )  # fmt: skip


def _uid(*about: object) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(["yunke-demo", *map(str, about)]))


# What is kept beside the events: how far each child is in a film, and notes.

NOTES = {
    "child": ("我会写“日”字了！", "月亮弯弯的。"),
    "brother": ("两边同时减去同一个数，天平还是平的。", "记得要代回去检验。", "这里再看一遍。"),
    "junior": ("勾三股四弦五。", "证明用的是面积法，考试会考。"),
}


def watching_write(
    city: City, grade: int, lesson_id: int, seconds: int, day: date, *, first: bool
) -> int:
    """How far the shown classes' pupils are in a film of their grade. Gives how many rows.

    The named children have ``first``, the film with which their day begins, still before them.
    """
    named = {city.cast[key] for key in NOTES}
    rows = [
        _watch(pupil, lesson_id, seconds, day)
        for seat in SHOWN
        if seat[1] == grade
        for pupil in city.class_of(*seat).pupils
        if (not first if pupil in named else rng("watch", pupil, lesson_id).random() < 0.8)
    ]
    return watches_write(rows)


def _watch(pupil: int, lesson_id: int, seconds: int, day: date) -> WatchRow:
    dice = rng("how far", pupil, lesson_id)
    end = round(seconds * min(1.0, dice.uniform(0.35, 1.25)))
    start = 0 if dice.random() < 0.8 else dice.randint(0, end // 3)
    moment = at(day - timedelta(days=dice.randint(1, 18)), time(9 + dice.randint(0, 9), 12))
    return WatchRow(pupil, lesson_id, float(end), seconds, ((start, end),), moment)


def notes_of_cast(city: City, lessons: dict[int, tuple[int, int]], day: date) -> int:
    """A few notes of the named children; ``lessons``: grade → (lesson, seconds). Gives how many."""
    rows = []
    for key, grade in (("child", 1), ("brother", 5), ("junior", 8)):
        if grade not in lessons:
            continue
        lesson, seconds = lessons[grade]
        for number, text in enumerate(NOTES[key]):
            second = round(seconds * (number + 1) / (len(NOTES[key]) + 2))
            moment = at(day - timedelta(days=3), time(19, 10 + number))
            rows.append(NoteRow(city.cast[key], lesson, float(second), text, moment))
    return notes_write(rows)
