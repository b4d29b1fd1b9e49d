"""The child process that compares formulas, and the hand that ends it when it takes too long."""

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO

from yunke.craft.marking.formulas.reading import Unread, read_formula
from yunke.craft.marking.formulas.values import Said, Same, Statement

WORKER = "yunke.craft.marking.formulas.worker"
ROOT = Path(__file__).resolve().parents[4]
SECONDS = 4
MEGABYTES = 1_024
# The child is renewed after so many comparisons: what sympy remembers of them is given back.
LIFE = 2_000
# The processor's time is the limit that counts, so that a mark does not depend on how busy the box
# is; the clock only ends what waits for something that never comes.
PATIENCE = 20.0
START = 120.0


class Leash:
    """One child, started when first needed. Safe for threads; ``close`` ends it.

    ``seconds``: of processor in the child for one comparison.
    """

    def __init__(self, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self._child: subprocess.Popen[str] | None = None
        self._lives, self._owner = 0, os.getpid()
        self._lock = threading.Lock()

    def compare(self, key: tuple[Statement, ...], answer: tuple[Statement, ...]) -> Said:
        """What the child says; unsure with ``time`` or ``memory`` where it was ended."""
        line = json.dumps([[one.plain() for one in key], [one.plain() for one in answer]])
        with self._lock:
            return self._asked(line)

    def close(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                # What was still to be sent to a dead child cannot be sent any more.
                with suppress(OSError):
                    if pipe:
                        pipe.close()

    def _asked(self, line: str) -> Said:
        fresh = self._child is None
        source, sink = self._pipes()
        try:
            sink.write(line + "\n")
            sink.flush()
        except BrokenPipeError:
            self.close()
            return Said(Same.UNSURE, "ended")
        wait = PATIENCE * self.seconds + (START if fresh else 0.0)
        with selectors.DefaultSelector() as waiting:
            waiting.register(source, selectors.EVENT_READ)
            ready = waiting.select(wait)
        reply = source.readline() if ready else ""
        if not reply:
            self.close()
            return Said(Same.UNSURE, "time")
        same, reason = json.loads(reply)
        return Said(Same(same), reason)

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        if self._owner != os.getpid():
            # A server has forked: the child belongs to the other process and is left to it.
            self._child, self._owner = None, os.getpid()
        if self._lives <= 0:
            self.close()
        if self._child is None:
            self._child = self._started()
            self._lives = LIFE
        self._lives -= 1
        source, sink = self._child.stdout, self._child.stdin
        if source is None or sink is None:
            raise RuntimeError("a child without pipes")
        return source, sink

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", WORKER, str(self.seconds), str(self.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
        )


@lru_cache(maxsize=1)
def _shared() -> Leash:
    leash = Leash()
    atexit.register(leash.close)
    return leash


def compare_formulas(key: str, answer: str, leash: Leash | None = None) -> Said:
    """Do both texts say the same? Two readings of ``1/2x`` that differ in the outcome: unsure.

    Raises Unread when the key itself cannot be read: that is the author's fault, not the pupil's.
    """
    keys = read_formula(key)
    try:
        loose, tight = read_formula(answer), read_formula(answer, tight=True)
    except Unread as reason:
        return Said(Same.UNSURE, str(reason))
    if loose == keys:
        return Said(Same.YES, "same")
    child = leash or _shared()
    said = child.compare(keys, loose)
    if loose == tight or said.same is Same.UNSURE:
        return said
    other = child.compare(keys, tight)
    return said if other.same == said.same else Said(Same.UNSURE, "two-readings")
