"""A second person: what waits for me, what I asked, one request with its decision."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.audit.door import (
    LIMIT,
    SecondView,
    limit_of,
    second_ask,
    second_decide,
    second_of,
    second_told,
    seconds_asked,
    seconds_waiting,
)
from yunke.ground.people.door import RIGHTS, Place, allowed, names_of, org_places

STEPS = (400, 800, 2000)


@dataclass(frozen=True)
class Shown:
    """A request with its words."""

    view: SecondView
    title: str
    asker: str


@require_GET
@page("account.read")
def seconds(request: Asked) -> HttpResponse:
    """What waits for me, oldest first, and what I asked. Four queries."""
    waiting = seconds_waiting()
    places = org_places(one.org_id for one in waiting)
    mine = [one for one in waiting if _may(request, one, places.get(one.org_id))]
    asked = seconds_asked(request.who.id)
    context = {"waiting": _shown(mine), "asked": _shown(asked)}
    return render(request, "privacy/seconds.html", context)


@require_GET
@page("account.read")
def second(request: Asked, second_id: int) -> HttpResponse:
    """One request, for who asked and for who may decide. Others do not find it."""
    found = _found(request, second_id)
    decides = found.asked_by != request.who.id and found.decision == "none"
    context = {"one": _shown([found])[0], "decides": decides}
    if found.decided_by:
        decider = names_of([found.decided_by]).get(found.decided_by)
        context["decider"] = decider.name if decider else ""
    return render(request, "privacy/second.html", context)


@require_POST
@page("account.read")
def second_decided(request: Asked, second_id: int) -> HttpResponse:
    found = _found(request, second_id)
    given = request.POST.get("decision") == "given"
    reason = request.POST.get("reason", "")
    second_decide(id=found.id, who_id=request.who.id, given=given, reason=reason)
    messages.success(request, _("已同意。") if given else _("没有同意，提出的人会看到理由。"))
    return HttpResponseRedirect("/second", status=303)


@require_http_methods(["GET", "POST"])
@page("people.read")
def second_pupils(request: Asked) -> HttpResponse:
    """Ask to read more pupils' records in an hour than one person reads alone."""
    place = next(g.place for g in request.who.grants if g.role in RIGHTS["people.read"])
    if request.method == "POST":
        wanted = request.POST.get("pupils", "")
        if wanted not in {str(step) for step in STEPS}:
            raise Refused(_("请选一个数目。什么都没有改动。"), status=422)
        number = second_ask(
            who_id=request.who.id, kind="pupils.read", page="/people", org_id=place.school,
            about={"pupils": int(wanted)}, reason=request.POST.get("reason", ""),
        )  # fmt: skip
        messages.success(request, _("已经提出，等第二个人决定。"))
        return HttpResponseRedirect(f"/second/{number}", status=303)
    shown = {"limit": LIMIT, "now": limit_of(request.who.id), "steps": STEPS}
    return render(request, "privacy/second_pupils.html", shown)


def _found(request: Asked, second_id: int) -> SecondView:
    found = second_of(second_id)
    if found is None:
        raise Http404
    place = org_places([found.org_id]).get(found.org_id)
    if found.asked_by != request.who.id and not _may(request, found, place):
        raise Http404
    return found


def _may(request: Asked, one: SecondView, place: Place | None) -> bool:
    """Holds the right that the request names, where it belongs, and did not ask it."""
    return (
        place is not None
        and one.asked_by != request.who.id
        and one.right in RIGHTS
        and allowed(request.who, one.right, place)
    )


def _shown(found: Any) -> list[Shown]:
    names = names_of(one.asked_by for one in found)
    return [
        Shown(one, second_told(one.kind), names[one.asked_by].name if one.asked_by in names else "")
        for one in found
    ]
