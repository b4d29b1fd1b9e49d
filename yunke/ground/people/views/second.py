"""The second factor: asked for after the password, set up and removed in the account."""

import pyotp
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunke.base.again import again
from yunke.base.pages import Asked, open_page, page
from yunke.base.trouble import Refused
from yunke.ground.people.actions.second import (
    second_factor_check,
    second_factor_new,
    second_factor_pass,
    second_factor_remove,
    second_factor_secret,
    second_factor_set,
)
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.reads.accounts import second_factor_of
from yunke.ground.people.reads.demo import demo_accounts
from yunke.ground.people.values import Kind
from yunke.ground.people.views.enter import refused, target_of, too_often_text
from yunke.ground.people.views.pairing import qr_of


# A code is good once by itself, and a wrong one must be counted although it is refused.
@require_http_methods(["GET", "POST"])
@open_page("half signed in: the password was right, the code is still due", replay=False)
def second(request: Asked) -> HttpResponse:
    who = request.who
    if who is None or not who.second_factor_due:
        return HttpResponseRedirect(target_of(request) if who else "/sign-in")
    shown = {"next": target_of(request), "demo_code": _demo_code(who.id)}
    if request.method == "GET":
        return render(request, "people/second.html", shown)
    try:
        right = second_factor_check(person_id=who.id, code=request.POST.get("code", ""))
    except TooOften as trouble:
        return refused(request, "people/second.html", shown, too_often_text(trouble))
    if not right:
        why = _("这个验证码不对，或者已经用过。请等手机上换出下一个，再输一次。")
        return refused(request, "people/second.html", shown, why)
    again(lambda: second_factor_pass(session=who.session))  # the code is spent
    return HttpResponseRedirect(target_of(request), status=303)


def _demo_code(person_id: int) -> str:
    """In a demo the visitor has no phone with the secret: show the code of now."""
    secret = second_factor_secret(second_factor_of(person_id)[0])
    shown = any(account.totp and account.totp == secret for account in demo_accounts())
    return pyotp.TOTP(secret).now() if shown else ""


# Setting the same secret twice is setting it once; a wrong code leaves everything as it is.
@require_http_methods(["GET", "POST"])
@page("account.write", replay=False)
def second_set(request: Asked) -> HttpResponse:
    """Set up (a QR code to scan, a code to prove it) or see that it is on."""
    who = request.who
    if who.kind != Kind.STAFF:
        raise Refused(_("二次验证是给教职工用的；你的账户不需要。"), status=404)
    on = bool(second_factor_of(who.id)[0])
    sealed = request.POST.get("sealed", "") or second_factor_new()
    shown = {"on": on, "sealed": sealed, **_drawn(sealed, who.name)}
    if request.method == "GET" or on:
        return render(request, "people/second_set.html", shown)
    code = request.POST.get("code", "")
    if not second_factor_set(who_id=who.id, session=who.session, sealed=sealed, code=code):
        why = _("这个验证码不对。请看手机上现在的六个数字，再输一次；二维码没有变。")
        return refused(request, "people/second_set.html", shown, why)
    messages.success(request, _("二次验证已开启。以后登录要再输一次手机上的数字。"))
    return HttpResponseRedirect("/account", status=303)


# Removing twice is removing once; a wrong code must be counted although it is refused.
@require_POST
@page("account.write", replay=False)
def second_remove(request: Asked) -> HttpResponse:
    who = request.who
    try:
        right = second_factor_check(person_id=who.id, code=request.POST.get("code", ""))
    except TooOften as trouble:
        raise Refused(too_often_text(trouble), status=422) from trouble
    if not right:
        raise Refused(_("这个验证码不对，二次验证仍然开着。"), status=422)
    again(lambda: second_factor_remove(actor_id=who.id, person_id=who.id))  # the code is spent
    messages.success(request, _("二次验证已关闭。"))
    return HttpResponseRedirect("/account", status=303)


def _drawn(sealed: str, name: str) -> dict[str, str]:
    """The secret as a QR code (SVG, attributes only) and as text to type."""
    secret = second_factor_secret(sealed, seconds=3600)
    if not secret:
        raise Refused(_("这一页开得太久了，请回到账户重新开始。什么都没有改动。"))
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="云课")
    return {"qr": qr_of(address, scale=5), "secret": secret}
