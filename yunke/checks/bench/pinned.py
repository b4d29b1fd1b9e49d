"""Servers on one core, the load on the other: what a core can do, side by side in the same run."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop

from yunke.checks.living.load import Figures, Target, closed_loop, once, request
from yunke.checks.living.serving import ROOT, cpu_of, descendants

SERVER_CORE, LOAD_CORE = "0", 1


@dataclass
class Server:
    """One server process (and its children) that listens on a socket."""

    name: str
    target: Target
    process: "subprocess.Popen[bytes]"

    def cpu(self) -> float:
        return sum(cpu_of(pid) for pid in [self.process.pid, *descendants(self.process.pid)])


@contextmanager
def pinned(name: str, command: Callable[[str], list[str]], data: Path) -> Iterator[Server]:
    """Start ``command(socket path)`` on the servers' core, over a data folder."""
    with tempfile.TemporaryDirectory(prefix="yk-", dir="/tmp") as folder:
        uds = f"{folder}/s"
        env = {**os.environ, "YUNKE_DATA": str(data)}
        words = ["taskset", "-c", SERVER_CORE, *command(uds)]
        process = subprocess.Popen(words, env=env, cwd=ROOT)
        try:
            yield await_socket(Server(name, Target(uds=uds), process))
        finally:
            process.terminate()
            process.wait(20)


def await_socket(server: Server) -> Server:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = asyncio.run(once(server.target, request("GET", "/health")))
        if answer.status:
            return server
        time.sleep(0.1)
    raise TimeoutError(f"{server.name} does not listen")


def part(module: str, *words: str) -> Callable[[str], list[str]]:
    """A process of ours, given its socket."""
    return lambda uds: [sys.executable, "-m", "yunke.site.part", module, uds, *words]


@dataclass
class Passes:
    """The passes of one server at one number of connections."""

    figures: list[Figures] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def per_second(self) -> float:
        return statistics.median(f.per_second for f in self.figures)

    @property
    def per_cpu_second(self) -> float:
        return sum(len(f.durations) for f in self.figures) / self.cpu if self.cpu else 0.0

    @property
    def p99(self) -> float:
        return statistics.median(f.quantile(0.99) for f in self.figures)

    @property
    def failed(self) -> int:
        return sum(f.failed for f in self.figures)

    def report(self) -> dict[str, float]:
        whole = Figures([d for f in self.figures for d in f.durations])
        return {
            "per_s": round(self.per_second, 1), "per_cpu_s": round(self.per_cpu_second, 1),
            "p50_ms": round(whole.quantile(0.5), 2), "p99_ms": round(self.p99, 2),
            "failed": self.failed,
        }  # fmt: skip


@dataclass(frozen=True)
class Runner:
    """A server with the requests that it is asked."""

    server: Server
    raws: list[bytes]

    def one(self, connections: int, seconds: float) -> tuple[Figures, float]:
        before = self.server.cpu()
        work = closed_loop(self.server.target, self.raws, connections=connections, seconds=seconds)
        figures = uvloop.run(work)
        return figures, self.server.cpu() - before


def side_by_side(
    runners: dict[str, Runner], *, connections: int, seconds: float, rounds: int = 3
) -> dict[str, Passes]:
    """Short passes in turn, so that a busy moment of the machine strikes all alike."""
    os.sched_setaffinity(0, {LOAD_CORE} if (os.cpu_count() or 1) > 1 else {0})
    found = {name: Passes() for name in runners}
    for runner in runners.values():
        runner.one(connections, 0.5)
    for _ in range(rounds):
        for name, runner in runners.items():
            figures, cpu = runner.one(connections, seconds)
            found[name].figures.append(figures)
            found[name].cpu += cpu
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    return found


def ratio(found: dict[str, Passes], ours: str, peer: str) -> float:
    return round(found[ours].per_second / found[peer].per_second, 2)


def reports(found: dict[str, Passes]) -> dict[str, Any]:
    return {name: passes.report() for name, passes in found.items()}
