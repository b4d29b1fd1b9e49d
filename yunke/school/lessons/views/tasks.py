"""The teacher's page of tasks at moments of a lesson."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.school.lessons.actions import task_put, task_remove, task_restore
from yunke.school.lessons.forms import TaskForm
from yunke.school.lessons.reads.watching import work_tasks
from yunke.school.lessons.views.lesson import SPEEDS, about, feed
from yunke.school.library.door import (
    LessonFull,
    QuestionNew,
    lesson_full,
    lesson_may_write,
    questions_for_lesson,
    questions_write,
)


def writable(request: Asked, lesson_id: int) -> LessonFull:
    full = lesson_full(lesson_id, request.who)
    if full is None or not lesson_may_write(lesson_id, request.who):
        raise Http404
    return full


@require_http_methods(["GET", "POST"])
@page("lesson.write")
def tasks_page(request: Asked, lesson_id: int) -> HttpResponse:
    full = writable(request, lesson_id)
    if request.method != "POST":
        return _show(request, full, TaskForm(), 200)
    form = TaskForm(request.POST)
    if not form.is_valid():
        return _show(request, full, form, 422)
    question = form.cleaned_data["question"] or _new_question(form, lesson_id)
    task_put(
        who_id=request.who.id, lesson_id=lesson_id, at=form.cleaned_data["at"], question_id=question
    )
    messages.success(request, _("任务已放好。"))
    return HttpResponseRedirect(f"/make/{lesson_id}/tasks", status=303)


def _show(request: Asked, full: LessonFull, form: TaskForm, status: int) -> HttpResponse:
    tasks = work_tasks(full.card.id)
    context = about(full) | {
        "tasks": tasks,
        "form": form,
        "questions": questions_for_lesson(full.card.id),
        "feed": feed(full, ()) | {"keep": False, "answer": False, "position": 0, "seen": []},
        "speeds": SPEEDS,
        "removed": request.GET.get("removed", ""),
    }
    return render(request, "lessons/tasks.html", context, status=status)


def _new_question(form: TaskForm, lesson_id: int) -> int:
    data = form.cleaned_data
    new = QuestionNew(
        code=f"own-{lesson_id}-{uuid.uuid4().hex[:12]}",
        kind=data["kind"],
        stem=data["stem"],
        options=tuple(form.options()),
        key=tuple(form.key()),
        reasoning=data["reasoning"],
    )
    return questions_write([new])[0]


@require_POST
@page("lesson.write")
def task_moved(request: Asked, lesson_id: int, task_id: int) -> HttpResponse:
    writable(request, lesson_id)
    form = TaskForm(request.POST)
    form.is_valid()
    at = form.cleaned_data.get("at")
    if at is None:
        raise Http404
    task_put(who_id=request.who.id, lesson_id=lesson_id, at=at, question_id=0, task_id=task_id)
    return HttpResponseRedirect(f"/make/{lesson_id}/tasks", status=303)


@require_POST
@page("lesson.write")
def task_removed(request: Asked, lesson_id: int, task_id: int) -> HttpResponse:
    writable(request, lesson_id)
    task_remove(who_id=request.who.id, lesson_id=lesson_id, task_id=task_id)
    return HttpResponseRedirect(f"/make/{lesson_id}/tasks?removed={task_id}", status=303)


@require_POST
@page("lesson.write")
def task_restored(request: Asked, lesson_id: int, task_id: int) -> HttpResponse:
    writable(request, lesson_id)
    task_restore(who_id=request.who.id, lesson_id=lesson_id, task_id=task_id)
    messages.success(request, _("任务放回来了。"))
    return HttpResponseRedirect(f"/make/{lesson_id}/tasks", status=303)
