"""Who is behind a request, and where people and classes belong."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta

from yunke.base.clock import now, today
from yunke.ground.people.models import (
    Duty,
    Guardianship,
    Membership,
    Org,
    Person,
    SchoolClass,
    Session,
    staying,
)
from yunke.ground.people.reads.quick import pupil_of
from yunke.ground.people.rules.ages import may_see
from yunke.ground.people.rules.limits import IDLE
from yunke.ground.people.values import ClassName, Grant, Kind, PersonName, Place, Role, Who


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def who_of(token: str) -> Who | None:
    """The person of a session token with every grant of today; None for a stranger or a leaver.

    A pupil without a class and staff without any duty have left, whoever forgot to say so; a
    visiting device that nobody touched for ten minutes has forgotten its pupil.
    Cost: one query for a pupil, two for a stranger; four for a guardian, four for staff.
    """
    if not token:
        return None
    pupil = pupil_of(token_hash(token))
    if pupil is not None:
        return pupil
    moment = now()
    session = (
        Session.objects.select_related("person")
        .filter(token_hash=token_hash(token), expires_at__gt=moment)
        .first()
    )
    if session is None or session.person.has_left or is_idle(session, moment):
        return None
    person = session.person
    due = bool(person.totp) and session.second_factor_at is None
    who = who_is(person, session=session.token_hash, second_factor_due=due)
    if not who.grants and not due:
        return None
    return replace(who, seen_due=session.seen_at < moment - _noted_every(session))


def is_idle(session: Session, moment: datetime) -> bool:
    """Has a pupil walked away from a device that is not its own?"""
    visiting = not session.registered and session.person.kind == Kind.PUPIL
    return visiting and session.seen_at < moment - IDLE


def _noted_every(session: Session) -> timedelta:
    """A write a minute only where ten idle minutes matter; elsewhere the hour is enough."""
    matters = not session.registered and session.person.kind == Kind.PUPIL
    return timedelta(minutes=1) if matters else timedelta(hours=1)


def who_is(person: Person, *, session: str = "", second_factor_due: bool = False) -> Who:
    """A person with every grant of today."""
    day = today()
    grants: list[Grant] = []
    classes: list[ClassName] = []
    children: list[PersonName] = []
    if not second_factor_due:
        if person.kind != Kind.GUARDIAN:
            grants, classes = _class_grants(person, day)
        if person.kind == Kind.STAFF:
            grants += _duty_grants(person, day)
        if person.kind != Kind.PUPIL:
            more, children = _child_grants(person, day)
            grants += more
        if person.kind == Kind.GUARDIAN and not grants:
            # Still a guardian, of nobody: sees the own account and may bind a child.
            grants = [Grant(Role.GUARDIAN, Place())]
    return Who(
        id=person.id,
        name=person.name,
        kind=Kind(person.kind),
        grants=tuple(grants),
        children=tuple(children),
        classes=tuple(classes),
        animal=person.animal,
        second_factor_due=second_factor_due,
        session=session,
    )


def _class_grants(person: Person, day: date) -> tuple[list[Grant], list[ClassName]]:
    ties = (
        Membership.objects.holding(day)
        .filter(person=person, school_class__ended_on__isnull=True)
        .select_related("school_class__school__parent")
        .order_by("school_class__grade", "school_class__number", "id")
    )
    grants, classes = [], {}
    for tie in ties:
        place = class_place(tie.school_class, person_id=person.id)
        grants.append(Grant(Role(tie.role), place, tie.subject))
        classes[tie.school_class_id] = class_name(tie.school_class)
    return grants, list(classes.values())


def _duty_grants(person: Person, day: date) -> list[Grant]:
    duties = Duty.objects.holding(day).filter(person=person).select_related("org__parent__parent")
    return [Grant(Role(d.role), org_place(d.org, person_id=person.id), d.subject) for d in duties]


def _child_grants(person: Person, day: date) -> tuple[list[Grant], list[PersonName]]:
    held = (
        Guardianship.objects.holding(day)
        .filter(staying(day, "child__"), guardian=person)
        .select_related("child")
        .order_by("id")
    )
    ties = [tie for tie in held if may_see(tie.child.born_on, bool(tie.agreed_at), day)]
    places = places_of([tie.child_id for tie in ties])
    # A pupil without a class has left, whoever forgot to say so.
    ties = [tie for tie in ties if places[tie.child_id].class_id]
    grants = [Grant(Role.GUARDIAN, places[tie.child_id]) for tie in ties]
    return grants, [PersonName(t.child.id, t.child.name, t.child.animal) for t in ties]


def class_place(school_class: SchoolClass, *, person_id: int = 0) -> Place:
    place = org_place(school_class.school, person_id=person_id)
    return Place(
        place.city, place.county, place.school, school_class.grade, school_class.id, person_id
    )


def org_place(org: Org, *, person_id: int = 0) -> Place:
    if org.level == Org.Level.CITY:
        return Place(city=org.id, person=person_id)
    if org.level == Org.Level.COUNTY:
        return Place(city=org.parent_id or 0, county=org.id, person=person_id)
    county = org.parent
    city = county.parent_id if county else 0
    return Place(city=city or 0, county=org.parent_id or 0, school=org.id, person=person_id)


def places_of(pupil_ids: list[int]) -> dict[int, Place]:
    """Where each pupil belongs today. One query for all."""
    ties = (
        Membership.objects.holding(today())
        .filter(person_id__in=pupil_ids, role=Role.PUPIL, school_class__ended_on__isnull=True)
        .select_related("school_class__school__parent")
    )
    found = {t.person_id: class_place(t.school_class, person_id=t.person_id) for t in ties}
    return {pupil: found.get(pupil, Place(person=pupil)) for pupil in pupil_ids}


def class_name(school_class: SchoolClass) -> ClassName:
    school = school_class.school
    return ClassName(
        school_class.id,
        school.id,
        school_class.grade,
        school_class.name,
        school_class.name_en,
        school.name,
        school.name_en,
        school_class.code,
    )


def class_pupils(class_id: int) -> tuple[PersonName, ...]:
    """The pupils of a class today, in the order of their names. One query."""
    ties = (
        Membership.objects.holding(today())
        .filter(staying(today(), "person__"), school_class_id=class_id, role=Role.PUPIL)
        .select_related("person")
        .order_by("person__name", "person_id")
    )
    return tuple(PersonName(t.person.id, t.person.name, t.person.animal) for t in ties)


def class_by_id(class_id: int) -> ClassName | None:
    found = SchoolClass.objects.select_related("school").filter(id=class_id).first()
    return class_name(found) if found else None


def city_id() -> int:
    """The one city of this site, 0 on an empty one."""
    return Org.objects.filter(level=Org.Level.CITY).values_list("id", flat=True).first() or 0
