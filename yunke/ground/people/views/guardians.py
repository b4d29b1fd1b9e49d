"""A class's guardians: who is bound to whom, invitations on paper, and taking both back."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.clock import now
from yunke.base.pages import Asked, page
from yunke.craft.paper import Ticket
from yunke.ground.people.actions.guardians import (
    guardian_unbind,
    guardians_invite,
    invitations_revoke,
)
from yunke.ground.people.reads import class_pupils
from yunke.ground.people.reads.classes import child_of_tie, class_guarded
from yunke.ground.people.rules.limits import INVITATION_DAYS
from yunke.ground.people.views.tend import (
    chosen_pupils,
    class_for,
    class_line,
    day,
    paper,
    tended_read,
)


@require_GET
@page("guardian.invite")
def guardians(request: Asked, class_id: int) -> HttpResponse:
    of = class_for(request, class_id, "guardian.invite")
    pupils = class_guarded(class_id)
    tended_read(request, of, pupils, "guardians")
    missing = sum(1 for pupil in pupils if not pupil.guardians)
    shown = {"of": of, "pupils": pupils, "missing": missing, "tab": "guardians"}
    return render(request, "people/guardians.html", shown)


# The answer is the paper itself, and no receipt may keep its codes; the later paper is valid.
@require_POST
@page("guardian.invite", replay=False)
def invitations_print(request: Asked, class_id: int) -> HttpResponse:
    """An invitation for each ticked pupil, on slips."""
    of = class_for(request, class_id, "guardian.invite")
    pupils = chosen_pupils(request, class_pupils(class_id))
    names = {pupil.id: pupil.name for pupil in pupils.values()}
    codes = guardians_invite(actor_id=request.who.id, children=names, class_id=class_id)
    address = request.build_absolute_uri("/bind")
    hint = _("扫码，或打开 %(address)s，输入邀请码和孩子的全名。用一次，%(day)s 前有效。") % {
        "address": address,
        "day": day(now() + timedelta(days=INVITATION_DAYS)),
    }
    tickets = [
        Ticket(
            _("%(name)s 的家长") % {"name": pupil.name},
            class_line(of),
            hint,
            pupil.animal,
            qr=f"{address}#{codes[pupil.id]}",
            code=f"{codes[pupil.id][:4]} {codes[pupil.id][4:]}",
            code_label=_("邀请码"),
        )
        for pupil in pupils.values()
    ]
    return paper(of, _("家长邀请"), tickets, "invitations")


@require_POST
@page("guardian.invite")
def invitation_end(request: Asked, class_id: int, person_id: int) -> HttpResponse:
    class_for(request, class_id, "guardian.invite")
    names = {pupil.id: pupil.name for pupil in class_pupils(class_id)}
    if person_id not in names or not invitations_revoke(
        actor_id=request.who.id, child_id=person_id, name=names[person_id], class_id=class_id
    ):
        raise Http404
    messages.success(request, _("%(name)s 的邀请码已收回。") % {"name": names[person_id]})
    return HttpResponseRedirect(f"/class/{class_id}/guardians", status=303)


@require_POST
@page("guardian.invite")
def tie_end(request: Asked, class_id: int, tie_id: int) -> HttpResponse:
    """Unbind a guardian (a custody change, a wrong binding)."""
    class_for(request, class_id, "guardian.invite")
    ours = {pupil.id for pupil in class_pupils(class_id)}
    if child_of_tie(tie_id) not in ours or not guardian_unbind(
        actor_id=request.who.id, tie_id=tie_id, class_id=class_id
    ):
        raise Http404
    messages.success(request, _("绑定已解除，这位家长从现在起看不到这个孩子。"))
    return HttpResponseRedirect(f"/class/{class_id}/guardians", status=303)
