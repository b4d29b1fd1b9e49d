"""The few pages that belong to no room: the front door, the language switch, health."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import open_page
from yunke.ground.people.door import holds

HOMES = (
    ("plan.write", "/today"), ("child.read", "/child"), ("class.read", "/class"),
    ("lesson.write", "/make"), ("people.read", "/people"),
)


@require_GET
@open_page("the front door")
def front_door(request: HttpRequest) -> HttpResponse:
    who = getattr(request, "who", None)
    if who is None:
        return render(request, "site/welcome.html")
    if who.is_pupil:
        return HttpResponseRedirect("/today")
    homes = [home for right, home in HOMES if right != "plan.write" and holds(who, right)]
    return HttpResponseRedirect(homes[0] if homes else "/week")


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
            settings.LANGUAGE_COOKIE_NAME, request.POST["language"], max_age=365 * 24 * 3600,
            samesite="Lax", secure=settings.HTTPS,
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
