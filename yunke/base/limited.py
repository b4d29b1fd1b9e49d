"""A child process on a short leash: processor time, memory, file size, no core, no network.

``python -m yunke.base.limited '{"cpu": 15, ...}' program arguments`` takes the limits upon itself
and then becomes the program. It dies when the process that started it dies, so a killed worker
leaves no transcoder behind.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO

from yunke.base.tether import tether

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
LAST_WORDS = 4000


@dataclass(frozen=True)
class Limits:
    """Processor seconds, bytes of memory, bytes of one written file; 0 is no limit."""

    cpu: int = 0
    memory: int = 0
    file: int = 0
    network: bool = False
    nice: int = 0


@dataclass(frozen=True)
class Ended:
    """How a child ended: exit status (negative: signal), its output, the end of its errors."""

    status: int
    output: str
    errors: str
    timed_out: bool = False


def command(argv: Sequence[str], limits: Limits) -> list[str]:
    return [sys.executable, "-m", "yunke.base.limited", json.dumps(asdict(limits)), *argv]


def run_limited(argv: Sequence[str], *, limits: Limits, timeout: float) -> Ended:
    """Run to the end or to ``timeout`` seconds; never raises for what the child does."""
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            command(argv, limits),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
        try:
            output, _none = child.communicate(timeout=timeout)
            late = False
        except subprocess.TimeoutExpired:
            # With all that it started: a grandchild would hold the output open for ever.
            os.killpg(child.pid, signal.SIGKILL)
            output, _none = child.communicate()
            late = True
        return Ended(child.returncode, output.decode(errors="replace"), _last(errors), late)


class ChildFailed(Exception):
    """The program ended badly; its last words are the text."""


@contextmanager
def following(argv: Sequence[str], *, limits: Limits) -> "Iterator[Iterator[str]]":
    """Run a program and read its output line by line; killed when the block is left early.

    Raises ChildFailed at the end of the block when the program ended badly.
    """
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            command(argv, limits),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            errors="replace",
        )
        try:
            yield iter(child.stdout or ())
            if child.wait():
                raise ChildFailed(_last(errors)[-300:])
        finally:
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()


def _last(errors: IO[bytes]) -> str:
    end = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, end - LAST_WORDS))
    return errors.read().decode(errors="replace")


def _take_limits(limits: Limits) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not limits.network:
        # Where the system permits no namespace the program runs on without one: it is asked to
        # open local files only in any case.
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    tether()  # after unshare: a change of user would cut it
    for which, value in (
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file),
    ):
        if value:
            resource.setrlimit(which, (value, value))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.nice:
        os.nice(limits.nice)


def main(words: list[str]) -> None:
    _take_limits(Limits(**json.loads(words[0])))
    os.execvp(words[1], words[1:])  # noqa: S606 - becoming the program is the point


if __name__ == "__main__":
    main(sys.argv[1:])
