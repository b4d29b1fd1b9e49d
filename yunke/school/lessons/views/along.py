"""Watching together: start, the shared page, the counts that only the teacher sees."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.ground.people.door import Place, Who, allowed, class_by_id, class_pupils
from yunke.school.lessons.actions import along_start
from yunke.school.lessons.reads.along import along_bars, along_row, may_join, state_of
from yunke.school.lessons.reads.watching import seen_of, tasks_of
from yunke.school.lessons.views.lesson import SPEEDS, about, feed, task_json
from yunke.school.library.door import lesson_full


@require_POST
@page("along.run")
def along_started(request: Asked, lesson_id: int) -> HttpResponse:
    """A teacher starts with one of their classes."""
    who: Who = request.who
    text = request.POST.get("class", "")
    found = class_by_id(int(text)) if text.isdecimal() and len(text) < 19 else None
    if found is None or not allowed(who, "along.run", Place(class_id=found.id)):
        raise Http404
    full = lesson_full(lesson_id, who)
    if full is None or full.state != "published" or not full.playlist:
        raise Http404
    along_id = along_start(
        who_id=who.id, class_id=found.id, school_id=found.school_id, lesson_id=lesson_id
    )
    return HttpResponseRedirect(f"/along/{along_id}", status=303)


@require_GET
@page("along.join")
def along_page(request: Asked, along_id: int) -> HttpResponse:
    who: Who = request.who
    along = along_row(along_id)
    if along is None or not may_join(who, along.class_id):
        raise Http404
    full = lesson_full(along.lesson_id, who)
    school_class = class_by_id(along.class_id)
    if full is None or school_class is None:
        raise Http404
    leads = along.teacher_id == who.id
    tasks = tasks_of(along.lesson_id, 0 if leads else who.id)
    english = (get_language() or "").startswith("en")
    progress, seen = seen_of(who.id, along.lesson_id)
    return render(
        request,
        "lessons/along.html",
        about(full)
        | {
            "along": along,
            "leads": leads,
            "school_class": school_class,
            "tasks": tasks,
            "speeds": SPEEDS,
            "feed": feed(full, ())
            | {
                "position": along.position,
                "seen": seen,
                "keep": True,
                "finished": bool(progress and progress.finished),
                "answer": who.is_pupil,
                "along": state_of(along),
                "leads": leads,
                "questions": [task_json(task, english=english) for task in tasks],
            },
        },
    )


@require_GET
@page("along.run")
def along_answers(request: Asked, along_id: int) -> HttpResponse:
    """The live counts, asked for every two seconds while a question stands. No names."""
    along = along_row(along_id)
    if along is None or not allowed(request.who, "along.run", Place(class_id=along.class_id)):
        raise Http404
    bars = along_bars(along, len(class_pupils(along.class_id)))
    return render(request, "lessons/along_bars.html", {"bars": bars, "along": along})
