"""My data: what is held about me and my children, to take away or to let go."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.ground.people.door import allowed, names_of, org_places
from yunke.ground.privacy.actions.copies import copy_file, copy_open
from yunke.ground.privacy.actions.wishes import copy_ask, erase_ask, wish_take_back
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.reads.schedule import schedule
from yunke.ground.privacy.reads.wishes import receipt_lines, wishes_of


@require_GET
@page("account.read")
def my_data(request: Asked) -> HttpResponse:
    """Oneself and one's children: a copy, an erasure, who looked; and what was asked so far."""
    who = request.who
    about = [who.id, *(child.id for child in who.children)]
    wishes = wishes_of(who.id, about)
    names = names_of([wish.person_id for wish in wishes] + about)
    context = {
        "people": [names[person] for person in about if person in names],
        "wishes": [(wish, names.get(wish.person_id), receipt_lines(wish.receipt))
                   for wish in wishes],
        "groups": schedule(),
    }  # fmt: skip
    return render(request, "privacy/my_data.html", context)


@require_POST
@page("account.write")
def copy_asked(request: Asked) -> HttpResponse:
    person = _mine(request)
    copy_ask(who_id=request.who.id, person_id=person)
    messages.success(request, _("正在准备副本，几分钟后在这一页下载。"))
    return HttpResponseRedirect("/my-data", status=303)


@require_POST
@page("account.write")
def erase_asked(request: Asked) -> HttpResponse:
    person = _mine(request)
    erase_ask(who_id=request.who.id, person_id=person, reason=request.POST.get("reason", ""))
    messages.success(request, _("已经提出。学校确认以后才会抹去，在那以前可以收回。"))
    return HttpResponseRedirect("/my-data", status=303)


@require_POST
@page("account.write")
def erase_back(request: Asked, wish_id: int) -> HttpResponse:
    if not Wish.objects.filter(id=wish_id, asked_by=request.who.id).exists():
        raise Http404
    wish_take_back(wish_id=wish_id, who_id=request.who.id)
    messages.success(request, _("已收回，什么都没有抹去。"))
    return HttpResponseRedirect("/my-data", status=303)


@require_GET
@page("account.read")
def copy_taken(request: Asked, wish_id: int) -> HttpResponse:
    """The ZIP, for who asked it, while the person is still theirs to ask about."""
    wish = Wish.objects.filter(id=wish_id, asked_by=request.who.id).first()
    path = copy_file(wish) if wish else None
    if wish is None or path is None or not _still(request, wish):
        raise Http404
    response: HttpResponseBase = FileResponse(
        copy_open(path), as_attachment=True, filename=f"yunke-{wish.kind}-{wish.id}.zip"
    )
    response["Cache-Control"] = "no-store"
    return response  # type: ignore[return-value]


def _mine(request: Asked) -> int:
    """The person a form names: oneself or a child of today. 404 for anybody else."""
    typed = request.POST.get("person", "")
    about = {str(request.who.id), *(str(child.id) for child in request.who.children)}
    if typed not in about:
        raise Http404
    return int(typed)


def _still(request: Asked, wish: Wish) -> bool:
    if wish.school_id:  # the school's own: whoever still answers for it there
        place = org_places([wish.school_id]).get(wish.school_id)
        return place is not None and allowed(request.who, "data.keep", place)
    about = {request.who.id, *(child.id for child in request.who.children)}
    return wish.person_id in about
