"""What many people ask alike, kept for some seconds in this process.

A school's pupils open the same day at the same minute: the day of a grade is read and drawn once,
then overlaid with what is one's own. A write in this process forgets at once; another process
sees it when the seconds are over, or at once when Valkey joins them (``base/line.py``).
"""

import threading
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

from django.db import connection, transaction

from yunke.base import line

CHANNEL = "kept"
T = TypeVar("T")
_ALL: list["Kept[object]"] = []


class Kept(Generic[T]):
    """Values by key, each for ``seconds``, at most ``limit`` of them (the oldest go first)."""

    def __init__(self, *, seconds: float, limit: int = 2000) -> None:
        self.seconds, self.limit = seconds, limit
        self._values: dict[Hashable, tuple[float, T]] = {}
        self._lock = threading.Lock()
        _ALL.append(self)  # type: ignore[arg-type]

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept value, or what ``make`` gives. Two threads may both make it; the last stays."""
        line.hear(CHANNEL, _told)
        found = self._values.get(key)
        if found is not None and found[0] > monotonic():
            return found[1]
        value = make()
        with self._lock:
            while len(self._values) >= self.limit:
                del self._values[next(iter(self._values))]
            self._values.pop(key, None)
            self._values[key] = (monotonic() + self.seconds, value)
        return value

    def forget(self) -> None:
        """At once here; everywhere, and here again, when what was written is committed."""
        self.clear()
        if not line.there():
            return
        if connection.in_atomic_block:
            transaction.on_commit(_forget_everywhere)
        else:
            _forget_everywhere()

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


def forget_all() -> None:
    """An empty head for every test, and for the demo after it wrote a city."""
    for kept in _ALL:
        kept.clear()


def _forget_everywhere() -> None:
    forget_all()
    line.say(CHANNEL, b"")


def _told(_text: bytes) -> None:
    forget_all()
