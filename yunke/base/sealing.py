"""Small secrets at rest, sealed with a key that is derived from the server's own.

Fernet (AES-128-CBC with HMAC-SHA256) under HKDF(SECRET_KEY, purpose): what is sealed for one
purpose does not open for another, and a stolen database alone opens nothing.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealBroken(Exception):
    """The text was not sealed here for this purpose, or is too old."""


def seal(text: str, *, purpose: str) -> str:
    return _key(settings.SECRET_KEY, purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str, seconds: int | None = None) -> str:
    """What was sealed; ``seconds`` bounds its age. Raises SealBroken."""
    try:
        return _key(settings.SECRET_KEY, purpose).decrypt(sealed.encode(), ttl=seconds).decode()
    except (InvalidToken, ValueError) as broken:
        raise SealBroken(purpose) from broken


def derived(purpose: str) -> bytes:
    """32 bytes that only this server knows, others for every purpose: a key to sign with."""
    return _derived(settings.SECRET_KEY, purpose)


@cache
def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=b"yunke", info=purpose.encode()).derive(secret.encode())


@cache
def _key(secret: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(secret, purpose)))
