"""The group-commit writer: many small writes share one transaction and one fsync.

A school's submit storm is 2,000 writes in 30 s; one transaction each gives 16 a second, one
for all that are waiting gives hundreds (docs/decisions/0004). Each write runs in a savepoint:
one that fails takes nothing else with it. The answer leaves only after the commit.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from django.db import DatabaseError, IntegrityError, connection, transaction

from yunke.base.again import again, clashed
from yunke.base.models import Receipt
from yunke.base.once import KeyTaken
from yunke.base.standstill import stands_still

BATCH = 64
PATIENCE = 5.0  # seconds: who would wait longer is told at once to come again
log = logging.getLogger(__name__)


class Busy(Exception):
    """More writes are waiting than could be answered in good time."""


@dataclass(eq=False)
class Write:
    """One write: ``work`` runs in the writer's thread and gives the reply that is kept.

    Without a key the reply is kept nowhere: for what may be done twice and must not be repeated
    to a second asker (a new session's token).
    """

    key: str
    person_id: int | None
    path: str
    work: Callable[[], bytes]
    future: "Future[bytes]" = field(default_factory=Future)


class Writer:
    """One thread, one connection, one queue. ``submit`` gives a Future of the reply's bytes.

    The Future ends with the reply, with what ``work`` raised, or with the database's error when
    the commit failed: then nothing of the batch is kept.
    """

    def __init__(self, *, limit: int = 4000) -> None:
        self._queue: queue.Queue[Write | None] = queue.Queue(maxsize=limit)
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        # Seconds a turn of the line took lately. Not a write: a turn of two that waited for the
        # file would make all behind it look slow, though they go together in the next.
        self._turn = 0.005
        self._ending = False

    def start(self) -> "Writer":
        self._thread.start()
        return self

    def stop(self) -> None:
        """Finish what is waiting, then end; who comes later is told to come again."""
        self._ending = True
        self._queue.put(None)
        self._thread.join(timeout=30)

    def submit(
        self, key: str, person_id: int | None, path: str, work: Callable[[], bytes]
    ) -> "Future[bytes]":
        """Queue a write. Raises Busy instead of letting the line grow without end."""
        write = Write(key, person_id, path, work)
        if self._ending or stands_still() or self.is_full():
            raise Busy
        try:
            self._queue.put_nowait(write)
        except queue.Full:
            raise Busy from None
        return write.future

    def is_full(self) -> bool:
        """Would a new write wait too long? For who can say so before any other work is done."""
        return self._queue.qsize() / BATCH * self._turn > PATIENCE

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._take()
            began = time.monotonic()
            if batch:
                commit(batch)
                self._turn += 0.2 * (time.monotonic() - began - self._turn)
        connection.close()
        self._turn_away()

    def _turn_away(self) -> None:
        """Who slipped in behind the end is answered too."""
        while not self._queue.empty():
            late = self._queue.get()
            if late is not None and late.future.set_running_or_notify_cancel():
                late.future.set_exception(Busy())

    def _take(self) -> tuple[list[Write], bool]:
        """All that wait, up to a batch; waits for the first. False: no more will come."""
        batch: list[Write] = []
        found = self._queue.get()
        while found is not None:
            # Somebody who has gone away before their turn sends it again under the same key.
            if found.future.set_running_or_notify_cancel():
                batch.append(found)
            if len(batch) >= BATCH:
                return batch, True
            try:
                found = self._queue.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False


def commit(batch: list[Write]) -> None:
    """Do all writes of the batch in one transaction, then answer. Never raises.

    Cost besides the work: a query for known keys, a savepoint each, one insert of the receipts.
    """
    results: list[bytes | BaseException]
    try:
        results = again(lambda: _committed(batch))
    except Exception as trouble:  # the commit failed: nobody may hear "saved"
        log.warning("%d writes were not committed: %r", len(batch), trouble)
        if isinstance(trouble, IntegrityError) and len(batch) > 1:
            # A row that points nowhere shows at the commit only: it may take no other with it.
            for write in batch:
                commit([write])
            return
        connection.close()
        results = [trouble] * len(batch)
    for write, result in zip(batch, results, strict=True):
        if isinstance(result, BaseException):
            write.future.set_exception(result)
        else:
            write.future.set_result(result)


def _committed(batch: list[Write]) -> list[bytes | BaseException]:
    with transaction.atomic():
        results = _do(batch)
        if connection.needs_rollback:  # a savepoint was lost: Django would undo it in silence
            raise DatabaseError("the transaction of the batch is broken")
    return results


def _do(batch: list[Write]) -> list[bytes | BaseException]:
    """A key that is not known now stays unknown to everybody else until the commit, on SQLite by
    the write lock, on PostgreSQL because a transaction that wrote it beside us undoes this one."""
    keys = [write.key for write in batch if write.key]
    known = {row.key: row for row in Receipt.objects.filter(key__in=keys)}
    fresh: list[Receipt] = []
    results: list[bytes | BaseException] = []
    for write in batch:
        if write.key in known:
            results.append(_replay(known[write.key], write))
            continue
        result = _try(write)
        results.append(result)
        if write.key and isinstance(result, bytes):
            kept = Receipt(
                key=write.key, person_id=write.person_id, path=write.path, status=200, body=result
            )
            known[write.key] = kept
            fresh.append(kept)
    Receipt.objects.bulk_create(fresh)
    return results


def _try(write: Write) -> bytes | BaseException:
    try:
        with transaction.atomic():
            return write.work()
    except Exception as trouble:
        if clashed(trouble):  # not this write's fault: the whole batch is done again
            raise
        return trouble


def _replay(done: Receipt, write: Write) -> bytes | BaseException:
    """What the first arrival was told; a key of another person or address is nobody's."""
    if (done.person_id, done.path) != (write.person_id, write.path):
        return KeyTaken()
    return bytes(done.body)
