"""Keeping processes alive: a part that dies is started again at once.

One that keeps dying waits a little longer each time. Going down, the parts leave in their order,
each with time to finish what it is doing. Python parts are forked by the nursery.
"""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from yunke.base.tether import settle

CRASH_LOOP = 5.0  # seconds: a part that lived shorter than this is in a loop
FIRST_WAIT = 0.1
LONGEST_WAIT = 8.0
NURSERY = (sys.executable, "-m", "yunke.site.nursery")
DRAIN = 10.0  # seconds that a part may use to finish what it is doing


@dataclass(frozen=True)
class Part:
    """One process: a module with ``main(words)`` for the nursery, or a program with its words.

    ``socket`` is removed before each start, so that what a dead one left does not block it.
    """

    name: str
    words: tuple[str, ...]
    module: str = ""
    nice: int = 0
    # Lower leaves first: Caddy stops taking requests, then the others finish theirs.
    leaves: int = 1
    socket: Path | None = None


@dataclass(eq=False)
class Life:
    """A part that runs: its process, and how it ended once it has."""

    pid: int
    ended: "asyncio.Future[int]" = field(repr=False)


class Nursery:
    """The process that forks Python parts. When it dies they die with it, and it is back."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._born: dict[str, asyncio.Future[Life]] = {}
        self._lives: dict[int, Life] = {}
        self._lock = asyncio.Lock()

    async def start(self, part: Part) -> Life:
        """Fork the part. Raises ConnectionError when the nursery died meanwhile."""
        loop = asyncio.get_running_loop()
        async with self._lock:
            if self._process is None:
                await self._open()
        stdin = self._process.stdin if self._process else None
        if stdin is None:
            raise ConnectionError("the nursery has just died")
        born: asyncio.Future[Life] = loop.create_future()
        self._born[part.name] = born
        ask = {"name": part.name, "module": part.module, "words": part.words, "nice": part.nice}
        stdin.write(json.dumps(ask).encode() + b"\n")
        return await born

    async def _open(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *NURSERY, stdin=PIPE, stdout=PIPE, preexec_fn=lambda: settle(0)
        )
        self._reader = asyncio.create_task(self._read(self._process))

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None  # noqa: S101 - it was opened with a pipe
        while line := await process.stdout.readline():
            self._hear(json.loads(line))
        await process.wait()
        say(f"the nursery ended with {process.returncode}; its parts start again")
        self._process = None
        for born in self._born.values():
            if not born.done():
                born.set_exception(ConnectionError("the nursery died"))
        for life in self._lives.values():
            life.ended.set_result(-signal.SIGKILL)
        self._born, self._lives = {}, {}

    def _hear(self, told: dict[str, Any]) -> None:
        if "code" not in told:
            life = Life(told["pid"], asyncio.get_running_loop().create_future())
            self._lives[told["pid"]] = life
            # The life itself: it may have ended before the one who asked for it looks.
            self._born.pop(told["name"]).set_result(life)
            return
        self._lives.pop(told["pid"]).ended.set_result(told["code"])

    async def close(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._reader.cancel()
            self._process.stdin.close()
            await self._process.wait()


class Supervisor:
    """Starts parts, starts dead ones again, and takes all down in order."""

    def __init__(self, found: list[Part]) -> None:
        self.parts = found
        self.running: dict[str, Life] = {}
        self.starts: dict[str, int] = {}
        self.nursery = Nursery()
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
        await self.nursery.close()

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
                await asyncio.wait_for(self._ending.wait(), wait)

    async def _live(self, part: Part) -> int:
        """Start the part; how it ended. What cannot be started counts as killed: tried again."""
        self.starts[part.name] = self.starts.get(part.name, 0) + 1
        try:
            if part.socket is not None:
                part.socket.unlink(missing_ok=True)
            life = await (self.nursery.start(part) if part.module else program(part))
        except (OSError, SubprocessError) as trouble:
            say(f"{part.name} cannot be started: {trouble}")
            return -signal.SIGKILL
        self.running[part.name] = life
        return await asyncio.shield(life.ended)

    async def _stop(self, part: Part) -> None:
        life = self.running.get(part.name)
        if life is None or life.ended.done():
            return
        with suppress(ProcessLookupError):
            os.kill(life.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(asyncio.shield(life.ended), DRAIN)
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(life.pid, signal.SIGKILL)


async def program(part: Part) -> Life:
    """A program that is not ours."""
    process = await asyncio.create_subprocess_exec(
        *part.words, preexec_fn=lambda: settle(part.nice)
    )
    return Life(process.pid, asyncio.ensure_future(process.wait()))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
