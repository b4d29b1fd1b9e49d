"""The reviewers' desk and the offices' overview."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yunke.base.pages import Asked, page
from yunke.ground.people.door import city_id, holds
from yunke.school.review.actions.checklist import checklist_set
from yunke.school.review.forms import ItemsForm
from yunke.school.review.reads.desk import decided_of, load_of, queue_led, queue_of
from yunke.school.review.reads.one import items_of
from yunke.school.review.rules import seats_of

BAR = 220


@require_GET
@page("review.read")
def queue(request: Asked) -> HttpResponse:
    """A reviewer's queue; for the office's staff all queues of theirs, and who carries how much."""
    who = request.who
    own = bool(seats_of(who))
    leads = holds(who, "review.lead")
    shown = request.GET.get("show", "")
    cards = queue_led(who) if leads and not own else queue_of(who)
    context: dict[str, Any] = {
        "own": own,
        "leads": leads,
        "show": shown,
        "mine": [c for c in cards if c.claimed_by == who.id],
        "free": [c for c in cards if not c.claimed_by],
        "others": [c for c in cards if c.claimed_by not in {0, who.id}],
        "overdue": sum(card.overdue for card in cards),
        "done": decided_of(who) if own and shown == "done" else [],
        "load": bars(load_of(who)) if leads else [],
        "may_list": holds(who, "checklist.write"),
    }
    return render(request, "review/queue.html", context)


def bars(lines: list[Any]) -> list[dict[str, Any]]:
    """The workload as bars of one measure, in the order of names."""
    most = max((line.holding + line.decided for line in lines), default=0) or 1
    return [
        {
            "line": line,
            "holding": round(BAR * line.holding / most),
            "decided": round(BAR * line.decided / most),
        }
        for line in lines
    ]


@require_http_methods(["GET", "POST"])
@page("checklist.write")
def checklist(request: Asked) -> HttpResponse:
    """The city's checklist, a line each; those of old reviews stay with them."""
    city = city_id()
    if request.method != "POST":
        return _checklist(request, None, 200)
    form = ItemsForm(request.POST)
    if not form.is_valid():
        return _checklist(request, form, 422)
    checklist_set(who=request.who, city_id=city, lines=form.cleaned_data["lines"])
    messages.success(request, _("清单已保存，从现在起的审核都用它。"))
    return HttpResponseRedirect("/review/checklist", status=303)


def _checklist(request: Asked, form: ItemsForm | None, status: int) -> HttpResponse:
    items = items_of(city_id())
    typed = form.data.get("lines", "") if form else ""
    kept = "\n".join(f"{i.words} | {i.words_en}" if i.words_en else i.words for i in items)
    context = {"form": form, "lines": typed or kept, "items": items}
    return render(request, "review/checklist.html", context, status=status)
