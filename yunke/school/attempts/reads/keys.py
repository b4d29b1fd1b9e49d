"""Keys that are made anew from the server's own secret: nothing of them lies in the database."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from yunke.base.sealing import SealBroken, derived, seal, unseal
from yunke.school.attempts.rules.boxes import box_key, box_public

PERMIT = "attempts.permit"
# How long a box may wait on a tablet for somebody to carry it.
PERMIT_SECONDS = 60 * 24 * 3600


def tick_key() -> bytes:
    return derived("attempts.tick")


def log_key(person_id: int, attempt_id: int) -> bytes:
    """Signs a device's log of one attempt; the person's own session is told it."""
    return _own("attempts.log", person_id, attempt_id)


def copy_key(person_id: int, attempt_id: int) -> bytes:
    """Opens the copy of one attempt on the person's own devices; no other session is told it."""
    return _own("attempts.copy", person_id, attempt_id)


def slot(person_id: int, attempt_id: int) -> str:
    """Under which name a device keeps that copy: it tells nobody whose it is."""
    return _own("attempts.slot", person_id, attempt_id).hex()[:24]


@cache
def server_box() -> ec.EllipticCurvePrivateKey:
    """Opens the boxes that devices close for the server."""
    return box_key(derived("attempts.box"))


def server_box_public() -> str:
    return text(box_public(server_box()))


def permit(person_id: int, attempt_id: int) -> str:
    """Lies in the box: whoever carries it, these answers are this person's."""
    return seal(f"{person_id}.{attempt_id}", purpose=PERMIT)


def permitted(sealed: str) -> tuple[int, int] | None:
    """(person id, attempt id) of a permit; None where it is none of ours, or too old."""
    try:
        person, _, attempt = unseal(sealed, purpose=PERMIT, seconds=PERMIT_SECONDS).partition(".")
    except SealBroken:
        return None
    return int(person), int(attempt)


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _own(purpose: str, person_id: int, attempt_id: int) -> bytes:
    name = f"{person_id}.{attempt_id}".encode()
    return hmac.new(derived(purpose), name, hashlib.sha256).digest()
