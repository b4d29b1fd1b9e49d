"""Signing in and out. Each action writes its event in the same transaction."""

import secrets
from datetime import timedelta

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.models import Person, Session
from yunke.ground.people.reads import token_hash

REGISTERED = timedelta(days=30)
VISITING = timedelta(hours=10)


@transaction.atomic
def session_open(*, person: Person, device: str, registered: bool, way: str) -> str:
    """Start a session on a device; gives the token for the cookie, kept nowhere else."""
    token = secrets.token_urlsafe(32)
    Session.objects.create(
        token_hash=token_hash(token),
        person=person,
        device=device[:80],
        way=way[:10],
        registered=registered,
        expires_at=now() + (REGISTERED if registered else VISITING),
    )
    event_record(
        actor_id=person.id,
        verb=Verb.SIGNED_IN,
        object_kind="session",
        title=device,
        purpose="account",
        result={"way": way},
    )
    return token


@transaction.atomic
def session_close(*, who_id: int, session: str) -> None:
    """End one session by its hash; the token is worthless on the next request."""
    if Session.objects.filter(person_id=who_id, token_hash=session).delete()[0]:
        event_record(
            actor_id=who_id, verb=Verb.SIGNED_OUT, object_kind="session", purpose="account"
        )
