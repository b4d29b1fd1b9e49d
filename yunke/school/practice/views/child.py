"""The guardian's page of one's own child, and whether anything is estimated at all."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import Place, Who, allowed, places_of
from yunke.school.practice.actions.saying import doubt_say, inference_choose
from yunke.school.practice.reads import book, classes, drills
from yunke.school.practice.views.own import lines_with_questions, standing, story
from yunke.school.practice.views.scope import child_looked, child_of, number


@require_GET
@page("child.read")
def child_page(request: Asked, child_id: int) -> HttpResponse:
    """Errors, curves and the next step of one's own child; of nobody else."""
    who: Who = request.who
    child = child_of(who, child_id)
    child_looked(who, child)
    errors = book.errors_of(child.id)
    return render(
        request,
        "practice/child.html",
        {
            "child": child,
            "children": who.children,
            "errors": lines_with_questions(errors[:12]),
            "counts": book.counts_of(child.id),
            "drills": drills.drills_of(child.id, most=4),
            "doubts": classes.doubts_by(child.id),
            **standing(child.id, 8),
        },
    )


@require_GET
@page("child.read")
def child_point(request: Asked, child_id: int, point_id: int) -> HttpResponse:
    who: Who = request.who
    child = child_of(who, child_id)
    child_looked(who, child)
    told = story(child.id, point_id)
    return render(request, "practice/point.html", {**told, "child": child, "own": False})


@require_POST
@page("child.read")
def child_doubt(request: Asked, child_id: int) -> HttpResponse:
    who: Who = request.who
    child = child_of(who, child_id)
    place = places_of([child.id])[child.id]
    doubt_say(
        who_id=who.id, person_id=child.id, class_id=place.class_id, school_id=place.school,
        text=request.POST.get("text", ""), point_id=number(request.POST.get("point")),
    )  # fmt: skip
    messages.success(request, _("老师收到了，会来看。"))
    return HttpResponseRedirect(f"/practice/child/{child.id}", status=303)


@require_POST
@page("practice.choose")
def inference_chosen(request: Asked, person_id: int) -> HttpResponse:
    """Oneself, or one's own child. Saying no costs nothing."""
    who: Who = request.who
    if not allowed(who, "practice.choose", Place(person=person_id)):
        raise Http404
    place = places_of([person_id])[person_id]
    told = request.POST.get("wanted", "")
    if told not in {"yes", "no"}:
        raise Refused(_("请选推断还是不推断；什么都没有改动。"), status=422)
    wanted = told == "yes"
    inference_choose(
        who_id=who.id, person_id=person_id, class_id=place.class_id, school_id=place.school,
        wanted=wanted,
    )  # fmt: skip
    messages.success(
        request, _("从现在起会推断掌握情况。") if wanted else _("已经停止推断，推断过的都删掉了。")
    )
    back = "/practice" if who.id == person_id else f"/practice/child/{person_id}"
    return HttpResponseRedirect(back, status=303)
