"""Signing in and out. Each action writes its event in the same transaction."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from yunke.base.clock import now
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.telling import told
from yunke.ground.people.models import Pairing, Person, Session
from yunke.ground.people.reads import token_hash
from yunke.ground.people.reads.who import who_of
from yunke.ground.people.rules.limits import REGISTERED, VISITING
from yunke.ground.people.values import Who

SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def session_open(
    *, person: Person, device: str, registered: bool, way: str, second_factor: bool = False
) -> str:
    """Start a session on a device; gives the token for the cookie, kept nowhere else."""
    token = secrets.token_urlsafe(32)
    moment = now()
    _write(
        {
            "token_hash": token_hash(token),
            "person_id": person.id,
            "device": device[:80],
            "way": way[:10],
            "registered": registered,
            "second_factor_at": moment if second_factor else None,
            "seen_at": moment,
            "expires_at": moment + (REGISTERED if registered else VISITING),
            "made_at": moment,
        }
    )
    told(person.id, Verb.SIGNED_IN, "session", title=device, result={"way": way})
    return token


@transaction.atomic
def session_change(
    before: Who | None, *, person: Person, device: str, registered: bool, way: str
) -> str:
    """Start a session on a device; the one that it had is closed with it. Gives the token."""
    if before is not None:
        session_close(who_id=before.id, session=before.session)
    return session_open(person=person, device=device, registered=registered, way=way)


def _write(row: dict[str, Any]) -> None:
    """Sweep the person's expired sessions and write the new one, in plain SQL: at eight o'clock
    a whole school signs in, and the ORM takes four times as long for the same two statements.
    """
    adapt = connection.ops.adapt_datetimefield_value
    values = [adapt(v) if isinstance(v, datetime) else v for v in row.values()]
    marks = ", ".join(["%s"] * len(row))
    insert = f"INSERT INTO people_session ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM people_session WHERE person_id = %s AND expires_at < %s",
            [row["person_id"], adapt(row["made_at"])],
        )
        cursor.execute(insert, values)


def session_who(token: str) -> Who | None:
    """Who is behind a cookie; a look that is worth noting moves the device's last-seen time."""
    who = who_of(token)
    if who is not None and who.seen_due:
        session_touch(who.session)
    return who


def session_touch(session: str) -> None:
    """Something a person did on the device: its ten idle minutes begin again.

    One UPDATE, none when it was noted within the minute.
    """
    moment = now()
    Session.objects.filter(token_hash=session, seen_at__lt=moment - SEEN_EVERY).update(
        seen_at=moment
    )


@transaction.atomic
def session_close(*, who_id: int, session: str) -> None:
    """End one session by its hash; the token is worthless on the next request."""
    if Session.objects.filter(person_id=who_id, token_hash=session).delete()[0]:
        told(who_id, Verb.SIGNED_OUT, "session")


@transaction.atomic
def session_revoke(*, who_id: int, session_id: int) -> bool:
    """End the session of another device of one's own."""
    found = Session.objects.filter(person_id=who_id, id=session_id).first()
    if found is None:
        return False
    found.delete()
    told(who_id, Verb.DEVICE_REVOKED, "session", title=found.device)
    return True


def sessions_end(persons: Iterable[int], *ways: str) -> None:
    """End what lost keys opened, TVs with it: who holds a session may have let one in. Two
    statements, inside the caller's transaction.
    """
    ids = list(persons)
    Session.objects.filter(person_id__in=ids, way__in=[*ways, "tv"]).delete()
    Pairing.objects.filter(person_id__in=ids).delete()


@transaction.atomic
def sessions_revoke(*, who_id: int, but: str = "") -> int:
    """End all sessions of a person, but the one in hand; gives how many."""
    Pairing.objects.filter(person_id=who_id).delete()
    count, _kinds = Session.objects.filter(person_id=who_id).exclude(token_hash=but).delete()
    if count:
        told(who_id, Verb.DEVICE_REVOKED, "session", result={"sessions": count})
    return count
