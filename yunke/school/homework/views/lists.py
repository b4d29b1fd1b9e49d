"""Homework in lists: a pupil's own, a teacher's classes, a guardian's children, a school's."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.ground.people.door import PersonName, Who, holds, places_of, pupils_read
from yunke.school.homework.reads.lines import lines_of_classes, mine_of
from yunke.school.homework.values import Mine, Stage
from yunke.school.homework.views.scope import child_of, classes_read, classes_written

DOING = frozenset({Stage.NEW, Stage.BEGUN, Stage.OVERDUE, Stage.CORRECTING})
BACK = frozenset({Stage.RETURNED})


@require_GET
@page("homework.read")
def homework_page(request: Asked) -> HttpResponse:
    """What is due, handed in and returned; for staff, what the classes have."""
    who: Who = request.who
    if who.is_pupil:
        return _shelf(request, PersonName(who.id, who.name, who.animal), own=True)
    classes = classes_read(who)
    if not classes and who.children:
        return HttpResponseRedirect(f"/child/{who.children[0].id}/homework")
    names = {one.id: one for one in classes}
    lines = [(names[one.line.class_id], one) for one in lines_of_classes(names)]
    waiting = sum(one.waiting for _of, one in lines)
    writes = bool(classes_written(who))
    shown = {"lines": lines, "writes": writes, "classes": classes, "waiting": waiting}
    return render(request, "homework/classes.html", shown)


@require_GET
@page("child.read")
def child_shelf(request: Asked, child_id: int) -> HttpResponse:
    """A guardian's own child's homework. The look is kept."""
    child = child_of(request.who, child_id)
    pupils_read(
        request.who, [child.id], part="homework", school_id=places_of([child.id])[child.id].school
    )
    return _shelf(request, child, own=False)


def _shelf(request: Asked, pupil: PersonName, *, own: bool) -> HttpResponse:
    found = mine_of(pupil.id)
    context: dict[str, Any] = {
        "pupil": pupil, "own": own, "base": "/homework" if own else f"/child/{pupil.id}/homework",
        "doing": [one for one in found if one.stage in DOING],
        "back": [one for one in found if one.stage in BACK],
        "waiting": [one for one in found if one.stage not in DOING | BACK],
        "children": request.who.children, "minutes": minutes_of(found),
        "signs": holds(request.who, "homework.sign"),
    }  # fmt: skip
    return render(request, "homework/shelf.html", context)


def minutes_of(found: tuple[Mine, ...]) -> int:
    """About how long what is still to do takes."""
    return sum(one.line.minutes for one in found if one.stage in {Stage.NEW, Stage.BEGUN})
