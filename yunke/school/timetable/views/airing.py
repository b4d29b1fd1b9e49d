"""Putting a lesson on air: a grade, a day, a period; the bureau's small desk."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunke.base.clock import at, monday, today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import Place
from yunke.school.library.door import lessons_of_grade
from yunke.school.timetable.actions.bulk import broadcasts_write
from yunke.school.timetable.models import Bell
from yunke.school.timetable.reads.air import week_of_grade
from yunke.school.timetable.reads.terms import calendar_at
from yunke.school.timetable.values import BroadcastIn
from yunke.school.timetable.views.choice import GRADES, day_chosen, grade_read
from yunke.school.timetable.views.office import office_for
from yunke.school.timetable.views.terms import day_read, number_read


@require_http_methods(["GET", "POST"])
@page("week.write")
def airing(request: Asked) -> HttpResponse:
    """The week of a grade with its free periods; a form puts one lesson on air."""
    place = office_for(request, "week.write")
    typed = request.POST.get("grade") or request.GET.get("grade") or ""
    grade = grade_read(typed) or GRADES[0]
    if request.method == "POST":
        return _put(request, place, grade)
    first = monday(day_chosen(request.GET.get("week", "")))
    calendar = calendar_at(place)
    shown: dict[str, Any] = {
        "grade": grade, "grades": GRADES, "first": first,
        "week": week_of_grade(place.city, grade, first)[:7],
        "lessons": lessons_of_grade(grade), "bells": _bells(place),
        "days": [d for d in (first + timedelta(days=n) for n in range(7))
                 if d >= today() and calendar.taught(d)],
        "before": first - timedelta(days=7), "after": first + timedelta(days=7),
    }  # fmt: skip
    return render(request, "timetable/airing.html", shown)


def _bells(place: Place) -> list[Bell]:
    return list(Bell.objects.filter(org_id=place.city).order_by("period"))


def _put(request: Asked, place: Place, grade: int) -> HttpResponse:
    day: date = day_read(request.POST.get("day", ""))
    period = number_read(request.POST.get("period", ""))
    bell = next((b for b in _bells(place) if b.period == period), None)
    wanted = number_read(request.POST.get("lesson", ""))
    if wanted not in {card.id for card in lessons_of_grade(grade)}:
        raise Http404
    if bell is None:
        raise Refused(_("先定好作息时间，再排课。什么都没有改动。"), status=422)
    if day < today() or not calendar_at(place).taught(day):
        raise Refused(_("那天不上课，或者已经过去了。什么都没有改动。"), status=422)
    one = BroadcastIn(
        place.city, grade, day, period, at(day, bell.starts), at(day, bell.ends), wanted
    )
    broadcasts_write([one], actor_id=request.who.id)
    messages.success(request, _("排好了：孩子在“今天”和“课表”里都看得到。"))
    return HttpResponseRedirect(f"/onair/plan?grade={grade}&week={day.isoformat()}", status=303)
