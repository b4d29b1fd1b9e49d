"""For which office or school a page of staff speaks."""

from django.http import Http404

from yunke.base.pages import Asked
from yunke.ground.people.door import RIGHTS, Place, Scope, Who
from yunke.school.timetable.actions.terms import org_of

LEVELS = {Scope.CITY: 1, Scope.COUNTY: 2, Scope.SCHOOL: 3}


def offices(who: Who, right: str) -> list[Place]:
    """The offices and schools for which somebody holds the right, each once."""
    row = RIGHTS[right]
    found: dict[int, Place] = {}
    for grant in who.grants:
        scope = row.get(grant.role)
        place = _as_far(grant.place, scope) if scope in LEVELS else None
        if place is not None and org_of(place):
            found.setdefault(org_of(place), place)
    return list(found.values())


def _as_far(place: Place, scope: Scope | None) -> Place:
    """The place up to where the right reaches."""
    if scope == Scope.CITY:
        return Place(city=place.city)
    if scope == Scope.COUNTY:
        return Place(city=place.city, county=place.county)
    return Place(city=place.city, county=place.county, school=place.school)


def office_for(request: Asked, right: str) -> Place:
    """The office that the address or form names, else the first; "not found" for who has none."""
    held = offices(request.who, right)
    wanted = request.POST.get("org") or request.GET.get("org") or ""
    found = [place for place in held if str(org_of(place)) == wanted] if wanted else held
    if not found:
        raise Http404
    return found[0]
