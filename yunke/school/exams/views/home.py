"""The guardian's phone as the invigilator: checklist, code, what happened, pages, signature."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import PersonName, Place, Who, allowed, places_of
from yunke.school.attempts.door import pages_of
from yunke.school.exams.actions.home import code_anew, watch_check, watch_code, watch_sign
from yunke.school.exams.actions.home_pages import page_take
from yunke.school.exams.actions.sitting import incident_note
from yunke.school.exams.forms.exams import plain
from yunke.school.exams.reads.exams import exam_view, seat_of
from yunke.school.exams.reads.watching import incidents_of, state_of, watch_of
from yunke.school.exams.rules.home import CHECKS, MOST_MISSES, PHOTO_MINUTES, SAYS, photos_until
from yunke.school.exams.values.exams import ExamView, IncidentKind, Mode

AT_HOME = (IncidentKind.LATE, IncidentKind.ILL, IncidentKind.DEVICE, IncidentKind.NOISE,
           IncidentKind.HELP, IncidentKind.OTHER)  # fmt: skip


@require_GET
@page("exam.guard")
def watch(request: Asked, exam_id: int, child_id: int) -> HttpResponse:
    """Where it stands: before, with the code, while the child writes, after."""
    exam, child = _there(request.who, exam_id, child_id)
    at = now()
    seat, found = seat_of(exam, child.id, at=at), watch_of(exam.id, child.id)
    code = watch_code(exam=exam, child_id=child.id) if found.checked and seat is None else ""
    until = photos_until(seat.submitted_at) if seat and seat.submitted_at else None
    return render(
        request, "exams/watch.html",
        {
            "exam": exam, "child": child, "seat": seat, "watch": found, "code": code, "at": at,
            "checks": [(key, (key, zh, en), icon, found.checks.get(key) is True)
                       for key, zh, en, icon in CHECKS],
            "says": SAYS, "kinds": AT_HOME, "state": state_of(seat, at),
            "incidents": [i for i in incidents_of(exam.id, person_id=child.id)
                          if i.by_id == request.who.id],
            "pages": pages_of([seat.attempt_id]) if seat else [],
            "photos_open": seat is not None and (until is None or at <= until),
            "until": until, "minutes": PHOTO_MINUTES, "locked": found.misses >= MOST_MISSES,
        },
    )  # fmt: skip


@require_POST
@page("exam.guard")
def watch_done(request: Asked, exam_id: int, child_id: int, what: str) -> HttpResponse:
    """One act of the guardian."""
    who: Who = request.who
    exam, child = _there(who, exam_id, child_id)
    data = request.POST
    match what:
        case "check":
            ticked = {key: key in data.getlist("check") for key, *_words in CHECKS}
            watch_check(guardian_id=who.id, exam=exam, child_id=child.id, checks=ticked)
        case "code":
            code_anew(exam=exam, child_id=child.id)
            messages.success(request, _("换了新的开始码。"))
        case "incident":
            _noted(request, who, exam, child)
        case "sign":
            said = {key: key in data.getlist("said") for key, *_words in SAYS}
            watch_sign(
                guardian_id=who.id, exam=exam, child_id=child.id, said=said,
                seat=seat_of(exam, child.id), name=plain(data.get("name"), 60),
            )  # fmt: skip
            messages.success(request, _("谢谢您。签字已经收到。"))
        case _:
            raise Http404
    return HttpResponseRedirect(f"/exams/{exam_id}/watch/{child_id}", status=303)


def _noted(request: Asked, who: Who, exam: ExamView, child: PersonName) -> None:
    seat = seat_of(exam, child.id)
    kind = request.POST.get("kind", "")
    if seat is None:
        raise Refused(_("孩子开始以后才能记；没有保存。"), status=409)
    incident_note(
        who_id=who.id, exam=exam, seat=seat, purpose="guardian",
        kind=IncidentKind(kind) if kind in set(AT_HOME) else IncidentKind.OTHER,
        note=plain(request.POST.get("note"), 500),
    )  # fmt: skip
    messages.success(request, _("记下了，老师看得到。"))


# The same picture is the same page; making it plain must not hold the writers up.
@require_POST
@page("exam.guard", replay=False)
def watch_page(request: Asked, exam_id: int, child_id: int) -> HttpResponse:
    """A page that the child wrote by hand, photographed by the guardian."""
    exam, child = _there(request.who, exam_id, child_id)
    files = request.FILES.getlist("photo")[:10]
    if not files:
        raise Refused(_("没有收到照片。"), status=422)
    seat = seat_of(exam, child.id)
    for file in files:
        page_take(seat=seat, child_id=child.id, file=file)
    messages.success(request, _("拍好的都收到了。"))
    return HttpResponseRedirect(f"/exams/{exam_id}/watch/{child_id}", status=303)


def _there(who: Who, exam_id: int, child_id: int) -> tuple[ExamView, PersonName]:
    """The home exam and the guardian's own child who sits it. Raises Http404."""
    child = next((c for c in who.children if c.id == child_id), None)
    if child is None or not allowed(who, "exam.guard", Place(person=child_id)):
        raise Http404
    exam = exam_view(exam_id)
    if exam is None or exam.withdrawn_at or exam.mode is not Mode.HOME:
        raise Http404
    if places_of([child_id])[child_id].class_id not in exam.class_ids:
        raise Http404
    return exam, child
