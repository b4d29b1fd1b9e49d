"""Access stopped at once while something is looked into. Nothing is deleted: the evidence stays;
giving access back takes a second person.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, second_ask, second_use
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.changes import Writing, change_keep
from yunke.ground.people.models import Change, Pairing, Person, Session

UNFREEZE = "person.unfreeze"


@transaction.atomic
def person_freeze(*, actor_id: int, person: Person, school_id: int, reason: str) -> Change:
    """Every session and TV ends, no key opens anything; rows, ties and cards stay as they are."""
    if not reason.strip():
        raise Refused(_("请写下理由；什么都没有改动。"), status=422)
    if person.is_frozen or person.id == actor_id:
        raise Refused(_("这个账户已经停用，或者是你自己的；什么都没有改动。"), status=422)
    writing = Writing()
    writing.put(person, frozen_at=now())
    Session.objects.filter(person=person).delete()
    Pairing.objects.filter(person=person).delete()
    return change_keep(
        writing, kind="freeze", actor_id=actor_id, school_id=school_id, day=today(),
        person=person, reason=reason, act=Act.PERSON_FROZEN, verb=Verb.PERSON_FROZEN,
    )  # fmt: skip


def unfreeze_ask(*, actor_id: int, person: Person, school_id: int, reason: str) -> int:
    """Ask a second person; the number of the request."""
    if not person.is_frozen:
        raise Refused(_("这个账户没有停用；什么都没有改动。"), status=422)
    return second_ask(
        who_id=actor_id, kind=UNFREEZE, page=f"/people/person/{person.id}", reason=reason,
        about={"person": person.id}, org_id=school_id,
    )  # fmt: skip


@transaction.atomic
def person_unfreeze(*, actor_id: int, person: Person, school_id: int, second_id: int) -> Change:
    """Access again, by a consent that was given for this person. Raises Refused without one."""
    given = second_use(second_id, UNFREEZE, who_id=actor_id)
    if given.about != {"person": person.id}:
        raise Refused(_("那次同意说的是另一个人；什么都没有改动。"), status=422)
    writing = Writing()
    writing.put(person, frozen_at=None)
    return change_keep(
        writing, kind="unfreeze", actor_id=actor_id, school_id=school_id, day=today(),
        person=person, reason=given.reason, act=Act.PERSON_FROZEN, verb=Verb.PERSON_UNFROZEN,
    )  # fmt: skip
