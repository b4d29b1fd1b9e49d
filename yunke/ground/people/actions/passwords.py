"""Passwords: changed by their owner, set anew by the school. Hashed before, never in here."""

from django.db import transaction

from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.actions.sessions import sessions_revoke
from yunke.ground.people.models import Person


@transaction.atomic
def password_change(*, who_id: int, session: str, encoded: str) -> None:
    """A new password of one's own; every other device is signed out."""
    Person.objects.filter(id=who_id).update(password=encoded)
    event_record(
        actor_id=who_id, verb=Verb.PASSWORD_CHANGED, object_kind="person", purpose="account"
    )
    sessions_revoke(who_id=who_id, but=session)


@transaction.atomic
def password_reset(*, actor_id: int, person_id: int, name: str, encoded: str) -> None:
    """A new password from the school; every device of the person is signed out."""
    Person.objects.filter(id=person_id).update(password=encoded)
    event_record(
        actor_id=actor_id,
        verb=Verb.PASSWORD_RESET,
        object_kind="person",
        object_id=person_id,
        title=name,
        subject_id=person_id,
        purpose="account",
    )
    sessions_revoke(who_id=person_id)
    audit_record(actor_id=actor_id, act=Act.PASSWORD_RESET, subject_id=person_id)
