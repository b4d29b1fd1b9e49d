"""Explanations: recorded against an item, watched by exactly those who erred."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yunke.base.pages import Asked, open_page, page
from yunke.base.ranged import ranged
from yunke.base.trouble import Refused
from yunke.ground.people.door import Place, Who, allowed, class_pupils
from yunke.school.practice.actions.explaining import (
    explanation_send,
    explanation_withdraw,
    folder_of,
)
from yunke.school.practice.actions.filming import FILM
from yunke.school.practice.models import Explanation, ExplanationFor
from yunke.school.practice.reads.classes import erred
from yunke.school.practice.values import Filming
from yunke.school.practice.views.scope import class_taught, numbers


@require_POST
@page("practice.teach")
def explained(request: Asked, class_id: int, erred_id: int) -> HttpResponse:
    """The recording goes to those who were shown as its readers, erred, and are in the class."""
    found = class_taught(request, class_id)
    file = request.FILES.get("film")
    here = {pupil.id for pupil in class_pupils(class_id)}
    told = [one for one in numbers(request.POST.get("shown", "").split(",")) if one in here]
    shown = sorted({pupil for pupil, _question in erred(told, [erred_id])})
    if file is None:
        raise Refused(_("没有收到录像，什么都没有发出。"), status=422)
    explanation_send(
        who_id=request.who.id, class_id=class_id, school_id=found.school_id,
        question_id=erred_id, pupil_ids=shown, file=file, title=found.name,
    )  # fmt: skip
    sent = ngettext(
        "讲解发给了 %d 位做错的学生；这周还会错的也会收到。",
        "讲解发给了 %d 位做错的学生；这周还会错的也会收到。",
        len(shown),
    )
    messages.success(request, sent % len(shown))
    back = f"/practice/class/{class_id}/question/{erred_id}"
    return HttpResponseRedirect(back, status=303)


@require_POST
@page("practice.teach")
def withdrawn(request: Asked, class_id: int, explanation_id: int) -> HttpResponse:
    class_taught(request, class_id)
    row = Explanation.objects.filter(id=explanation_id, class_id=class_id).first()
    if row is None:
        raise Http404
    explanation_withdraw(who_id=request.who.id, explanation_id=explanation_id)
    back = f"/practice/class/{class_id}/question/{row.question_id}"
    return HttpResponseRedirect(back, status=303)


@require_safe
@open_page("the film decides itself: its teacher, colleagues of the class, and those who got it")
def film(request: Asked, explanation_id: int) -> HttpResponse:
    """The whole film, or the stretch a player asks for. Two queries more than who asks."""
    who: Who | None = request.who
    row = Explanation.objects.filter(
        id=explanation_id, withdrawn_at__isnull=True, state=Filming.READY
    ).first()
    if who is None or row is None or not may_see(who, row):
        raise Http404
    path = folder_of(row.id) / FILM
    if not path.is_file():
        raise Http404
    return ranged(request, path, "video/mp4")  # type: ignore[return-value]


def may_see(who: Who, row: Explanation) -> bool:
    """Those who got it, and guardians of theirs; teachers of the class."""
    of_class = [c for c in who.classes if c.id == row.class_id]
    if of_class and allowed(who, "practice.teach", Place(class_id=row.class_id)):
        return True
    people = [who.id, *(child.id for child in who.children)]
    return ExplanationFor.objects.filter(explanation=row, person__in=people).exists()
