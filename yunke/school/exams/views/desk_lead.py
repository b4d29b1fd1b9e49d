"""The desk before whoever leads it: who marks, how far it is, what is apart, who drifts."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.ground.people.door import colleagues, names_of
from yunke.school.exams.actions.desk_fill import desk_fill
from yunke.school.exams.actions.desk_set import (
    desk_assign,
    desk_item_set,
    desk_unassign,
    sample_end,
    sample_set,
)
from yunke.school.exams.forms.paper import number, words
from yunke.school.exams.reads.desk import done_pieces, drift_in, progress_of, samples_of
from yunke.school.exams.reads.led import Led
from yunke.school.exams.rules.desk import drifts
from yunke.school.exams.values.paper import Post
from yunke.school.exams.views.sheets import led_of


@require_GET
@page("desk.lead")
def lead_page(request: Asked, exam_id: int) -> HttpResponse:
    """Progress, people, tolerance, samples, drift. 16 queries however many pieces."""
    led = led_of(request, exam_id)
    progress, drift = progress_of(led.id), drift_in(led.id)
    people = {one for line in progress for one in (*line.markers, *line.arbiters)}
    names = {key: one.name for key, one in names_of(people | {d.person_id for d in drift}).items()}
    context = {
        "led": led, "exam": led.view, "progress": progress, "names": names,
        "colleagues": colleagues(led.exam.school_id),
        "drift": [(one, names.get(one.person_id, ""), drifts(one)) for one in drift],
        "samples": samples_of(led.id), "done": done_pieces(led.id),
        "pieces": sum(line.pieces for line in progress),
        "finished": sum(line.done for line in progress),
        "split": sum(line.split for line in progress),
    }  # fmt: skip
    return render(request, "exams/desk_lead.html", context)


def _back(led: Led, place: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"/exams/{led.id}/desk{place}", status=303)


@require_POST
@page("desk.lead")
def filled(request: Asked, exam_id: int) -> HttpResponse:
    led = led_of(request, exam_id)
    new = desk_fill(led.id)
    told = ngettext("新放上 %(n)s 份。", "新放上 %(n)s 份。", new) % {"n": new}
    messages.success(request, told if new else _("没有新的答案要人来阅。"))
    return _back(led)


@require_POST
@page("desk.lead")
def item_set(request: Asked, exam_id: int, desk_item: int) -> HttpResponse:
    led, data = led_of(request, exam_id), request.POST
    desk_item_set(
        who=request.who, led=led, item_id=desk_item, double=data.get("double") == "yes",
        tolerance=words(data, "tolerance", 12), step=words(data, "step", 12),
        every=number(data, "every", 100), note=words(data, "note", 2000),
    )  # fmt: skip
    messages.success(request, _("记下了。"))
    return _back(led, f"#item-{desk_item}")


@require_POST
@page("desk.lead")
def assigned(request: Asked, exam_id: int) -> HttpResponse:
    led, data = led_of(request, exam_id), request.POST
    items = [int(one) for one in data.getlist("items") if one.isdecimal() and len(one) < 16]
    post = Post.ARBITER if data.get("post") == Post.ARBITER.value else Post.MARKER
    if not items:
        items = [line.item_id for line in progress_of(led.id)]
    desk_assign(
        who=request.who, led=led, item_ids=items, person_id=number(data, "person"), post=post
    )
    messages.success(request, _("分好了。"))
    return _back(led)


@require_POST
@page("desk.lead")
def unassigned(request: Asked, exam_id: int, desk_item: int) -> HttpResponse:
    led = led_of(request, exam_id)
    desk_unassign(
        who=request.who, led=led, item_id=desk_item, person_id=number(request.POST, "person")
    )
    return _back(led, f"#item-{desk_item}")


@require_POST
@page("desk.lead")
def sampled(request: Asked, exam_id: int) -> HttpResponse:
    led, data = led_of(request, exam_id), request.POST
    sample_set(
        who=request.who, led=led, piece_id=number(data, "piece"),
        score=words(data, "score", 12), note=words(data, "note", 300),
    )  # fmt: skip
    messages.success(request, _("这份从现在起混在各人的卷子里。"))
    return _back(led, "#samples")


@require_POST
@page("desk.lead")
def sample_ended(request: Asked, exam_id: int, sample: int) -> HttpResponse:
    led = led_of(request, exam_id)
    sample_end(who=request.who, led=led, sample_id=sample)
    return _back(led, "#samples")
