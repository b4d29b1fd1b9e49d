"""Setting homework: a page of few taps that shows every child's minutes before it is posted."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.clock import at, now, today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import ClassName, Who, class_pupils, pupils_read
from yunke.school.homework.actions.own import group_save
from yunke.school.homework.actions.setting import homework_set
from yunke.school.homework.actions.tasks import tasks_write
from yunke.school.homework.forms import GroupForm, HomeworkForm, first_error
from yunke.school.homework.models import Group
from yunke.school.homework.reads.load import load_for
from yunke.school.homework.reads.slots import slots_coming
from yunke.school.homework.rules.load import limit_of
from yunke.school.homework.rules.setting import KIND_OF_TASK, is_written
from yunke.school.homework.values import AskedFor, Load, Reveal, Setting, Task
from yunke.school.homework.views.scope import class_written, classes_written, subjects_of
from yunke.school.library.door import (
    SUBJECT_NAMES,
    items_of,
    lesson_cards,
    lesson_reaches,
    question_lines,
)

MINUTES = (5, 10, 15, 20, 30, 45)
TASKS = (
    (Task.PAPER, "camera"), (Task.HANDWRITING, "pen-line"), (Task.READING, "book-audio"),
    (Task.RECITATION, "mic"), (Task.PRACTICAL, "volleyball"), (Task.SIGNED, "signature"),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@page("homework.write")
def homework_new(request: Asked) -> HttpResponse:
    who: Who = request.who
    form = HomeworkForm(request.POST if request.method == "POST" else None)
    classes = _classes(request)
    if request.method != "POST":
        return _show(request, classes, form, 200)
    if not request.POST.getlist("classes"):
        form.add_error(None, _("没有选班级，还没有布置。"))
    if not form.is_valid():
        return _show(request, classes, form, 422)
    try:
        count = sum(_post(who, of, form) for of in classes)
    except Refused as no:
        form.add_error(None, no.text)
        return _show(request, classes, form, no.status)
    told = ngettext("作业已布置给 %d 位学生。", "作业已布置给 %d 位学生。", count) % count
    messages.success(request, told)
    return HttpResponseRedirect("/homework", status=303)


def _classes(request: Asked) -> list[ClassName]:
    """The classes chosen; the one that the address names; the only one there is."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = [n for n in asked.getlist("classes") or asked.getlist("class") if n.isdecimal()]
    found = [class_written(request.who, int(n)) for n in chosen if len(n) < 19]
    own = classes_written(request.who)
    if not own:
        raise Http404
    return found or [own[0]]


def _post(who: Who, of: ClassName, form: HomeworkForm) -> int:
    subject = _subject(who, of, form)
    asked = tasks_write(
        form.tasks(), who_id=who.id, school_id=of.school_id, subject=subject, grade=of.grade
    )
    setting = _setting(who, of, form)
    homework_set(who_id=who.id, setting=replace(setting, asked=(*setting.asked, *asked)))
    return len(setting.pupils)


def _subject(who: Who, of: ClassName, form: HomeworkForm) -> str:
    """What is taught here; who teaches no subject (or several) chooses one."""
    own = subjects_of(who, of.id)
    chosen = str(form.data.get("subject") or "")
    if chosen in (own or SUBJECT_NAMES):
        return chosen
    return next(iter(own), "morality")


def _setting(who: Who, of: ClassName, form: HomeworkForm) -> Setting:
    """What the form says for one class. Where several classes are chosen, all of each have it."""
    data = form.cleaned_data
    there = [one.id for one in class_pupils(of.id)]
    only = set(data.get("pupils") or ()) & set(there)
    wanted = [line.id for line in question_lines(who, list(data.get("questions") or ()))]
    items = items_of(wanted)
    slot = data.get("slot")
    asked = tuple(AskedFor(n, items[n].points) for n in wanted if n in items)
    kinds = [items[one.question_id].kind.value for one in asked]
    kinds += [KIND_OF_TASK[task] for task, _text in form.tasks()]
    return Setting(
        class_id=of.id, title=data.get("title", ""), words=data.get("words", ""),
        subject=_subject(who, of, form), minutes=data.get("minutes") or 0,
        written=is_written(kinds) if kinds else _begins_written(of),
        opens_at=data.get("opens") or now(), due_at=data.get("due") or now() + timedelta(days=1),
        reveal=Reveal(data.get("reveal") or Reveal.HANDED_IN), asked=asked,
        pupils=tuple(one for one in there if not only or one in only),
        lesson_id=data.get("lesson") or 0, slot_day=slot[0] if slot else None,
        slot_period=slot[1] if slot else 0, over_reason=data.get("reason", ""),
    )  # fmt: skip


def _begins_written(of: ClassName) -> bool:
    """Before anything is chosen: written work, but where there may be none."""
    limit = limit_of(of.grade, settings.PROFILE)
    return limit is None or limit.minutes > 0


@require_GET
@page("homework.write")
def homework_load(request: Asked) -> HttpResponse:
    """Every child's minutes with what the form says so far: asked again at each change."""
    classes = _classes(request)
    form = HomeworkForm(request.GET)
    form.is_valid()  # what is missing still counts as what it begins with
    return render(request, "homework/load.html", {"loads": _loads(request.who, classes, form)})


def _loads(who: Who, classes: list[ClassName], form: HomeworkForm) -> list[tuple[ClassName, Load]]:
    form.cleaned_data = getattr(form, "cleaned_data", {})
    return [(of, load_for(_setting(who, of, form), grade=of.grade)) for of in classes]


def _show(
    request: Asked, classes: list[ClassName], form: HomeworkForm, status: int
) -> HttpResponse:
    who, of = request.who, classes[0]
    pupils = class_pupils(of.id)
    pupils_read(
        who, (one.id for one in pupils), part="homework", school_id=of.school_id, class_id=of.id
    )
    if not form.is_bound:
        form = HomeworkForm(_start(request))
        form.is_valid()
        form.errors.clear()
    limit = limit_of(of.grade, settings.PROFILE)
    data = form.data
    chosen = [int(n) for n in _list(data, "questions") if n.isdecimal() and len(n) < 19]
    context: dict[str, Any] = {
        "form": form, "data": data, "school_class": of, "own": classes_written(who),
        "chosen": {one.id for one in classes}, "pupils": pupils,
        "only": {int(n) for n in _list(data, "pupils") if n.isdecimal() and len(n) < 19},
        "groups": groups_of(who.id, of.id), "minutes": MINUTES, "limit": limit,
        "tasks": [(task.value, icon, data.get(f"text_{task.value}", "")) for task, icon in TASKS],
        "tasked": _list(data, "task"), "slots": slots_coming(of, subjects_of(who, of.id)),
        "dues": dues(), "lines": question_lines(who, chosen), "subject": _subject(who, of, form),
        "subjects": subjects_of(who, of.id) or tuple(SUBJECT_NAMES),
        "lesson": _lesson(data.get("lesson", ""), of), "loads": _loads(who, classes, form),
    }  # fmt: skip
    return render(request, "homework/new.html", context, status=status)


def _list(data: Any, name: str) -> list[str]:
    if hasattr(data, "getlist"):
        return [part for one in data.getlist(name) for part in one.split(",") if part]
    found = data.get(name, [])
    return [str(one) for one in found]


def _start(request: Asked) -> dict[str, Any]:
    """What the page begins with: tonight, or before the lesson that the address names."""
    return {
        "minutes": "15", "reveal": Reveal.HANDED_IN.value, "due": dues()[0][1], "title": "",
        "lesson": request.GET.get("lesson", ""), "slot": request.GET.get("slot", ""),
        "questions": [n for one in request.GET.getlist("questions") for n in one.split(",")],
    }  # fmt: skip


def dues() -> list[tuple[str, str]]:
    """Deadlines in one tap: (which, wall clock). This evening while it is not over."""
    day, hour = today(), localtime(now()).hour
    moments: list[tuple[str, datetime]] = []
    if hour < 20:
        moments.append(("tonight", at(day, datetime.min.time().replace(hour=20))))
    moments.append(("morning", at(day + timedelta(days=1), datetime.min.time().replace(hour=8))))
    moments.append(("tomorrow", at(day + timedelta(days=1), datetime.min.time().replace(hour=20))))
    moments.append(("week", at(day + timedelta(days=7), datetime.min.time().replace(hour=20))))
    return [(name, f"{localtime(moment):%Y-%m-%dT%H:%M}") for name, moment in moments]


def _lesson(text: str, of: ClassName) -> Any:
    """The lesson that the address names, where it reaches the pupils of the class."""
    number = int(text) if text.isdecimal() and len(text) < 19 else 0
    there = number and lesson_reaches(number, of.school_id)
    return lesson_cards([number]).get(number) if there else None


def groups_of(teacher_id: int, class_id: int) -> list[tuple[Group, list[int]]]:
    """A teacher's groups of a class with their pupils. Two queries."""
    rows = Group.objects.filter(teacher_id=teacher_id, class_id=class_id).order_by("id")
    return [
        (row, [one.pupil_id for one in row.members.all()])
        for row in rows.prefetch_related("members")
    ]


@require_POST
@page("homework.write")
def group_new(request: Asked) -> HttpResponse:
    """The pupils chosen under a name, for the next time."""
    form = GroupForm(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form), status=422)
    data = form.cleaned_data
    of = class_written(request.who, data["class_id"])
    group_save(teacher_id=request.who.id, class_id=of.id, name=data["name"], pupils=data["pupils"])
    return HttpResponseRedirect(f"/homework/new?class={of.id}", status=303)
