"""Work that leaves the request: a row, a lease, a fencing number (docs/decisions/0005).

A room names its jobs in ``jobs.py`` with ``@job("name")``; an action calls ``ask`` inside its own
transaction, so a job exists exactly when its cause does. A worker takes one job at a time, renews
the lease while it works, and writes through ``Held``, which refuses once another worker took over.
After three deaths a job is failed with its reason, never waiting for ever. Work of minutes is
``slow``: it has a lane of its own, so that a lesson is published while another is transcoded.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from yunke.base.again import again
from yunke.base.clock import now
from yunke.base.models import Job

LEASE = timedelta(seconds=30)
TRIES = 3
Work = Callable[["Held", dict[str, Any]], None]
WORKS: dict[str, Work] = {}
SLOW: set[str] = set()
DAILY: set[str] = set()
# What the worker looks after every few seconds, without a row: name → (seconds, work).
BEATS: dict[str, tuple[float, Callable[[], None]]] = {}
log = logging.getLogger(__name__)


class JobLost(Exception):
    """The lease ran out and another worker holds the job: stop, write nothing more."""


class JobRefused(Exception):
    """The work can never succeed; its text is the reason that people read."""


def job(name: str, *, slow: bool = False, daily: bool = False) -> Callable[[Work], Work]:
    """``daily``: the worker asks for it once a day by itself (``ask_daily``)."""

    def register(work: Work) -> Work:
        WORKS[name] = work
        if slow:
            SLOW.add(name)
        if daily:
            DAILY.add(name)
        return work

    return register


def beat(name: str, *, every: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """``every`` so many seconds, in a thread of its own of each worker process. The work looks by
    index first and costs nothing when there is nothing; two workers may do it at once.
    """

    def register(work: Callable[[], None]) -> Callable[[], None]:
        BEATS[name] = (every, work)
        return work

    return register


def ask_daily(day: date) -> None:
    """Ask for every daily job of the day, whoever asks and however often: one each."""
    for name in sorted(DAILY):
        ask(name, key=day.isoformat(), payload={"day": day.isoformat()})


def ask(name: str, *, key: str, payload: dict[str, Any], delay: timedelta = timedelta(0)) -> Job:
    """Ask for work, once per key."""
    found, _ = Job.objects.get_or_create(
        key=f"{name}:{key}", defaults={"name": name, "payload": payload, "due_at": now() + delay}
    )
    return found


@dataclass
class Held:
    """A job in the hands of one worker."""

    id: int
    name: str
    fence: int

    def progress(self, stage: str, share: float) -> None:
        """Renew the lease and tell people how far it is (share from 0 to 1)."""
        kept = self._mine().update(stage=stage, share=share, lease_until=now() + LEASE)
        if not kept:
            raise JobLost(self.name)

    def renew(self) -> None:
        if not self._mine().update(lease_until=now() + LEASE):
            raise JobLost(self.name)

    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction that commits only while this worker still holds the job."""
        with transaction.atomic():
            self.renew()
            yield

    def _mine(self) -> Any:
        return Job.objects.filter(id=self.id, fence=self.fence, state=Job.State.RUNNING)


def take(slow: bool | None = None) -> tuple[Held, dict[str, Any]] | None:
    """Take the oldest job that is due: waiting, or running on a lease that ran out.

    ``slow``: only of the slow lane (True), only of the quick one (False), of both (None).
    """
    moment = now()
    free = Q(state=Job.State.WAITING, due_at__lte=moment) | Q(
        state=Job.State.RUNNING, lease_until__lt=moment
    )
    lane = Q() if slow is None else Q(name__in=SLOW) if slow else ~Q(name__in=SLOW)
    due = Job.objects.filter(free, lane).order_by("due_at", "id")
    if not due.exists():  # looking takes no write lock; workers look several times a second
        return None
    return again(lambda: _take(due, slow))


def _take(due: "QuerySet[Job]", slow: bool | None) -> tuple[Held, dict[str, Any]] | None:
    with transaction.atomic():
        # Several workers on PostgreSQL look past the rows that another one is just taking.
        found = due.select_for_update(skip_locked=True).first()
        if found is None:
            return None
        if found.tries >= TRIES:
            _fail(found.id, found.fence, found.reason or "the worker stopped three times")
            return take(slow)
        Job.objects.filter(id=found.id).update(
            state=Job.State.RUNNING,
            fence=F("fence") + 1,
            tries=F("tries") + 1,
            lease_until=now() + LEASE,  # waiting for the write lock took its time
        )
    return Held(found.id, found.name, found.fence + 1), found.payload


def run_one(slow: bool | None = None) -> bool:
    """Take and run one job of the lane; False when nothing is due."""
    taken = take(slow)
    if taken is None:
        return False
    held, payload = taken
    with _renewing(held):
        _work(held, payload)
    return True


def _work(held: Held, payload: dict[str, Any]) -> None:
    try:
        WORKS[held.name](held, payload)
    except JobLost:
        return
    except JobRefused as refusal:
        _fail(held.id, held.fence, str(refusal))
    except Exception as trouble:
        _put_back(held, repr(trouble)[:300])
    else:
        held._mine().update(state=Job.State.DONE, share=1, done_at=now(), lease_until=None)


def _put_back(held: Held, reason: str) -> None:
    tries = Job.objects.values_list("tries", flat=True).get(id=held.id)
    if tries >= TRIES:
        _fail(held.id, held.fence, reason)
    else:
        wait = now() + timedelta(seconds=5 * 4**tries)
        held._mine().update(state=Job.State.WAITING, due_at=wait, reason=reason, lease_until=None)


def _fail(job_id: int, fence: int, reason: str) -> None:
    Job.objects.filter(id=job_id, fence=fence).update(
        state=Job.State.FAILED, reason=reason[:300], done_at=now(), lease_until=None
    )


@contextmanager
def _renewing(held: Held) -> Iterator[None]:
    """Keep the lease while the work is busy in a child process or a long query."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(LEASE.total_seconds() / 3):
            try:
                held.renew()
            except JobLost:  # the work notices at its next write
                break
            except Exception:  # a busy database: the next beat may still be in time
                log.warning("the lease of %s could not be renewed", held.name, exc_info=True)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)
