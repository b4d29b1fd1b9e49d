"""Who made a lesson, and which schools use it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.ground.people.door import holds
from yunke.school.library.door import lesson_full
from yunke.school.preparing.door import credits_of
from yunke.school.review.reads.use import use_of


@require_GET
@page("lesson.watch")
def made(request: Asked, lesson_id: int) -> HttpResponse:
    """Everybody whom the lesson reaches sees its makers; adults at work see its schools too."""
    full = lesson_full(lesson_id, request.who)
    if full is None:
        raise Http404
    context = {
        "lesson": full.card,
        "makers": credits_of([lesson_id]).get(lesson_id, ()),
        "use": use_of(lesson_id) if holds(request.who, "use.read") else None,
    }
    return render(request, "review/made.html", context)
