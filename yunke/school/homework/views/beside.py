"""What homework adds to pages of rooms below: today, the child's page, the class, the lesson."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from yunke.base.clock import today
from yunke.ground.people.door import Who
from yunke.school.homework.reads.lines import lines_of_classes, lines_of_lesson, mine_open
from yunke.school.homework.reads.prepared import prepared_of
from yunke.school.homework.views.scope import classes_read, classes_written

FEW = 5


def _who(request: HttpRequest) -> Who | None:
    return getattr(request, "who", None)


def on_today(request: HttpRequest, *, pupil: int, day: date) -> str:
    """What a pupil has to do. 3 queries, 1 where there is nothing."""
    who = _who(request)
    if who is None or day != today():
        return ""
    own = who.id == pupil
    base = "/homework" if own else f"/child/{pupil}/homework"
    return _card(request, {"todo": mine_open(pupil, limit=FEW), "base": base, "own": own})


def on_child(request: HttpRequest, *, pupil: int) -> str:
    """What a guardian's child has to do."""
    found = mine_open(pupil, limit=FEW)
    return _card(request, {"todo": found, "base": f"/child/{pupil}/homework", "always": True})


def on_class(request: HttpRequest, *, class_id: int, pupils: Any) -> str:
    """The newest homework of a class, and who prepared what comes next. 4 queries."""
    who = _who(request)
    if who is None or class_id not in {one.id for one in classes_read(who)}:
        return ""
    lines = lines_of_classes([class_id], limit=FEW)
    writes = class_id in {one.id for one in classes_written(who)}
    context = {"lines": lines, "class_id": class_id, "writes": writes, "who": who}
    return render_to_string("homework/on_class.html", context, request)


def on_lesson(request: HttpRequest, *, lesson_id: int) -> str:
    """Who prepared for the lesson, in the teacher's own classes; the pupil's own task."""
    who = _who(request)
    if who is None:
        return ""
    if who.is_pupil:
        mine = [one for one in mine_open(who.id) if one.line.lesson_id == lesson_id]
        return _card(request, {"todo": mine, "base": "/homework", "prepare": True})
    classes = classes_read(who) if any(c for c in who.classes) else ()
    lines = lines_of_lesson(lesson_id, [c.id for c in classes]) if classes else ()
    if not lines and not classes_written(who):
        return ""
    names = {one.id: one for one in classes}
    prepared = prepared_of([one.line.id for one in lines])
    rows = [(names[one.line.class_id], one, prepared[one.line.id]) for one in lines]
    context = {"rows": rows, "lesson_id": lesson_id, "writes": bool(classes_written(who))}
    return render_to_string("homework/on_lesson.html", context, request)


def _card(request: HttpRequest, context: dict[str, Any]) -> str:
    if not context["todo"] and not context.get("always"):
        return ""
    return render_to_string("homework/on_today.html", context, request)
