"""A transaction that could not be put in a line with the others is done again.

On PostgreSQL transactions are SERIALIZABLE (docs/decisions/0011): when two of them could only
have run at once, the database undoes one and says so. SQLite lets one writer in at a time and never
says it.

Many that all want the same row (64 pages that each leave an audit line) would undo each other for
long: whoever was undone twice waits for its turn, so that of these only one runs at a time.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import TypeVar

from django.db import DatabaseError, Error, IntegrityError, connection

T = TypeVar("T")
TRIES = 10
IN_TURN = 3  # from this try on
TURN = 0x79756E6B65  # the number of the advisory lock, of this database only
FIRST_WAIT, LONGEST_WAIT = 0.004, 0.25  # seconds
SERIALIZATION, DEADLOCK, UNIQUE = "40001", "40P01", "23505"


def clashed(trouble: BaseException) -> bool:
    """Was this transaction undone only because another ran beside it?"""
    return _state(trouble) in {SERIALIZATION, DEADLOCK}


def again(work: Callable[[], T], *, rewind: Callable[[], None] = lambda: None) -> T:
    """Do ``work``, a whole transaction, until it does not clash; ``rewind`` before each repeat.

    Inside a transaction of the caller nothing is repeated: the caller's own repeats it. A row that
    another transaction wrote unseen in between shows as a doubled key: looked at again once.
    Raises what the last try raised.
    """
    doubled = False
    for number in range(1, TRIES + 1):
        try:
            with nullcontext() if number < IN_TURN else _in_turn():
                return work()
        except DatabaseError as trouble:
            unseen = _unseen(trouble) and not doubled
            if connection.in_atomic_block or number == TRIES or not (clashed(trouble) or unseen):
                raise
            doubled = doubled or unseen
        time.sleep(random.uniform(0.3, 1) * min(FIRST_WAIT * 2**number, LONGEST_WAIT))  # noqa: S311
        rewind()
    raise AssertionError  # the last try returned or raised


@contextmanager
def _in_turn() -> Iterator[None]:
    """Alone among those who were undone before. It is the session's lock and not the transaction's:
    what a transaction sees must begin after the wait. Nobody waits for ever (``lock_timeout``);
    who waited in vain goes on without.
    """
    held = _turn("pg_advisory_lock")
    try:
        yield
    finally:
        if held:
            _turn("pg_advisory_unlock")


def _turn(act: str) -> bool:
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return False
    # A connection that broke took its lock with it.
    with suppress(Error), connection.cursor() as cursor:
        cursor.execute(f"SELECT {act}(%s)", [TURN])
        return True
    return False


def _unseen(trouble: BaseException) -> bool:
    return isinstance(trouble, IntegrityError) and _state(trouble) == UNIQUE


def _state(trouble: BaseException) -> str:
    """PostgreSQL's code of the trouble; "" on SQLite."""
    return str(getattr(trouble.__cause__, "sqlstate", "") or "")
