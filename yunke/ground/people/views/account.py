"""One's own account: devices, password, language, and what is logged."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base import hashing
from yunke.base.again import again
from yunke.base.pages import Asked, page
from yunke.base.paging import page_number
from yunke.ground.lake.door import describe, events_of, icon_of
from yunke.ground.people.actions.entry import checked
from yunke.ground.people.actions.passwords import password_change
from yunke.ground.people.actions.sessions import session_revoke, sessions_revoke
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.forms import PasswordForm
from yunke.ground.people.reads.accounts import password_of, second_factor_of
from yunke.ground.people.reads.ages import stage_of_person
from yunke.ground.people.reads.life import guardians_of_adult
from yunke.ground.people.reads.sessions import devices_of
from yunke.ground.people.rules.ages import Stage
from yunke.ground.people.values import Kind, Who
from yunke.ground.people.views.enter import busy_page, refused, too_often_text


@require_GET
@page("account.read")
def account(request: Asked) -> HttpResponse:
    return render(request, "people/account.html", _shown(request))


def _shown(request: Asked) -> dict[str, Any]:
    who = request.who
    devices = devices_of(who.id, who.session)
    return {
        "devices": devices,
        "others": len(devices) > 1,
        "has_password": bool(password_of(who.id)),
        "may_second": who.kind == Kind.STAFF,
        "second_on": bool(second_factor_of(who.id)[0]),
        "is_guardian": who.kind != Kind.PUPIL,
        "guardians": guardians_of_adult(who.id) if _is_adult(who) else [],
    }


def _is_adult(who: Who) -> bool:
    """A pupil of eighteen decides alone whether a guardian sees."""
    return who.is_pupil and stage_of_person(who.id) == Stage.ADULT


@require_POST
@page("account.write")
def device_end(request: Asked, session_id: int) -> HttpResponse:
    if not session_revoke(who_id=request.who.id, session_id=session_id):
        raise Http404
    messages.success(request, _("那台设备已经退出登录。"))
    return HttpResponseRedirect("/account", status=303)


@require_POST
@page("account.write")
def devices_end(request: Asked) -> HttpResponse:
    sessions_revoke(who_id=request.who.id, but=request.who.session)
    messages.success(request, _("其他设备都已经退出登录。"))
    return HttpResponseRedirect("/account", status=303)


# Hashing must not hold the database; setting the same password twice is setting it once.
@require_http_methods(["GET", "POST"])
@page("account.write", replay=False)
def password(request: Asked) -> HttpResponse:
    """Change the password: the old one is asked for, every other device is signed out."""
    who = request.who
    kept = password_of(who.id)
    if not kept:
        raise Http404
    if request.method == "GET":
        return render(request, "people/password.html", {"form": PasswordForm()})
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return refused(request, "people/password.html", {"form": form}, "")
    try:
        if not checked(f"password:{who.id}", form.cleaned_data["now"], kept):
            form.add_error("now", _("现在的密码不对。密码没有改。"))
            return refused(request, "people/password.html", {"form": form}, "")
        encoded = hashing.encode(form.cleaned_data["new"])
    except TooOften as trouble:
        return refused(request, "people/password.html", {"form": form}, too_often_text(trouble))
    except hashing.HashBusy as trouble:
        return busy_page(request, trouble)
    again(lambda: password_change(who_id=who.id, session=who.session, encoded=encoded))
    messages.success(request, _("密码改好了。其他设备都已经退出，请在那里用新密码登录。"))
    return HttpResponseRedirect("/account", status=303)


@require_GET
@page("log.read")
def log(request: Asked) -> HttpResponse:
    """What is logged about the person, newest first: the lake's own words for each act."""
    found = events_of(request.who.id, page_number(request.GET.get("page", "")))
    lines = [
        {"at": line.at, "text": describe(line), "icon": icon_of(line), "uid": line.uid}
        for line in found.rows
    ]
    return render(request, "people/log.html", {"lines": lines, "found": found})
