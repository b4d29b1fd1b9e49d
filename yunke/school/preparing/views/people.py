"""Who makes the lesson: inviting, removing, and who is at it now."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.ground.people.door import Who, colleagues_named
from yunke.school.library.door import SUBJECT_NAMES, Help, colleagues_of
from yunke.school.preparing.actions.people import (
    colleague_invite,
    colleague_remove,
    here_note,
)
from yunke.school.preparing.forms import ColleagueForm
from yunke.school.preparing.reads.credits import credits_of
from yunke.school.preparing.reads.talk import here_now, talk_counts
from yunke.school.preparing.views.made import theirs, work
from yunke.school.preparing.views.words import field_name

# No row has a larger number; no database could be asked for one.
MOST_ID = 2**62


@require_GET
@page("lesson.write")
def people(request: Asked, lesson_id: int) -> HttpResponse:
    """Who makes the lesson, and what each did for it."""
    found = work(request, lesson_id)
    text = request.GET.get("name", "")[:40] if found.row.keeper else ""
    context = {
        "lesson": found.row,
        "colleagues": colleagues_of([lesson_id]).get(lesson_id, ()),
        "credits": credits_of([lesson_id]).get(lesson_id, ()),
        "text": text,
        **_named(request.who, text),
    }
    return render(request, "preparing/people.html", context)


@require_GET
@page("lesson.write")
def names(request: Asked, lesson_id: int) -> HttpResponse:
    """Colleagues of the city whose name holds the text, for htmx."""
    found = work(request, lesson_id)
    if not found.row.keeper:
        raise Http404
    text = request.GET.get("name", "")[:40]
    known = {person for person, _name, _role in colleagues_of([lesson_id]).get(lesson_id, ())}
    context = {"lesson": found.row, "text": text, "known": known, **_named(request.who, text)}
    return render(request, "preparing/names.html", context)


def _named(who: Who, text: str) -> dict[str, object]:
    found = colleagues_named(who, text, "lesson.write")
    return {"found": [(person, SUBJECT_NAMES.get(person.subject, ("", ""))) for person in found]}


@require_POST
@page("lesson.write")
def invite(request: Asked, lesson_id: int) -> HttpResponse:
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    with theirs():
        colleague_invite(
            who=request.who, lesson_id=lesson_id, person_id=data["person"],
            role=Help(data["role"]),
        )  # fmt: skip
    messages.success(request, _("已邀请，这节课出现在同事的备课桌上了。"))
    return HttpResponseRedirect(f"/make/{lesson_id}/people", status=303)


@require_POST
@page("lesson.write")
def remove(request: Asked, lesson_id: int, person_id: int) -> HttpResponse:
    if person_id > MOST_ID:
        raise Http404
    with theirs():
        colleague_remove(who=request.who, lesson_id=lesson_id, person_id=person_id)
    if person_id == request.who.id:
        messages.success(request, _("已退出这节课。你写过的署名还在。"))
        return HttpResponseRedirect("/make", status=303)
    messages.success(request, _("已移出。从现在起打不开这节课；写过的署名还在。"))
    return HttpResponseRedirect(f"/make/{lesson_id}/people", status=303)


# Says again what it said before: that somebody is here. Sent every four seconds.
@require_POST
@page("lesson.write", replay=False)
def pulse(request: Asked, lesson_id: int) -> HttpResponse:
    """I am here; who else is, and what changed. Eleven queries."""
    found = work(request, lesson_id)
    place = request.POST.get("place", "")[:20].replace("\0", "")
    here_note(who=request.who, lesson_id=lesson_id, place=place)
    last = found.version
    comments, suggestions = talk_counts(lesson_id)
    return JsonResponse(
        {
            "number": found.number,
            "by": last.made_by.name if last and last.made_by else "",
            "mine": bool(last and last.made_by_id == request.who.id),
            "fields": [field_name(name) for name in last.fields] if last else [],
            "here": [
                {"id": person, "name": name, "place": field_name(at)}
                for person, name, at in here_now(lesson_id)
                if person != request.who.id
            ],
            "comments": comments,
            "suggestions": suggestions,
        }
    )
