"""Arranging the day: order, ticks, own items. Every write is one form and one redirect."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import page
from yunke.school.timetable.actions.plan import (
    NotYours,
    plan_add,
    plan_arrange,
    plan_remove,
    plan_tick,
)
from yunke.school.timetable.forms import AddForm
from yunke.school.timetable.rules import moved
from yunke.school.timetable.values import ItemKind
from yunke.school.timetable.views.choice import day_chosen
from yunke.school.timetable.views.today import asked_by, day_context, read_day, sums


@require_GET
@page("plan.write")
def arrange_page(request: HttpRequest, pupil_id: int = 0) -> HttpResponse:
    day = day_chosen(request.GET.get("day", ""))
    return _page(request, pupil_id, day, AddForm())


def _page(
    request: HttpRequest, pupil_id: int, day: date, form: AddForm, status: int = 200
) -> HttpResponse:
    who = asked_by(request)
    read = read_day(who, pupil_id or who.id, day)
    context = {
        **day_context(who, read.whose),
        **sums(read.stops),
        "stops": read.stops,
        "dropped": read.dropped,
        "form": form,
    }
    return render(request, "timetable/arrange.html", context, status=status)


@require_POST
@page("plan.write")
def arrange(request: HttpRequest, pupil_id: int = 0) -> HttpResponse:
    """The whole order at once; a button may move one stop a place up or down in it."""
    day = day_chosen(request.POST.get("day", ""))
    order = request.POST.getlist("order")
    way, _colon, key = request.POST.get("move", "").partition(":")
    if way in ("up", "down"):
        order = moved(order, key, -1 if way == "up" else 1)
    who = asked_by(request)
    try:
        plan_arrange(who, pupil_id or who.id, day, order)
    except NotYours:
        raise Http404 from None
    return _back(pupil_id, day, "/arrange")


@require_POST
@page("plan.write")
def tick(request: HttpRequest, pupil_id: int = 0) -> HttpResponse:
    day, who = day_chosen(request.POST.get("day", "")), asked_by(request)
    key, done = request.POST.get("key", ""), request.POST.get("done") == "yes"
    try:
        plan_tick(who, pupil_id or who.id, day, key, done=done)
    except NotYours:
        raise Http404 from None
    messages.success(request, _("记下了：这一站做完了。") if done else _("好的，这一站还没做完。"))
    return _back(pupil_id, day, "")


@require_POST
@page("plan.write")
def add(request: HttpRequest, pupil_id: int = 0) -> HttpResponse:
    day, who = day_chosen(request.POST.get("day", "")), asked_by(request)
    form = AddForm(request.POST)
    if not form.is_valid():
        return _page(request, pupil_id, day, form, status=422)
    try:
        plan_add(
            who,
            pupil_id or who.id,
            day,
            kind=ItemKind(form.cleaned_data["kind"]),
            title=form.cleaned_data["title"],
            minutes=form.cleaned_data["minutes"],
        )
    except NotYours:
        raise Http404 from None
    return _back(pupil_id, day, "/arrange")


@require_POST
@page("plan.write")
def remove(request: HttpRequest, pupil_id: int = 0) -> HttpResponse:
    day, who = day_chosen(request.POST.get("day", "")), asked_by(request)
    back = request.POST.get("back") == "yes"
    try:
        plan_remove(who, pupil_id or who.id, day, request.POST.get("key", ""), back=back)
    except NotYours:
        raise Http404 from None
    return _back(pupil_id, day, "/arrange")


def _back(pupil_id: int, day: date, end: str) -> HttpResponse:
    base = f"/child/{pupil_id}/plan" if pupil_id else "/today"
    return HttpResponseRedirect(f"{base}{end}?day={day.isoformat()}", status=303)
