"""A new lesson, and suggestions while a teacher types."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from yunke.base.pages import Asked, page
from yunke.ground.people.door import Who
from yunke.school.library.actions.lessons import NotYours, lesson_begin, unit_begin
from yunke.school.library.forms import LessonNewForm
from yunke.school.library.reads.cards import units_of
from yunke.school.library.reads.making import points_like
from yunke.school.library.values import SUBJECT_NAMES
from yunke.school.library.views.catalogue import GRADES, number_of
from yunke.school.library.views.words import subject_name, subjects


@require_http_methods(["GET", "POST"])
@page("lesson.write")
def lesson_new(request: Asked) -> HttpResponse:
    if request.method != "POST":
        return _new_page(request, None, 200)
    form = LessonNewForm(request.POST)
    if not form.is_valid():
        return _new_page(request, form, 422)
    data = form.cleaned_data
    try:
        unit = _unit(request.who, data)
        lesson = lesson_begin(
            who=request.who, unit_id=unit, title=data["title"], title_en=data["title_en"]
        )
    except NotYours:
        raise Http404 from None
    return HttpResponseRedirect(f"/make/{lesson}", status=303)


def _unit(who: Who, data: dict[str, Any]) -> int:
    """A name that was written down wins over the unit that was chosen before."""
    if not data["new_unit"]:
        return int(data["unit"])
    return unit_begin(who=who, grade=data["grade"], subject=data["subject"], title=data["new_unit"])


def _new_page(request: Asked, form: LessonNewForm | None, status: int) -> HttpResponse:
    asked = request.POST if form else request.GET
    grade = number_of(asked.get("grade", ""), GRADES) or request.who.grade or 1
    subject = asked.get("subject", "")
    subject = subject if subject in SUBJECT_NAMES else _own_subject(request.who)
    context = {
        "form": form,
        "grade": grade,
        "subject": subject_name(subject),
        "grades": GRADES,
        "subjects": subjects(),
        "units": units_of(grade, subject),
    }
    return render(request, "library/new.html", context, status=status)


def _own_subject(who: Who) -> str:
    taught = [grant.subject for grant in who.grants if grant.subject in SUBJECT_NAMES]
    return taught[0] if taught else "chinese"


@require_GET
@page("lesson.write")
def points(request: Asked) -> HttpResponse:
    """Suggestions while a teacher types a knowledge point."""
    text = request.GET.get("point", "").replace("\0", "").strip()[:40]
    found = points_like(text, request.GET.get("subject", ""))
    exact = any(point.name == text for point in found)
    return render(request, "library/points.html", {"points": found, "text": "" if exact else text})
