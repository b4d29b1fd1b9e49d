"""The one database connection of the front's loop.

In an event loop Django gives every task a connection of its own, and opens it: a file, eight
statements of set-up, for every request. The front reads short statements by index in its loop, so
one connection serves them all; it is lent to each request's context. The writer's thread has its
own.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Table:
    """Holds the connection of the thread that runs the loop."""

    def __init__(self) -> None:
        self._held: BaseDatabaseWrapper | None = None

    def hold(self) -> None:
        """Take this thread's connection; called before the loop runs."""
        self._held = connections[DEFAULT_DB_ALIAS]

    def lend(self) -> None:
        """Give it to the task that runs now. Costs two microseconds."""
        if self._held is not None:
            connections[DEFAULT_DB_ALIAS] = self._held

    def mend(self) -> None:
        """After trouble: the next statement opens it anew."""
        if self._held is not None:
            self._held.close_if_unusable_or_obsolete()


table = Table()
