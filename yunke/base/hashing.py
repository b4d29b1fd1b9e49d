"""Argon2id at 19 MiB, two passes, one lane (OWASP): 30 checks a second and core, not 3.

Hashing is slow on purpose, so it happens in a pool of ``HASH_THREADS`` threads with a line of at
most ``HASH_QUEUE`` behind it (Argon2 lets go of Python's lock while it works). Who comes when the
line is full is told so at once. Never call it inside a transaction: a save would wait for it.
"""

import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2.exceptions import InvalidHashError, VerificationError
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connection

T = TypeVar("T")


class Argon2id19(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class HashBusy(Exception):
    """The line is full; ``waiting`` people stand before the one who came."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} are waiting")
        self.waiting = waiting


class Line:
    """A pool of threads with a bounded line before it."""

    def __init__(self, threads: int, queue: int) -> None:
        self.threads, self.room = threads, threads + queue
        self._inside = 0
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="hash")

    @property
    def waiting(self) -> int:
        return max(0, self._inside - self.threads)

    def run(self, work: Callable[[], T]) -> T:
        """Do the work when it is its turn. Raises HashBusy instead of letting the line grow."""
        with self._lock:
            if self._inside >= self.room:
                raise HashBusy(self.waiting)
            self._inside += 1
        try:
            return self._pool.submit(work).result()
        finally:
            with self._lock:
                self._inside -= 1


@cache
def line() -> Line:
    """The one line of this process."""
    return Line(settings.HASH_THREADS, settings.HASH_QUEUE)


def encode(password: str) -> str:
    """The hash to keep. Waits its turn; raises HashBusy."""
    _let_go()
    return line().run(lambda: make_password(password))


def check(password: str, encoded: str) -> bool:
    """Is it the password? Waits its turn; raises HashBusy.

    An empty or broken ``encoded`` costs the same time as a real one and is never right, so that
    nobody learns from the clock which accounts exist.
    """
    _let_go()
    return line().run(lambda: _verify(password, encoded))


def _let_go() -> None:
    """Who waits in the line holds no connection of PostgreSQL's pool meanwhile."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        connection.close()


def _verify(password: str, encoded: str) -> bool:
    hasher = Argon2id19()
    try:
        return hasher.verify(password, encoded)
    except (InvalidHashError, VerificationError, AssertionError, ValueError):
        hasher.verify(password, dummy())
        return False


@cache
def dummy() -> str:
    """A hash that no password opens."""
    return make_password(secrets.token_urlsafe(32))
