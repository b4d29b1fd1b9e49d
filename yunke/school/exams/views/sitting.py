"""The pupil's page while an exam runs: nothing on it but the exam."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.ground.people.door import Who, places_of
from yunke.school.attempts.door import Of, attempt_opened, sheet_of
from yunke.school.exams.actions.home import code_enter, code_missed
from yunke.school.exams.actions.sitting import sitting_seen, sitting_start
from yunke.school.exams.reads.exams import exam_for_pupil, seat_of
from yunke.school.exams.values.exams import ExamView, Mode


@require_POST
@page("exam.sit")
def started(request: Asked, exam_id: int) -> HttpResponse:
    """Come in; at home with the code that the grown-up reads out."""
    who: Who = request.who
    exam = _exam(who, exam_id)
    class_id = places_of([who.id])[who.id].class_id
    if exam.mode is Mode.HOME and not code_enter(
        exam=exam, child_id=who.id, class_id=class_id, given=request.POST.get("code", "")[:40]
    ):
        code_missed(exam=exam, child_id=who.id)
        messages.warning(request, _("开始码不对。请家长再念一遍。"))
        return HttpResponseRedirect(f"/exams/{exam_id}", status=303)
    sitting_start(who_id=who.id, class_id=class_id, exam=exam)
    return HttpResponseRedirect(f"/exams/{exam_id}/sit", status=303)


@require_GET
@page("exam.sit")
def sit(request: Asked, exam_id: int) -> HttpResponse:
    who: Who = request.who
    exam = _exam(who, exam_id)
    seat, opened = seat_of(exam, who.id), attempt_opened(who.id, Of.EXAM, exam_id)
    if seat is None or opened is None or seat.withdrawn_at or exam.on_paper:
        return HttpResponseRedirect(f"/exams/{exam_id}")
    if opened.submitted_at is not None:
        return render(request, "exams/done.html", {"exam": exam, "seat": seat, "opened": opened})
    return render(
        request, "exams/sit.html",
        {"exam": exam, "seat": seat, "sheet": sheet_of(opened, by_photo=exam.at_home)},
    )  # fmt: skip


# Says only that the page is there: the same however often it comes.
@require_POST
@page("exam.sit", replay=False)
def pulse(request: Asked, exam_id: int) -> HttpResponse:
    """The page is there; how long it may still write, and whether the clock stands."""
    who: Who = request.who
    if not sitting_seen(who.id, exam_id):
        raise Http404
    exam = _exam(who, exam_id)
    seat = seat_of(exam, who.id)
    if seat is None:
        raise Http404
    return JsonResponse(
        {
            "now": now().isoformat(), "paused": seat.paused,
            "ends_at": seat.ends_at.isoformat() if seat.ends_at else None,
            "over": seat.submitted_at is not None,
        }
    )  # fmt: skip


def _exam(who: Who, exam_id: int) -> ExamView:
    found = exam_for_pupil(who.id, exam_id)
    if found is None:
        raise Http404
    return found
