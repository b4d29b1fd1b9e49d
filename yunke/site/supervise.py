"""Keeping processes alive: a part that dies is started again at once.

One that keeps dying waits a little longer each time. Going down, the parts leave in their order,
each with time to finish what it is doing.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yunke.site.tether import tether

CRASH_LOOP = 5.0  # seconds: a part that lived shorter than this is in a loop
FIRST_WAIT = 0.1
LONGEST_WAIT = 8.0
DRAIN = 10.0  # seconds that a part may use to finish what it is doing


@dataclass(frozen=True)
class Part:
    """One process. ``socket`` is removed before each start, so that a dead one does not block."""

    name: str
    command: tuple[str, ...]
    nice: int = 0
    # Lower leaves first: Caddy stops taking requests, then the others finish theirs.
    leaves: int = 1
    socket: Path | None = None
    # Seconds before it is started again: when all died at once, one of each kind comes first.
    pause: float = 0.0


class Supervisor:
    """Starts parts, starts dead ones again, and takes all down in order."""

    def __init__(self, found: list[Part]) -> None:
        self.parts = found
        self.running: dict[str, asyncio.subprocess.Process] = {}
        self.starts: dict[str, int] = {}
        self._ending = asyncio.Event()

    async def run(self, announce: Coroutine[None, None, None]) -> None:
        """Until SIGTERM or SIGINT. ``announce`` runs beside and tells when all answer."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self._ending.set)
        beside = [asyncio.create_task(self._keep(part)) for part in self.parts]
        beside.append(asyncio.create_task(announce))
        await self._ending.wait()
        for step in sorted({part.leaves for part in self.parts}):
            await asyncio.gather(*(self._stop(p) for p in self.parts if p.leaves == step))
        for task in beside:
            task.cancel()

    async def _keep(self, part: Part) -> None:
        wait = 0.0
        while not self._ending.is_set():
            began = time.monotonic()
            code = await self._live(part)
            if self._ending.is_set():
                return
            lived = time.monotonic() - began
            wait = 0.0 if lived > CRASH_LOOP else min(wait * 2 or FIRST_WAIT, LONGEST_WAIT)
            say(f"{part.name} ended with {code} after {lived:.1f} s; starting it again")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), wait + part.pause)

    async def _live(self, part: Part) -> int:
        if part.socket is not None:
            part.socket.unlink(missing_ok=True)
        process = await asyncio.create_subprocess_exec(
            *part.command,
            env={**os.environ, "YUNKE_PART": part.name},
            preexec_fn=lambda: _settle(part.nice),
        )
        self.running[part.name] = process
        self.starts[part.name] = self.starts.get(part.name, 0) + 1
        return await process.wait()

    async def _stop(self, part: Part) -> None:
        process = self.running.get(part.name)
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), DRAIN)
        except TimeoutError:
            process.kill()
            await process.wait()


def _settle(nice: int) -> None:
    """In the child: leave with the parent, hear Ctrl-C only from it, yield to others."""
    tether()
    os.setpgid(0, 0)
    if nice:
        os.nice(nice)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
