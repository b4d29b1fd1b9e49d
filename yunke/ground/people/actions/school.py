"""What a school does with its own people: leaving, new class codes."""

from datetime import date

from django.db import transaction

from yunke.base.clock import now, today
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.changes import Writing, change_keep, day_ahead
from yunke.ground.people.actions.telling import told
from yunke.ground.people.models import (
    Card,
    Duty,
    Guardianship,
    Invitation,
    Membership,
    Person,
    SchoolClass,
    Session,
    Tie,
    staying,
)
from yunke.ground.people.rules.codes import CLASS_CODE_LONG, code_new


@transaction.atomic
def person_leave(*, actor_id: int, person_id: int, school_id: int, day: date | None = None) -> bool:
    """A person leaves on the day (default: today, out on the next request, every card and session
    dead); on a day to come everything ends at its first instant by itself.

    Rows stay. False for somebody who has left by that day already; a leave that was set for a
    later day is brought forward.
    """
    day = day_ahead(day or today())
    person = Person.objects.filter(staying(day), id=person_id).first()
    if person is None:
        return False
    writing = Writing()
    writing.put(person, left_on=day)
    for tie in _ties_of(person, day):
        writing.end(tie, day)
    if day <= today():
        Card.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=now())
        Invitation.objects.filter(child=person, used_at__isnull=True).delete()
        Session.objects.filter(person=person).delete()
    _left(writing, "leave", actor_id, person, school_id, day)
    return True


@transaction.atomic
def person_leave_here(
    *, actor_id: int, person_id: int, school_id: int, day: date | None = None
) -> bool:
    """Somebody who also works elsewhere leaves this school: its classes and duties end."""
    day = day_ahead(day or today())
    person = Person.objects.get(id=person_id)
    writing = Writing()
    for tie in Membership.objects.holding(day).filter(
        person=person, school_class__school_id=school_id
    ):
        writing.end(tie, day)
    for duty in Duty.objects.holding(day).filter(person=person, org_id=school_id):
        writing.end(duty, day)
    _left(writing, "leave", actor_id, person, school_id, day)
    return True


def _ties_of(person: Person, day: date) -> list[Tie]:
    """Everything that ties the person to somebody or something on the day. Three queries."""
    return [
        *Membership.objects.holding(day).filter(person=person),
        *Duty.objects.holding(day).filter(person=person),
        *Guardianship.objects.holding(day).filter(child=person),
    ]


def _left(
    writing: Writing, kind: str, actor_id: int, person: Person, school_id: int, day: date
) -> None:
    change_keep(
        writing, kind=kind, actor_id=actor_id, school_id=school_id, day=day, person=person,
        act=Act.PERSON_LEFT, verb=Verb.PERSON_LEFT,
    )  # fmt: skip


@transaction.atomic
def class_code_change(*, actor_id: int, class_id: int, title: str) -> str:
    """A new class code; who knows the old one sees nothing any more."""
    code = code_new(CLASS_CODE_LONG)
    SchoolClass.objects.filter(id=class_id).update(code=code)
    told(actor_id, Verb.CODE_CHANGED, "class", class_id, title=title, class_id=class_id)
    audit_record(actor_id=actor_id, act=Act.CODE_CHANGED, object_kind="class", object_id=class_id)
    return code
