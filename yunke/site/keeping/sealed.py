"""Files of a backup, sealed: nobody reads or changes them without the school's key file.

AES-256-GCM in pieces of a megabyte, each bound to its place and the last one marked, so that a
file that was cut, swapped or changed does not open. The key is derived from the site's own secret;
the key file is never part of a backup.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"YKB1"
PIECE = 1 << 20
TAG = 16


class Damaged(Exception):
    """The file is cut, changed, or sealed with another key; the text names it."""


def key_of(secret: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=b"yunke", info=b"backup").derive(secret.encode())


def fingerprint(key: bytes) -> str:
    """Tells keys apart without telling the key."""
    return hashlib.sha256(b"fingerprint" + key).hexdigest()[:16]


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def seal(parts: Iterable[bytes], target: Path, key: bytes, name: str) -> tuple[int, str]:
    """Write ``parts`` sealed to ``target``, on the disk; gives bytes and SHA-256 of what they hold.

    ``name`` is bound to the content: the file opens under no other.
    """
    told, size, start = hashlib.sha256(), 0, os.urandom(7)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        out.write(MAGIC + start)
        for number, (piece, last) in enumerate(_pieces(parts)):
            told.update(piece)
            size += len(piece)
            out.write(AESGCM(key).encrypt(_nonce(start, number, last), piece, name.encode()))
        out.flush()
        os.fsync(out.fileno())
    return size, told.hexdigest()


def unseal(source: Path, key: bytes, name: str) -> Iterator[bytes]:
    """What was sealed, piece by piece. Raises Damaged; what came before it must not be used."""
    try:
        with source.open("rb") as file:
            head = file.read(len(MAGIC) + 7)
            if len(head) < len(MAGIC) + 7 or not head.startswith(MAGIC):
                raise Damaged(f"{name} is no sealed file, or was cut")
            yield from _opened(file, key, head[len(MAGIC) :], name)
    except FileNotFoundError:
        raise Damaged(f"{name} is missing") from None


def _opened(file: BinaryIO, key: bytes, start: bytes, name: str) -> Iterator[bytes]:
    number, piece = 0, file.read(PIECE + TAG)
    while True:
        after = file.read(PIECE + TAG)
        try:
            yield AESGCM(key).decrypt(_nonce(start, number, not after), piece, name.encode())
        except InvalidTag:
            raise Damaged(f"{name} was cut or changed") from None
        if not after:
            return
        number, piece = number + 1, after


def _pieces(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in pieces of one size, and whether it is the last; one at least."""
    held = b""
    for part in parts:
        held += part
        while len(held) > PIECE:
            yield held[:PIECE], False
            held = held[PIECE:]
    yield held, True


def _nonce(start: bytes, number: int, last: bool) -> bytes:
    return start + number.to_bytes(4, "big") + bytes([last])
