"""The marking desk: a paper at a time, the next one fetched before it is wanted."""

import json
import re
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import class_by_id, pupils_read
from yunke.school.homework.actions.hints import hints_ask
from yunke.school.homework.actions.marking import MarkIn, desk_save, homework_return
from yunke.school.homework.actions.own import phrase_add, phrase_remove
from yunke.school.homework.forms import ReturnForm
from yunke.school.homework.models import Homework, Phrase
from yunke.school.homework.reads.one import states_in
from yunke.school.homework.reads.papers import paper_of
from yunke.school.homework.rules.desk import ink_of, kept
from yunke.school.homework.values import HANDED, PupilState
from yunke.school.homework.views.scope import homework_marked

MOST_MARKS = 200
# 7, 7.5, 15/2: no exponents, which a few letters make as long as a book.
POINTS = re.compile(r"[0-9]{1,4}(?:[./][0-9]{1,6})?")


def papers_in(row: Homework) -> list[PupilState]:
    """What was handed in, by name."""
    return [one for one in states_in(row) if one.stage in HANDED and one.attempt_id]


@require_GET
@page("homework.mark")
def desk_page(request: Asked, homework_id: int) -> HttpResponse:
    row = homework_marked(request, homework_id)
    papers = papers_in(row)
    pupils_read(
        request.who, (one.pupil_id for one in papers), part="homework", part_id=row.id,
        school_id=row.school_id, class_id=row.class_id,
    )  # fmt: skip
    hints_ask(row, papers)
    first = next((one for one in papers if one.waits), papers[0] if papers else None)
    asked = request.GET.get("paper", "")
    if asked.isdecimal() and len(asked) < 19:
        first = next((one for one in papers if one.attempt_id == int(asked)), first)
    context = {
        "row": row, "papers": papers, "first": first, "school_class": class_by_id(row.class_id),
        "paper": paper_of(row, first) if first else None,
        "phrases": Phrase.objects.filter(teacher_id=request.who.id, gone_at__isnull=True)
        .order_by("id"),
    }  # fmt: skip
    return render(request, "homework/desk.html", context)


@require_GET
@page("homework.mark")
def desk_paper(request: Asked, homework_id: int, work_id: int) -> HttpResponse:
    """One paper as the desk shows it: a part of a page."""
    row = homework_marked(request, homework_id)
    state = state_of(row, work_id)
    return render(request, "homework/paper.html", {"row": row, "paper": paper_of(row, state)})


def state_of(row: Homework, attempt_id: int) -> PupilState:
    state = next((one for one in papers_in(row) if one.attempt_id == attempt_id), None)
    if state is None:
        raise Http404
    return state


@require_POST
@page("homework.mark")
def desk_saved(request: Asked, homework_id: int, work_id: int) -> HttpResponse:
    """What the teacher did on one paper: JSON in, what stands now out. Once under its key."""
    row = homework_marked(request, homework_id)
    state = state_of(row, work_id)
    sent = _sent(request)
    return JsonResponse(
        desk_save(by_id=request.who.id, copy_id=state.copy_id, attempt_id=work_id, **sent)
    )


def _sent(request: Asked) -> dict[str, Any]:
    """Raises Refused for what is no save."""
    no = Refused(_("这一次保存读不懂，什么都没有改动。请刷新页面。"), status=422)
    try:
        told = json.loads(request.body)
        keeps = kept(told)
    except (ValueError, RecursionError):
        raise no from None
    if not keeps:
        raise no
    marks = told.get("marks", []) if isinstance(told, dict) else None
    seq = told.get("seq") if isinstance(told, dict) else None
    if not isinstance(marks, list) or len(marks) > MOST_MARKS or not _whole(seq):
        raise no
    word, ink = told.get("word"), told.get("ink")
    drawn = None if ink is None else ink_of(ink)
    if (ink is not None and drawn is None) or not isinstance(word, str | None):
        raise no
    return {"seq": seq, "marks": [_mark(one, no) for one in marks], "word": word, "ink": drawn}


def _mark(one: Any, no: Refused) -> MarkIn:
    if not isinstance(one, dict) or not _whole(one.get("reply")):
        raise no
    score, causes, note = one.get("score"), one.get("causes", []), one.get("note", "")
    if score is not None and not (isinstance(score, str) and POINTS.fullmatch(score)):
        raise no
    if not isinstance(note, str) or not isinstance(causes, list) or len(causes) > 10:
        raise no
    if not all(isinstance(cause, str) and 0 < len(cause) <= 80 for cause in causes):
        raise no
    try:
        points = None if score is None else Fraction(score)
    except (ValueError, ZeroDivisionError):
        raise no from None
    return MarkIn(one["reply"], points, tuple(causes), note[:500])


def _whole(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**53


@require_POST
@page("homework.mark")
def returned(request: Asked, homework_id: int) -> HttpResponse:
    """Give back what is marked through, of all or of those chosen."""
    row = homework_marked(request, homework_id)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        raise Refused(_("名单不完整，请刷新后再试。"), status=422)
    data = form.cleaned_data
    count, waiting = homework_return(
        by_id=request.who.id,
        homework_id=row.id,
        pupils=data["pupils"] or None,
        correct=data["correct"],
    )
    told = ngettext("发回了 %d 份。", "发回了 %d 份。", count) % count
    if waiting:
        told += (
            ngettext("还有 %d 份没批完，先留着。", "还有 %d 份没批完，先留着。", waiting) % waiting
        )
    messages.success(request, told)
    return HttpResponseRedirect(f"/homework/{homework_id}", status=303)


@require_POST
@page("homework.mark")
def phrase_new(request: Asked) -> HttpResponse:
    """A comment for the bank, from the desk: the list as it is now."""
    phrase_add(teacher_id=request.who.id, text=request.POST.get("text", ""))
    return _phrases(request)


@require_POST
@page("homework.mark")
def phrase_gone(request: Asked, phrase_id: int) -> HttpResponse:
    if not phrase_remove(teacher_id=request.who.id, phrase_id=phrase_id):
        raise Http404
    return _phrases(request)


def _phrases(request: Asked) -> HttpResponse:
    rows = Phrase.objects.filter(teacher_id=request.who.id, gone_at__isnull=True).order_by("id")
    return render(request, "homework/phrases.html", {"phrases": rows})
