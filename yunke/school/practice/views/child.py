"""The guardian's pages of one's own child."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.ground.people.door import Who, places_of
from yunke.school.practice.actions.saying import doubt_say
from yunke.school.practice.reads import book, classes, drills
from yunke.school.practice.views.own import lines_with_questions, standing, story
from yunke.school.practice.views.scope import child_looked, child_of, number, words


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
        text=words(request, "text"), point_id=number(request.POST.get("point")),
    )  # fmt: skip
    messages.success(request, _("老师收到了，会来看。"))
    return HttpResponseRedirect(f"/practice/child/{child.id}", status=303)
