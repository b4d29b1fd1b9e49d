"""A box that only the server opens: ECIES with P-256, HKDF-SHA256 and AES-256-GCM.

A shared tablet keeps unsent answers of a pupil who has left in such boxes: the next pupil's session
can carry them to the school and read nothing. In a browser ``attempts/seal.js`` closes them.

Box: 65 bytes of the sender's passing public key, 12 of nonce, the rest ciphertext with its tag.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
# Of the group of the curve: a private key is a number from 1 to one less.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT, NONCE, TAG = 65, 12, 16
INFO = b"yunke attempts box 1"


class BoxBroken(Exception):
    """Not closed for this server, damaged, or no box at all."""


def box_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """The server's key from 32 secret bytes, the same each time."""
    return ec.derive_private_key(int.from_bytes(secret) % (ORDER - 1) + 1, CURVE)


def box_public(key: ec.EllipticCurvePrivateKey) -> bytes:
    """What browsers close boxes for: an uncompressed point."""
    return _point(key.public_key())


def box_open(key: ec.EllipticCurvePrivateKey, box: bytes) -> bytes:
    """What was put in. Raises BoxBroken."""
    if len(box) < POINT + NONCE + TAG:
        raise BoxBroken
    point, nonce, sealed = box[:POINT], box[POINT : POINT + NONCE], box[POINT + NONCE :]
    try:
        sender = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        return AESGCM(_shared(key, sender, point)).decrypt(nonce, sealed, None)
    except (InvalidTag, ValueError) as broken:
        raise BoxBroken from broken


def box_close(public: bytes, content: bytes, nonce: bytes) -> bytes:
    """As a browser closes it; for tests and for boxes that the house itself writes."""
    passing = ec.generate_private_key(CURVE)
    point = _point(passing.public_key())
    receiver = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
    shared = HKDF(SHA256(), length=32, salt=point, info=INFO)
    key = shared.derive(passing.exchange(ec.ECDH(), receiver))
    return point + nonce + AESGCM(key).encrypt(nonce, content, None)


def _shared(
    key: ec.EllipticCurvePrivateKey, sender: ec.EllipticCurvePublicKey, point: bytes
) -> bytes:
    return HKDF(SHA256(), length=32, salt=point, info=INFO).derive(key.exchange(ec.ECDH(), sender))


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
