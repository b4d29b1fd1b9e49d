"""The teacher's pages: what the class fell for, curves, groups, drills on screen and paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import ClassName, PersonName, class_pupils
from yunke.school.library.door import points_named, solved_of
from yunke.school.practice.actions.drilling import class_drills, exercise_send
from yunke.school.practice.actions.printing import NAME, folder_of, printing_ask
from yunke.school.practice.actions.saying import cause_correct, doubt_answer
from yunke.school.practice.reads import book, classes, drills
from yunke.school.practice.rules.drawing import by_try
from yunke.school.practice.views.scope import (
    class_taught,
    language,
    pupils_looked,
    questions_known,
    sent_of,
    subjects_taught,
    words,
)


@require_GET
@page("practice.teach")
def class_page(request: Asked, class_id: int) -> HttpResponse:
    """The week's errors, groups with ready exercises, curves and drills. 21 queries at any size."""
    found = class_taught(request, class_id)
    pupils = pupils_looked(request.who, found)
    ids = [pupil.id for pupil in pupils]
    names = {pupil.id: pupil for pupil in pupils}
    errors = classes.class_errors(class_id, ids, classes.week_ago())
    subjects = subjects_taught(request.who, class_id)
    wanted = book.inferred_of(ids)
    told_of = [one for one in ids if one in wanted]
    points = classes.class_points(told_of)
    groups, free = classes.class_groups(told_of, found.school_id)
    solved = solved_of([e.question_id for e in errors] + [q for g in groups for q in g.questions])
    named = points_named({group.point_id for group in groups})
    week = drills.class_week(class_id, today())
    return render(
        request,
        "practice/class.html",
        {
            "school_class": found,
            "pupils": pupils,
            "errors": [
                (e, solved[e.question_id], _who(e, names))
                for e in errors
                if e.question_id in solved
            ],
            "films": classes.explanations_of(class_id),
            "points": [one for one in points if not subjects or one.subject in subjects],
            "groups": [
                (
                    named[g.point_id], [names[p] for p in g.pupils if p in names],
                    [(q, solved[q]) for q in g.questions if q in solved],
                )
                for g in groups
                if g.point_id in named
            ],
            "free": len(free),
            "drills": {
                "all": len(week), "done": sum(one.done_at is not None for one in week),
                "pupils": len({one.person_id for one in week}),
            },
            "doubts": classes.doubts_of(class_id),
        },
    )  # fmt: skip


def _who(error: Any, names: dict[int, PersonName]) -> list[tuple[Any, list[PersonName]]]:
    return [(a, [names[p] for p in a.pupils if p in names]) for a in error.answers]


@require_GET
@page("practice.teach")
def question_page(request: Asked, class_id: int, erred_id: int) -> HttpResponse:
    """One item of the class: each wrong answer with its cause and who, and the recorder."""
    found = class_taught(request, class_id)
    pupils = pupils_looked(request.who, found)
    names = {pupil.id: pupil for pupil in pupils}
    error = classes.class_error(class_id, list(names), erred_id, classes.week_ago())
    solved = solved_of([erred_id]).get(erred_id) if error else None
    if error is None or solved is None:
        raise Http404
    reached = sorted({p for answer in error.answers for p in answer.pupils if p in names})
    return render(
        request,
        "practice/question.html",
        {
            "school_class": found,
            "error": error,
            "solved": solved,
            "answers": _who(error, names),
            "reached": [names[one] for one in reached],
            "shown": ",".join(str(one) for one in reached),
            "films": classes.explanations_of(class_id).get(erred_id, []),
        },
    )


@require_GET
@page("practice.teach")
def curve_page(request: Asked, class_id: int, point_id: int) -> HttpResponse:
    """Errors of the class at the first try, the second, the third. Five pupils at least."""
    found = class_taught(request, class_id)
    pupils = pupils_looked(request.who, found)
    point = points_named([point_id]).get(point_id)
    drawn = classes.class_curve(sorted(book.inferred_of(p.id for p in pupils)), point_id)
    if point is None or drawn is None:
        raise Http404
    places = drawn.opportunities[:10]
    law = [drawn.law.errors(one.number) for one in places] if drawn.law else []
    return render(
        request,
        "practice/curve.html",
        {
            "school_class": found,
            "point": point,
            "places": places,
            "trend": drawn.trend.value,
            "picture": by_try([(o.errors, o.low, o.high, o.answers) for o in places], law),
        },
    )


@require_POST
@page("practice.teach")
def cause_corrected(request: Asked, class_id: int, erred_id: int) -> HttpResponse:
    found = class_taught(request, class_id)
    count = cause_correct(
        who_id=request.who.id, class_id=class_id, school_id=found.school_id,
        question_id=erred_id, value=words(request, "value"),
        cause=words(request, "cause"),
        pupil_ids=tuple(pupil.id for pupil in class_pupils(class_id)),
    )  # fmt: skip
    told = ngettext("改了 %d 位学生的错因。", "改了 %d 位学生的错因。", count) % count
    messages.success(request, told)
    back = f"/practice/class/{class_id}/question/{erred_id}"
    return HttpResponseRedirect(back, status=303)


@require_POST
@page("practice.teach")
def drills_now(request: Asked, class_id: int) -> HttpResponse:
    """ "Make it now" for the whole class."""
    found = class_taught(request, class_id)
    count = class_drills(
        who_id=request.who.id, class_id=class_id, school_id=found.school_id,
        pupil_ids=[pupil.id for pupil in class_pupils(class_id)], title=found.name,
    )  # fmt: skip
    if count:
        told = ngettext("出了 %d 份小练习。", "出了 %d 份小练习。", count) % count
    else:
        told = _("现在没有人需要新的小练习：上一份还没做，或者没有该练的题。")
    messages.success(request, told)
    return HttpResponseRedirect(f"/practice/class/{class_id}", status=303)


@require_POST
@page("practice.teach")
def exercise_sent(request: Asked, class_id: int) -> HttpResponse:
    """A group's exercise as the teacher edited it; only pupils of this class."""
    found = class_taught(request, class_id)
    here = [pupil.id for pupil in class_pupils(class_id)]
    questions = sent_of(request, "question")
    if questions_known(request.who, here, questions) != questions:
        raise Refused(_("选 1 到 8 道题和至少一位学生；什么都没有发出。"), status=422)
    count = exercise_send(
        who_id=request.who.id, class_id=class_id, school_id=found.school_id,
        pupil_ids=[one for one in sent_of(request, "pupil") if one in here],
        question_ids=questions, title=words(request, "title").strip(),
    )  # fmt: skip
    told = ngettext("发给了 %d 位学生。", "发给了 %d 位学生。", count) % count
    messages.success(request, told)
    return HttpResponseRedirect(f"/practice/class/{class_id}", status=303)


@require_POST
@page("practice.teach")
def doubt_answered(request: Asked, class_id: int, doubt_id: int) -> HttpResponse:
    found = class_taught(request, class_id)
    doubt_answer(
        who_id=request.who.id, class_id=class_id, school_id=found.school_id, doubt_id=doubt_id,
        answer=words(request, "answer"),
    )  # fmt: skip
    messages.success(request, _("答复发出去了。"))
    return HttpResponseRedirect(f"/practice/class/{class_id}#doubts", status=303)


@require_POST
@page("practice.teach")
def print_wanted(request: Asked, class_id: int) -> HttpResponse:
    """This week's drills that nobody has done yet, as sheets."""
    found = class_taught(request, class_id)
    week = drills.class_week(class_id, today())
    newest = {one.person_id: one.id for one in week if one.done_at is None}
    number_ = printing_ask(
        who_id=request.who.id, class_id=class_id, school_id=found.school_id,
        drill_ids=list(newest.values()), language=language(),
    )  # fmt: skip
    return HttpResponseRedirect(f"/practice/class/{class_id}/printing/{number_}", status=303)


@require_GET
@page("practice.teach")
def printing_page(request: Asked, class_id: int, sheets_id: int) -> HttpResponse:
    found, row = _printing(request, class_id, sheets_id)
    told = {"school_class": found, "printing": row}
    part = "practice/printing_state.html" if request.htmx else "practice/printing.html"
    return render(request, part, told)


@require_GET
@page("practice.teach")
def printing_file(request: Asked, class_id: int, sheets_id: int) -> HttpResponse:
    found, row = _printing(request, class_id, sheets_id)
    path = folder_of(row.id) / NAME
    if row.ready_at is None or not path.is_file():
        raise Http404
    pupils_looked(request.who, found)
    name = f"drill-{class_id}-{sheets_id}.pdf"
    answer = HttpResponse(path.read_bytes(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _printing(request: Asked, class_id: int, sheets_id: int) -> tuple[ClassName, Any]:
    found = class_taught(request, class_id)
    row = drills.printing_of(sheets_id)
    if row is None or row.class_id != class_id:
        raise Http404
    return found, row
