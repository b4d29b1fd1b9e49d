"""The second factor of staff: a code from their phone, each good for one time only."""

from datetime import timedelta

import pyotp
from django.db import transaction

from yunke.base.clock import now
from yunke.base.sealing import SealBroken, seal, unseal
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.telling import told
from yunke.ground.people.actions.tries import try_return, try_take
from yunke.ground.people.models import Person, Session

PURPOSE = "second-factor"
STEP = 30


def second_factor_new() -> str:
    """A new secret, sealed; it is kept only once a code of it was shown."""
    return seal(pyotp.random_base32(), purpose=PURPOSE)


def second_factor_secret(sealed: str, *, seconds: int | None = None) -> str:
    """The secret in the clear, to be drawn as a QR code. "" when the seal is broken or too old."""
    try:
        return unseal(sealed, purpose=PURPOSE, seconds=seconds)
    except SealBroken:
        return ""


def second_factor_check(*, person_id: int, code: str) -> bool:
    """Is it a code of now, half a minute more or less, that was not used before?

    Raises TooOften after ten wrong ones in a quarter of an hour.
    """
    try_take(f"second:{person_id}")
    person = Person.objects.get(id=person_id)
    step = _step_of(second_factor_secret(person.totp), code)
    # One statement decides: of two who show the same code at once, one is late.
    if not Person.objects.filter(id=person_id, totp_step__lt=step).update(totp_step=step):
        return False
    try_return(f"second:{person_id}")
    return True


@transaction.atomic
def second_factor_pass(*, session: str) -> None:
    """The session has shown its second factor."""
    Session.objects.filter(token_hash=session).update(second_factor_at=now())


@transaction.atomic
def second_factor_set(*, who_id: int, session: str, sealed: str, code: str) -> bool:
    """Keep a new secret once a code of it proves that the phone has it.

    Other sessions must show a code from now on.
    """
    step = _step_of(second_factor_secret(sealed, seconds=3600), code)
    if not step:
        return False
    Person.objects.filter(id=who_id).update(totp=sealed, totp_step=step)
    second_factor_pass(session=session)
    told(who_id, Verb.SECOND_FACTOR_SET, "person")
    return True


def second_factor_seal(secret: str) -> str:
    """A secret that is known already, as it is kept: how a roster brings its staff's own."""
    return seal(secret, purpose=PURPOSE)


@transaction.atomic
def second_factor_remove(*, actor_id: int, person_id: int, name: str = "") -> None:
    """By the person with a code, or by the school for somebody who lost the phone."""
    Person.objects.filter(id=person_id).update(totp="", totp_step=0)
    told(
        actor_id, Verb.SECOND_FACTOR_REMOVED, "person", person_id, title=name, subject_id=person_id
    )
    audit_record(actor_id=actor_id, act=Act.SECOND_FACTOR_REMOVED, subject_id=person_id)


def _step_of(secret: str, code: str) -> int:
    """The 30-second step that the code belongs to, 0 for none near now."""
    digits = "".join(c for c in code if c.isdigit())
    if not secret or len(digits) != 6:
        return 0
    asked = pyotp.TOTP(secret)
    for away in (0, -1, 1):
        moment = now() + timedelta(seconds=away * STEP)
        if pyotp.utils.strings_equal(asked.at(moment), digits):
            return int(moment.timestamp()) // STEP
    return 0
