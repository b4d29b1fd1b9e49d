"""One process of Django pages: granian over WSGI on a unix socket (docs/decisions/0002)."""

import gc
import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from yunke.base.tether import tether


def main(words: list[str]) -> int:
    """``words``: the socket, and how many requests are worked on at once."""
    uds, threads = Path(words[0]), int(words[1])
    # Granian forks the process that answers; it must not outlive the one that watches it.
    os.register_at_fork(after_in_child=tether)
    # What was loaded stays: the collector need not walk over it on every page.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    Granian(
        "yunke.site.wsgi:application",
        uds=uds,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        backlog=4096,
        workers_kill_timeout=8,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()
    return 0
