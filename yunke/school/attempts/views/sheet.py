"""An attempt on a page of its own, where the room of its thing has none."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.school.attempts.reads.attempts import attempt_by_id
from yunke.school.attempts.reads.sheets import sheet_of
from yunke.school.attempts.reads.things import page_of


@require_GET
@page("attempt.write")
def sheet(request: Asked, attempt_id: int) -> HttpResponse:
    opened = attempt_by_id(attempt_id)
    if opened is None or opened.person_id != request.who.id:
        raise Http404
    elsewhere = page_of(opened.of, opened.of_id)
    if elsewhere:
        return redirect(elsewhere)
    return render(request, "attempts/alone.html", {"sheet": sheet_of(opened), "opened": opened})
