"""Talks and suggestions beside the lesson; each answer is the talk as it stands then."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.paging import page_number
from yunke.school.preparing.actions.suggest import (
    suggestion_accept,
    suggestion_decline,
    suggestion_make,
    suggestion_take_back,
)
from yunke.school.preparing.actions.talk import (
    thread_answer,
    thread_begin,
    thread_resolve,
    threads_seen,
)
from yunke.school.preparing.forms import AnswerForm, SuggestForm, ThreadForm, seconds_of
from yunke.school.preparing.reads.talk import resolved_count, suggestions_of, threads_of
from yunke.school.preparing.reads.work import Work
from yunke.school.preparing.values import TEXTS, Place, PlaceKind
from yunke.school.preparing.views.made import around, theirs, work

MOST_SEEN = 500


@require_http_methods(["GET", "POST"])
@page("lesson.write")
def talk(request: Asked, lesson_id: int) -> HttpResponse:
    """The talks of a lesson, of one place when the address names one; POST begins one."""
    found = work(request, lesson_id)
    if request.method != "POST":
        return talked(request, found, _place(request.GET))
    form = ThreadForm(request.POST)
    if not form.is_valid():
        return talked(request, found, _place(request.POST), form=form, status=422)
    with theirs():
        thread_begin(
            who=request.who, lesson_id=lesson_id, place=form.where(),
            quote=form.cleaned_data["quote"], text=form.cleaned_data["text"],
        )  # fmt: skip
    return _after(request, found, None)


def _place(asked: Any) -> Place | None:
    kind = asked.get("place", "")
    if kind not in set(PlaceKind):
        return None
    typed = asked.get("second", "")[:12]
    second = seconds_of(typed) if ":" in typed else _number(typed)
    return Place(kind, asked.get("ref", "")[:300].replace("\0", ""), second or 0)


def _number(text: str) -> float:
    whole, _dot, part = text.partition(".")
    good = whole.isdecimal() and (not part or part.isdecimal())
    return min(float(text), 86400.0) if good and whole.isascii() else 0.0


def talked(
    request: Asked, found: Work, place: Place | None, *, form: ThreadForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The talk as htmx puts it beside the lesson, or as a page of its own."""
    asked = request.GET
    resolved, number = asked.get("resolved") == "yes", page_number(asked.get("page", ""))
    here = place if place and place.kind not in {PlaceKind.LESSON, PlaceKind.SECOND} else None
    threads, more = threads_of(
        found.row.id, request.who.id, around(found), resolved=resolved, place=here, page=number
    )
    context = {
        "lesson": found.row, "work": found, "place": place, "form": form, "threads": threads,
        "more_threads": more, "next": number + 1, "resolved": resolved,
        "quote": _quote(found, place) if place else "",
        "picture": around(found).picture(place) if place else "",
        "resolved_count": resolved_count(found.row.id),
        "suggestions": suggestions_of(found.row.id, found.content, decided=resolved),
    }  # fmt: skip
    name = "preparing/talk.html" if request.htmx else "preparing/talk_page.html"
    return render(request, name, context, status=status)


def _quote(found: Work, place: Place) -> str:
    """The words of a place, so that a talk keeps what it was about."""
    if place.kind == PlaceKind.GOAL:
        return place.ref
    if place.kind == PlaceKind.SECTION and place.ref in TEXTS and place.ref != "goals":
        return str(getattr(found.content, place.ref))[:300]
    return ""


def _after(request: Asked, found: Work, place: Place | None) -> HttpResponse:
    """After a write: the talk as it stands, or back to the lesson without scripts."""
    if not request.htmx:
        return HttpResponseRedirect(f"/make/{found.row.id}#talk", status=303)
    response = talked(request, work(request, found.row.id), place)
    response["HX-Trigger"] = "talked"
    return response


@require_POST
@page("lesson.write")
def answer(request: Asked, lesson_id: int, thread_id: int) -> HttpResponse:
    found = work(request, lesson_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors.get("text", []))))
        return talked(request, found, None, status=422)
    text = form.cleaned_data["text"]
    with theirs():
        thread_answer(who=request.who, lesson_id=lesson_id, thread_id=thread_id, text=text)
    return _after(request, found, None)


@require_POST
@page("lesson.write")
def resolve(request: Asked, lesson_id: int, thread_id: int) -> HttpResponse:
    found = work(request, lesson_id)
    resolved = request.POST.get("resolved") == "yes"
    with theirs():
        thread_resolve(who=request.who, lesson_id=lesson_id, thread_id=thread_id, resolved=resolved)
    return _after(request, found, None)


@require_POST
@page("lesson.write")
def seen(request: Asked, lesson_id: int) -> HttpResponse:
    """``seen``: "thread:comments", once for each thread that lay before somebody's eyes."""
    work(request, lesson_id)
    counts = {}
    for pair in request.POST.getlist("seen")[:MOST_SEEN]:
        thread, _colon, count = pair.partition(":")
        if thread.isdecimal() and count.isdecimal() and len(thread) < 16 and len(count) < 6:
            counts[int(thread)] = int(count)
    threads_seen(who=request.who, lesson_id=lesson_id, counts=counts)
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@page("lesson.write")
def suggest(request: Asked, lesson_id: int) -> HttpResponse:
    """The form for other words at a place; POST proposes them."""
    found = work(request, lesson_id)
    if request.method != "POST":
        return _suggest_form(request, found, None, 200)
    form = SuggestForm(request.POST)
    if not form.is_valid():
        return _suggest_form(request, found, form, 422)
    data = form.cleaned_data
    with theirs():
        suggestion_make(
            who=request.who, lesson_id=lesson_id, field=data["field"], was=data["was"],
            text=data["text"], why=data["why"],
        )  # fmt: skip
    return _after(request, found, None)


def _suggest_form(
    request: Asked, found: Work, form: SuggestForm | None, status: int
) -> HttpResponse:
    asked = request.POST if form else request.GET
    name = asked.get("field", "")
    if name not in TEXTS:
        raise Http404
    item = asked.get("was" if form else "item", "")[:2000]
    was = item if name == "goals" or form else str(getattr(found.content, name))
    context = {
        "lesson": found.row, "field": name, "was": was,
        "text": asked.get("text", "") if form else was, "why": asked.get("why", ""),
        "form": form,
    }  # fmt: skip
    template = "preparing/suggest.html" if request.htmx else "preparing/suggest_page.html"
    return render(request, template, context, status=status)


@require_POST
@page("lesson.write")
def decide(request: Asked, lesson_id: int, suggestion_id: int) -> HttpResponse:
    """``answer``: accept, decline (with a reason), or take back what one proposed oneself."""
    found = work(request, lesson_id)
    ids: dict[str, Any] = {"lesson_id": lesson_id, "suggestion_id": suggestion_id}
    ids["who"] = request.who
    reason = request.POST.get("reason", "")[:300].replace("\0", "")
    ways: dict[str, Callable[[], object]] = {
        "accept": lambda: suggestion_accept(**ids, reason=reason),
        "decline": lambda: suggestion_decline(**ids, reason=reason),
        "back": lambda: suggestion_take_back(**ids),
    }
    way = ways.get(request.POST.get("answer", ""))
    if way is None:
        raise Http404
    with theirs():
        way()
    if request.POST.get("answer") == "accept":
        messages.success(request, _("已采用，署名算提建议的人。"))
        # The field's own text changed: the whole page is drawn anew.
        if request.htmx:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return HttpResponseRedirect(f"/make/{lesson_id}#talk", status=303)
    return _after(request, found, None)
