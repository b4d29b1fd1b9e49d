"""What a school's clerk does when life happens: a few taps, a receipt, and back again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.paging import page_number
from yunke.base.trouble import Refused
from yunke.ground.people.actions.changes import change_undo
from yunke.ground.people.actions.freeze import person_freeze, person_unfreeze, unfreeze_ask
from yunke.ground.people.actions.life import (
    class_devices_end,
    class_leave,
    class_move,
    duty_hand_over,
    head_change,
    substitute_set,
)
from yunke.ground.people.models import Person, SchoolClass
from yunke.ground.people.reads.life import (
    change_school,
    changes_of,
    class_of_school,
    duties_of,
    staff_of,
    ties_of,
    unused_of,
)
from yunke.ground.people.reads.school import PersonLine, schools_of
from yunke.ground.people.values import Kind
from yunke.ground.people.views.school import ROLES, not_oneself, person_for, school_for

KINDS = {
    "class": gettext_lazy("换班"),
    "repeat": gettext_lazy("留级"),
    "skip": gettext_lazy("升级"),
    "second_class": gettext_lazy("多加一个班"),
    "class_end": gettext_lazy("退出一个班"),
    "substitute": gettext_lazy("代课"),
    "head": gettext_lazy("换班主任"),
    "hand_over": gettext_lazy("交接职务"),
    "court": gettext_lazy("按法院决定解除监护"),
    "guardian_until": gettext_lazy("监护期限"),
    "freeze": gettext_lazy("停用账户"),
    "unfreeze": gettext_lazy("恢复账户"),
    "move": gettext_lazy("转学"),
    "devices": gettext_lazy("全班设备退出"),
    "leave": gettext_lazy("离校"),
    "born": gettext_lazy("出生年月"),
    "school_left": gettext_lazy("学校离开本市"),
    "agreed": gettext_lazy("同意家长看"),
    "not_agreed": gettext_lazy("不再同意家长看"),
}


def day_typed(text: str) -> date:
    """A day as a date field sends it; today when it is empty. Raises Refused for nonsense."""
    if not text.strip():
        return today()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(_("日期写得不对；什么都没有改动。"), status=422) from None


def number_typed(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 18 else 0


def back_to(somebody: PersonLine) -> HttpResponse:
    return HttpResponseRedirect(f"/people/person/{somebody.id}", status=303)


def done(request: Asked, somebody: PersonLine, kind: str) -> HttpResponse:
    said = _("%(what)s：已经办好，七天内可以在下面撤销。") % {"what": KINDS[kind]}
    messages.success(request, said)
    return back_to(somebody)


def _row(somebody: PersonLine) -> Person:
    return Person.objects.get(id=somebody.id)


def _class(request: Asked, school_id: int) -> SchoolClass:
    found = class_of_school(number_typed(request.POST.get("class", "")), school_id)
    if found is None:
        raise Refused(_("请先选一个班；什么都没有改动。"), status=422)
    return found


def _colleague(request: Asked, school_id: int, field: str = "to") -> Person:
    found = staff_of(number_typed(request.POST.get(field, "")), school_id)
    if found is None:
        raise Refused(_("请先选一位本校同事；什么都没有改动。"), status=422)
    return found


@require_POST
@page("people.write")
def person_class(request: Asked, person_id: int) -> HttpResponse:
    """Another class, a repeated year, or a second class beside the first."""
    somebody = person_for(request, person_id)
    kept = class_move(
        actor_id=request.who.id, person=_row(somebody), to=_class(request, somebody.school_id),
        day=day_typed(request.POST.get("day", "")), reason=request.POST.get("reason", ""),
        besides=request.POST.get("besides") == "yes",
    )  # fmt: skip
    return done(request, somebody, kept.kind)


@require_POST
@page("people.write")
def person_class_end(request: Asked, person_id: int, tie_id: int) -> HttpResponse:
    somebody = person_for(request, person_id)
    tie = next((t for t in ties_of(person_id, somebody.school_id) if t.id == tie_id), None)
    if tie is None:
        raise Http404
    day = day_typed(request.POST.get("day", ""))
    class_leave(actor_id=request.who.id, tie=tie, school_id=somebody.school_id, day=day)
    return done(request, somebody, "class_end")


@require_POST
@page("people.write")
def person_substitute(request: Asked, person_id: int) -> HttpResponse:
    """Somebody is away: a colleague stands in between two days."""
    somebody = person_for(request, person_id)
    substitute_set(
        actor_id=request.who.id, away=_row(somebody),
        stands=_colleague(request, somebody.school_id), school_id=somebody.school_id,
        first=day_typed(request.POST.get("first", "")),
        last=day_typed(request.POST.get("last", "")), reason=request.POST.get("reason", ""),
        away_keeps=request.POST.get("keeps") == "yes",
    )  # fmt: skip
    return done(request, somebody, "substitute")


@require_POST
@page("people.write")
def person_duty(request: Asked, person_id: int) -> HttpResponse:
    """A counsellor, an administrator hands over to a colleague."""
    somebody = person_for(request, person_id)
    wanted = number_typed(request.POST.get("duty", ""))
    duty = next((d for d in duties_of(person_id, somebody.school_id) if d.id == wanted), None)
    if duty is None:
        raise Http404
    duty_hand_over(
        actor_id=request.who.id, duty=duty, to=_colleague(request, somebody.school_id),
        day=day_typed(request.POST.get("day", "")),
    )  # fmt: skip
    return done(request, somebody, "hand_over")


@require_POST
@page("people.write")
def person_freeze_now(request: Asked, person_id: int) -> HttpResponse:
    """At once, whatever else: nothing opens, nothing is deleted."""
    somebody = person_for(request, person_id)
    not_oneself(request, somebody)
    person_freeze(
        actor_id=request.who.id, person=_row(somebody), school_id=somebody.school_id,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    said = _("%(name)s 的账户已经停用，所有设备已经退出；记录都在。") % {"name": somebody.name}
    messages.success(request, said)
    return back_to(somebody)


@require_POST
@page("people.write")
def person_unfreeze_ask(request: Asked, person_id: int) -> HttpResponse:
    """Ask a second person whether the account may open again."""
    somebody = person_for(request, person_id)
    unfreeze_ask(
        actor_id=request.who.id, person=_row(somebody), school_id=somebody.school_id,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    messages.success(request, _("已经请第二个人确认；同意之后，再到这里恢复。"))
    return back_to(somebody)


@require_POST
@page("people.write")
def person_unfreeze_now(request: Asked, person_id: int) -> HttpResponse:
    somebody = person_for(request, person_id)
    person_unfreeze(
        actor_id=request.who.id, person=_row(somebody), school_id=somebody.school_id,
        second_id=number_typed(request.POST.get("second", "")),
    )  # fmt: skip
    messages.success(request, _("%(name)s 的账户可以用了。") % {"name": somebody.name})
    return back_to(somebody)


@require_POST
@page("people.write")
def class_head(request: Asked, class_id: int) -> HttpResponse:
    """Another head teacher."""
    of = _own_class(request, class_id)
    head_change(
        actor_id=request.who.id, of=of, to=_colleague(request, of.school_id),
        day=day_typed(request.POST.get("day", "")),
    )  # fmt: skip
    messages.success(request, _("换班主任：已经办好，七天内可以在“改动”里撤销。"))
    return HttpResponseRedirect(f"/people/class/{class_id}", status=303)


@require_POST
@page("people.write")
def class_devices(request: Asked, class_id: int) -> HttpResponse:
    """A classroom's tablet is lost: the whole class is signed out everywhere."""
    of = _own_class(request, class_id)
    count = class_devices_end(actor_id=request.who.id, of=of, reason=request.POST.get("reason", ""))
    messages.success(request, _("%(count)d 台设备已经退出登录。") % {"count": count})
    return HttpResponseRedirect(f"/people/class/{class_id}", status=303)


def _own_class(request: Asked, class_id: int) -> SchoolClass:
    for school in schools_of(request.who):
        found = class_of_school(class_id, school.id)
        if found is not None:
            return found
    raise Http404


@require_GET
@page("people.read")
def changes(request: Asked) -> HttpResponse:
    """What was changed at the school, newest first, with what can still be undone."""
    school = school_for(request)
    found = changes_of(school.id, page=page_number(request.GET.get("page", "")))
    shown: dict[str, Any] = {"school": school, "found": found, "tab": "changes"}
    shown["lines"] = named_changes(found.rows)
    return render(request, "people/changes.html", shown)


def named_changes(rows: list[Any]) -> list[dict[str, Any]]:
    return [{"c": row, "what": KINDS.get(row.kind, row.kind)} for row in rows]


@require_POST
@page("people.write")
def change_back(request: Asked, change_id: int) -> HttpResponse:
    """Take a change of one's own school back, whole."""
    school = change_school(change_id, (s.id for s in schools_of(request.who)))
    if not school:
        raise Http404
    kept = change_undo(change_id=change_id, actor_id=request.who.id, school_id=school)
    messages.success(request, _("%(what)s：已经撤销。") % {"what": KINDS.get(kept.kind, kept.kind)})
    target = f"/people/person/{kept.person_id}" if kept.person_id else "/people/changes"
    return HttpResponseRedirect(target, status=303)


@require_GET
@page("people.read")
def unused(request: Asked) -> HttpResponse:
    """Accounts that nobody used for ninety days, from the weekly report."""
    school = school_for(request)
    found = unused_of(school.id, page_number(request.GET.get("page", "")))
    kinds = {Kind.PUPIL: "pupil", Kind.GUARDIAN: "guardian", Kind.STAFF: "teacher"}
    lines = [{"u": row, "role": ROLES[kinds[Kind(row.person.kind)]]} for row in found.rows]  # type: ignore[index]
    shown = {"school": school, "found": found, "lines": lines, "tab": "unused"}
    return render(request, "people/unused.html", shown)
