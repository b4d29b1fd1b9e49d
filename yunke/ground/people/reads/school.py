"""A school's people, for its administrator. Scoped by school first, always."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from yunke.base.clock import today
from yunke.base.paging import Page, page_of
from yunke.ground.people.models import (
    Duty,
    Guardianship,
    Membership,
    Org,
    Person,
    SchoolClass,
    staying,
)
from yunke.ground.people.values import Kind, Role, Who


@dataclass(frozen=True)
class ClassLine:
    id: int
    name: str
    name_en: str
    grade: int
    pupils: int
    head: str


@dataclass(frozen=True)
class PersonLine:
    """Somebody of the school: what they are, and where."""

    id: int
    name: str
    animal: str
    login: str
    kind: Kind
    role: str
    subject: str
    class_id: int
    class_name: str
    class_name_en: str
    left_on: date | None
    has_second: bool
    school_id: int


@dataclass(frozen=True)
class SchoolName:
    id: int
    name: str
    name_en: str


def schools_of(who: Who) -> list[SchoolName]:
    """The schools whose people this person administers. One query."""
    ids = [
        grant.place.school
        for grant in who.grants
        if grant.role == Role.SCHOOL_ADMIN and grant.place.school
    ]
    rows = Org.objects.filter(id__in=ids).order_by("id")
    return [SchoolName(o.id, o.name, o.name_en) for o in rows]


def school_class_lines(school_id: int) -> list[ClassLine]:
    """The classes of a school with their size and head teacher. Two queries."""
    day = today()
    held = Q(memberships__since__lte=day) & (
        Q(memberships__until__isnull=True) | Q(memberships__until__gt=day)
    )
    pupil = held & Q(memberships__role=Role.PUPIL) & staying(day, "memberships__person__")
    rows = (
        SchoolClass.objects.filter(school_id=school_id, ended_on__isnull=True)
        .annotate(pupils=Count("memberships", filter=pupil))
        .order_by("grade", "number")
    )
    heads = dict(
        Membership.objects.holding(day)
        .filter(
            staying(day, "person__"),
            role=Role.HEAD_TEACHER,
            school_class__school_id=school_id,
        )
        .values_list("school_class_id", "person__name")
    )
    return [
        ClassLine(c.id, c.name, c.name_en, c.grade, c.pupils, heads.get(c.id, "")) for c in rows
    ]


def school_people(
    school_id: int,
    *,
    search: str = "",
    kind: str = "",
    class_id: int = 0,
    page: int = 1,
    size: int = 30,
) -> Page[PersonLine]:
    """A page of a school's pupils, staff and guardians of today, and of those who left it.

    Cost: four queries, whatever the page, the search and the school.
    """
    rows = _of_school(school_id, class_id)
    if kind in set(Kind):
        rows = rows.filter(kind=kind)
    for word in search.split()[:4]:
        rows = rows.filter(Q(name__icontains=word) | Q(login__icontains=word))
    found = page_of(rows.order_by("left_on", "kind", "name", "id"), page, size=size)
    return Page(_lines(found.rows, school_id), found.number, found.more)


def school_person(school_id: int, person_id: int) -> PersonLine | None:
    """One person of the school, None for everybody else's. Three queries."""
    found = list(_of_school(school_id, 0).filter(id=person_id))
    return _lines(found, school_id)[0] if found else None


def works_elsewhere(person_id: int, school_id: int) -> bool:
    """Has this member of staff a class or a duty outside the school today? At most two queries."""
    return bool(other_place(person_id, school_id))


def other_place(person_id: int, school_id: int) -> int:
    """The other school or office of a colleague of two places, 0 without. At most two queries."""
    day = today()
    duties = Duty.objects.holding(day).filter(person_id=person_id, person__kind=Kind.STAFF)
    ties = Membership.objects.holding(day).filter(person_id=person_id, person__kind=Kind.STAFF)
    away = duties.exclude(org_id=school_id).order_by("id").values_list("org_id", flat=True).first()
    there = ties.exclude(school_class__school_id=school_id).order_by("id")
    return away or there.values_list("school_class__school_id", flat=True).first() or 0


def _of_school(school_id: int, class_id: int) -> "QuerySet[Person]":
    """Everybody of the school (or of one class) today, and who left it for good.

    Who moved to another school belongs to that one.
    """
    day = today()
    ties = Membership.objects.filter(school_class__school_id=school_id)
    here = ties.holding(day) | ties.filter(until=F("person__left_on"))
    if class_id:
        return Person.objects.filter(
            id__in=here.filter(school_class_id=class_id).values("person_id")
        )
    duties = Duty.objects.filter(org_id=school_id)
    staff = duties.holding(day) | duties.filter(until=F("person__left_on"))
    pupils = ties.holding(day).filter(role=Role.PUPIL).values("person_id")
    wards = Guardianship.objects.holding(day).filter(child_id__in=pupils)
    return Person.objects.filter(
        Q(id__in=here.values("person_id"))
        | Q(id__in=staff.values("person_id"))
        | Q(kind=Kind.GUARDIAN, id__in=wards.values("guardian_id"))
    )


def _lines(people: list[Person], school_id: int) -> list[PersonLine]:
    ids = [person.id for person in people]
    ties = {
        tie.person_id: tie
        for tie in Membership.objects.filter(person_id__in=ids, school_class__school_id=school_id)
        .select_related("school_class")
        .order_by("since", "role")
    }
    duties = dict(
        Duty.objects.holding(today())
        .filter(person_id__in=ids, org_id=school_id)
        .values_list("person_id", "role")
    )
    return [
        _line(person, ties.get(person.id), duties.get(person.id, ""), school_id)
        for person in people
    ]


def _line(person: Person, tie: Membership | None, duty: str, school_id: int) -> PersonLine:
    of = tie.school_class if tie else None
    return PersonLine(
        id=person.id,
        name=person.name,
        animal=person.animal,
        login=person.login,
        kind=Kind(person.kind),
        role=tie.role if tie else duty or person.kind,
        subject=tie.subject if tie else "",
        class_id=of.id if of else 0,
        class_name=of.name if of else "",
        class_name_en=of.name_en if of else "",
        left_on=person.left_on,
        has_second=bool(person.totp),
        school_id=school_id,
    )
