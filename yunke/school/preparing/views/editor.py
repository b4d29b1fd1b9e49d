"""The page on which a lesson is made, and its saves."""

import json
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.school.library.door import (
    SUBJECT_ICONS,
    SUBJECT_NAMES,
    NotReady,
    asset_remove,
    colleagues_of,
    units_of,
)
from yunke.school.preparing.actions.save import (
    file_leave,
    lesson_save,
    work_publish,
    work_withdraw,
)
from yunke.school.preparing.forms import LessonForm
from yunke.school.preparing.reads.credits import credits_of
from yunke.school.preparing.reads.history import task_words
from yunke.school.preparing.reads.talk import (
    counts_by_place,
    here_now,
    suggestions_of,
    talk_counts,
    threads_of,
)
from yunke.school.preparing.reads.work import Work, film_seconds
from yunke.school.preparing.rules import Clash, minutes_guess
from yunke.school.preparing.values import Content, Saved
from yunke.school.preparing.views.clash import conflict
from yunke.school.preparing.views.made import around, theirs, work
from yunke.school.preparing.views.words import field_name

JSON = "application/json"


@require_http_methods(["GET", "POST"])
@page("lesson.write")
def lesson_page(request: Asked, lesson_id: int) -> HttpResponse:
    found = work(request, lesson_id)
    if request.method != "POST":
        return editor(request, found, None, 200)
    if not found.row.may_edit:
        raise Http404
    form = LessonForm(request.POST)
    by_itself = request.headers.get("Accept", "").startswith(JSON)
    if not form.is_valid():
        return _faults(form) if by_itself else editor(request, found, form, 422)
    data = form.cleaned_data
    try:
        with theirs():
            saved = lesson_save(
                who=request.who, lesson_id=lesson_id, was=data["was"], mine=form.mine(),
                why=data["why"], label=data["label"],
            )  # fmt: skip
    except Clash as clash:
        return _clashed(clash) if by_itself else conflict(request, found, clash)
    if by_itself:
        return _saved(saved)
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(f"/make/{lesson_id}", status=303)


def _saved(saved: Saved) -> JsonResponse:
    """What is kept now: the page goes on from there."""
    told = {
        "number": saved.number,
        "was": json.dumps(saved.content.as_json(), ensure_ascii=False),
        "merged": {name: _typed(saved.content, name) for name in saved.merged},
        "names": [field_name(name) for name in saved.merged],
    }
    return JsonResponse(told)


def _typed(content: Content, name: str) -> Any:
    """A field as its input writes it; None for what only a fresh page shows."""
    value = getattr(content, name)
    if name == "goals":
        return "\n".join(value)
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None


def _faults(form: LessonForm) -> JsonResponse:
    faults = [str(why) for whys in form.errors.values() for why in whys]
    return JsonResponse({"faults": faults}, status=422)


def _clashed(clash: Clash) -> JsonResponse:
    names = [field_name(name) for name in clash.fields]
    return JsonResponse({"clash": names}, status=409)


def editor(
    request: Asked, found: Work, form: LessonForm | None, status: int
) -> HttpResponse:  # fmt: skip
    """Some twenty queries, however much was said and saved."""
    row, content = found.row, found.content
    place = around(found)
    threads, more = threads_of(row.id, request.who.id, place)
    name, name_en = SUBJECT_NAMES[row.subject]
    context = {
        "lesson": row,
        "work": found,
        "content": content,
        "shown": _as_typed(form, content) if form else content,
        "was": form.data.get("was", "") if form else json.dumps(
            content.as_json(), ensure_ascii=False
        ),
        "form": form,
        "subject": {
            "id": row.subject, "name": name, "name_en": name_en,
            "icon": SUBJECT_ICONS[row.subject],
        },
        "units": units_of(row.grade, row.subject),
        "tasks": list(zip(
            sorted(content.tasks, key=lambda t: (t.at, t.id)), task_words(content.tasks),
            strict=True,
        )),
        "film": next((f for f in row.files if f.kind == "video"), None),
        "courseware": [f for f in row.files if f.kind == "courseware"],
        "guess": minutes_guess(content, film_seconds(row)),
        "kinds": (("video", "clapperboard"), ("courseware", "presentation"),
                  ("captions", "captions")),
        "colleagues": colleagues_of([row.id]).get(row.id, ()),
        "credits": credits_of([row.id]).get(row.id, ()),
        "counts": counts_by_place(row.id),
        "here": [p for p in here_now(row.id) if p[0] != request.who.id],
        "threads": threads,
        "more_threads": more,
        "suggestions": suggestions_of(row.id, content),
        "talked": talk_counts(row.id)[0],
        "ready": any(f.kind in {"video", "courseware"} for f in row.files),
        "steps": steps(found),
    }  # fmt: skip
    return render(request, "preparing/editor.html", context, status=status)


def _as_typed(form: LessonForm, content: Content) -> Content:
    """What the person wrote, also where it could not be taken: nothing typed is lost."""
    data, good = form.data, form.cleaned_data
    changes: dict[str, Any] = {
        "unit": good.get("unit") or content.unit,
        "goals": tuple(data.get("goals", "").splitlines()),
        "points": good.get("points", ()),
        "minutes": data.get("minutes", ""),
        "download_allowed": bool(good.get("download_allowed")),
        "chapters": form.chapters_typed(),
        **{name: data.get(name, "") for name in ("title", "title_en", "summary", "summary_en")},
    }
    return replace(content, **changes)


def steps(found: Work) -> list[dict[str, Any]]:
    """Plan → class → homework → counsel → evaluate: links where the house has the step already."""
    row, content = found.row, found.content
    film = any(f.kind == "video" for f in row.files)
    return [
        {
            "name": _("备课"), "icon": "pencil-ruler", "href": f"/make/{row.id}", "here": True,
            "done": bool(content.goals and content.points),
        },
        {
            "name": _("上课"), "icon": "circle-play", "done": row.state == "published",
            "href": f"/lesson/{row.id}" if film else "",
            "why": "" if film else _("有了视频就能上课"),
        },
        {"name": _("作业"), "icon": "notebook-pen", "href": "", "why": _("还没有这一步")},
        {"name": _("辅导"), "icon": "message-circle-heart", "href": "", "why": _("还没有这一步")},
        {"name": _("评价"), "icon": "chart-no-axes-column", "href": "", "why": _("还没有这一步")},
    ]  # fmt: skip


@require_POST
@page("lesson.write")
def publish(request: Asked, lesson_id: int) -> HttpResponse:
    try:
        with theirs():
            work_publish(who=request.who, lesson_id=lesson_id)
    except NotReady:
        raise Refused(_("还不能发布：先上传视频或课件。写好的内容都在。"), status=422) from None
    messages.success(request, _("已发布给本校。想给全区县、全市用，请送审。"))
    return HttpResponseRedirect(f"/make/{lesson_id}", status=303)


@require_POST
@page("lesson.write")
def withdraw(request: Asked, lesson_id: int) -> HttpResponse:
    with theirs():
        work_withdraw(who=request.who, lesson_id=lesson_id)
    messages.success(request, _("已撤下。内容都在，随时可以再发布。"))
    return HttpResponseRedirect(f"/make/{lesson_id}", status=303)


@require_POST
@page("lesson.write")
def file_removed(request: Asked, lesson_id: int, asset_id: int) -> HttpResponse:
    with theirs():
        if not file_leave(who=request.who, lesson_id=lesson_id, asset_id=asset_id):
            asset_remove(who=request.who, lesson_id=lesson_id, asset_id=asset_id)
    messages.success(request, _("文件已移除。以前的版本里还有它，可以恢复。"))
    return HttpResponseRedirect(f"/make/{lesson_id}", status=303)
