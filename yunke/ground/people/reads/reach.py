"""How many schools a right reaches: for counts over schools, where no single place is asked for."""

from yunke.ground.people.models import Org
from yunke.ground.people.rules.rights import RIGHTS
from yunke.ground.people.values import Scope, Who


def schools_reached(who: Who, right: str) -> frozenset[int] | None:
    """The schools in which ``who`` holds the right as a whole; None: every school of the city.

    A right that reaches a class, a child or oneself reaches no school. At most one query.
    """
    row = RIGHTS[right]
    held = [(row[grant.role], grant.place) for grant in who.grants if grant.role in row]
    if any(scope == Scope.CITY and place.city for scope, place in held):
        return None
    schools = {place.school for scope, place in held if scope == Scope.SCHOOL and place.school}
    counties = {place.county for scope, place in held if scope == Scope.COUNTY and place.county}
    if counties:
        within = Org.objects.filter(level=Org.Level.SCHOOL, parent_id__in=counties)
        schools |= set(within.values_list("id", flat=True))
    return frozenset(schools)
