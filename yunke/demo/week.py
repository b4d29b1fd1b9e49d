"""A term of the demo city: bells, every class's timetable, and what is on air on each day."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, time

from yunke.base.clock import at
from yunke.base.trouble import Refused
from yunke.demo.anchor import Calendar
from yunke.demo.catalogue import Catalogue, Taught
from yunke.demo.city import City, ClassPlan
from yunke.demo.curriculum import GRADES
from yunke.demo.plan import timetable
from yunke.ground.people.door import Place
from yunke.school.timetable.door import (
    BellIn,
    BroadcastIn,
    SlotIn,
    TermIn,
    bells_write,
    broadcasts_write,
    pace_seed,
    slots_write,
    term_write,
    week_lose,
)

BELLS = {
    1: (time(8, 20), time(8, 50)),
    2: (time(9, 0), time(9, 30)),
    3: (time(9, 50), time(10, 20)),
    4: (time(10, 30), time(11, 0)),
    5: (time(14, 0), time(14, 30)),
    6: (time(14, 40), time(15, 10)),
}
# The county of villages begins later: some children walk for an hour.
LATE = {
    1: (time(8, 50), time(9, 20)),
    2: (time(9, 30), time(10, 0)),
    3: (time(10, 20), time(10, 50)),
    4: (time(11, 0), time(11, 30)),
    5: (time(14, 20), time(14, 50)),
    6: (time(15, 0), time(15, 30)),
}
# Subjects on air from Monday to Friday; the weekend has a programme of its own.
MAIN = ("chinese", "maths", "english")
MORE = ("science", "art", "morality", "music", "sport")


def week_write(
    city: City, calendar: Calendar, catalogue: Catalogue, *, since: date
) -> dict[str, int]:
    """Write or renew the term, what is on air only from ``since`` on; gives counts of rows."""
    name, name_en = calendar.names
    term = term_write(TermIn(city.id, name, name_en, calendar.first_day, calendar.last_day))
    bells = [*_bells(city.id, BELLS), *_bells(city.counties["wangxi"], LATE)]
    slots = list(slots_of(city.classes, term, city.names))
    weeks = (calendar.last_day - calendar.first_day).days // 7
    for grade in GRADES:
        pace_seed(city_id=city.id, term_id=term, grade=grade, weeks=weeks)
    _lost(city, term)
    air = [b for b in programme(city.id, calendar, catalogue) if b.day >= since]
    return {
        "bells": bells_write(bells),
        "slots": slots_write(slots),
        "broadcasts": broadcasts_write(air),
    }


def _lost(city: City, term: int) -> None:
    """The county of villages lost its fourth week to the rain, once."""
    county, clerk = city.counties["wangxi"], city.cast.get("county2", 0)
    with suppress(Refused):  # written on an earlier day already
        week_lose(
            actor_id=clerk, term_id=term, place=Place(city=city.id, county=county),
            org_id=county, week=4, reason="暴雨停课", counts={},
        )  # fmt: skip


def _bells(org: int, bells: dict[int, tuple[time, time]]) -> list[BellIn]:
    return [BellIn(org, period, starts, ends) for period, (starts, ends) in bells.items()]


def slots_of(classes: Iterable[ClassPlan], term: int, names: dict[int, str]) -> Iterator[SlotIn]:
    """Timetables school by school: a teacher belongs to one school."""
    schools: dict[int, list[ClassPlan]] = {}
    for plan in classes:
        schools.setdefault(plan.school_id, []).append(plan)
    for school, plans in schools.items():
        teachers = {plan.id: plan.teachers for plan in plans}
        for class_id, week in timetable(teachers, str(school)).items():
            for (day, period), subject in week.items():
                person = teachers[class_id][subject]
                yield SlotIn(term, class_id, day, period, subject, person, names[person])


def programme(city: int, calendar: Calendar, catalogue: Catalogue) -> Iterator[BroadcastIn]:
    """What is on air for every grade and day of the term."""
    for grade in GRADES:
        turns: dict[str, int] = {}
        for number, day in enumerate(calendar.days):
            lessons = _of_day(catalogue, grade, day, number, turns, day == calendar.today)
            for period, lesson in zip(periods(grade, day), lessons, strict=False):
                starts, ends = BELLS[period]
                yield BroadcastIn(
                    city, grade, day, period, at(day, starts), at(day, ends), lesson.id
                )


def periods(grade: int, day: date) -> tuple[int, ...]:
    """On which periods a grade has a lesson: small children and the weekend fewer."""
    if day.weekday() >= 5:
        return (2, 3, 5)
    if grade <= 2:
        return (1, 2, 3, 5)
    return (1, 2, 3, 4, 5) if grade <= 6 else (1, 2, 3, 4, 5, 6)


def _of_day(
    catalogue: Catalogue, grade: int, day: date, number: int, turns: dict[str, int], today: bool
) -> list[Taught]:
    """The day's lessons: a film first (today all of the grade's), then by the subjects' turns."""
    many = len(periods(grade, day))
    films = catalogue.films(grade)
    lessons = films[:many] if today else films[number % len(films) :][:1]
    for subject in _subjects(number, day):
        if len(lessons) == many:
            break
        # Where all films are of one subject, its other lessons come too, on every second day.
        counted = lessons if number % 2 else lessons[1:]
        if subject in {lesson.subject for lesson in counted}:
            continue
        own = catalogue.of(grade, subject)
        turn = turns[subject] = turns.get(subject, -1) + 1
        lessons.append(own[turn % len(own)])
    return lessons


def _subjects(number: int, day: date) -> list[str]:
    """In which order subjects are asked: the main ones first, the others by turns."""
    main, more = _turned(MAIN, number), _turned(MORE, number)
    return [*more, *main] if day.weekday() >= 5 else [*main, *more]


def _turned(subjects: tuple[str, ...], number: int) -> list[str]:
    turn = number % len(subjects)
    return [*subjects[turn:], *subjects[:turn]]
