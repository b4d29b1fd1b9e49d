"""The author's page: where the lesson is on its way, what was said, and what comes next."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.school.library.door import lesson_work
from yunke.school.review.actions.moves import NotHere, Overtaken
from yunke.school.review.actions.submit import (
    lesson_resubmit,
    lesson_send_on,
    lesson_submit,
    submission_withdraw,
)
from yunke.school.review.forms import turn_typed, words_typed
from yunke.school.review.models import Submission
from yunke.school.review.reads.one import about_of, moves_of, state_of, submission_of_lesson
from yunke.school.review.reads.path import differences_now, stops_of
from yunke.school.review.rules import ENDED, may
from yunke.school.review.values import Level, Move, State

AGAIN = frozenset({State.COUNTY_RETURNED, State.CITY_RETURNED})


@require_GET
@page("lesson.write")
def path(request: Asked, lesson_id: int) -> HttpResponse:
    return shown(request, lesson_id)


def shown(request: Asked, lesson_id: int, *, status: int = 200, **typed: Any) -> HttpResponse:
    """For those who make the lesson; only its author moves it. At most 20 queries."""
    who = request.who
    work = lesson_work(lesson_id, who)
    if work is None:
        raise Http404
    row = submission_of_lesson(lesson_id)
    state = state_of(row) if row else ""
    ended = row is None or state in ENDED
    context = {
        "work": work,
        "row": row,
        "state": state,
        "ended": ended,
        "author": work.author_id == who.id,
        "ready": bool(work.files),
        "has_county": bool(work.county_id),
        "moves": moves_of(row) if row else (),
        "stops": stops_of(row),
        "again": state in AGAIN,
        "differences": differences_now(row) if row and state in AGAIN else [],
        "may_on": row is not None and may(who, about_of(row), Move.ON),
        "message": "",
        **typed,
    }
    return render(request, "review/path.html", context, status=status)


@require_POST
@page("lesson.submit")
def submit(request: Asked, lesson_id: int) -> HttpResponse:
    message, aim = words_typed(request.POST, "message"), request.POST.get("aim")
    if aim not in set(Level):
        why = _("请选送到哪一级。")
        return shown(request, lesson_id, status=422, refused=why, message=message)
    try:
        lesson_submit(who=request.who, lesson_id=lesson_id, aim=Level(aim), message=message)
    except NotHere:
        raise Http404 from None
    except Refused as no:
        return shown(request, lesson_id, status=422, refused=no.text, message=message)
    messages.success(request, _("已送审，审核的人看到的就是现在这一稿。"))
    return _back(lesson_id)


def _mine(request: Asked, lesson_id: int) -> Submission:
    row = submission_of_lesson(lesson_id)
    if row is None or row.author_id != request.who.id:
        raise Http404
    return row


def _move(request: Asked, lesson_id: int, act: Any, told: str, word: str = "") -> HttpResponse:
    """An author's move, with what was written as its ``word``: kept when it cannot be made."""
    row, written = _mine(request, lesson_id), words_typed(request.POST, "message")
    more = {word: written} if word else {}
    try:
        act(who=request.who, submission_id=row.id, turn=turn_typed(request.POST), **more)
    except NotHere:
        raise Http404 from None
    except Overtaken:
        why = _("状态刚刚变了，没有再改动。你写的在下面。")
        return shown(request, lesson_id, status=409, refused=why, message=written)
    except Refused as no:
        return shown(request, lesson_id, status=422, refused=no.text, message=written)
    messages.success(request, told)
    return _back(lesson_id)


@require_POST
@page("lesson.submit")
def resubmit(request: Asked, lesson_id: int) -> HttpResponse:
    return _move(request, lesson_id, lesson_resubmit, _("已重新送审。"), "message")


@require_POST
@page("lesson.submit")
def send_on(request: Asked, lesson_id: int) -> HttpResponse:
    return _move(request, lesson_id, lesson_send_on, _("已送往市里。"))


@require_POST
@page("lesson.submit")
def withdraw(request: Asked, lesson_id: int) -> HttpResponse:
    told = _("已收回。课和笔记都在，随时可以再送审。")
    return _move(request, lesson_id, submission_withdraw, told, "reason")


def _back(lesson_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"/make/{lesson_id}/review", status=303)
