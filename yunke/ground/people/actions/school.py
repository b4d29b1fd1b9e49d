"""What a school does with its own people: leaving, new class codes."""

from django.db import transaction

from yunke.base.clock import now, today
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.models import (
    Card,
    Duty,
    Guardianship,
    Invitation,
    Membership,
    Person,
    SchoolClass,
    Session,
)
from yunke.ground.people.rules.codes import CLASS_CODE_LONG, code_new


@transaction.atomic
def person_leave(*, actor_id: int, person_id: int, school_id: int) -> bool:
    """A person leaves today: out on the next request, every card and session dead.

    Rows stay; ties end today. Nothing happens to somebody who has left already.
    """
    day = today()
    person = Person.objects.filter(id=person_id, left_on__isnull=True).first()
    if person is None:
        return False
    person.left_on = day
    person.save(update_fields=["left_on"])
    Membership.objects.holding(day).filter(person=person).update(until=day)
    Duty.objects.holding(day).filter(person=person).update(until=day)
    Guardianship.objects.holding(day).filter(child=person).update(until=day)
    Card.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=now())
    Invitation.objects.filter(child=person, used_at__isnull=True).delete()
    Session.objects.filter(person=person).delete()
    event_record(
        actor_id=actor_id,
        verb=Verb.PERSON_LEFT,
        object_kind="person",
        object_id=person_id,
        title=person.name,
        subject_id=person_id,
        school_id=school_id,
        purpose="account",
    )
    return True


@transaction.atomic
def class_code_change(*, actor_id: int, class_id: int, title: str) -> str:
    """A new class code; who knows the old one sees nothing any more."""
    code = code_new(CLASS_CODE_LONG)
    SchoolClass.objects.filter(id=class_id).update(code=code)
    event_record(
        actor_id=actor_id,
        verb=Verb.CODE_CHANGED,
        object_kind="class",
        object_id=class_id,
        title=title,
        class_id=class_id,
        purpose="account",
    )
    audit_record(actor_id=actor_id, act=Act.CODE_CHANGED, object_kind="class", object_id=class_id)
    return code
