"""The school year on one page: terms, holidays, make-up days; the county's and school's own."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import Place, org_names
from yunke.school.timetable.actions.terms import (
    day_off_drop,
    day_off_set,
    org_of,
    term_own_drop,
    term_set,
)
from yunke.school.timetable.reads.terms import (
    Calendar,
    TermLine,
    calendar_at,
    days_off_of,
    forget_calendars,
    week_number,
    weeks_at,
)
from yunke.school.timetable.views.office import office_for, offices


@require_GET
@page("term.write")
def terms(request: Asked) -> HttpResponse:
    """What rules here, and whose word it is."""
    place = office_for(request, "term.write")
    forget_calendars()
    calendar = calendar_at(place)
    org = org_of(place)
    names = org_names([place.city, place.county, place.school])
    above = [o for o in (place.city, place.county) if o and o != org]
    shown: dict[str, Any] = {
        "org": names.get(org), "place": place, "is_city": org == place.city,
        "offices": [org_names([org_of(p)])[org_of(p)] for p in offices(request.who, "term.write")],
        "terms": [_drawn(calendar, line) for line in calendar.terms],
        "own": days_off_of(org),
        "above": [{"off": off, "org": names.get(o)} for o in above for off in days_off_of(o)],
        "weekdays": range(5),
    }  # fmt: skip
    return render(request, "timetable/terms.html", shown)


def _drawn(calendar: Calendar, line: TermLine) -> dict[str, Any]:
    """A term with its weeks, to be looked at."""
    weeks = weeks_at(calendar, line, [])
    return {
        "t": line, "weeks": weeks, "now": week_number(weeks, today()),
        "taught": sum(week.days for week in weeks), "count": sum(w.teaches for w in weeks),
    }  # fmt: skip


def day_read(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(_("日期写得不对；什么都没有改动。"), status=422) from None


def number_read(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 18 else 0


def _back(place: Place) -> HttpResponse:
    return HttpResponseRedirect(f"/terms?org={org_of(place)}", status=303)


@require_POST
@page("term.write")
def term_save(request: Asked) -> HttpResponse:
    place = office_for(request, "term.write")
    term_set(
        actor_id=request.who.id, place=place, first=day_read(request.POST.get("first", "")),
        last=day_read(request.POST.get("last", "")), name=request.POST.get("name", ""),
        name_en=request.POST.get("name_en", ""), base_id=number_read(request.POST.get("term", "")),
    )  # fmt: skip
    messages.success(request, _("学期已经记下；学期外的日子没有课。"))
    return _back(place)


@require_POST
@page("term.write")
def term_drop(request: Asked, term_id: int) -> HttpResponse:
    """Take the city's dates again."""
    place = office_for(request, "term.write")
    if not term_own_drop(actor_id=request.who.id, place=place, term_id=term_id):
        raise Http404
    messages.success(request, _("好的，又按市里的日期。"))
    return _back(place)


@require_POST
@page("term.write")
def off_save(request: Asked) -> HttpResponse:
    place = office_for(request, "term.write")
    first = day_read(request.POST.get("first", ""))
    typed = request.POST.get("last", "").strip()
    as_day = request.POST.get("taught_as", "")
    day_off_set(
        actor_id=request.who.id, place=place, first=first,
        last=day_read(typed) if typed else first, name=request.POST.get("name", ""),
        taught_as=int(as_day) if as_day in {"0", "1", "2", "3", "4"} else None,
    )  # fmt: skip
    messages.success(request, _("已经记下，课表马上照着走。"))
    return _back(place)


@require_POST
@page("term.write")
def off_drop(request: Asked, off_id: int) -> HttpResponse:
    place = office_for(request, "term.write")
    if not day_off_drop(actor_id=request.who.id, place=place, off_id=off_id):
        raise Http404
    messages.success(request, _("已经取消。"))
    return _back(place)
