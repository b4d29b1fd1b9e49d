"""Invitations to record: the office writes them, the teacher finds them on the desk."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.paging import page_number
from yunke.ground.people.door import colleagues_named
from yunke.school.library.door import SUBJECT_NAMES, units_of
from yunke.school.review.actions.moves import NotHere
from yunke.school.review.actions.wish import wish_answer, wish_ask, wish_take_back
from yunke.school.review.forms import AnswerForm, WishForm
from yunke.school.review.reads.wishes import wishes_of, wishes_to

GRADES = range(1, 10)


@require_http_methods(["GET", "POST"])
@page("recording.invite")
def wishes(request: Asked) -> HttpResponse:
    """The office's invitations, and a new one."""
    if request.method != "POST":
        return _show(request, None, 200)
    form = WishForm(request.POST)
    if not form.is_valid():
        return _show(request, form, 422)
    data = form.cleaned_data
    try:
        wish_ask(
            who=request.who, unit_id=data["unit"], teacher_id=data["teacher"], wish=data["wish"],
            due=data["due"],
        )  # fmt: skip
    except NotHere:
        raise Http404 from None
    messages.success(request, _("邀请已送到老师的备课桌上。"))
    return HttpResponseRedirect("/invitations", status=303)


def _show(request: Asked, form: WishForm | None, status: int) -> HttpResponse:
    asked = request.POST if form else request.GET
    grade = asked.get("grade", "")
    subject = asked.get("subject", "")
    number = int(grade) if grade.isdecimal() and len(grade) == 1 and grade != "0" else 1
    subject = subject if subject in SUBJECT_NAMES else "chinese"
    context: dict[str, Any] = {
        "found": wishes_of(request.who, page_number(request.GET.get("page", ""))),
        "form": form,
        "typed": form.data if form else {},
        "grade": number,
        "grades": GRADES,
        "subject": subject,
        "subjects": list(SUBJECT_NAMES),
        "units": units_of(number, subject),
    }
    return render(request, "review/wishes.html", context, status=status)


@require_GET
@page("recording.invite")
def teachers(request: Asked) -> HttpResponse:
    """Teachers by name, while one types."""
    text = request.GET.get("name", "").strip()[:40]
    found = colleagues_named(request.who, text, "recording.answer")
    return render(request, "review/teachers.html", {"teachers": found, "text": text})


@require_GET
@page("recording.answer")
def mine(request: Asked) -> HttpResponse:
    """What one is asked, for the desk."""
    return render(request, "review/wishes_mine.html", {"wishes": wishes_to(request.who.id)})


@require_POST
@page("recording.answer")
def answer(request: Asked, wish_id: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    yes = request.POST.get("what") == "yes"
    try:
        lesson = wish_answer(
            who=request.who, wish_id=wish_id, yes=yes, answer=form.cleaned_data["answer"]
        )
    except NotHere:
        raise Http404 from None
    if lesson:
        messages.success(request, _("已接受。这是为它开的一节课，从目标开始写吧。"))
        return HttpResponseRedirect(f"/make/{lesson}", status=303)
    messages.success(request, _("已婉拒，邀请的人会看到你的话。"))
    return HttpResponseRedirect("/make", status=303)


@require_POST
@page("recording.invite")
def take_back(request: Asked, wish_id: int) -> HttpResponse:
    try:
        wish_take_back(who=request.who, wish_id=wish_id)
    except NotHere:
        raise Http404 from None
    messages.success(request, _("邀请已收回。"))
    return HttpResponseRedirect("/invitations", status=303)
