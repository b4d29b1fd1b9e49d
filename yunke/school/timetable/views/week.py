"""The week of a grade, for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.clock import monday, now, today
from yunke.base.pages import open_page
from yunke.ground.people.door import Who
from yunke.school.timetable.reads.air import slots_of, term_of, week_of_grade
from yunke.school.timetable.reads.terms import Calendar, calendar_at
from yunke.school.timetable.rules import air_state, share_gone
from yunke.school.timetable.values import OnAir, SlotView, WeekDay
from yunke.school.timetable.views.choice import (
    GRADES,
    day_chosen,
    grade_chosen,
    place_chosen,
    remember_grade,
    who_of,
)


@dataclass(frozen=True)
class Cell:
    """One period of one day: a broadcast, or an hour at school."""

    period: int
    air: OnAir | None
    slot: SlotView | None
    state: str
    share: int


@dataclass(frozen=True)
class Column:
    day: date
    number: int
    cells: tuple[Cell, ...]
    is_today: bool
    is_open: bool
    # The holiday's name on a day without school.
    off: str = ""


@require_GET
@open_page("a family sees the week of a grade, signed in or not")
def week(request: HttpRequest) -> HttpResponse:
    who = who_of(request)
    place, grade = place_chosen(who), grade_chosen(request, who)
    first = monday(day_chosen(request.GET.get("week", "")))
    days = week_of_grade(place.city, grade, first, county_id=place.county, school_id=place.school)
    slots = slots_of(class_of(who, grade), first)
    calendar = calendar_at(place)
    term = term_of(place.city, first, county_id=place.county, school_id=place.school)
    term = term or term_of(
        place.city, first + timedelta(days=6), county_id=place.county, school_id=place.school
    )
    columns = columns_of(days, slots, now(), calendar)
    context = {
        "grade": grade,
        "grades": GRADES,
        "first": first,
        "last": columns[-1].day,
        "columns": columns,
        "periods": periods_of(columns),
        "before": first - timedelta(days=7),
        "after": first + timedelta(days=7),
        "this_week": monday(today()) == first,
        "term": term,
        "week_number": term.week_of(max(first, term.first_day)) if term else 0,
        "empty": not any(c.cells for c in columns),
    }
    return remember_grade(request, render(request, "timetable/week.html", context), grade)


def class_of(who: Who | None, grade: int) -> int:
    """The pupil's own class when the grade shown is its grade, else 0."""
    return who.classes[0].id if who and who.is_pupil and who.grade == grade else 0


def columns_of(
    days: Sequence[WeekDay], slots: Sequence[SlotView], moment: datetime, calendar: Calendar
) -> list[Column]:
    """Monday to Friday, and the weekend when there is something on it."""
    shown = [d for d in days if d.day.weekday() < 5 or d.broadcasts or _made_up(d.day, calendar)]
    day_open = open_day([d for d in shown if d.broadcasts] or shown)
    return [
        Column(
            d.day,
            d.day.weekday(),
            cells_of(d, slots, moment, calendar.weekday(d.day)),
            off="" if calendar.taught(d.day) else calendar.name_of(d.day),
            is_today=d.day == today(),
            is_open=d.day == day_open,
        )
        for d in shown
    ]


def open_day(days: Sequence[WeekDay]) -> date:
    """The day a phone opens at: today, else the next one that has something, else the first."""
    coming = [d.day for d in days if d.day >= today()]
    return coming[0] if coming else days[0].day


def _made_up(day: date, calendar: Calendar) -> bool:
    """A day of the weekend on which school makes up for another."""
    return calendar.weekday(day) not in {None, day.weekday()}


def cells_of(
    day: WeekDay, slots: Sequence[SlotView], moment: datetime, weekday: int | None
) -> tuple[Cell, ...]:
    """``weekday``: whose timetable the day follows, None without school."""
    cells = [
        Cell(b.period, b, None, air_state(b, moment), share_gone(b.starts_at, b.ends_at, moment))
        for b in day.broadcasts
    ]
    taken = {b.period for b in day.broadcasts}
    cells += [
        Cell(s.period, None, s, "school", 0)
        for s in slots
        if s.weekday == weekday and s.period not in taken
    ]
    return tuple(sorted(cells, key=lambda cell: cell.period))


def periods_of(columns: Sequence[Column]) -> list[int]:
    return sorted({cell.period for column in columns for cell in column.cells})
