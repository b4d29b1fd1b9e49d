"""Finding a colleague by name, among those who hold a right today."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yunke.base.clock import today
from yunke.ground.people.models import Duty, Membership, Person, staying
from yunke.ground.people.rules.rights import RIGHTS
from yunke.ground.people.values import Kind, Who


@dataclass(frozen=True)
class ColleagueName:
    """Somebody as colleagues know them: the name, where they work, what they teach."""

    id: int
    name: str
    place: str
    place_en: str
    subject: str


def colleagues_named(who: Who, text: str, right: str, *, limit: int = 8) -> list[ColleagueName]:
    """Staff of one's own city whose name holds the text and who hold the right today, in the
    order of their names. Three queries; nobody for an empty text.
    """
    words = text.replace("\0", "").strip()
    if not words:
        return []
    found = list(_holding(who, right).filter(name__icontains=words).order_by("name", "id")[:limit])
    return _named(found)


def colleague_may(who: Who, person_id: int, right: str) -> bool:
    """Does this member of staff of one's own city hold the right today? One query."""
    return _holding(who, right).filter(id=person_id).exists()


def _holding(who: Who, right: str) -> "QuerySet[Person]":
    day, roles = today(), list(RIGHTS[right])
    cities = {grant.place.city for grant in who.grants if grant.place.city}
    ties = Membership.objects.holding(day).filter(
        role__in=roles, school_class__ended_on__isnull=True,
        school_class__school__parent__parent_id__in=cities,
    )  # fmt: skip
    near = Q(org_id__in=cities) | Q(org__parent_id__in=cities)
    duties = Duty.objects.holding(day).filter(
        near | Q(org__parent__parent_id__in=cities), role__in=roles
    )
    return Person.objects.filter(
        Q(id__in=ties.values("person_id")) | Q(id__in=duties.values("person_id")),
        staying(day), kind=Kind.STAFF, frozen_at__isnull=True,
    )  # fmt: skip


def _named(people: list[Person]) -> list[ColleagueName]:
    day, ids = today(), [person.id for person in people]
    places: dict[int, tuple[str, str, str]] = {}
    for duty in Duty.objects.holding(day).filter(person_id__in=ids).select_related("org"):
        places[duty.person_id] = (duty.org.name, duty.org.name_en, duty.subject)
    ties = Membership.objects.holding(day).filter(person_id__in=ids)
    for tie in ties.select_related("school_class__school").order_by("-id"):
        school = tie.school_class.school
        subject = tie.subject or places.get(tie.person_id, ("", "", ""))[2]
        places[tie.person_id] = (school.name, school.name_en, subject)
    return [ColleagueName(p.id, p.name, *places.get(p.id, ("", "", ""))) for p in people]
