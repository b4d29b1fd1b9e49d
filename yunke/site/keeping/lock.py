"""Who may touch the data folder: any number of houses that serve, or one restore alone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Somebody holds the folder."""


def restoring(data: Path) -> Path:
    """The sign that a restore began and has not ended: no house opens on half a school."""
    return data / "restoring"


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Nobody serves this folder meanwhile. Raises Busy when somebody does."""
    handle = _open(data)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Busy("the school is open: stop ./run serve first") from None
    finally:
        os.close(handle)


@contextmanager
def open_house(data: Path) -> Iterator[None]:
    """This folder is being served. Raises Busy while it is restored."""
    handle = _open(data)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Busy("the school is being restored just now") from None
    finally:
        os.close(handle)


def _open(data: Path) -> int:
    return os.open(data / "house.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
