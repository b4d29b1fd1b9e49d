"""The list of exams, one exam for each kind of reader, and planning."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import Who, class_by_id, class_pupils, holds, names_of, places_of
from yunke.school.exams.actions.planning import (
    exam_move,
    exam_plan,
    exam_withdraw,
    extra_set,
    release_time_set,
)
from yunke.school.exams.forms.exams import (
    instant_or_none,
    numbers,
    plain,
    whole,
    wish_begun,
    wish_shown,
    wish_typed,
)
from yunke.school.exams.reads.exams import (
    allowances_of,
    classes_taught,
    classes_watched,
    exam_for_pupil,
    exam_view,
    exams_of_school,
    exams_of_who,
    plan_of,
    quiet_until,
    sat_by,
    seats_of,
    stops_of,
    titled,
)
from yunke.school.exams.reads.papers import papers_of
from yunke.school.exams.reads.results import appeals_of, missing_for
from yunke.school.exams.reads.watching import desks_of
from yunke.school.exams.rules.calendar import LIMITS, limits_of
from yunke.school.exams.rules.time import Allowance, ends_at, entry, last_entry
from yunke.school.exams.values.exams import ExamView, Mode, Sort
from yunke.school.exams.values.results import AppealState


@require_GET
@page("exam.read")
def exams_page(request: Asked) -> HttpResponse:
    """What is coming, what runs, what was: one's own classes', one's own, one's children's."""
    who: Who = request.who
    mine = exams_of_who(who)
    exams, at = mine or _of_school(who), now()
    known = known_papers(who, exams)
    exams = titled(exams, known) if known else exams
    coming = [e for e in reversed(exams) if e.starts_at > at]
    running = [e for e in exams if e.starts_at <= at <= e.ends_at]
    past = [e for e in exams if e.ends_at < at]
    classes = _classes({c for e in exams for c in e.class_ids})
    return render(
        request, "exams/exams.html",
        {
            "groups": (("running", running), ("coming", coming), ("past", past[:60])),
            "any": bool(exams), "classes": classes, "plans": holds(who, "exam.plan"),
            "children": who.children, "watched": _watched_children(who, exams),
            "teaches": holds(who, "exam.watch"), "marks": holds(who, "desk.mark"),
            "opens": bool(mine),
        },
    )  # fmt: skip


def _of_school(who: Who) -> list[ExamView]:
    """A clerk of a school reads its calendar: when and for whom, nothing of what is asked."""
    schools = {g.place.school for g in who.grants if g.place.school and g.role == "school_admin"}
    return [exam for school in sorted(schools) for exam in exams_of_school(school)]


def known_papers(who: Who, exams: list[ExamView]) -> set[int]:
    """The papers whose titles this reader may know: one's own, and those that are out."""
    mine = {head.id for head in papers_of(who)} if holds(who, "paper.write") else set()
    return mine | {exam.paper_id for exam in exams if exam.released}


def _classes(ids: set[int]) -> dict[int, Any]:
    return {number: found for number in ids if (found := class_by_id(number))}


def _watched_children(who: Who, exams: list[ExamView]) -> dict[int, list[Any]]:
    """A guardian's children in each exam: those whose class sits it, and those who sat it."""
    if not who.children:
        return {}
    ids = [child.id for child in who.children]
    places, sat = places_of(ids), sat_by(ids, [exam.id for exam in exams])
    return {
        exam.id: [
            c for c in who.children
            if places[c.id].class_id in exam.class_ids or (exam.id, c.id) in sat
        ]
        for exam in exams
    }  # fmt: skip


@require_GET
@page("exam.read")
def exam_page(request: Asked, exam_id: int) -> HttpResponse:
    """One exam: as its pupil before the start, as its teacher, or as a guardian."""
    who: Who = request.who
    if who.is_pupil:
        return _pupils(request, who, exam_id)
    exam = exam_view(exam_id)
    if exam is None:
        raise Http404
    if classes_watched(who, exam):
        return _teachers(request, who, exam)
    children = _watched_children(who, [exam])
    if children.get(exam_id) and not exam.withdrawn_at:
        return render(
            request, "exams/of_child.html",
            {"exam": _titled(who, exam), "children": children[exam_id], "at": now()},
        )  # fmt: skip
    raise Http404


def _titled(who: Who, exam: ExamView) -> ExamView:
    known = known_papers(who, [exam])
    return titled([exam], known)[0] if exam.paper_id in known else exam


def _pupils(request: Asked, who: Who, exam_id: int) -> HttpResponse:
    exam = exam_for_pupil(who.id, exam_id)
    if exam is None:
        raise Http404
    at = now()
    seat = seats_of(exam, person_id=who.id).get(who.id)
    if seat is not None and not (seat.submitted_at or seat.withdrawn_at or exam.on_paper):
        return HttpResponseRedirect(f"/exams/{exam_id}/sit")
    plan, stops = plan_of(exam), stops_of([exam.id])[exam.id]
    allowance = allowances_of(exam.id).get(who.id, Allowance())
    began = max(at, exam.starts_at)
    return render(
        request, "exams/before.html",
        {
            "exam": _titled(who, exam), "seat": seat, "entry": entry(plan, at, stops).value,
            "extra": allowance.over(exam.minutes), "minutes": exam.minutes,
            "allowed": exam.minutes + allowance.over(exam.minutes),
            "would_end": ends_at(plan, began, began, allowance=allowance, stops=stops),
            "last_entry": last_entry(plan, at, stops), "at": at,
        },
    )  # fmt: skip


def _teachers(request: Asked, who: Who, exam: ExamView) -> HttpResponse:
    taught = classes_taught(who, exam)
    desks = desks_of(who, exam)
    counts = {state: sum(d.state == state for d in desks) for state in {d.state for d in desks}}
    author = names_of([exam.author_id]).get(exam.author_id)
    missing = missing_for(exam) if taught and not exam.released else None
    waiting = len(appeals_of(exam.id, states=[AppealState.OPEN])) if taught else 0
    return render(
        request, "exams/exam.html",
        {
            "exam": _titled(who, exam), "desks": desks, "counts": counts, "author": author,
            "classes": _classes(set(exam.class_ids)), "mine": exam.author_id == who.id,
            "taught": taught, "missing": missing, "at": now(), "appeals": waiting,
            "handed": counts.get("done", 0), "all": len(desks),
            "quiet": quiet_until(exam.paper_id, now()),
            "extras": [(d, d.extra) for d in desks if d.extra != Allowance()],
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@page("exam.plan")
def plan_page(request: Asked) -> HttpResponse:
    """Plan an exam with one of one's papers for one's classes."""
    who: Who = request.who
    why = ""
    if request.method == "POST":
        try:
            wish = wish_typed(request.POST, whole(request.POST.get("paper"), 1, 10**9) or 0)
            number = exam_plan(who=who, wish=wish)
        except Refused as no:
            why = no.text
        else:
            messages.success(request, _("考试安排好了。学生和家长只看到科目和时间。"))
            return HttpResponseRedirect(f"/exams/{number}", status=303)
    return _plan_form(request, who, why)


def _plan_form(request: Asked, who: Who, why: str, exam: ExamView | None = None) -> HttpResponse:
    data = request.POST if why else request.GET
    shown = {} if why else wish_shown(exam) if exam else wish_begun(now())
    return render(
        request, "exams/plan.html",
        {
            "papers": papers_of(who), "classes": who.classes, "why": why,
            "typed": {**shown, **data.dict()}, "sorts": list(Sort), "modes": list(Mode),
            "exam": exam,
            "chosen": numbers(data.getlist("class")),
            "limits": limits_of(settings.PROFILE, who.classes[0].grade) if who.classes else (),
            "any_limits": bool(LIMITS[settings.PROFILE]),
        },
        status=422 if why else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@page("exam.plan")
def move_page(request: Asked, exam_id: int) -> HttpResponse:
    """Another time, before it starts."""
    who: Who = request.who
    exam = exam_view(exam_id)
    if exam is None or exam.withdrawn_at or exam.author_id != who.id:
        raise Http404
    why = ""
    if request.method == "POST":
        try:
            wish = wish_typed(request.POST, exam.paper_id)
            # Its classes and its note are not in this form.
            kept = replace(wish, class_ids=exam.class_ids, note=exam.note)
            exam_move(who=who, exam_id=exam_id, wish=kept)
        except Refused as no:
            why = no.text
        else:
            messages.success(request, _("时间改好了。"))
            return HttpResponseRedirect(f"/exams/{exam_id}", status=303)
    return _plan_form(request, who, why, exam)


@require_POST
@page("exam.plan")
def withdrawn(request: Asked, exam_id: int) -> HttpResponse:
    exam_withdraw(who=request.who, exam_id=exam_id, reason=plain(request.POST.get("reason"), 200))
    messages.success(request, _("考试撤回了，学生那里不再有它。"))
    return HttpResponseRedirect("/exams", status=303)


@require_POST
@page("exam.plan")
def extra_page(request: Asked, exam_id: int) -> HttpResponse:
    """Extra time for one pupil."""
    data = request.POST
    extra_set(
        who=request.who, exam_id=exam_id, person_id=whole(data.get("person"), 1, 10**9) or 0,
        percent=_more(data.get("percent")), minutes=_more(data.get("minutes")),
    )  # fmt: skip
    messages.success(request, _("加时存好了，学生在开考前看得到自己几点结束。"))
    return HttpResponseRedirect(f"/exams/{exam_id}", status=303)


def _more(text: str | None) -> int:
    """Nothing typed is nothing; what is no number is refused by the action, never taken as 0."""
    if not (text or "").strip():
        return 0
    found = whole(text, 0, 10**6)
    return -1 if found is None else found


@require_POST
@page("exam.release")
def release_time(request: Asked, exam_id: int) -> HttpResponse:
    """The minute of the release; empty: by hand."""
    release_time_set(
        who=request.who, exam_id=exam_id,
        release_at=instant_or_none(request.POST.get("release_at")),
    )  # fmt: skip
    messages.success(request, _("公布的时间存好了。"))
    return HttpResponseRedirect(f"/exams/{exam_id}", status=303)


def pupils_named(exam: ExamView, class_ids: tuple[int, ...]) -> dict[int, Any]:
    return {p.id: p for c in class_ids for p in class_pupils(c) if c in exam.class_ids}
