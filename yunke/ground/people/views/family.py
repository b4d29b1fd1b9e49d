"""A pupil's guardians as the school tends them: a court's order, an end, the pupil's own yes."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.actions.born import born_set
from yunke.ground.people.actions.court import guardian_bar, guardian_until
from yunke.ground.people.actions.life import guardian_agree
from yunke.ground.people.models import Guardianship
from yunke.ground.people.reads.life import guardians_of_pupil
from yunke.ground.people.reads.school import PersonLine
from yunke.ground.people.values import Kind
from yunke.ground.people.views.life import back_to, day_typed, done
from yunke.ground.people.views.school import person_for


def _tie(somebody: PersonLine, tie_id: int) -> Guardianship:
    """A guardianship of this pupil; "not found" for anybody else's."""
    ties = guardians_of_pupil(somebody.id) if somebody.kind == Kind.PUPIL else []
    for tie in ties:
        if tie.id == tie_id:
            return tie
    raise Http404


@require_POST
@page("people.write")
def guardian_court(request: Asked, person_id: int, tie_id: int) -> HttpResponse:
    """A court took the right: at once, with the reason, and for good."""
    somebody = person_for(request, person_id)
    guardian_bar(
        actor_id=request.who.id, tie=_tie(somebody, tie_id), school_id=somebody.school_id,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    said = _("监护已经解除：这位家长从现在起什么都看不到，也不能再绑定。")
    messages.success(request, said)
    return back_to(somebody)


@require_POST
@page("people.write")
def guardian_end(request: Asked, person_id: int, tie_id: int) -> HttpResponse:
    """Fostering and boarding end on a day; an empty day means no end."""
    somebody = person_for(request, person_id)
    typed = request.POST.get("day", "")
    guardian_until(
        actor_id=request.who.id, tie=_tie(somebody, tie_id), school_id=somebody.school_id,
        day=day_typed(typed) if typed.strip() else None,
    )  # fmt: skip
    return done(request, somebody, "guardian_until")


@require_POST
@page("people.write")
def person_born(request: Asked, person_id: int) -> HttpResponse:
    """Year and month of birth: at 14 and 18 a pupil's rights grow by themselves."""
    somebody = person_for(request, person_id)
    if somebody.kind != Kind.PUPIL:
        raise Http404
    month = _month(request.POST.get("born", ""))
    born_set(
        actor_id=request.who.id, person_id=somebody.id, school_id=somebody.school_id, born_on=month
    )
    return done(request, somebody, "born")


def _month(text: str) -> date:
    try:
        found = date.fromisoformat(f"{text.strip()[:7]}-01")
    except ValueError:
        raise Refused(_("请写出生的年和月，比如 2014-09；什么都没有改动。"), status=422) from None
    if not 4 <= today().year - found.year <= 30:
        raise Refused(_("这个出生年月不像一个学生的；什么都没有改动。"), status=422)
    return found


@require_POST
@page("account.write")
def agree(request: Asked, tie_id: int) -> HttpResponse:
    """A pupil of age says whether a guardian may see."""
    yes = request.POST.get("agreed") == "yes"
    if not request.who.is_pupil or not guardian_agree(
        who_id=request.who.id, tie_id=tie_id, yes=yes
    ):
        raise Http404
    said = _("好的，这位家长现在可以看到你的学习。") if yes else _("好的，这位家长现在看不到了。")
    messages.success(request, said)
    return HttpResponseRedirect("/account", status=303)
