"""A county's own bells, beside the city's."""

from collections.abc import Sequence
from datetime import time

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunke.base.pages import Asked, page
from yunke.ground.people.door import Role, Who
from yunke.school.timetable.actions.bells import county_bells_set
from yunke.school.timetable.actions.plan import NotYours
from yunke.school.timetable.reads.bells import bell_lines

PERIODS = range(1, 13)


@require_http_methods(["GET", "POST"])
@page("page.override")
def bells(request: Asked) -> HttpResponse:
    county = county_of_staff(request.who)
    if request.method != "POST":
        return _show(request, county, {}, 200)
    own, wrong = times_read(request)
    if wrong:
        typed = {name: str(text) for name, text in request.POST.items()}
        return _show(request, county, typed, 422, wrong=wrong)
    kept = {p for p in PERIODS if request.POST.get(f"choice-{p}") == "keep"}
    try:
        county_bells_set(request.who, county, own, kept)
    except NotYours:
        raise Http404 from None
    messages.success(request, _("已保存。本县的课表按你们的时间走。"))
    return HttpResponseRedirect("/county/bells", status=303)


def county_of_staff(who: Who) -> int:
    held = (g.place.county for g in who.grants if g.role == Role.COUNTY_STAFF and g.place.county)
    county = next(held, 0)
    if not county:
        raise Http404
    return county


def times_read(request: Asked) -> tuple[dict[int, tuple[time, time] | None], list[int]]:
    """The times of the form by period, None for the city's; and periods that cannot be read."""
    own: dict[int, tuple[time, time] | None] = {}
    wrong = []
    for period in PERIODS:
        if f"starts-{period}" not in request.POST:
            continue
        texts = [request.POST.get(f"{name}-{period}", "").strip() for name in ("starts", "ends")]
        if not any(texts) or request.POST.get(f"choice-{period}") == "take":
            own[period] = None
            continue
        times = clock(texts[0]), clock(texts[1])
        if times[0] is None or times[1] is None or times[0] >= times[1]:
            wrong.append(period)
        else:
            own[period] = (times[0], times[1])
    return own, wrong


def clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text.replace("：", ":")) if len(text) <= 8 else None
    except ValueError:
        return None


def _show(
    request: Asked, county: int, typed: dict[str, str], status: int, *, wrong: Sequence[int] = ()
) -> HttpResponse:
    lines = bell_lines(county)
    rows = [
        {
            "line": line,
            "starts": typed.get(f"starts-{line.period}", _text(line.own, 0)),
            "ends": typed.get(f"ends-{line.period}", _text(line.own, 1)),
            "wrong": line.period in wrong,
        }
        for line in lines
    ]
    context = {"rows": rows, "wrong": wrong, "changed": any(line.changed for line in lines)}
    return render(request, "timetable/bells.html", context, status=status)


def _text(times: tuple[time, time] | None, place: int) -> str:
    return times[place].strftime("%H:%M") if times else ""
