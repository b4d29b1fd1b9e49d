"""The marking desk before its markers: packets, marks, the way back. No name ever comes here."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.school.exams.actions.desk_mark import (
    comment_keep,
    leases_free,
    mark_back,
    mark_give,
    packet_take,
)
from yunke.school.exams.forms.paper import number, seconds_typed, words
from yunke.school.exams.models import DeskItem, MarkGiven
from yunke.school.exams.reads.desk import (
    comments_of,
    criteria_of,
    crop_for,
    drift_in,
    item_for,
    packet_of,
    pieces_shown,
    work_of,
)
from yunke.school.exams.rules.desk import drifts
from yunke.school.exams.values.paper import PieceShown, Post
from yunke.school.exams.views.scans import picture_sent
from yunke.school.library.door import solved_of


@require_GET
@page("desk.mark")
def desk_page(request: Asked) -> HttpResponse:
    """One's own work: what is left where, and how one stands to the others. 5 queries."""
    work = work_of(request.who)
    own = {exam: drift_in(exam, request.who.id) for exam in sorted({one.exam_id for one in work})}
    context = {
        "work": [one for one in work if not one.released],
        "past": [one for one in work if one.released],
        "drift": [(exam, one, drifts(one)) for exam, found in own.items() for one in found],
    }
    return render(request, "exams/desk.html", context)


def _item(request: Asked, item_id: int) -> tuple[DeskItem, Post]:
    found = item_for(item_id, request.who)
    if found is None:
        raise Http404
    return found


@require_GET
@page("desk.mark")
def item_page(request: Asked, desk_item: int) -> HttpResponse:
    """A packet and the keys to mark it. 12 queries, however many pieces."""
    item, post = _item(request, desk_item)
    packet = packet_of(item.id, request.who.id)
    pieces = pieces_shown(item, packet)
    work = next((one for one in work_of(request.who) if one.item_id == item.id), None)
    context = {
        "item": item, "exam": item.exam, "post": post.value, "work": work,
        "solved": solved_of([item.question_id]).get(item.question_id),
        "criteria": criteria_of(item), "comments": comments_of(item.id, request.who.id),
        "pieces": [told(piece) for piece in pieces], "first": pieces[0] if pieces else None,
    }  # fmt: skip
    return render(request, "exams/desk_item.html", context)


def told(piece: PieceShown) -> dict[str, Any]:
    """A piece for the page's script."""
    return asdict(piece)


@require_POST
@page("desk.mark")
def item_take(request: Asked, desk_item: int) -> HttpResponse:
    """Take a packet: these pieces are one's own for twenty minutes."""
    _item(request, desk_item)
    packet_take(who=request.who, item_id=desk_item)
    return HttpResponseRedirect(f"/desk/{desk_item}", status=303)


@require_POST
@page("desk.mark")
def item_give(request: Asked, desk_item: int) -> HttpResponse:
    """A mark; the packet is filled up behind it."""
    item, _post = _item(request, desk_item)
    data = request.POST
    mark_give(
        who=request.who, given_id=number(data, "given"), score=words(data, "score", 12),
        parts={
            name.removeprefix("part-")[:40]: words(data, name, 8)
            for name in data
            if name.startswith("part-") and "\0" not in name
        },
        note=words(data, "note", 300), seconds=seconds_typed(data),
    )  # fmt: skip
    held = packet_take(who=request.who, item_id=item.id)
    return _answered(request, item, held)


@require_POST
@page("desk.mark")
def item_back(request: Asked, desk_item: int) -> HttpResponse:
    """Take the last mark back."""
    item, _post = _item(request, desk_item)
    row = mark_back(who=request.who, item_id=item.id)
    if row is None:
        messages.info(request, _("没有可以撤回的：半小时以前的、已经仲裁过的不能撤。"))
        return _answered(request, item, packet_of(item.id, request.who.id))
    others = [one for one in packet_of(item.id, request.who.id) if one.id != row.id]
    return _answered(request, item, [row, *others])


@require_POST
@page("desk.mark")
def item_free(request: Asked, desk_item: int) -> HttpResponse:
    """Go away and leave the rest of the packet to others."""
    _item(request, desk_item)
    leases_free([desk_item], request.who.id)
    messages.success(request, _("手上没阅的已经放回，别人可以接着阅。"))
    return HttpResponseRedirect("/desk", status=303)


@require_POST
@page("desk.mark")
def item_comment(request: Asked, desk_item: int) -> HttpResponse:
    _item(request, desk_item)
    comment_keep(who=request.who, item_id=desk_item, text=words(request.POST, "text", 120))
    return HttpResponseRedirect(f"/desk/{desk_item}", status=303)


def _answered(request: Asked, item: DeskItem, held: list[MarkGiven]) -> HttpResponse:
    if not request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponseRedirect(f"/desk/{item.id}", status=303)
    pieces = [told(piece) for piece in pieces_shown(item, held)]
    work = next((one for one in work_of(request.who) if one.item_id == item.id), None)
    return JsonResponse(
        {"pieces": pieces, "left": work.left if work else 0, "given": work.given if work else 0}
    )


@require_GET
@page("desk.mark")
def crop(request: Asked, given: int) -> HttpResponse:
    """What was written, cut out: nothing on it but the field."""
    path = crop_for(given, request.who)
    if path is None:
        raise Http404
    return picture_sent(path.open("rb"))
