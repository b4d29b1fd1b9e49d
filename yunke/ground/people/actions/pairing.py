"""A TV signs in by the code on its screen, confirmed on a phone (the shape of RFC 8628)."""

import secrets

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.sessions import session_open
from yunke.ground.people.actions.telling import told
from yunke.ground.people.actions.tries import limit_check, unknown_code_count
from yunke.ground.people.models import Pairing, Person
from yunke.ground.people.reads.accounts import is_in
from yunke.ground.people.reads.who import token_hash
from yunke.ground.people.rules.codes import PAIRING_LONG, code_new, code_read
from yunke.ground.people.rules.limits import PAIRING, PAIRINGS


@transaction.atomic
def pairing_open() -> tuple[str, str]:
    """A TV asks: the code that it shows and the secret that only it holds."""
    moment = now()
    Pairing.objects.filter(expires_at__lt=moment).delete()
    code, secret = code_new(PAIRING_LONG), secrets.token_urlsafe(32)
    Pairing.objects.create(code=code, secret_hash=token_hash(secret), expires_at=moment + PAIRING)
    return code, secret


def pairing_find(*, code: str, asker: int) -> Pairing | None:
    """The TV that shows this code now. Raises TooOften after twenty unknown codes in an hour."""
    limit_check(PAIRINGS, asker)
    read = code_read(code)
    found = Pairing.objects.filter(
        code=read, expires_at__gt=now(), person__isnull=True, used_at__isnull=True
    ).first()
    if found is None:
        unknown_code_count(PAIRINGS, str(asker), read)
    return found


@transaction.atomic
def pairing_confirm(*, who_id: int, pairing_id: int, person_id: int) -> bool:
    """The phone says yes: the TV signs in as this person, oneself or one's own child."""
    said = Pairing.objects.filter(
        id=pairing_id, person__isnull=True, used_at__isnull=True, expires_at__gt=now()
    ).update(person=person_id)
    if said:
        told(who_id, Verb.DEVICE_PAIRED, "session", subject_id=person_id)
    return bool(said)


@transaction.atomic
def pairing_take(secret: str) -> tuple[Person, str] | None:
    """The TV asks again: its session, once, when a phone has said yes."""
    found = (
        Pairing.objects.select_related("person")
        .filter(secret_hash=token_hash(secret), used_at__isnull=True, person__isnull=False)
        .filter(expires_at__gt=now())
        .first()
    )
    if found is None or found.person is None or not is_in(found.person):
        return None
    if not Pairing.objects.filter(id=found.id, used_at__isnull=True).update(used_at=now()):
        return None
    token = session_open(
        person=found.person, device="TV", registered=True, way="tv", second_factor=True
    )
    return found.person, token
