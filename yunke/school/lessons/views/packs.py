"""After-class packs: the teacher shows who will get one and sends; pupils open theirs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.ground.people.door import (
    ClassName,
    PersonName,
    Place,
    Who,
    allowed,
    class_by_id,
    class_pupils,
    holds,
)
from yunke.school.lessons.actions import pack_open, pack_send
from yunke.school.lessons.forms import PackForm
from yunke.school.lessons.reads.packs import packs_of
from yunke.school.lessons.reads.watching import progress_of, tasks_of
from yunke.school.lessons.values import PackLine, PackParts
from yunke.school.lessons.views.lesson import about
from yunke.school.library.door import LessonFull, lesson_cards, lesson_full, lessons_full


@require_http_methods(["GET", "POST"])
@page("pack.send")
def pack_new(request: Asked, class_id: int) -> HttpResponse:
    school_class = _class_for(request, class_id)
    full = _lesson_for(request)
    if request.method != "POST":
        start = {"video": True, "courseware": bool(full.courseware), "tasks": True}
        return _show(request, school_class, full, PackForm(initial=start), 200)
    form = PackForm(request.POST)
    if not form.is_valid():
        return _show(request, school_class, full, form, 422)
    data = form.cleaned_data
    pack_send(
        who_id=request.who.id,
        class_id=class_id,
        school_id=school_class.school_id,
        lesson_id=full.card.id,
        message=data["message"],
        shown=data["shown"],
        parts=PackParts(data["video"], data["courseware"], data["tasks"]),
    )
    count = len(data["shown"])
    told = ngettext("课后包已发给 %d 位学生。", "课后包已发给 %d 位学生。", count) % count
    messages.success(request, told)
    return HttpResponseRedirect(f"/class/{class_id}", status=303)


def _class_for(request: Asked, class_id: int) -> ClassName:
    found = class_by_id(class_id)
    if found is None or not allowed(request.who, "pack.send", Place(class_id=class_id)):
        raise Http404
    return found


def _lesson_for(request: Asked) -> LessonFull:
    text = request.POST.get("lesson") or request.GET.get("lesson") or ""
    full = lesson_full(int(text), request.who) if text.isdecimal() and len(text) < 19 else None
    if full is None or full.state != "published":
        raise Http404
    return full


def _show(
    request: Asked, school_class: ClassName, full: LessonFull, form: PackForm, status: int
) -> HttpResponse:
    pupils = class_pupils(school_class.id)
    return render(
        request,
        "lessons/pack_new.html",
        about(full)
        | {
            "school_class": school_class,
            "form": form,
            "pupils": pupils,
            "shown": ",".join(str(pupil.id) for pupil in pupils),
            "task_count": len(tasks_of(full.card.id)),
        },
        status=status,
    )


@require_GET
@page("pack.read")
def packs_page(request: Asked) -> HttpResponse:
    """A pupil's packs; a guardian's, child by child."""
    who: Who = request.who
    readers = (PersonName(who.id, who.name, who.animal),) if who.is_pupil else who.children
    shelves = [{"reader": reader, "packs": shelf(reader.id, who)} for reader in readers]
    shown = {"shelves": shelves, "own": who.is_pupil, "teaches": holds(who, "pack.send")}
    return render(request, "lessons/packs.html", shown)


def shelf(person_id: int, who: Who) -> list[dict[str, Any]]:
    """The packs of a pupil with their lessons, files and progress, as far as these reach the
    reader. Eight queries."""
    packs = packs_of(person_id)
    lessons = lessons_full({pack.lesson_id for pack in packs}, who)
    progress = progress_of(person_id, lessons)
    return [_filled(p, lessons[p.lesson_id], progress) for p in packs if p.lesson_id in lessons]


def _filled(pack: PackLine, full: LessonFull, progress: dict[int, Any]) -> dict[str, Any]:
    return {
        "pack": pack,
        "full": full,
        "lesson": full.card,
        "progress": progress.get(pack.lesson_id),
    }


@require_POST
@page("pack.read")
def pack_opened(request: Asked, pack_id: int) -> HttpResponse:
    """A pupil opens the own copy and goes to its lesson."""
    who: Who = request.who
    pack = next((p for p in packs_of(who.id) if p.id == pack_id), None)
    if pack is None or pack.lesson_id not in lesson_cards([pack.lesson_id]):
        raise Http404
    place = who.grants[0].place if who.grants else Place()
    pack_open(who_id=who.id, class_id=place.class_id, school_id=place.school, pack_id=pack_id)
    return HttpResponseRedirect(f"/lesson/{pack.lesson_id}", status=303)
