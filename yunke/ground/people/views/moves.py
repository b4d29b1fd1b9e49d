"""Pupils who come from another school of the city, and those whom another school asks for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.actions.moves import move_ask, move_decide, move_take_back
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.reads.classes import school_classes
from yunke.ground.people.reads.life import class_of_school, move_school, moves_of
from yunke.ground.people.reads.school import SchoolName, schools_of
from yunke.ground.people.views.enter import too_often_text
from yunke.ground.people.views.life import day_typed, number_typed
from yunke.ground.people.views.school import school_for


def _page(request: Asked, school: SchoolName, why: str = "") -> HttpResponse:
    out, asked = moves_of(school.id)
    shown: dict[str, Any] = {
        "school": school, "out": out, "asked": asked, "classes": school_classes(school.id),
        "typed": request.POST, "why": why, "tab": "moves",
        "waiting": [line for line in out if line.state == "asked"],
    }  # fmt: skip
    return render(request, "people/moves.html", shown, status=422 if why else 200)


# A wrong number is counted although it is refused; asking twice is refused by the table itself.
@require_http_methods(["GET", "POST"])
@page("people.write", replay=False)
def moves(request: Asked) -> HttpResponse:
    """Both sides of a move, and the form that asks for a pupil."""
    school = school_for(request)
    if request.method == "GET":
        return _page(request, school)
    to = class_of_school(number_typed(request.POST.get("class", "")), school.id)
    if to is None:
        return _page(request, school, _("请选孩子要去的班；什么都没有改动。"))
    try:
        move_ask(
            actor_id=request.who.id, number=request.POST.get("number", ""),
            name=request.POST.get("name", ""), to=to,
            day=day_typed(request.POST.get("day", "")),
        )  # fmt: skip
    except Refused as no:
        return _page(request, school, no.text)
    except TooOften as often:
        return _page(request, school, too_often_text(often))
    messages.success(request, _("申请已经送到对方学校；对方同意后，孩子就在新的班里。"))
    return HttpResponseRedirect(f"/people/moves?school={school.id}", status=303)


@require_POST
@page("people.write")
def move_answer(request: Asked, move_id: int) -> HttpResponse:
    """The releasing school says yes or no."""
    school_id = _side(request, move_id, asking=False)
    yes = request.POST.get("answer") == "yes"
    move_decide(
        move_id=move_id, school_id=school_id, actor_id=request.who.id, yes=yes,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    said = _("已经同意转出。") if yes else _("已经回复：不同意转出。")
    messages.success(request, said)
    return HttpResponseRedirect(f"/people/moves?school={school_id}", status=303)


@require_POST
@page("people.write")
def move_back(request: Asked, move_id: int) -> HttpResponse:
    """The asking school no longer asks."""
    school_id = _side(request, move_id, asking=True)
    move_take_back(move_id=move_id, school_id=school_id, actor_id=request.who.id)
    messages.success(request, _("申请已经收回。"))
    return HttpResponseRedirect(f"/people/moves?school={school_id}", status=303)


def _side(request: Asked, move_id: int, *, asking: bool) -> int:
    """The own school on this side of the move; "not found" on the other side and elsewhere."""
    school_id = move_school(move_id, (s.id for s in schools_of(request.who)), asking=asking)
    if not school_id:
        raise Http404
    return school_id
