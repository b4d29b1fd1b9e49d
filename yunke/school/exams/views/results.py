"""After the exam: marks, release, analysis, the review in class, results, appeals, the table."""

import csv
import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.people.door import (
    PersonName,
    Place,
    Who,
    allowed,
    class_by_id,
    class_pupils,
    names_of,
    places_of,
    pupils_read,
)
from yunke.school.attempts.door import marks_histories
from yunke.school.exams.actions.results import (
    NotYet,
    appeal_ask,
    appeal_decide,
    appeal_take_back,
    exam_release,
    mark_give,
)
from yunke.school.exams.forms.exams import plain, whole
from yunke.school.exams.reads.analysis import analysis_made, analysis_of, points_seen
from yunke.school.exams.reads.desk import field_id, written_of
from yunke.school.exams.reads.exams import (
    classes_taught,
    classes_watched,
    exam_view,
    quiet_until,
    titled,
)
from yunke.school.exams.reads.papers import items_of_paper
from yunke.school.exams.reads.results import (
    appeal_open,
    appeals_of,
    result_of,
    results_of,
)
from yunke.school.exams.rules.calendar import RESULTS, RESULTS_EN, band_of, points_shown
from yunke.school.exams.rules.papers import points_given
from yunke.school.exams.values.exams import ExamView
from yunke.school.exams.values.results import Result
from yunke.school.library.door import asked_of, points_named, solved_of

# Of fewer pupils than this no counts of answers are shown to a class.
FEWEST = 5


@require_POST
@page("exam.release")
def released(request: Asked, exam_id: int) -> HttpResponse:
    """Now: key, reasoning and everybody's own result."""
    try:
        exam_release(who=request.who, exam_id=exam_id)
    except NotYet as no:
        messages.warning(request, no.text)
    else:
        messages.success(request, _("公布了。学生和家长现在看得到自己的结果。"))
    return HttpResponseRedirect(f"/exams/{exam_id}", status=303)


@require_GET
@page("exam.release")
def marks_page(request: Asked, exam_id: int) -> HttpResponse:
    """What a person has to look at, question by question; who marks a class sees only that."""
    who: Who = request.who
    exam, taught = _taught(who, exam_id)
    results = [r for r in results_of(exam).values() if r.class_id in taught]
    pupils_read(
        who, [r.person_id for r in results], part="exam", part_id=exam.id,
        school_id=exam.school_id,
    )  # fmt: skip
    ids = [item.question_id for item in items_of_paper(exam.paper_id)]
    solved = solved_of(ids)
    lines = [
        line for result in results for line in result.lines if line.reply_id and line.score is None
    ]
    lines.sort(key=lambda line: (line.position, line.reply_id))
    # What was written on paper is marked at the desk, over its picture.
    waiting = [
        {"line": line, "solved": solved.get(line.question_id)}
        for line in lines
        if not field_id(line.value)
    ]
    return render(
        request, "exams/marks.html",
        {"exam": _named(exam), "waiting": waiting, "at_desk": len(lines) - len(waiting)},
    )  # fmt: skip


@require_POST
@page("exam.release")
def marked(request: Asked, exam_id: int, reply_id: int) -> HttpResponse:
    """One mark by hand."""
    _taught(request.who, exam_id)
    score = points_given(request.POST.get("score", ""))
    mark_give(
        who=request.who, exam_id=exam_id, reply_id=reply_id, score=score,
        note=plain(request.POST.get("note"), 500),
    )  # fmt: skip
    back = request.POST.get("back", "marks")
    back = back if back in {"marks", "appeals", "results"} else "marks"
    return HttpResponseRedirect(f"/exams/{exam_id}/{back}", status=303)


@require_GET
@page("exam.release")
def analysis(request: Asked, exam_id: int) -> HttpResponse:
    """What the paper showed. Of the released exam from the job; before it, made for the marker."""
    exam, taught = _taught(request.who, exam_id)
    data = analysis_of(exam_id) if exam.released and set(taught) == set(exam.class_ids) else {}
    shown: Any = data or analysis_made(exam, taught)
    return render(request, "exams/analysis.html", _shown(exam, shown))


def _shown(exam: ExamView, shown: Any) -> dict[str, Any]:
    def read(name: str) -> Any:
        return one_of(shown, name)

    items = items_of_paper(exam.paper_id)
    # Who sits the same paper later has not seen it: figures by number, no question's words yet.
    asked = asked_of([item.question_id for item in items]) if _told_whole(exam) else {}
    by_position = {item.position: item for item in items}
    points = points_named({int(one_of(p, "code")) for p in read("points")})
    return {
        "exam": _named(exam), "told": _told_whole(exam), "shown": shown,
        "reliability": read("reliability"),
        "rows": [
            {"stat": stat, "asked": asked.get(by_position[one_of(stat, "position")].question_id)}
            for stat in read("items")
            if one_of(stat, "position") in by_position
        ],
        "points": [(points[int(one_of(p, "code"))], p) for p in read("points")
                   if int(one_of(p, "code")) in points],
        "spread": spread_bars(read("spread")),
    }  # fmt: skip


def _told_whole(exam: ExamView) -> bool:
    """May the paper's own words be shown? Not while any exam of it lasts or is to come."""
    until = quiet_until(exam.paper_id, now())
    return exam.released or (until is not None and now() > until)


def one_of(thing: Any, name: str) -> Any:
    return thing[name] if isinstance(thing, dict) else getattr(thing, name)


def spread_bars(counts: Any) -> list[dict[str, Any]]:
    """Ten bars of a drawing of 400 by 120."""
    top = max([*counts, 1])
    return [
        {"x": n * 40 + 4, "height": round(count / top * 76), "y": 94 - round(count / top * 76),
         "count": count, "from": n * 10, "middle": n * 40 + 20}
        for n, count in enumerate(counts)
    ]  # fmt: skip


@require_GET
@page("exam.release")
def review(request: Asked, exam_id: int) -> HttpResponse:
    """The paper for the class's screen: the worst first, no names at all, and no counts of so few
    that one could tell whose they are."""
    exam, taught = _taught(request.who, exam_id)
    if not _told_whole(exam):
        raise Http404
    shown = analysis_made(exam, taught)
    items = {item.position: item for item in items_of_paper(exam.paper_id)}
    solved = solved_of([item.question_id for item in items.values()])
    stats = {stat.position: stat for stat in shown.items}
    slides = [
        {"stat": stats[p], "solved": solved.get(items[p].question_id), "item": items[p]}
        for p in shown.worst
    ]
    number = min(max(whole(request.GET.get("n"), 1, 999) or 1, 1), max(len(slides), 1))
    return render(
        request, "exams/review.html",
        {"exam": _named(exam), "slide": slides[number - 1] if slides else None, "n": number,
         "of": len(slides), "before": number - 1, "after": number + 1, "slides": slides,
         "classes": taught, "many": shown.pupils >= FEWEST},
    )  # fmt: skip


@require_GET
@page("exam.release")
def results(request: Asked, exam_id: int) -> HttpResponse:
    """The class by name, never by result."""
    who: Who = request.who
    exam, taught = _taught(who, exam_id)
    found = {number: r for number, r in results_of(exam).items() if r.class_id in taught}
    pupils_read(
        who, list(found), part="exam", part_id=exam.id, school_id=exam.school_id
    )  # fmt: skip
    rows = [
        {"pupil": pupil, "result": found.get(pupil.id)}
        for _class, pupils in _classes_of(taught, found)
        for pupil in pupils
    ]
    return render(
        request, "exams/results.html",
        {"exam": _named(exam), "rows": rows, "items": items_of_paper(exam.paper_id)},
    )  # fmt: skip


def _classes_of(
    taught: tuple[int, ...], found: dict[int, Result]
) -> list[tuple[int, list[PersonName]]]:
    """Each class with its pupils by name: who sat in it, wherever they are now, and who is in it
    today and sat nowhere. 1 query and 1 a class."""
    names = names_of(found)
    lists = []
    for class_id in taught:
        there = {p.id: p for p in class_pupils(class_id) if p.id not in found}
        there |= {n: names[n] for n, r in found.items() if r.class_id == class_id and n in names}
        lists.append((class_id, sorted(there.values(), key=lambda one: (one.name, one.id))))
    return lists


# A read that leaves a line in the audit; nothing to do twice.
@require_GET
@page("exam.release")
def table(request: Asked, exam_id: int) -> HttpResponse:
    """The class's results as CSV for its teacher, once they are out."""
    who: Who = request.who
    exam, taught = _taught(who, exam_id)
    if not exam.released:
        raise Http404
    found, items, count = results_of(exam), items_of_paper(exam.paper_id), 0
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([_("姓名"), _("班级"), *(f"{i.position}" for i in items), _("得分"), _("满分"),
                  _("等级")])  # fmt: skip
    for class_id, pupils in _classes_of(taught, found):
        named = class_by_id(class_id)
        for pupil in pupils:
            if pupil.id in found:
                count += 1
                out.writerow(_cells(pupil.name, named.name if named else "", found[pupil.id]))
    with transaction.atomic():
        audit_record(
            actor_id=who.id, act=Act.DATA_EXPORTED, object_kind="exam", object_id=exam.id,
            school_id=exam.school_id, detail={"rows": count},
        )  # fmt: skip
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="exam-{exam.id}.csv"'
    return response


def _cells(name: str, class_name: str, result: Result) -> list[str]:
    scores = ["" if line.score is None else f"{float(line.score):g}" for line in result.lines]
    total = "" if result.score is None else f"{float(result.score):g}"
    english = (get_language() or "").startswith("en")
    band = result.band[1 + english] if result.band else ""
    return [_plain(name), _plain(class_name), *scores, total, f"{float(result.out_of):g}", band]


def _plain(text: str) -> str:
    """No formula for a spreadsheet."""
    return "'" + text if text[:1] in "=+-@\t\r" else text


@require_GET
@page("exam.result")
def result_page(request: Asked, exam_id: int, child_id: int = 0) -> HttpResponse:
    """One's own result, or one's child's, once it is out."""
    who: Who = request.who
    exam, person_id = _own(who, exam_id, child_id)
    found = result_of(exam, person_id)
    if found is None:
        return render(request, "exams/absent.html", {"exam": _named(exam)})
    if person_id != who.id:
        pupils_read(who, [person_id], part="exam", part_id=exam.id, school_id=exam.school_id)
    solved = solved_of([line.question_id for line in found.lines])
    english = (get_language() or "").startswith("en")
    return render(
        request, "exams/result.html",
        {
            "exam": _named(exam), "result": found, "child_id": child_id,
            "lines": [(line, solved.get(line.question_id)) for line in found.lines],
            "written": written_of({line.reply_id: line.value for line in found.lines}),
            "points": points_seen(found, "en" if english else "zh"),
            "points_shown": points_shown(settings.PROFILE),
            "source": RESULTS_EN if english else RESULTS,
            "bands": [band_of(share) for share in (1.0, 0.75, 0.65, 0.0)],
            "appeals_open": appeal_open(exam, now()), "name": names_of([person_id])[person_id],
            "until": exam.released_at,
        },
    )  # fmt: skip


@require_POST
@page("exam.appeal")
def appealed(request: Asked, exam_id: int) -> HttpResponse:
    """Ask to look again at one question, or ask no more."""
    who: Who = request.who
    data = request.POST
    child_id = whole(data.get("child"), 0, 10**9) or 0
    exam, person_id = _own(who, exam_id, child_id)
    if data.get("do") == "back":
        appeal_take_back(
            by_id=who.id, exam_id=exam.id, appeal_id=whole(data.get("appeal"), 1, 10**9) or 0
        )
    else:
        appeal_ask(
            by_id=who.id, exam=exam, person_id=person_id, reason=plain(data.get("reason"), 500),
            question_id=whole(data.get("question"), 1, 10**9) or 0,
        )  # fmt: skip
        messages.success(request, _("申请收到了。老师看过以后，答复写在这道题下面。"))
    where = f"/exams/{exam_id}/result" + (f"/{child_id}" if child_id else "")
    return HttpResponseRedirect(where, status=303)


@require_GET
@page("exam.release")
def appeals_page(request: Asked, exam_id: int) -> HttpResponse:
    """What pupils and guardians ask to look at again, with every mark so far."""
    who: Who = request.who
    exam, taught = _taught(who, exam_id)
    found = {r.person_id: r for r in results_of(exam).values() if r.class_id in taught}
    asked = [a for a in appeals_of(exam.id) if a.person_id in found]
    pupils_read(
        who, [a.person_id for a in asked], part="exam", part_id=exam.id, school_id=exam.school_id
    )  # fmt: skip
    solved = solved_of([a.question_id for a in asked])
    names = names_of([*(a.person_id for a in asked), *(a.asked_by for a in asked)])
    histories = marks_histories([a.reply_id for a in asked])
    rows = [
        {
            "appeal": a,
            "name": names.get(a.person_id),
            "by": names.get(a.asked_by),
            "line": next(
                (x for x in found[a.person_id].lines if x.question_id == a.question_id), None
            ),
            "solved": solved.get(a.question_id),
            "history": histories.get(a.reply_id, []),
        }
        for a in sorted(asked, key=lambda one: (one.state != "open", one.id))
    ]
    lines = [line for a in asked for line in found[a.person_id].lines]
    wanted = {a.reply_id for a in asked}
    written = written_of({one.reply_id: one.value for one in lines if one.reply_id in wanted})
    shown = {"exam": _named(exam), "rows": rows, "written": written}
    return render(request, "exams/appeals.html", shown)


@require_POST
@page("exam.release")
def appeal_answered(request: Asked, exam_id: int, appeal_id: int) -> HttpResponse:
    """Re-mark or explain."""
    _taught(request.who, exam_id)
    data = request.POST
    score = points_given(data.get("score", "")) if data.get("do") == "mark" else None
    appeal_decide(
        who=request.who, exam_id=exam_id, appeal_id=appeal_id, score=score,
        answer=plain(data.get("answer"), 500),
    )  # fmt: skip
    messages.success(request, _("答复存好了，学生和家长看得到。"))
    return HttpResponseRedirect(f"/exams/{exam_id}/appeals", status=303)


def _taught(who: Who, exam_id: int) -> tuple[ExamView, tuple[int, ...]]:
    """The exam and those of its classes whose answers this teacher may see. Raises Http404."""
    exam = exam_view(exam_id)
    if exam is None or exam.withdrawn_at or not classes_watched(who, exam):
        raise Http404
    taught = classes_taught(who, exam)
    if not taught:
        raise Http404
    return exam, taught


def _own(who: Who, exam_id: int, child_id: int) -> tuple[ExamView, int]:
    """A released exam that the pupil, or the guardian's child, sat. Raises Http404."""
    person_id = child_id or who.id
    place = Place(person=person_id)
    if not allowed(who, "exam.result", place) or (not child_id and not who.is_pupil):
        raise Http404
    exam = exam_view(exam_id)
    if exam is None or not exam.released:
        raise Http404
    there = places_of([person_id])[person_id].class_id in exam.class_ids
    if not there and result_of(exam, person_id) is None:
        raise Http404
    return exam, person_id


def _named(exam: ExamView) -> ExamView:
    """With its title, for readers who may know it: who marks, and everybody after the release."""
    return titled([exam], [exam.paper_id])[0] if _told_whole(exam) else exam
