"""A child process that leaves with its parent, however the parent left, and that has a name."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1


def tether() -> None:
    """Ask the kernel to kill this process when its parent dies. Linux only; elsewhere nothing."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died between the two calls
        os.kill(os.getpid(), signal.SIGKILL)


def settle(nice: int) -> None:
    """In a new child: leave with the parent, hear Ctrl-C only from it, yield to others."""
    tether()
    os.setpgid(0, 0)
    if nice:
        os.nice(nice)


def name_process(name: str) -> None:
    """What ``ps`` shows; passed on to forked children."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(f"yk-{name}"[:15])
