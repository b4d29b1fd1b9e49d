"""A live question: the teacher's screen, the pupils' phones, the camera that reads cards."""

import json
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.craft.marking.cards import CardOf, cards_in, cards_pdf
from yunke.craft.marking.sheets import BadPicture
from yunke.ground.people.door import ClassName, Place, Who, allowed, class_by_id, class_pupils
from yunke.school.library.door import asked_of, solved_of
from yunke.school.practice.actions.living import (
    cards_count,
    cards_number,
    live_answer,
    live_end,
    live_show,
    live_start,
)
from yunke.school.practice.models import LiveQuestion
from yunke.school.practice.reads import classes
from yunke.school.practice.reads.live import (
    answer_of,
    cards_given,
    cards_of,
    histogram,
    live_open,
    live_row,
)
from yunke.school.practice.views.scope import class_taught, own_place, questions_known, sent_of

# A still from a phone's camera; never more than is held in memory.
PICTURE = 4 * 2**20
MOST_VALUE = 2000


@require_GET
@page("practice.teach")
def choose_page(request: Asked, class_id: int) -> HttpResponse:
    """What to ask: the week's errors of this class first, or any question of the library."""
    found = class_taught(request, class_id)
    ids = [pupil.id for pupil in class_pupils(class_id)]
    errors = classes.class_errors(class_id, ids, classes.week_ago())
    solved = solved_of(one.question_id for one in errors)
    return render(
        request,
        "practice/live_choose.html",
        {
            "school_class": found,
            "running": live_open(class_id),
            "errors": [(e, solved[e.question_id]) for e in errors if e.question_id in solved],
        },
    )


@require_POST
@page("practice.teach")
def started(request: Asked, class_id: int) -> HttpResponse:
    found = class_taught(request, class_id)
    here = [pupil.id for pupil in class_pupils(class_id)]
    known = questions_known(request.who, here, sent_of(request, "question")[:1])
    question = next(iter(known), 0)
    if not question:
        raise Refused(_("先选一道题。"), status=422)
    live_id = live_start(
        who_id=request.who.id, class_id=class_id, school_id=found.school_id, question_id=question
    )
    return HttpResponseRedirect(f"/live-quiz/{live_id}", status=303)


@require_GET
@page("along.join")
def live_page(request: Asked, live_id: int) -> HttpResponse:
    """The teacher's shared screen, or a pupil's phone. No name stands on either."""
    who: Who = request.who
    live, found = _live(who, live_id)
    teaches = allowed(who, "practice.teach", Place(class_id=live.class_id))
    told: dict[str, Any] = {"live": live, "school_class": found, "leads": live.teacher_id == who.id}
    if teaches:
        told["solved"] = solved_of([live.question_id])[live.question_id]
        told |= _bars(live)
        return render(request, "practice/live.html", told)
    told["asked"] = asked_of([live.question_id])[live.question_id]
    told["value"] = answer_of(live.id, who.id)
    if live.shown_at:
        told["solved"] = solved_of([live.question_id])[live.question_id]
    return render(request, "practice/live_phone.html", told)


def _live(who: Who, live_id: int) -> tuple[LiveQuestion, ClassName]:
    live = live_row(live_id)
    if live is None or not allowed(who, "along.join", Place(class_id=live.class_id)):
        raise Http404
    found = class_by_id(live.class_id)
    if found is None:
        raise Http404
    return live, found


def _bars(live: LiveQuestion) -> dict[str, Any]:
    return {"bars": histogram(live, len(class_pupils(live.class_id))), "live": live}


@require_GET
@page("practice.teach")
def bars_part(request: Asked, live_id: int) -> HttpResponse:
    """The histogram, asked for every second. Counts, no names. 5 queries at any class size."""
    return render(request, "practice/live_bars.html", _bars(_led(request, live_id)))


def _led(request: Asked, live_id: int) -> LiveQuestion:
    live = live_row(live_id)
    if live is None or not allowed(request.who, "practice.teach", Place(class_id=live.class_id)):
        raise Http404
    return live


@require_GET
@page("along.join")
def state_part(request: Asked, live_id: int) -> JsonResponse:
    """What a pupil's phone asks every two seconds: is it still open, and what comes next?"""
    live, _found = _live(request.who, live_id)
    state = "ended" if live.ended_at else "shown" if live.shown_at else "open"
    return JsonResponse({"state": state, "next": live_open(live.class_id)})


@require_POST
@page("task.answer")
def answered(request: Asked, live_id: int) -> HttpResponse:
    """From a form without scripts, or the value as JSON that the page's script read."""
    who: Who = request.who
    live, _found = _live(who, live_id)
    place = own_place(who)
    live_answer(
        who_id=who.id, live_id=live.id, class_id=place.class_id, school_id=place.school,
        value=_value(request, live.question_id),
    )  # fmt: skip
    return HttpResponseRedirect(f"/live-quiz/{live_id}", status=303)


def _value(request: Asked, question_id: int) -> Any:
    told = request.POST.get("value", "")
    if told and len(told) <= MOST_VALUE:
        try:
            return json.loads(told)
        except (ValueError, RecursionError):
            raise Refused(_("这个答案读不懂，什么都没有保存。请刷新页面。"), status=422) from None
    given = request.POST.getlist(f"q{question_id}")
    kind = asked_of([question_id])[question_id].kind
    if kind == "multiple":
        return given
    one = given[0][:MOST_VALUE] if given else ""
    return {"true": True, "false": False}.get(one, one) if kind == "true-false" else one


@require_POST
@page("practice.teach")
def cards_seen(request: Asked, live_id: int) -> JsonResponse:
    """A still of the room: numbers and letters are read, the picture is never written anywhere.

    The body is the JPEG itself, so that no part of it goes through a file.
    """
    live = _led(request, live_id)
    data = request.body
    if not data or len(data) > PICTURE:
        raise Refused(_("画面太大或是空的，请再对准一次。"), status=422)
    try:
        seen = cards_in(data)
    except BadPicture:
        raise Refused(_("画面读不了，请再对准一次。"), status=422) from None
    held = cards_of(live.class_id)
    letters = {one.number: one.letter for one in seen if one.number in held}
    count = cards_count(who_id=request.who.id, live_id=live.id, letters=letters) if letters else 0
    return JsonResponse({"cards": count, "seen": len(seen), "all": cards_given(live.id)})


@require_GET
@page("practice.teach")
def camera_page(request: Asked, live_id: int) -> HttpResponse:
    """The page that the teacher's phone shows while it looks at the cards."""
    live = _led(request, live_id)
    asked = asked_of([live.question_id])[live.question_id]
    return render(request, "practice/live_camera.html", {"live": live, "asked": asked})


@require_POST
@page("practice.teach")
def shown(request: Asked, live_id: int) -> HttpResponse:
    live = _led(request, live_id)
    live_show(who_id=request.who.id, live_id=live.id)
    return HttpResponseRedirect(f"/live-quiz/{live_id}", status=303)


@require_POST
@page("practice.teach")
def ended(request: Asked, live_id: int) -> HttpResponse:
    live = _led(request, live_id)
    live_end(who_id=request.who.id, live_id=live.id)
    return HttpResponseRedirect(f"/live-quiz/class/{live.class_id}", status=303)


@require_POST
@page("practice.teach")
def cards_printed(request: Asked, class_id: int) -> HttpResponse:
    """The class's cards as a PDF, two on a page; who is new gets a number."""
    found = class_taught(request, class_id)
    pupils = class_pupils(class_id)
    numbers = cards_number(class_id, [pupil.id for pupil in pupils])
    cards = [CardOf(numbers[p.id], p.name) for p in sorted(pupils, key=lambda p: numbers[p.id])]
    pdf = cards_pdf(found.name, _("把你的答案那一边朝上"), cards)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="cards-{class_id}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
