"""The broadcast schedule: what is on now and next, for a grade and for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import now, today
from yunke.base.pages import open_page, page
from yunke.ground.people.door import Place, Who
from yunke.school.timetable.actions.plan import NotYours, plan_remind
from yunke.school.timetable.reads.air import air_of_day, bells_of
from yunke.school.timetable.reads.plan import plan_rows, stops_over
from yunke.school.timetable.rules import air_state, now_and_next, share_gone, with_bells
from yunke.school.timetable.values import OnAir
from yunke.school.timetable.views.choice import (
    GRADES,
    day_chosen,
    grade_chosen,
    place_chosen,
    remember_grade,
    who_of,
)


@dataclass(frozen=True)
class Line:
    """A broadcast in the list of the day."""

    air: OnAir
    state: str
    planned: bool


@dataclass(frozen=True)
class Channel:
    """A grade's row in the grid: one broadcast or nothing for every period of the day."""

    grade: int
    cells: tuple[OnAir | None, ...]


@require_GET
@open_page("the schedule hangs on every wall")
def onair(request: HttpRequest) -> HttpResponse:
    who = who_of(request)
    place, grade = place_chosen(who), grade_chosen(request, who)
    day, moment = day_chosen(request.GET.get("day", "")), now()
    bells = bells_of(place.county, place.school)
    everything = with_bells(
        air_of_day(place.city, day, county_id=place.county, school_id=place.school), bells
    )
    mine = [b for b in everything if b.grade == grade]
    running, coming = now_and_next(mine, moment)
    planned = planned_on(who, place, day)
    context = {
        "grade": grade,
        "grades": GRADES,
        "day": day,
        "is_today": day == today(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "running": running,
        "coming": coming,
        "begun": any(b.starts_at <= moment for b in mine),
        "moment": moment,
        "share": share_gone(running.starts_at, running.ends_at, moment) if running else 0,
        "lines": [Line(b, air_state(b, moment), b.id in planned) for b in mine],
        "may_plan": request.holds("plan.write") and bool(who and who.is_pupil),  # type: ignore[attr-defined]
        "periods": sorted({b.period for b in everything}),
        "channels": channels_of(everything),
        "everything": bool(everything),
    }
    return remember_grade(request, render(request, "timetable/onair.html", context), grade)


@require_POST
@page("plan.write")
def remind(request: HttpRequest, broadcast_id: int) -> HttpResponse:
    who = who_of(request)
    assert who is not None  # noqa: S101 a @page is never without
    try:
        day = plan_remind(who, who.id, broadcast_id)
    except NotYours:
        raise Http404 from None
    messages.success(request, _("已放进那一天的计划。"))
    back = f"/onair?day={day.isoformat()}&grade={grade_chosen(request, who)}"
    return HttpResponseRedirect(back, status=303)


def planned_on(who: Who | None, place: Place, day: date) -> frozenset[int]:
    """Broadcasts that stand in the pupil's plan of the day. One query for a pupil, else none."""
    if who is None or not who.is_pupil:
        return frozenset()
    stops = stops_over(plan_rows(who.id, day), place, day)
    return frozenset(s.broadcast_id for s in stops if s.broadcast_id)


def channels_of(everything: Sequence[OnAir]) -> list[Channel]:
    """Grades that have something today, each with the day's periods in order."""
    periods = sorted({b.period for b in everything})
    by_place = {(b.grade, b.period): b for b in everything}
    grades = sorted({b.grade for b in everything})
    return [Channel(g, tuple(by_place.get((g, p)) for p in periods)) for g in grades]
