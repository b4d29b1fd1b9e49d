"""Photographs come in and go, one request each; idempotent by the picture itself."""

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.school.attempts.actions.photos import photo_add, photo_drop
from yunke.school.attempts.reads.attempts import attempt_by_id


# The same picture is the same photograph, and making it plain must not hold the writers up: no
# transaction around it, so no receipt.
@require_POST
@page("attempt.write", replay=False)
def add(request: Asked, attempt_id: int) -> HttpResponse:
    """``photo`` a file, ``question`` an id or 0 → ``{"id", "url", "width", "height"}``."""
    opened = attempt_by_id(attempt_id)
    if opened is None or opened.person_id != request.who.id:
        raise Http404
    file = request.FILES.get("photo")
    question = request.POST.get("question", "0")
    if file is None or not question.isdecimal() or len(question) > 18:
        return HttpResponse(_("没有收到照片。"), status=422, content_type="text/plain")
    try:
        kept = photo_add(
            who_id=request.who.id, attempt_id=attempt_id, question_id=int(question), file=file
        )
    except Refused as no:
        return HttpResponse(no.text, status=no.status, content_type="text/plain; charset=utf-8")
    return JsonResponse(
        {"id": kept.id, "url": kept.address, "width": kept.width, "height": kept.height}
    )


# Gone is gone however often it is said.
@require_POST
@page("attempt.write", replay=False)
def drop(request: Asked, attempt_id: int, photo_id: int) -> HttpResponse:
    try:
        photo_drop(who_id=request.who.id, attempt_id=attempt_id, photo_id=photo_id)
    except Refused as no:
        return HttpResponse(no.text, status=no.status, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)
