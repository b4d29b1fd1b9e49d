"""The few pages that belong to no room: the front door, the language switch, health."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import now, today
from yunke.base.kept import Kept
from yunke.base.pages import open_page
from yunke.ground.people.door import city_id, holds
from yunke.school.timetable.door import air_of_day, now_and_next, share_gone

HOMES = (
    ("plan.write", "/today"),
    ("child.read", "/child"),
    ("class.read", "/class"),
    ("lesson.write", "/make"),
    ("review.do", "/review"),
    ("people.read", "/people"),
    ("school.write", "/first-day"),
)
GRADES = range(1, 10)
_city: Kept[int] = Kept(seconds=600, limit=1)
SHOWN = 5


@require_GET
@open_page("the front door")
def front_door(request: HttpRequest) -> HttpResponse:
    who = getattr(request, "who", None)
    if who is None and not has_city():
        return HttpResponseRedirect("/first-day")
    if who is None:
        return render(request, "site/welcome.html", welcome())
    if who.second_factor_due:
        return HttpResponseRedirect("/sign-in/second")
    if who.is_pupil:
        return HttpResponseRedirect("/today")
    homes = [home for right, home in HOMES if right != "plan.write" and holds(who, right)]
    return HttpResponseRedirect(homes[0] if homes else "/week")


def has_city() -> bool:
    """An empty server leads to its first day. Kept once there is one; cities do not vanish."""
    found = _city.get("city", city_id)
    if not found:
        _city.forget()
    return bool(found)


def welcome() -> dict[str, Any]:
    """What is on the air now in every grade, else what comes next. Kept: one query at most."""
    moment = now()
    everything = air_of_day(city_id(), today())
    by_grade = {g: [b for b in everything if b.grade == g] for g in GRADES}
    pairs = [now_and_next(day, moment) for day in by_grade.values()]
    live = [b for b, _next in pairs if b is not None]
    shown = live or [b for _now, b in pairs if b is not None]
    lines = [{"air": b, "share": share_gone(b.starts_at, b.ends_at, moment)} for b in shown]
    return {"grades": GRADES, "live": bool(live), "shown": lines[:SHOWN]}


# Setting a cookie twice is setting it once.
@require_POST
@open_page("everybody reads in their own language", replay=False)
def language(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.POST.get("language") in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.POST["language"],
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.HTTPS,
        )
    return response


@require_GET
@open_page("a machine asks whether the site is up")
def health(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("", front_door, name="front_door"),
    path("language", language, name="language"),
    path("health", health, name="health"),
]
