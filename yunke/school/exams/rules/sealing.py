"""A paper at rest: AES-256-GCM, bound to the paper it belongs to."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
MARK = "v1."


class SealBroken(Exception):
    """Not sealed here, for another paper, or changed since."""


def sealed(text: str, key: bytes, *, about: str) -> str:
    """``text`` under a fresh nonce; opens only with the same key (32 bytes) and ``about``."""
    nonce = os.urandom(NONCE)
    box = nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode())
    return MARK + base64.b64encode(box).decode()


def opened(box: str, key: bytes, *, about: str) -> str:
    """Raises SealBroken."""
    try:
        raw = base64.b64decode(box.removeprefix(MARK), validate=True)
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(about) from broken
