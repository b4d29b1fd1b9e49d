"""A wristband's heart rate: for the wearer and the guardian, and for nobody else at all."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.consent.door import subject_of
from yunke.ground.people.door import Kind, PersonName, allowed, places_of
from yunke.insight.sensing.actions import MOST_BYTES, pulse_bring, pulse_delete, pulse_look
from yunke.insight.sensing.reads import may_be_read, pulse_of, pulses_of
from yunke.insight.sensing.rules import chart_of
from yunke.insight.sensing.values import State


@dataclass(frozen=True)
class Wearer:
    """Whose recordings, and what the reader may do with them."""

    name: PersonName
    own: bool
    brings: bool


def wearer_of(request: Asked, person_id: int, right: str) -> Wearer:
    """Two or three queries; "not found" for everybody but the wearer and a guardian."""
    who = request.who
    if person_id == who.id:
        if who.kind == Kind.GUARDIAN:
            raise Http404
        subject = subject_of(who.id, is_staff=who.kind == Kind.STAFF, grade=who.grade)
        return Wearer(PersonName(who.id, who.name, who.animal), own=True, brings=subject.alone)
    child = next((one for one in who.children if one.id == person_id), None)
    if child is None or not allowed(who, right, places_of([person_id])[person_id]):
        raise Http404
    return Wearer(child, own=False, brings=True)


@require_GET
@page("pulse.read")
def home(request: Asked) -> HttpResponse:
    who = request.who
    if who.children:
        return HttpResponseRedirect(f"/pulse/{who.children[0].id}")
    if who.kind == Kind.GUARDIAN:
        raise Http404
    return HttpResponseRedirect(f"/pulse/{who.id}")


@require_GET
@page("pulse.read")
def person(request: Asked, person_id: int) -> HttpResponse:
    wearer = wearer_of(request, person_id, "pulse.read")
    on = may_be_read(person_id)
    cards = pulses_of(person_id) if on else []
    if cards and not wearer.own:
        pulse_look(who_id=request.who.id, person_id=person_id)
    waiting = any(card.state == State.WAITING for card in cards)
    shown = {"wearer": wearer, "cards": cards, "on": on, "waiting": waiting}
    return render(request, "sensing/person.html", shown)


@require_GET
@page("pulse.read")
def one(request: Asked, person_id: int, pulse_id: int) -> HttpResponse:
    wearer = wearer_of(request, person_id, "pulse.read")
    found = pulse_of(person_id, pulse_id)
    if found is None or found.card.state != State.READY:
        raise Http404
    if not wearer.own:
        pulse_look(who_id=request.who.id, person_id=person_id)
    chart = chart_of(found.points, found.gaps, found.card.seconds)
    missed = [(a // 60, -(-b // 60)) for a, b in found.gaps]
    shown = {"wearer": wearer, "pulse": found, "chart": chart, "missed": missed}
    return render(request, "sensing/pulse.html", shown)


@require_POST
@page("pulse.write")
def bring(request: Asked, person_id: int) -> HttpResponse:
    wearer = wearer_of(request, person_id, "pulse.write")
    file = request.FILES.get("file")
    if not wearer.brings:
        raise Http404
    if file is None or (file.size or 0) > MOST_BYTES:
        raise Refused(_("请选一个不超过 4 MB 的 FIT 文件。什么都没有收下。"), status=422)
    pulse_bring(who_id=request.who.id, person_id=person_id, data=file.read())
    messages.success(request, _("收下了，正在读。读完，文件就删掉，只留曲线。"))
    return HttpResponseRedirect(f"/pulse/{person_id}", status=303)


@require_POST
@page("pulse.write")
def delete(request: Asked, person_id: int, pulse_id: int) -> HttpResponse:
    wearer_of(request, person_id, "pulse.write")
    if not pulse_delete(who_id=request.who.id, person_id=person_id, pulse_id=pulse_id):
        raise Http404
    messages.success(request, _("删掉了，哪里都不再有。"))
    return HttpResponseRedirect(f"/pulse/{person_id}", status=303)


@require_POST
@page("pulse.write")
def delete_all(request: Asked, person_id: int) -> HttpResponse:
    wearer_of(request, person_id, "pulse.write")
    pulse_delete(who_id=request.who.id, person_id=person_id)
    messages.success(request, _("全部删掉了，哪里都不再有。"))
    return HttpResponseRedirect(f"/pulse/{person_id}", status=303)
