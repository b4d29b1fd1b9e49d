"""A child process that leaves with its parent, however the parent left."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tether() -> None:
    """Ask the kernel to kill this process when its parent dies. Linux only; elsewhere nothing."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died between the two calls
        os.kill(os.getpid(), signal.SIGKILL)
