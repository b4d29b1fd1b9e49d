"""One homework: the pupil works on it, staff see who handed in, a guardian what came back."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import PersonName, Who, class_by_id, places_of, pupils_read
from yunke.school.attempts.door import Of, attempt_opened, sheet_of
from yunke.school.homework.actions.working import (
    homework_again,
    homework_begin,
    homework_sign,
    wrong_of,
)
from yunke.school.homework.forms import SignForm, first_error
from yunke.school.homework.models import Homework, Signature
from yunke.school.homework.reads.lines import mine_one
from yunke.school.homework.reads.one import homework_of, last_due, may_mark, states_in
from yunke.school.homework.reads.returned import returned_of
from yunke.school.homework.rules.chart import chart_of
from yunke.school.homework.rules.stages import key_shown, may_correct
from yunke.school.homework.values import Mine, PupilState, Stage
from yunke.school.homework.views.scope import child_of, homework_looked

WORKING = frozenset({Stage.NEW, Stage.BEGUN, Stage.OVERDUE, Stage.CORRECTING})


@require_GET
@page("homework.read")
def homework_one(request: Asked, homework_id: int) -> HttpResponse:
    """The page of whoever asks. The pupil's own attempt opens with the first look."""
    who: Who = request.who
    if who.is_pupil:
        return _pupil(request, homework_id)
    return _staff(request, homework_looked(request, homework_id))


def _pupil(request: Asked, homework_id: int) -> HttpResponse:
    mine = mine_one(request.who.id, homework_id)
    if mine is None:
        raise Http404
    if mine.stage in {Stage.NEW, Stage.OVERDUE} and not mine.attempt_id:
        homework_begin(pupil_id=request.who.id, homework_id=homework_id)
        mine = mine_one(request.who.id, homework_id) or mine
    own = PersonName(request.who.id, request.who.name, request.who.animal)
    context = _told(request, mine, own)
    if mine.stage in WORKING:
        opened = attempt_opened(request.who.id, Of.HOMEWORK, homework_id)
        if opened is None:
            raise Http404
        context["sheet"] = sheet_of(opened)
    return render(request, "homework/mine.html", {**context, "own": True})


def _told(request: Asked, mine: Mine, pupil: PersonName) -> dict[str, Any]:
    """What this pupil's homework shows to the pupil or the guardian."""
    row = homework_of(mine.line.id)
    if row is None:
        raise Http404
    key = key_shown(mine.line.reveal, mine.stage, last_due=last_due(row), at=now())
    returned = returned_of(mine, row, key=key)
    wrong = len(wrong_of(mine)) if mine.stage is Stage.RETURNED else 0
    return {
        "mine": mine, "line": mine.line, "pupil": pupil, "returned": returned, "key": key,
        "wrong": wrong, "may_correct": may_correct(mine.stage, wrong=wrong, asked_to=mine.correct),
        "signed": Signature.objects.filter(copy_id=mine.copy_id).first(),
    }  # fmt: skip


@require_POST
@page("homework.answer")
def homework_corrected(request: Asked, homework_id: int) -> HttpResponse:
    """The pupil begins a correction of what came back."""
    homework_again(pupil_id=request.who.id, homework_id=homework_id)
    return HttpResponseRedirect(f"/homework/{homework_id}", status=303)


@require_GET
@page("child.read")
def child_one(request: Asked, child_id: int, homework_id: int) -> HttpResponse:
    """A guardian's own child's homework: what came back, and where to sign. The look is kept."""
    child = child_of(request.who, child_id)
    mine = mine_one(child.id, homework_id)
    if mine is None:
        raise Http404
    pupils_read(
        request.who, [child.id], part="homework", part_id=homework_id,
        school_id=places_of([child.id])[child.id].school,
    )  # fmt: skip
    return render(request, "homework/mine.html", {**_told(request, mine, child), "own": False})


@require_POST
@page("homework.sign")
def child_signed(request: Asked, child_id: int, homework_id: int) -> HttpResponse:
    child = child_of(request.who, child_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        raise Refused(first_error(form), status=422)
    homework_sign(
        guardian_id=request.who.id, name=request.who.name, child_id=child.id,
        homework_id=homework_id, word=form.cleaned_data["word"],
    )  # fmt: skip
    return HttpResponseRedirect(f"/child/{child_id}/homework/{homework_id}", status=303)


def _staff(request: Asked, row: Homework) -> HttpResponse:
    """Who handed in, what a rule marked, what waits. Names can be hidden for showing in class."""
    who: Who = request.who
    marks, hidden = may_mark(who, row), "hide" in request.GET
    states = states_in(row)
    pupils_read(
        who, (one.pupil_id for one in states), part="homework", part_id=row.id,
        school_id=row.school_id, class_id=row.class_id,
    )  # fmt: skip
    context = {
        "row": row,
        "states": _mixed(states) if hidden else states,
        "marks": marks,
        "hidden": hidden,
        "school_class": class_by_id(row.class_id),
        "chart": chart_of(states),
        "waiting": sum(one.stage in {Stage.HANDED_IN, Stage.CORRECTED} for one in states),
        "ready": sum(
            one.stage in {Stage.HANDED_IN, Stage.CORRECTED} and one.marked and not one.waits
            for one in states
        ),
    }  # fmt: skip
    return render(request, "homework/class.html", context)


def _mixed(states: tuple[PupilState, ...]) -> tuple[PupilState, ...]:
    """By stage, so that a place in the list tells nothing about anybody."""
    order = list(Stage)
    return tuple(sorted(states, key=lambda one: -order.index(one.stage)))
