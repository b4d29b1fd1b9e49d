"""The invigilator's page: who is there, and what is done about time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.ground.people.door import Who, class_by_id, pupils_read
from yunke.school.exams.actions.home import class_code, code_anew
from yunke.school.exams.actions.sitting import (
    exam_pause,
    exam_resume,
    incident_note,
    sitting_readmit,
    sitting_withdraw,
    sittings_extend,
    standstill_note,
    stray_count,
)
from yunke.school.exams.forms.exams import instant, numbers, plain, whole
from yunke.school.exams.reads.exams import classes_watched, exam_view, seats_of
from yunke.school.exams.reads.watching import desks_of, incidents_of, strays_seen
from yunke.school.exams.values.exams import INCIDENT_NAMES, ExamView, IncidentKind


@require_GET
@page("exam.watch")
def room(request: Asked, exam_id: int) -> HttpResponse:
    """Everybody at a glance; refreshed by itself every ten seconds."""
    who: Who = request.who
    exam = _exam(who, exam_id)
    context = _context(who, exam)
    if request.htmx and not request.htmx.boosted:
        return render(request, "exams/room_desks.html", context)
    pupils_read(
        who, [d.person_id for d in context["desks"]], part="exam", part_id=exam.id,
        school_id=exam.school_id,
    )  # fmt: skip
    codes = [
        (class_by_id(c), class_code(exam=exam, class_id=c))
        for c in (classes_watched(who, exam) if exam.at_home else ())
    ]
    return render(
        request, "exams/room.html",
        context | {"codes": codes, "kinds": list(INCIDENT_NAMES), "led": _leads(who, exam)},
    )  # fmt: skip


def _context(who: Who, exam: ExamView) -> dict[str, Any]:
    desks = desks_of(who, exam)
    names = {desk.person_id: desk.name for desk in desks}
    counts = {s: 0 for s in ("absent", "here", "away", "paused", "done", "void")}
    for desk in desks:
        counts[desk.state] += 1
    return {
        "exam": exam, "desks": desks, "counts": counts, "at": now(), "names": names,
        "strays": strays_seen(who, exam), "incidents": [
            i for i in incidents_of(exam.id) if not i.person_id or i.person_id in names
        ],
        "paused": counts["paused"] > 0, "all": len(desks),
    }  # fmt: skip


def _leads(who: Who, exam: ExamView) -> bool:
    return exam.author_id == who.id or set(classes_watched(who, exam)) == set(exam.class_ids)


@require_POST
@page("exam.watch")
def room_done(request: Asked, exam_id: int, what: str) -> HttpResponse:
    """One act of the invigilator."""
    who: Who = request.who
    exam = _exam(who, exam_id)
    act = ACTS.get(what)
    if act is None:
        raise Http404
    messages.success(request, act(request, who, exam))
    return HttpResponseRedirect(f"/exams/{exam_id}/room", status=303)


def _ids(request: Asked) -> list[int]:
    return numbers(request.POST.getlist("person"))[:200]


def _extend(request: Asked, who: Who, exam: ExamView) -> str:
    minutes = whole(request.POST.get("minutes"), 0, 999) or 0
    count = sittings_extend(who=who, exam_id=exam.id, person_ids=_ids(request), minutes=minutes)
    return _("给 %(n)d 位学生加了 %(m)d 分钟。") % {"n": count, "m": minutes}


def _pause(request: Asked, who: Who, exam: ExamView) -> str:
    ids = _ids(request)
    reason = plain(request.POST.get("reason"), 200)
    exam_pause(who=who, exam_id=exam.id, reason=reason, person_ids=ids or None)
    return _("钟停了。已经写的都在；停的时间会还给学生。")


def _resume(request: Asked, who: Who, exam: ExamView) -> str:
    exam_resume(who=who, exam_id=exam.id, person_ids=_ids(request) or None)
    return _("考试继续，停的时间已经还给学生。")


def _standstill(request: Asked, who: Who, exam: ExamView) -> str:
    began, ended = (instant(request.POST.get(name)) for name in ("began", "ended"))
    count = standstill_note(
        who=who, exam_id=exam.id, began_at=began or now(), ended_at=ended or now(),
        reason=plain(request.POST.get("reason"), 200),
    )  # fmt: skip
    return _("停的时间还给了全场；%(n)d 位被系统收卷的学生可以接着写。") % {"n": count}


def _readmit(request: Asked, who: Who, exam: ExamView) -> str:
    for person in _ids(request)[:1]:
        sitting_readmit(
            who=who, exam_id=exam.id, person_id=person,
            minutes=whole(request.POST.get("minutes"), 0, 999) or 0,
            reason=plain(request.POST.get("reason"), 200),
        )  # fmt: skip
    return _("学生可以回到考试了。")


def _void(request: Asked, who: Who, exam: ExamView) -> str:
    for person in _ids(request)[:1]:
        sitting_withdraw(
            who=who, exam_id=exam.id, person_id=person,
            reason=plain(request.POST.get("reason"), 200),
        )  # fmt: skip
    return _("这名学生这次不算；写的还留着。")


def _incident(request: Asked, who: Who, exam: ExamView) -> str:
    kind = request.POST.get("kind", "")
    people = set(_ids(request)) & {desk.person_id for desk in desks_of(who, exam)}
    seats = seats_of(exam, states=False)
    for person in people or {0}:
        incident_note(
            who_id=who.id, exam=exam, note=plain(request.POST.get("note"), 500),
            kind=IncidentKind(kind) if kind in set(IncidentKind) else IncidentKind.OTHER,
            seat=seats.get(person),
        )  # fmt: skip
    return _("记下了。")


def _stray(request: Asked, who: Who, exam: ExamView) -> str:
    stray_count(
        who=who, exam_id=exam.id, stray_id=whole(request.POST.get("stray"), 1, 10**9) or 0,
        accept=request.POST.get("accept") == "yes",
    )  # fmt: skip
    return _("决定存好了。")


def _code(request: Asked, who: Who, exam: ExamView) -> str:
    for person in set(_ids(request)) & {desk.person_id for desk in desks_of(who, exam)}:
        code_anew(exam=exam, child_id=person)
    return _("换了新的开始码，家长的手机上已经是新的。")


ACTS: dict[str, Callable[[Asked, Who, ExamView], str]] = {
    "extend": _extend, "pause": _pause, "resume": _resume, "standstill": _standstill,
    "readmit": _readmit, "void": _void, "incident": _incident, "stray": _stray, "code": _code,
}  # fmt: skip


def _exam(who: Who, exam_id: int) -> ExamView:
    exam = exam_view(exam_id)
    if exam is None or exam.withdrawn_at or not classes_watched(who, exam):
        raise Http404
    return exam
