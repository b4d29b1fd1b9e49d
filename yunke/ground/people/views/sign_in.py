"""The sign-in page with its three ways, the password, and signing out."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunke.base.hashing import HashBusy
from yunke.base.pages import Asked, open_page
from yunke.ground.people.actions.entry import password_enter
from yunke.ground.people.actions.sessions import session_close
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.reads.demo import demo_accounts
from yunke.ground.people.views.child import class_remembered
from yunke.ground.people.views.enter import (
    busy_page,
    enter,
    refused,
    target_of,
    too_often_text,
)

WAYS = ("child", "card", "password")


# A session's token must not lie in a receipt; a second arrival only opens a second session.
@require_http_methods(["GET", "POST"])
@open_page("everybody signs in here", replay=False)
def sign_in(request: Asked) -> HttpResponse:
    if request.method == "POST":
        return _password(request)
    way = request.GET.get("way", "")
    if way not in WAYS:
        way = request.COOKIES.get("yunke_way", "child")
    return render(request, "people/sign_in.html", _shown(request, way))


def _shown(request: Asked, way: str) -> dict[str, Any]:
    return {
        "way": way if way in WAYS else "child",
        "next": target_of(request),
        "remembered": class_remembered(request),
        "accounts": demo_accounts(),
        "login": request.POST.get("login", ""),
    }


def _password(request: Asked) -> HttpResponse:
    shown = _shown(request, "password")
    try:
        person = password_enter(request.POST.get("login", ""), request.POST.get("password", ""))
    except TooOften as trouble:
        return refused(request, "people/sign_in.html", shown, too_often_text(trouble))
    except HashBusy as trouble:
        return busy_page(request, trouble)
    if person is None:
        why = _("登录名或密码不对。你填的登录名还在，请再输一次密码。")
        return refused(request, "people/sign_in.html", shown, why)
    registered = request.POST.get("remember") == "yes"
    response = enter(request, person, way="password", registered=registered)
    response.set_cookie("yunke_way", "password", max_age=15552000, samesite="Lax")
    return response


# Signing out twice is signing out once; a receipt must not outlive the session.
@require_POST
@open_page("half signed in, or signed out elsewhere: leaving always works", replay=False)
def sign_out(request: Asked) -> HttpResponse:
    if request.who is not None:
        session_close(who_id=request.who.id, session=request.who.session)
    rotate_token(request)
    response = HttpResponseRedirect("/sign-in", status=303)
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    return response
