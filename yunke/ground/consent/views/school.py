"""A school sees how many said yes, and never who did not."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.ground.consent.actions.counting import count_ask
from yunke.ground.consent.reads.counts import counts_of
from yunke.ground.lake.values import K
from yunke.ground.people.door import Place, Role, allowed


@require_GET
@page("consent.count")
def school(request: Asked) -> HttpResponse:
    schools = [g.place.school for g in request.who.grants if g.role == Role.SCHOOL_ADMIN]
    if not schools:
        raise Http404
    return HttpResponseRedirect(f"/consent/school/{schools[0]}")


@require_GET
@page("consent.count")
def counts(request: Asked, org_id: int) -> HttpResponse:
    """This week's numbers of one school; asked for when nobody has yet."""
    if not allowed(request.who, "consent.count", Place(school=org_id)):
        raise Http404
    found = counts_of(org_id)
    if found is None:
        count_ask(org_id)
    week, tallies = found or (None, [])
    told = [t for t in tallies if t.yes is not None]
    return render(
        request,
        "consent/counts.html",
        {"week": week, "told": told, "hidden": len(tallies) - len(told), "k": K},
    )
