"""A class's keys: its code, login cards and picture passwords, for its head teacher."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.hashing import HashBusy
from yunke.base.pages import Asked, page
from yunke.craft.paper import Ticket
from yunke.ground.people.actions.cards import card_revoke, cards_issue
from yunke.ground.people.actions.pictures import picture_set, pictures_encode
from yunke.ground.people.actions.school import class_code_change
from yunke.ground.people.reads import class_pupils
from yunke.ground.people.reads.classes import class_tended
from yunke.ground.people.values import PICTURE_KEYS, PICTURES, PICTURES_LONG
from yunke.ground.people.views.enter import busy_page
from yunke.ground.people.views.tend import (
    chosen_pupils,
    class_for,
    class_line,
    class_title,
    paper,
    tended_read,
)

ICONS = dict(PICTURES)


@require_GET
@page("card.issue")
def cards(request: Asked, class_id: int) -> HttpResponse:
    """The pupils of the class, and who has a card."""
    of = class_for(request, class_id, "card.issue")
    pupils = class_tended(class_id)
    tended_read(request, of, pupils, "cards")
    missing = sum(1 for pupil in pupils if pupil.card_since is None)
    shown = {"of": of, "pupils": pupils, "missing": missing, "tab": "cards"}
    return render(request, "people/cards.html", shown)


# The answer is the paper itself, and no receipt may keep its tokens; the later paper is valid.
@require_POST
@page("card.issue", replay=False)
def cards_print(request: Asked, class_id: int) -> HttpResponse:
    """New cards for the ticked pupils, as a PDF. Fifty take half a second."""
    of = class_for(request, class_id, "card.issue")
    pupils = chosen_pupils(request, class_pupils(class_id))
    names = {pupil.id: pupil.name for pupil in pupils.values()}
    tokens = cards_issue(actor_id=request.who.id, persons=names, class_id=class_id)
    address = request.build_absolute_uri("/card")
    hint = _("用手机或平板的相机扫一扫，就登录云课。丢了请告诉班主任，旧卡马上作废。")
    tickets = [
        Ticket(pupil.name, class_line(of), hint, pupil.animal, qr=f"{address}#{tokens[pupil.id]}")
        for pupil in pupils.values()
    ]
    return paper(of, _("登录卡"), tickets, "cards")


@require_POST
@page("card.issue")
def card_end(request: Asked, class_id: int, person_id: int) -> HttpResponse:
    """A lost card."""
    class_for(request, class_id, "card.issue")
    names = {pupil.id: pupil.name for pupil in class_pupils(class_id)}
    if person_id not in names or not card_revoke(
        actor_id=request.who.id, person_id=person_id, name=names[person_id], class_id=class_id
    ):
        raise Http404
    messages.success(request, _("%(name)s 的登录卡已作废。") % {"name": names[person_id]})
    return HttpResponseRedirect(f"/class/{class_id}/cards", status=303)


@require_GET
@page("card.issue")
def pictures(request: Asked, class_id: int) -> HttpResponse:
    """Who has a picture password."""
    of = class_for(request, class_id, "card.issue")
    pupils = class_tended(class_id)
    tended_read(request, of, pupils, "pictures")
    missing = sum(1 for pupil in pupils if not pupil.has_pictures)
    shown = {"of": of, "pupils": pupils, "missing": missing, "tab": "pictures"}
    return render(request, "people/pictures.html", shown)


# As for cards; and hashing fifty must not hold the database.
@require_POST
@page("card.issue", replay=False)
def pictures_print(request: Asked, class_id: int) -> HttpResponse:
    """New picture passwords for the ticked pupils, on slips; kept nowhere else."""
    of = class_for(request, class_id, "card.issue")
    pupils = chosen_pupils(request, class_pupils(class_id))
    chosen = {person: pictures_new() for person in pupils}
    try:
        encoded = {person: pictures_encode(keys) for person, keys in chosen.items()}
    except HashBusy as trouble:
        return busy_page(request, trouble)
    names = {pupil.id: pupil.name for pupil in pupils.values()}
    picture_set(actor_id=request.who.id, encoded=encoded, names=names, class_id=class_id)
    hint = _("先输入班级码，再点自己的名字，然后按顺序点这三张图。")
    tickets = [
        Ticket(
            pupil.name,
            class_line(of),
            hint,
            pupil.animal,
            code=of.code,
            code_label=_("班级码"),
            pictures=tuple(ICONS[key] for key in chosen[pupil.id]),
        )
        for pupil in pupils.values()
    ]
    return paper(of, _("图画密码"), tickets, "pictures")


def pictures_new() -> tuple[str, ...]:
    """Three different pictures in order, one of 1,320."""
    return tuple(secrets.SystemRandom().sample(PICTURE_KEYS, PICTURES_LONG))


@require_POST
@page("card.issue")
def code_change(request: Asked, class_id: int) -> HttpResponse:
    """The class code went where it should not: a new one."""
    of = class_for(request, class_id, "card.issue")
    code = class_code_change(actor_id=request.who.id, class_id=class_id, title=class_title(of))
    messages.success(request, _("新的班级码是 %(code)s。旧的已经没用了。") % {"code": code})
    return HttpResponseRedirect(f"/class/{class_id}/cards", status=303)
