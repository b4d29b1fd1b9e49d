"""The school's desk: wishes to confirm, what the next purge takes, all pupils by two people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import (
    allowed,
    names_of,
    org_places,
    person_marks,
    pupils_count,
    pupils_read,
    schools_reached,
)
from yunke.ground.privacy.actions.retention import dry_run
from yunke.ground.privacy.actions.wishes import (
    MOST_PUPILS,
    bulk_ask,
    bulk_is_given,
    bulk_start,
    copy_ask,
    erase_decide,
)
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.reads.wishes import (
    erase_dry_run,
    receipt_lines,
    wish_of,
    wishes_of_schools,
    wishes_waiting,
)
from yunke.ground.privacy.values import WishKind, WishState, WishView


@require_GET
@page("data.keep")
def data(request: Asked) -> HttpResponse:
    schools = schools_reached(request.who, "data.keep")
    waiting, past = wishes_waiting(schools), wishes_of_schools(schools)
    names = names_of(n for wish in (*waiting, *past) for n in (wish.person_id, wish.asked_by))
    due = [line for line in dry_run() if line.rows]
    context: dict[str, Any] = {
        "waiting": _named(waiting, names), "past": _named(past, names), "due": due,
        "due_rows": sum(line.rows for line in due),
        "most": max((line.rows for line in due), default=1),
        "school": next(iter(schools)) if schools and len(schools) == 1 else 0,
        "ready": {wish.id for wish in past if _may_start(request, wish)},
    }  # fmt: skip
    if context["school"]:
        context |= {"pupils": pupils_count(context["school"], today()), "most_pupils": MOST_PUPILS}
    return render(request, "privacy/data.html", context)


@require_GET
@page("data.keep")
def wish(request: Asked, wish_id: int) -> HttpResponse:
    """One erasure before it is confirmed: what would go, what would stay and why."""
    found = _found(request, wish_id)
    open_one = found.state == WishState.ASKED
    lines = erase_dry_run(found.person_id) if open_one else receipt_lines(found.receipt)
    if open_one:
        pupils_read(
            request.who, [found.person_id], part="person", part_id=found.person_id,
            school_id=found.school_id,
        )  # fmt: skip
    names = names_of([found.person_id, found.asked_by, found.decided_by])
    context = {
        "wish": found, "lines": lines, "person": names.get(found.person_id),
        "asker": names.get(found.asked_by), "decider": names.get(found.decided_by),
        "open": open_one, "mine": found.asked_by == request.who.id,
        "total": sum(line.rows for line in lines),
        "gone": sum(line.rows for line in lines if line.what != "keep"),
    }  # fmt: skip
    return render(request, "privacy/wish.html", context)


@require_POST
@page("data.keep")
def wish_decided(request: Asked, wish_id: int) -> HttpResponse:
    found = _found(request, wish_id)
    given = request.POST.get("decision") == "given"
    reason = request.POST.get("reason", "")
    erase_decide(wish_id=found.id, who_id=request.who.id, given=given, reason=reason)
    messages.success(
        request, _("开始抹去，完成后这里有回执。") if given else _("没有同意，什么都没有抹去。")
    )
    return HttpResponseRedirect(f"/data/wish/{wish_id}", status=303)


@require_POST
@page("data.keep")
def copy_for(request: Asked) -> HttpResponse:
    """A copy by the school, with a reason: for a child whose family has no phone."""
    typed = request.POST.get("person", "")
    person = int(typed) if typed.isdecimal() and len(typed) < 19 else 0
    school = _school(request, person)
    pupils_read(request.who, [person], part="export", part_id=person, school_id=school)
    copy_ask(
        who_id=request.who.id, person_id=person, school_id=school,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    messages.success(request, _("正在准备副本，几分钟后在“我的数据”下载。"))
    return HttpResponseRedirect("/my-data", status=303)


@require_POST
@page("data.keep")
def bulk_asked(request: Asked) -> HttpResponse:
    schools = schools_reached(request.who, "data.keep")
    typed = request.POST.get("school", "")
    if schools is None or typed not in {str(number) for number in schools}:
        raise Http404
    count = pupils_count(int(typed), today())
    bulk_ask(
        who_id=request.who.id, school_id=int(typed), pupils=count,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    messages.success(request, _("已经提出，等第二个人决定。"))
    return HttpResponseRedirect("/data", status=303)


@require_POST
@page("data.keep")
def bulk_started(request: Asked, wish_id: int) -> HttpResponse:
    asked = wish_of(wish_id)
    if asked is None or asked.asked_by != request.who.id:
        raise Http404
    bulk_start(wish_id=wish_id, who_id=request.who.id)
    messages.success(request, _("正在准备文件，几分钟后在“我的数据”下载。"))
    return HttpResponseRedirect("/my-data", status=303)


def _found(request: Asked, wish_id: int) -> WishView:
    found = wish_of(wish_id)
    if found is None or found.kind != WishKind.ERASE:
        raise Http404
    schools = schools_reached(request.who, "data.keep")
    if schools is not None and found.school_id not in schools:
        raise Http404
    return found


def _school(request: Asked, person_id: int) -> int:
    """The school of the person, if it is one's own to answer for. 404 else."""
    marks = person_marks(person_id)
    place = org_places([marks.school_id]).get(marks.school_id) if marks else None
    if marks is None or place is None or not allowed(request.who, "data.keep", place):
        raise Http404
    if not request.POST.get("reason", "").strip():
        raise Refused(_("请写下理由。什么都没有改动。"), status=422)
    return marks.school_id


def _may_start(request: Asked, one: WishView) -> bool:
    return (
        one.kind == WishKind.BULK
        and one.state == WishState.ASKED
        and one.asked_by == request.who.id
        and bulk_is_given(Wish.objects.get(id=one.id))
    )


def _named(wishes: list[WishView], names: dict[int, Any]) -> list[tuple[WishView, str, str]]:
    def name(number: int) -> str:
        return names[number].name if number in names else ""

    return [(one, name(one.person_id), name(one.asked_by)) for one in wishes]
