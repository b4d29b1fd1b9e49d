"""The schools of a city or county: added one by one, each with its clerk; leaving the city."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base import hashing
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.actions.life import school_leave
from yunke.ground.people.actions.orgs import clerk_add, errand_give, org_add
from yunke.ground.people.models import Org, Person
from yunke.ground.people.reads.firstday import counties_of, school_states
from yunke.ground.people.reads.who import org_place
from yunke.ground.people.rules.codes import password_new
from yunke.ground.people.rules.rights import allowed
from yunke.ground.people.values import Place, Role
from yunke.ground.people.views.enter import busy_page
from yunke.ground.people.views.life import number_typed


def reach_of(request: Asked) -> Place:
    """How far the clerk's word reaches: the city, or the own county."""
    for grant in request.who.grants:
        if grant.role == Role.CITY_STAFF:
            return Place(city=grant.place.city)
    for grant in request.who.grants:
        if grant.role == Role.COUNTY_STAFF:
            return Place(city=grant.place.city, county=grant.place.county)
    raise Http404


def org_for(request: Asked, org_id: int, level: str) -> Org:
    """An office or school within one's reach that has not left; "not found" for every other."""
    rows = Org.objects.select_related("parent__parent").filter(left_on__isnull=True)
    org = rows.filter(id=org_id, level=level).first()
    if org is None or not allowed(request.who, "school.write", org_place(org)):
        raise Http404
    return org


@require_GET
@page("school.write")
def schools(request: Asked) -> HttpResponse:
    return render(request, "people/schools.html", _shown(request))


def _shown(request: Asked, **more: Any) -> dict[str, Any]:
    place = reach_of(request)
    return {
        "counties": counties_of(place), "schools": school_states(place),
        "is_city": not place.county, **more,
    }  # fmt: skip


@require_POST
@page("school.write")
def county_add(request: Asked) -> HttpResponse:
    """A county of the city; by the city alone."""
    place = reach_of(request)
    city = Org.objects.filter(id=place.city).first()
    if place.county or city is None:
        raise Http404
    org_add(
        actor_id=request.who.id, parent=city, level=Org.Level.COUNTY,
        name=request.POST.get("name", ""), name_en=request.POST.get("name_en", ""),
    )  # fmt: skip
    return HttpResponseRedirect("/schools", status=303)


@require_POST
@page("school.write")
def school_add(request: Asked) -> HttpResponse:
    county = org_for(request, number_typed(request.POST.get("county", "")), Org.Level.COUNTY)
    school = org_add(
        actor_id=request.who.id, parent=county, level=Org.Level.SCHOOL,
        name=request.POST.get("name", ""), name_en=request.POST.get("name_en", ""),
    )  # fmt: skip
    messages.success(request, _("%(name)s 已经加上，接着给它一位管理员。") % {"name": school.name})
    return HttpResponseRedirect(f"/schools#s{school.id}", status=303)


# The answer shows the password once and no receipt may keep it; a login is taken once by itself.
@require_POST
@page("school.write", replay=False)
def clerk_new(request: Asked, school_id: int) -> HttpResponse:
    """A school's clerk, with a password to be read out once."""
    school = org_for(request, school_id, Org.Level.SCHOOL)
    made = password_new()
    try:
        encoded = hashing.encode(made)
    except hashing.HashBusy as trouble:
        return busy_page(request, trouble)
    try:
        person = clerk_add(
            actor_id=request.who.id, org=school, role=Role.SCHOOL_ADMIN, encoded=encoded,
            name=request.POST.get("name", ""), login=request.POST.get("login", ""),
        )  # fmt: skip
    except Refused as no:
        return render(request, "people/schools.html", _shown(request, why=no.text), status=422)
    shown = _shown(request, made=made, clerk=person, of=school)
    return render(request, "people/schools.html", shown)


@require_POST
@page("school.write")
def errand(request: Asked, school_id: int) -> HttpResponse:
    """Hand a step of the first day to one of the school's clerks."""
    school = org_for(request, school_id, Org.Level.SCHOOL)
    wanted = number_typed(request.POST.get("to", ""))
    states = school_states(org_place(school))
    known = {number for state in states for number, _name in state.clerks}
    person = Person.objects.filter(id=wanted).first() if wanted in known else None
    if person is None:
        raise Refused(_("请先给这所学校一位管理员；什么都没有改动。"), status=422)
    step = request.POST.get("step", "")
    errand_give(actor_id=request.who.id, org=school, step=step, person=person)
    messages.success(request, _("已经交给 %(name)s。") % {"name": person.name})
    return HttpResponseRedirect(f"/first-day#{step}", status=303)


@require_POST
@page("school.write")
def school_out(request: Asked, school_id: int) -> HttpResponse:
    """A school leaves the city: everybody in it is out at once."""
    school = org_for(request, school_id, Org.Level.SCHOOL)
    school_leave(actor_id=request.who.id, school=school, reason=request.POST.get("reason", ""))
    messages.success(
        request, _("%(name)s 已经离开本市，那里的人都不能再登录。") % {"name": school.name}
    )
    return HttpResponseRedirect("/schools", status=303)
