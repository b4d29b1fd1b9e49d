"""One submission before its reviewer: the lesson as it was handed in, the checklist, the word."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import city_id
from yunke.school.library.door import AssetKind
from yunke.school.preparing.door import VersionShown, version_shown
from yunke.school.review.actions.decide import (
    remark_add,
    submission_claim,
    submission_decide,
    submission_release,
    ticks_save,
)
from yunke.school.review.actions.moves import NotHere, Overtaken
from yunke.school.review.actions.submit import submission_withdraw
from yunke.school.review.forms import ticks_read, turn_typed, words_typed
from yunke.school.review.models import Submission
from yunke.school.review.reads.desk import on_duty
from yunke.school.review.reads.one import (
    about_of,
    checklist_of,
    is_claimer,
    items_of,
    moves_of,
    state_of,
    submission_for,
    turn_of,
)
from yunke.school.review.reads.path import differences, stops_of
from yunke.school.review.rules import leads, may, reviews
from yunke.school.review.values import Level, Move, TickIn, TickLine


@require_GET
@page("review.read")
def one(request: Asked, submission_id: int) -> HttpResponse:
    return shown(request, _found(request, submission_id))


def _found(request: Asked, submission_id: int) -> Submission:
    row = submission_for(submission_id, request.who)
    if row is None or row.author_id == request.who.id:
        raise Http404
    return row


def shown(
    request: Asked, row: Submission, *, status: int = 200, typed: dict[str, Any] | None = None
) -> HttpResponse:
    """The page; ``typed`` is what was written when it could not be taken. 14 queries at most."""
    who, about, level = request.who, about_of(row), turn_of(row)
    version = version_shown(row.version_id)
    claimer = is_claimer(who, row)
    held = bool(row.claimed_by_id) and (claimer or on_duty(row))
    ticks = checklist_of(row, level) if level else ()
    context = {
        "row": row, "state": state_of(row), "version": version, "level": level,
        "newer": version is not None and row.lesson.version > version.number,
        "film": film_of(version), "papers": papers_of(version), "claimer": claimer,
        "held": held, "may_claim": reviews(who, about) and not held,
        "may_free": may(who, about, Move.RELEASE), "leads": leads(who, about),
        "may_take_back": leads(who, about) and may(who, about, Move.WITHDRAW)
        and state_of(row) == "published",
        "ticks": _typed_ticks(ticks, typed), "moves": moves_of(row), "stops": stops_of(row),
        "differences": differences(row), "reason": "", **(typed or {}),
    }  # fmt: skip
    return render(request, "review/one.html", context, status=status)


def _typed_ticks(ticks: tuple[TickLine, ...], typed: dict[str, Any] | None) -> list[TickLine]:
    given: dict[int, TickIn] = {t.item_id: t for t in (typed or {}).get("given", ())}
    return [
        TickLine(t.item, g.good, g.note, g.at_second, g.page)
        if (g := given.get(t.item.id)) is not None
        else t
        for t in ticks
    ]


def film_of(version: VersionShown | None) -> Any:
    files = version.files if version else ()
    return next((f for f in reversed(files) if f.kind == AssetKind.VIDEO), None)


def papers_of(version: VersionShown | None) -> list[Any]:
    return [f for f in version.files if f.kind == AssetKind.COURSEWARE] if version else []


@require_POST
@page("review.do")
def claim(request: Asked, submission_id: int) -> HttpResponse:
    try:
        submission_claim(who=request.who, submission_id=submission_id)
    except NotHere:
        raise Http404 from None
    except Overtaken as meanwhile:
        return overtaken(request, submission_id, meanwhile, {})
    messages.success(request, _("已领取，请审完给个说法。"))
    return _back(submission_id)


@require_POST
@page("review.read")
def release(request: Asked, submission_id: int) -> HttpResponse:
    turn = turn_typed(request.POST)
    try:
        submission_release(who=request.who, submission_id=submission_id, turn=turn)
    except NotHere:
        raise Http404 from None
    except Overtaken as meanwhile:
        return overtaken(request, submission_id, meanwhile, {})
    messages.success(request, _("已放回队列，勾选都留着。"))
    return HttpResponseRedirect("/review", status=303)


@require_POST
@page("review.do")
def decide(request: Asked, submission_id: int) -> HttpResponse:
    """Keep the ticks for later, pass, or return."""
    row = submission_for(submission_id, request.who)
    what = request.POST.get("what", "")
    ticks = ticks_read(request.POST, [item.id for item in items_of(city_id())])
    reason = words_typed(request.POST, "reason")
    typed = {"reason": reason, "given": ticks}
    try:
        if what == "keep":
            ticks_save(who=request.who, submission_id=submission_id, ticks=ticks)
            messages.success(request, _("勾选已存下。"))
            return _back(submission_id)
        if what not in {"pass", "return"}:
            raise Http404
        submission_decide(
            who=request.who, submission_id=submission_id, turn=turn_typed(request.POST),
            passed=what == "pass", reason=reason, ticks=ticks,
        )  # fmt: skip
    except NotHere:
        raise Http404 from None
    except Overtaken as meanwhile:
        return overtaken(request, submission_id, meanwhile, typed)
    except Refused as no:
        if row is None:
            raise Http404 from None
        return shown(request, row, status=422, typed={**typed, "refused": no.text})
    messages.success(request, _decided(what, turn_of(row) if row else None))
    return HttpResponseRedirect("/review", status=303)


def _decided(what: str, level: Level | None) -> str:
    if what == "return":
        return _("已退回给老师，原因写在里面。")
    if level == Level.CITY:
        return _("已通过，全市都能看到了。")
    return _("区县审核已通过。")


def overtaken(
    request: Asked, submission_id: int, meanwhile: Overtaken, typed: dict[str, Any]
) -> HttpResponse:
    """Somebody was quicker: what they did, and what was written here, to keep."""
    context = {
        "submission_id": submission_id,
        "last": meanwhile.last,
        "reason": typed.get("reason", ""),
        "ticks": [t for t in typed.get("given", ()) if t.note],
    }
    return render(request, "review/overtaken.html", context, status=409)


@require_POST
@page("review.read")
def remark(request: Asked, submission_id: int) -> HttpResponse:
    text = words_typed(request.POST, "text")
    try:
        remark_add(who=request.who, submission_id=submission_id, text=text)
    except NotHere:
        raise Http404 from None
    messages.success(request, _("已记在这节课的审核里，老师也看得到。"))
    row = submission_for(submission_id, request.who)
    return _back(submission_id) if row else HttpResponseRedirect("/review", status=303)


@require_POST
@page("review.lead")
def take_back(request: Asked, submission_id: int) -> HttpResponse:
    """The office takes a published lesson back, with a reason that its author reads."""
    row, message = _found(request, submission_id), words_typed(request.POST, "message")
    try:
        submission_withdraw(
            who=request.who, submission_id=submission_id, turn=turn_typed(request.POST),
            reason=message,
        )  # fmt: skip
    except NotHere:
        raise Http404 from None
    except Overtaken as meanwhile:
        return overtaken(request, submission_id, meanwhile, {"reason": message})
    except Refused as no:
        return shown(request, row, status=422, typed={"message": message, "refused": no.text})
    messages.success(request, _("已收回，正在看的人几秒内停下；笔记和答案都在。"))
    return _back(submission_id)


def _back(submission_id: int) -> HttpResponse:
    return HttpResponseRedirect(f"/review/{submission_id}", status=303)
