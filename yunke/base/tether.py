"""A child process that leaves with its parent, however the parent left, and that has a name."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1


def tether(parent: int = 0) -> None:
    """Ask the kernel to kill this process when its parent dies. Linux only; elsewhere nothing.

    ``parent``: its id as it was before the fork, so that one who died since is missed too.
    """
    if sys.platform != "linux":
        return
    parent = parent or os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died between the two calls
        os.kill(os.getpid(), signal.SIGKILL)


def settle(nice: int, parent: int = 0) -> None:
    """In a new child: leave with the parent, hear Ctrl-C only from it, yield to others."""
    tether(parent)
    os.setpgid(0, 0)
    if nice:
        os.nice(nice)


def name_process(name: str) -> None:
    """What ``ps`` shows; passed on to forked children."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(f"yk-{name}"[:15])
