"""A teacher's desk: my lessons, a new one, one lesson's page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import Who
from yunke.school.library.actions.lessons import (
    LessonChanged,
    NotReady,
    NotYours,
    lesson_begin,
    lesson_publish,
    lesson_save,
    lesson_withdraw,
    unit_begin,
)
from yunke.school.library.forms import LessonForm, LessonNewForm
from yunke.school.library.models import Lesson
from yunke.school.library.reads.cards import card_of, lessons_mine, units_of
from yunke.school.library.reads.full import lesson_writable
from yunke.school.library.reads.making import draft_of, points_like
from yunke.school.library.values import SUBJECT_NAMES, AssetKind, Draft
from yunke.school.library.views.catalogue import GRADES, number_of
from yunke.school.library.views.clash import conflict
from yunke.school.library.views.files import section
from yunke.school.library.views.words import subject_name, subjects

PAGE = 24


@require_GET
@page("lesson.write")
def desk(request: Asked) -> HttpResponse:
    number = number_of(request.GET.get("page", ""), range(1, 1000)) or 1
    cards = lessons_mine(request.who, number=number, size=PAGE)
    context = {
        "drafts": [card for card in cards[:PAGE] if card.state == Lesson.State.DRAFT],
        "others": [card for card in cards[:PAGE] if card.state != Lesson.State.DRAFT],
        "next": number + 1 if len(cards) > PAGE else 0,
    }
    return render(request, "library/desk.html", context)


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


def _new_page(request: HttpRequest, form: LessonNewForm | None, status: int) -> HttpResponse:
    who: Who = request.who  # type: ignore[attr-defined]
    asked = request.POST if form else request.GET
    grade = number_of(asked.get("grade", ""), GRADES) or who.grade or 1
    subject = asked.get("subject", "")
    subject = subject if subject in SUBJECT_NAMES else _own_subject(who)
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


@require_http_methods(["GET", "POST"])
@page("lesson.write")
def lesson_page(request: Asked, lesson_id: int) -> HttpResponse:
    lesson = mine(request, lesson_id)
    if request.method != "POST":
        return _editor(request, lesson, draft_of(lesson), None, 200)
    form = LessonForm(request.POST)
    if not form.is_valid():
        return _editor(request, lesson, _as_typed(form, lesson), form, 422)
    try:
        lesson_save(
            who=request.who, lesson_id=lesson_id, version=form.cleaned_data["version"],
            draft=form.draft(),
        )  # fmt: skip
    except LessonChanged as meanwhile:
        return conflict(request, lesson, form.draft(), meanwhile)
    except NotYours:
        raise Http404 from None
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(f"/make/{lesson_id}", status=303)


def mine(request: Asked, lesson_id: int) -> Lesson:
    lesson = lesson_writable(lesson_id, request.who)
    if lesson is None:
        raise Http404
    return lesson


def _as_typed(form: LessonForm, lesson: Lesson) -> Draft:
    """What the person wrote, also where it could not be taken: nothing typed is lost."""
    data = form.data
    good = form.cleaned_data
    return Draft(
        unit_id=good.get("unit") or lesson.unit_id,
        title=data.get("title", ""),
        title_en=data.get("title_en", ""),
        summary=data.get("summary", ""),
        summary_en=data.get("summary_en", ""),
        goals=tuple(data.get("goals", "").splitlines()),
        points=good.get("points", ()),
        minutes=data.get("minutes", ""),
        download_allowed=bool(good.get("download_allowed")),
        chapters=form.chapters_typed(),  # type: ignore[arg-type]  # shown, never saved
    )


def _editor(
    request: Asked, lesson: Lesson, draft: Draft, form: LessonForm | None, status: int
) -> HttpResponse:
    units = units_of(lesson.unit.grade, lesson.unit.subject)
    context = {
        "lesson": lesson,
        "card": card_of(lesson),
        "subject": subject_name(lesson.unit.subject),
        "draft": draft,
        "form": form,
        "units": units,
        "version": form.data.get("version", "") if form else lesson.version,
        "steps": steps(lesson, draft),
        "ready": lesson.video_id is not None,
        "sections": [section(request, lesson, kind.value) for kind in AssetKind],
    }
    return render(request, "library/editor.html", context, status=status)


def steps(lesson: Lesson, draft: Draft) -> list[dict[str, Any]]:
    """Plan → class → homework → counsel → evaluate: links where the house has the step already."""
    shown = lesson.video_id is not None
    return [
        {
            "name": _("备课"), "icon": "pencil-ruler", "href": f"/make/{lesson.id}", "here": True,
            "done": bool(draft.goals and draft.points),
        },
        {
            "name": _("上课"), "icon": "circle-play", "done": lesson.state == "published",
            "href": f"/lesson/{lesson.id}" if shown else "",
            "why": "" if shown else _("有了视频就能上课"),
        },
        {"name": _("作业"), "icon": "notebook-pen", "href": "", "why": _("还没有这一步")},
        {"name": _("辅导"), "icon": "message-circle-heart", "href": "", "why": _("还没有这一步")},
        {"name": _("评价"), "icon": "chart-no-axes-column", "href": "", "why": _("还没有这一步")},
    ]  # fmt: skip


@require_POST
@page("lesson.write")
def publish(request: Asked, lesson_id: int) -> HttpResponse:
    try:
        lesson_publish(who=request.who, lesson_id=lesson_id)
    except NotYours:
        raise Http404 from None
    except NotReady:
        raise Refused(_("还不能发布：先上传视频或课件。写好的内容都在。"), status=422) from None
    messages.success(request, _("已发布，大家在课程里能找到它了。"))
    return HttpResponseRedirect(f"/make/{lesson_id}", status=303)


@require_POST
@page("lesson.write")
def withdraw(request: Asked, lesson_id: int) -> HttpResponse:
    try:
        lesson_withdraw(who=request.who, lesson_id=lesson_id)
    except NotYours:
        raise Http404 from None
    messages.success(request, _("已撤下。内容都在，随时可以再发布。"))
    return HttpResponseRedirect(f"/make/{lesson_id}", status=303)


@require_GET
@page("lesson.write")
def points(request: Asked) -> HttpResponse:
    """Suggestions while a teacher types a knowledge point."""
    text = request.GET.get("point", "").strip()[:40]
    found = points_like(text, request.GET.get("subject", ""))
    exact = any(point.name == text for point in found)
    return render(request, "library/points.html", {"points": found, "text": "" if exact else text})
