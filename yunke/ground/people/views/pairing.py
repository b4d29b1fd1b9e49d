"""A TV and a phone: the TV shows a code, the phone says who it is for."""

import io
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.again import again
from yunke.base.pages import Asked, open_page, page
from yunke.ground.people.actions.pairing import (
    pairing_confirm,
    pairing_find,
    pairing_open,
    pairing_take,
)
from yunke.ground.people.actions.sessions import session_close
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.models import Pairing
from yunke.ground.people.reads.pairing import pairing_waits
from yunke.ground.people.rules.limits import PAIRING
from yunke.ground.people.values import PersonName
from yunke.ground.people.views.enter import cookie_give, refused, too_often_text

COOKIE = "yunke_tv"
SECONDS = int(PAIRING.total_seconds())


@require_GET
@open_page("a TV has nobody to sign in with yet")
def tv_pair(request: Asked) -> HttpResponse:
    """The TV's screen: a QR code and a short code, the same one until it expires."""
    code, secret = _held(request)
    if not code:
        code, secret = pairing_open()
    address = request.build_absolute_uri(f"/pair?code={code}")
    shown = {
        "code": f"{code[:3]} {code[3:]}",
        "qr": qr_of(address, scale=6),
        "host": request.build_absolute_uri("/pair").split("://")[1],
        "seconds": SECONDS,
    }
    response = render(request, "people/tv_pair.html", shown)
    response.set_cookie(
        COOKIE,
        signing.dumps([code, secret], salt=COOKIE),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response


# Asking again changes nothing until a phone has said yes; then it works once.
@require_POST
@open_page("the TV asks whether a phone has said yes", replay=False)
def tv_poll(request: Asked) -> HttpResponse:
    """204 while waiting; when confirmed, the session and the way to the TV's page."""
    code, secret = _held(request)
    taken = pairing_take(secret) if code else None
    if taken is None:
        response = HttpResponse(status=204)
        if not code:
            response["HX-Refresh"] = "true"
        return response
    _person, token = taken
    before = request.who
    if before is not None:
        # By itself: the pairing is taken, and opens nothing a second time.
        again(lambda: session_close(who_id=before.id, session=before.session))
    rotate_token(request)
    response = HttpResponse(status=200)
    response["HX-Redirect"] = "/tv"
    cookie_give(response, token, registered=True)
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _held(request: Asked) -> tuple[str, str]:
    """The code and secret that this TV holds, as long as they wait or were confirmed."""
    try:
        code, secret = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return "", ""
    return (code, secret) if pairing_waits(secret) else ("", "")


# A pairing is confirmed once by itself; wrong codes must be counted although they are refused.
@require_http_methods(["GET", "POST"])
@page("device.pair", replay=False)
def pair(request: Asked) -> HttpResponse:
    """The phone's page: type or scan the code, say for whom, confirm."""
    code = request.POST.get("code") or request.GET.get("code") or ""
    shown: dict[str, Any] = {"code": code[:10]}
    if not code:
        return render(request, "people/pair.html", shown)
    try:
        found = pairing_find(code=code, asker=request.who.id)
    except TooOften as trouble:
        return refused(request, "people/pair.html", shown, too_often_text(trouble))
    if found is None:
        return refused(request, "people/pair.html", shown, _nobody_waits())
    shown |= {"found": True, "choices": _choices(request)}
    if request.method == "GET":
        return render(request, "people/pair.html", shown)
    return _confirmed(request, found, shown)


def _confirmed(request: Asked, found: Pairing, shown: dict[str, Any]) -> HttpResponse:
    wanted = request.POST.get("person", "")
    person = next((p for p in _choices(request) if str(p.id) == wanted), None)
    if person is None:
        return refused(request, "people/pair.html", shown, "")
    if not pairing_confirm(who_id=request.who.id, pairing_id=found.id, person_id=person.id):
        return refused(request, "people/pair.html", {"code": shown["code"]}, _nobody_waits())
    messages.success(request, _("电视马上就好，会以 %(name)s 登录。") % {"name": person.name})
    return HttpResponseRedirect("/account", status=303)


def _nobody_waits() -> str:
    return _("没有电视在等这个码。请看看电视上现在的六个字母和数字。")


def _choices(request: Asked) -> list[PersonName]:
    """For whom the TV may sign in: oneself, or one's own child at the family's TV."""
    who = request.who
    return [PersonName(who.id, who.name, who.animal), *who.children]


def qr_of(address: str, *, scale: int) -> str:
    """The address as an SVG with attributes only, as the content policy wants it."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, border=2, scale=scale, omitsize=True,
        svgclass="qr", lineclass="qr-dark",
    )  # fmt: skip
    return out.getvalue().decode()
