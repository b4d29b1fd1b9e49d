"""The timeline of versions, one version, two beside each other; a version comes back."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.school.preparing.actions.save import version_label, version_restore
from yunke.school.preparing.reads.history import (
    PAGE,
    compared,
    content_numbered,
    goals_written,
    timeline,
    version_by_number,
)
from yunke.school.preparing.views.made import theirs, work

LONGEST = 9


def number_of(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= LONGEST else 0


@require_GET
@page("lesson.write")
def versions(request: Asked, lesson_id: int) -> HttpResponse:
    found = work(request, lesson_id)
    before = number_of(request.GET.get("before", ""))
    lines = timeline(lesson_id, before=before)
    context = {
        "lesson": found.row,
        "work": found,
        "lines": lines[:PAGE],
        "before": lines[PAGE - 1].number if len(lines) > PAGE else 0,
        "goals": goals_written(lesson_id, found.content.goals) if not before else [],
    }
    return render(request, "preparing/versions.html", context)


@require_GET
@page("lesson.write")
def version(request: Asked, lesson_id: int, number: int) -> HttpResponse:
    found = work(request, lesson_id)
    shown = version_by_number(lesson_id, number)
    if shown is None:
        raise Http404
    context = {"lesson": found.row, "work": found, "shown": shown}
    return render(request, "preparing/version.html", context)


@require_GET
@page("lesson.write")
def compare(request: Asked, lesson_id: int) -> HttpResponse:
    """``?from=3&to=5``; without ``to`` the newest, without ``from`` the one before it."""
    found = work(request, lesson_id)
    new = number_of(request.GET.get("to", "")) or found.number
    old = number_of(request.GET.get("from", "")) or max(1, new - 1)
    contents = content_numbered(lesson_id, [old, new])
    if not {old, new} <= set(contents):
        raise Http404
    lines = {line.number: line for line in timeline(lesson_id)}
    context = {
        "lesson": found.row,
        "work": found,
        "old": old,
        "new": new,
        "old_line": lines.get(old),
        "new_line": lines.get(new),
        "numbers": sorted(lines.values(), key=lambda line: -line.number),
        "differences": compared(contents[old], contents[new]),
    }
    return render(request, "preparing/compare.html", context)


@require_POST
@page("lesson.write")
def restore(request: Asked, lesson_id: int, number: int) -> HttpResponse:
    with theirs():
        new = version_restore(who=request.who, lesson_id=lesson_id, number=number)
    messages.success(
        request, _("第 %(old)s 版已恢复成第 %(new)s 版。") % {"old": number, "new": new}
    )
    return HttpResponseRedirect(f"/make/{lesson_id}/versions", status=303)


@require_POST
@page("lesson.write")
def label(request: Asked, lesson_id: int, number: int) -> HttpResponse:
    text = request.POST.get("label", "")[:60].replace("\0", "")
    with theirs():
        version_label(who=request.who, lesson_id=lesson_id, number=number, label=text)
    messages.success(request, _("版本名已记下。"))
    return HttpResponseRedirect(f"/make/{lesson_id}/versions", status=303)
