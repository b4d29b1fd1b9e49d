"""What every way in ends with: a new session, a new cookie, the page that was asked for."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yunke.base.again import again
from yunke.base.hashing import HashBusy
from yunke.base.pages import Asked
from yunke.base.trouble import trouble_page
from yunke.ground.people.actions.sessions import session_change
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.models import Person
from yunke.ground.people.rules.devices import device_of, network_of
from yunke.ground.people.rules.limits import REGISTERED


def enter(request: Asked, person: Person, *, way: str, registered: bool) -> HttpResponse:
    """Sign the person in on this device: a token that nobody knew before (no fixation)."""
    # By itself: if another write beside it undoes it, the password is not hashed once more.
    device = device_of(request.headers.get("User-Agent", ""))
    token = again(
        lambda: session_change(
            request.who, person=person, device=device, registered=registered, way=way
        )
    )
    rotate_token(request)
    target = with_next("/sign-in/second", request) if person.totp else target_of(request)
    response = HttpResponseRedirect(target, status=303)
    cookie_give(response, token, registered=registered)
    return response


def cookie_give(response: HttpResponse, token: str, *, registered: bool) -> None:
    """The session's cookie: for a month on one's own device, until the browser closes elsewhere."""
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        token,
        max_age=int(REGISTERED.total_seconds()) if registered else None,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def target_of(request: HttpRequest) -> str:
    """Where the person wanted to go; never another site."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if safe and target.startswith("/") else "/"


def with_next(path: str, request: HttpRequest) -> str:
    """A step of the way in that remembers where the person wanted to go."""
    target = target_of(request)
    return path if target == "/" else f"{path}?next={quote(target)}"


def network(request: HttpRequest) -> str:
    return network_of(request.META.get("REMOTE_ADDR", ""))


def refused(request: HttpRequest, template: str, values: dict[str, Any], why: str) -> HttpResponse:
    """The form again with what was wrong."""
    return render(request, template, {**values, "why": why}, status=422)


def too_often_text(trouble: TooOften) -> str:
    return ngettext(
        "试的次数太多了。请过 %(minutes)d 分钟再来；有登录卡的话，现在就可以扫卡登录。",
        "试的次数太多了。请过 %(minutes)d 分钟再来；有登录卡的话，现在就可以扫卡登录。",
        trouble.minutes,
    ) % {"minutes": trouble.minutes}


def busy_page(request: HttpRequest, trouble: HashBusy) -> HttpResponse:
    """The line for sign-ins is full: say how long it is, and when to come again."""
    text = _("正在登录的人很多，前面还有 %(waiting)d 人。请等几秒再点一次，你填的不用改。") % {
        "waiting": trouble.waiting
    }
    response = trouble_page(request, text, 503)
    response["Retry-After"] = "5"
    return response
