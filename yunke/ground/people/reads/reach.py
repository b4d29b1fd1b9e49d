"""How many schools a right reaches: for counts over schools, where no single place is asked for."""

from collections.abc import Iterable

from django.db.models import Q

from yunke.ground.people.models import Org, Person
from yunke.ground.people.reads.who import org_place
from yunke.ground.people.rules.rights import RIGHTS
from yunke.ground.people.values import PersonName, Place, Scope, Who


def schools_reached(who: Who, right: str) -> frozenset[int] | None:
    """The schools in which ``who`` holds the right as a whole; None: every school there is.

    A right that reaches a class, a child or oneself reaches no school. At most two queries.
    """
    row = RIGHTS[right]
    held = [(row[grant.role], grant.place) for grant in who.grants if grant.role in row]
    cities = {place.city for scope, place in held if scope == Scope.CITY and place.city}
    if cities and not Org.objects.filter(level=Org.Level.CITY).exclude(id__in=cities).exists():
        return None
    schools = {place.school for scope, place in held if scope == Scope.SCHOOL and place.school}
    counties = {place.county for scope, place in held if scope == Scope.COUNTY and place.county}
    if counties or cities:
        inside = Q(parent_id__in=counties) | Q(parent__parent_id__in=cities)
        within = Org.objects.filter(inside, level=Org.Level.SCHOOL)
        schools |= set(within.values_list("id", flat=True))
    return frozenset(schools)


def org_places(org_ids: Iterable[int]) -> dict[int, Place]:
    """Where each school, county or city lies. One query; an unknown one is left out."""
    found = Org.objects.filter(id__in=set(org_ids)).select_related("parent")
    return {org.id: org_place(org) for org in found}


def names_of(person_ids: Iterable[int]) -> dict[int, PersonName]:
    """What each is called, leavers too; who was erased is left out. One query."""
    found = Person.objects.filter(id__in=set(person_ids)).only("id", "name", "animal")
    return {one.id: PersonName(one.id, one.name, one.animal) for one in found}
