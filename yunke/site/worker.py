"""The worker: takes jobs, one at a time in each lane, and brings the outbox to the lake."""

import logging
import signal
import threading
import time
from datetime import date

from django.db import OperationalError, close_old_connections
from django.utils.module_loading import autodiscover_modules

from yunke.base.clock import today
from yunke.base.jobs import BEATS, ask_daily, run_one
from yunke.ground.audit import door as audit
from yunke.ground.lake import door as lake
from yunke.insight.screen.door import screen_due
from yunke.site.jobs import media_due

POLL = 0.3  # seconds between looks at an empty list of jobs
FLUSH = 20.0  # seconds between two visits to the outbox

log = logging.getLogger(__name__)


class Worker:
    """One lane of jobs. ``run`` returns when ``stop`` was called, after the job in hand."""

    def __init__(self, *, slow: bool = False) -> None:
        self._ending = threading.Event()
        self._flushed = 0.0
        self._slow = slow
        self._day: date | None = None

    def stop(self, *_: object) -> None:
        self._ending.set()

    def run(self) -> None:
        while not self._ending.is_set():
            if not self._step():
                self._ending.wait(POLL)

    def _step(self) -> bool:
        """One job, or a flush when it is time; False when there was nothing to do."""
        close_old_connections()
        try:
            if not self._slow and time.monotonic() - self._flushed > FLUSH:
                self._flushed = time.monotonic()
                self._ask_daily()
                flush()
                media_due()
            return run_one(self._slow)
        except OperationalError as trouble:  # locked for longer than the wait: look again later
            log.warning("the database is busy: %s", trouble)
            return False
        except Exception:
            log.exception("a step of the worker failed")
            return False

    def _ask_daily(self) -> None:
        """The jobs of the day, once a day: nothing is asked while the day is the same."""
        if self._day != today():
            ask_daily(today())
            self._day = today()


class Beats:
    """What is looked after every few seconds without a job of its own: marking, ends of exams."""

    def __init__(self) -> None:
        self._done: dict[str, float] = {}

    def run(self) -> None:
        while True:
            self.once()
            time.sleep(POLL)

    def once(self) -> None:
        """Each beat that is due; one that fails is tried again in its time."""
        for name, (every, work) in BEATS.items():
            if time.monotonic() - self._done.get(name, -every) < every:
                continue
            close_old_connections()
            try:
                work()
            except Exception:
                log.exception("the beat %s failed", name)
            self._done[name] = time.monotonic()


def flush() -> None:
    """What is due by the clock: the outbox, and a checkpoint of the audit each hour."""
    lake.inbox_take()
    lake.flush_due()
    screen_due()
    audit.checkpoint_due()


def main(words: list[str]) -> int:
    autodiscover_modules("jobs")
    quick, slow = Worker(), Worker(slow=True)

    def stop(*_: object) -> None:
        quick.stop()
        slow.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # A daemon: work of minutes is put back by its lease, it does not hold up the end.
    threading.Thread(target=slow.run, name="slow", daemon=True).start()
    threading.Thread(target=Beats().run, name="beats", daemon=True).start()
    quick.run()
    return 0
