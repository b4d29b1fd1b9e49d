"""One person of a school: a new password, a lost phone, leaving, and what life brings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base import hashing
from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.actions.freeze import UNFREEZE
from yunke.ground.people.actions.looking import pupils_read
from yunke.ground.people.actions.passwords import (
    PASSWORD,
    password_ask,
    password_reset,
    password_reset_by_two,
)
from yunke.ground.people.actions.school import person_leave, person_leave_here
from yunke.ground.people.actions.second import second_factor_remove
from yunke.ground.people.models import Person
from yunke.ground.people.reads.classes import school_classes
from yunke.ground.people.reads.life import (
    asked_about,
    changes_of,
    colleagues,
    duties_of,
    guardians_of_pupil,
    ties_of,
)
from yunke.ground.people.reads.school import PersonLine, other_place, works_elsewhere
from yunke.ground.people.rules.codes import password_new
from yunke.ground.people.values import Kind, Role
from yunke.ground.people.views.enter import busy_page
from yunke.ground.people.views.life import day_typed, named_changes, number_typed
from yunke.ground.people.views.school import ROLES, named, not_oneself, person_for


@require_GET
@page("people.write")
def person(request: Asked, person_id: int) -> HttpResponse:
    """One person, and everything that may be done for them."""
    somebody = person_for(request, person_id)
    if somebody.kind == Kind.PUPIL:
        shown = [somebody.id]
        pupils_read(
            request.who, shown, part="person", part_id=shown[0], school_id=somebody.school_id
        )
    return render(request, "people/person.html", _shown(request, somebody))


@require_POST
@page("people.write")
def person_out(request: Asked, person_id: int) -> HttpResponse:
    """Leaving, today or on a day to come; who also works elsewhere leaves this school only."""
    somebody = person_for(request, person_id)
    if somebody.kind == Kind.GUARDIAN or somebody.id == request.who.id:
        raise Refused(_("这个账户不能在这里办理离校；什么都没有改动。"), status=422)
    day = day_typed(request.POST.get("day", ""))
    leave = person_leave
    if works_elsewhere(somebody.id, somebody.school_id):
        leave = person_leave_here
    if not leave(
        actor_id=request.who.id, person_id=somebody.id, school_id=somebody.school_id, day=day
    ):
        raise Refused(_("这个人已经离校，不能再登录；什么都没有改动。"), status=422)
    said = _("%(name)s 已办理离校，账户立刻停用。") if day <= today() else _(
        "%(name)s 的离校已经定好，到那天自动停用。"
    )  # fmt: skip
    messages.success(request, said % {"name": somebody.name})
    target = f"/people/class/{somebody.class_id}" if somebody.class_id else "/people"
    return HttpResponseRedirect(target, status=303)


# The answer shows the password once and no receipt may keep it; hashing stays out of the database.
@require_POST
@page("people.write", replay=False)
def person_password(request: Asked, person_id: int) -> HttpResponse:
    somebody = person_for(request, person_id)
    not_oneself(request, somebody)
    elsewhere = works_elsewhere(somebody.id, somebody.school_id)
    second = number_typed(request.POST.get("second", ""))
    if elsewhere and not second:
        _only_ours(somebody)
    if somebody.left_on and somebody.left_on <= today():
        raise Refused(_("这个人已经离校，不能再登录；什么都没有改动。"), status=422)
    made = password_new()
    try:
        encoded = hashing.encode(made)
    except hashing.HashBusy as trouble:
        return busy_page(request, trouble)
    told = {"actor_id": request.who.id, "person_id": somebody.id, "name": somebody.name}
    if elsewhere:
        password_reset_by_two(encoded=encoded, second_id=second, **told)
    else:
        password_reset(encoded=encoded, **told)
    shown = {**_shown(request, somebody), "made": made}
    return render(request, "people/person.html", shown)


@require_POST
@page("people.write")
def person_password_ask(request: Asked, person_id: int) -> HttpResponse:
    """A colleague of two places: the other place agrees before this one sets a new password."""
    somebody = person_for(request, person_id)
    not_oneself(request, somebody)
    other = other_place(somebody.id, somebody.school_id)
    if not other:
        raise Refused(_("这位同事只在本校，可以直接换密码；什么都没有改动。"), status=422)
    password_ask(
        actor_id=request.who.id, person_id=somebody.id, org_id=other,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    messages.success(request, _("已经请另一个单位的管理员确认；同意之后，再到这里换密码。"))
    return HttpResponseRedirect(f"/people/person/{person_id}", status=303)


@require_POST
@page("people.write")
def person_second_out(request: Asked, person_id: int) -> HttpResponse:
    """Somebody lost the phone with the second factor."""
    somebody = person_for(request, person_id)
    not_oneself(request, somebody)
    _only_ours(somebody)
    second_factor_remove(actor_id=request.who.id, person_id=somebody.id, name=somebody.name)
    messages.success(
        request, _("%(name)s 的二次验证已取消，请他登录后重新开启。") % {"name": somebody.name}
    )
    return HttpResponseRedirect(f"/people/person/{person_id}", status=303)


def _only_ours(somebody: PersonLine) -> None:
    """Who administers one school takes over nobody's rights in another, or above."""
    if works_elsewhere(somebody.id, somebody.school_id):
        why = _("这位同事在别的单位也有职务，账户要由那里一起办理；什么都没有改动。")
        raise Refused(why, status=422)


def _shown(request: Asked, somebody: PersonLine) -> dict[str, Any]:
    """What the page of a person shows; about twelve queries, whoever it is."""
    row = Person.objects.get(id=somebody.id)
    shown: dict[str, Any] = {
        "line": named([somebody])[0],
        "elsewhere": works_elsewhere(somebody.id, somebody.school_id),
        "frozen": row.frozen_at,
        "today": today().isoformat(),
        "ties": [{"t": t, "role": ROLES[Role(t.role)]} for t in
                 ties_of(somebody.id, somebody.school_id)],
    }  # fmt: skip
    shown["unfreeze"] = asked_about(request.who.id, UNFREEZE, somebody.id)
    shown["password"] = asked_about(request.who.id, PASSWORD, somebody.id)
    found = changes_of(somebody.school_id, person_id=somebody.id, size=8)
    shown["changes"] = named_changes(found.rows)
    if somebody.kind == Kind.PUPIL:
        shown["classes"] = school_classes(somebody.school_id)
        shown["guardians"] = guardians_of_pupil(somebody.id)
        shown["born"] = row.born_on.strftime("%Y-%m") if row.born_on else ""
    if somebody.kind == Kind.STAFF:
        duties = duties_of(somebody.id, somebody.school_id)
        shown["duties"] = [{"d": duty, "role": ROLES[Role(duty.role)]} for duty in duties]
        shown["colleagues"] = colleagues(somebody.school_id, but=somebody.id)
    return shown
