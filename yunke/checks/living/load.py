"""A small HTTP load client: keep-alive connections, closed and open loops, honest percentiles.

In the open loop a request has a time at which a person would have sent it; its duration counts
from that time, so a server that stalls is charged for everybody who had to wait (no coordinated
omission). Bodies are read whole. Roughly 15,000 requests a second on one core.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, cast

Done = Callable[["Answer"], None]
HOST = "127.0.0.1"


class Answer(NamedTuple):
    """``status`` 0: the connection broke before the answer was whole."""

    status: int
    head: bytes = b""
    body: bytes = b""

    def header(self, name: str) -> str:
        wanted = name.lower()
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.decode("latin-1").partition(":")
            if key.strip().lower() == wanted:
                return value.strip()
        return ""

    @property
    def cookies(self) -> dict[str, str]:
        """What the answer sets, by name."""
        found = {}
        for line in self.head.split(b"\r\n"):
            key, _, value = line.decode("latin-1").partition(":")
            if key.lower() == "set-cookie":
                name, _, rest = value.strip().partition("=")
                found[name] = rest.partition(";")[0]
        return found


def request(
    method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b""
) -> bytes:
    """The bytes of one HTTP/1.1 request on a connection that stays open."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._buffer = b""
        self._done: Done | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    @property
    def open(self) -> bool:
        return self.transport is not None and not self.transport.is_closing()

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def ask(self, raw: bytes, done: Done) -> None:
        if self.transport is None or self.transport.is_closing():
            done(Answer(0))
            return
        self._done = done
        self.transport.write(raw)

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        cut = self._buffer.find(b"\r\n\r\n")
        if cut < 0:
            return
        found = _whole(self._buffer, cut)
        if found is None:
            return
        head, self._buffer = self._buffer[:cut], self._buffer[found.end :]
        done, self._done = self._done, None
        if done is not None:
            done(Answer(int(head[9:12]), head, found.body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        done, self._done = self._done, None
        if done is not None:
            done(Answer(0))


class _Body(NamedTuple):
    body: bytes
    end: int


def _whole(buffer: bytes, cut: int) -> _Body | None:
    """The body that follows the head, or None while some of it is still on its way."""
    head, start = buffer[:cut].lower(), cut + 4
    at = head.find(b"content-length:")
    if at >= 0:
        size = int(head[at + 15 :].split(b"\r\n", 1)[0])
        return (
            _Body(buffer[start : start + size], start + size)
            if len(buffer) >= start + size
            else None
        )
    if b"transfer-encoding: chunked" in head:
        return _chunked(buffer, start)
    return _Body(b"", start)


def _chunked(buffer: bytes, at: int) -> _Body | None:
    parts: list[bytes] = []
    while (line := buffer.find(b"\r\n", at)) >= 0:
        size = int(buffer[at:line].split(b";")[0], 16)
        begin, at = line + 2, line + 2 + size + 2
        if len(buffer) < at:
            return None
        if size == 0:
            return _Body(b"".join(parts), at)
        parts.append(buffer[begin : begin + size])
    return None


@dataclass
class Figures:
    """What a run measured. Durations in seconds; ``report`` gives milliseconds."""

    durations: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    bytes: int = 0

    def add(self, duration: float, answer: Answer) -> None:
        self.durations.append(duration)
        self.statuses[answer.status] += 1
        self.bytes += len(answer.body)

    @property
    def failed(self) -> int:
        """Requests without an answer below 400."""
        return sum(n for status, n in self.statuses.items() if not 200 <= status < 400)

    @property
    def per_second(self) -> float:
        return len(self.durations) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """Milliseconds within which this share of requests was answered; 0 without any."""
        ordered = sorted(self.durations)
        if not ordered:
            return 0.0
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def report(self) -> dict[str, float]:
        return {
            "requests": len(self.durations), "failed": self.failed,
            "per_s": round(self.per_second, 1), "p50_ms": round(self.quantile(0.5), 2),
            "p95_ms": round(self.quantile(0.95), 2), "p99_ms": round(self.quantile(0.99), 2),
            "max_ms": round(self.quantile(1.0), 2),
        }  # fmt: skip


@dataclass(frozen=True)
class Target:
    """Where to knock: a TCP port on loopback, or a unix socket."""

    port: int = 0
    uds: str = ""

    async def line(self) -> Line:
        loop = asyncio.get_running_loop()
        if self.uds:
            return (await loop.create_unix_connection(Line, self.uds))[1]
        return (await loop.create_connection(Line, HOST, self.port))[1]


async def fetch(line: Line, raw: bytes, *, timeout: float = 30.0) -> Answer:
    """One request on an open connection; status 0 when it broke or took too long."""
    future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    line.ask(raw, lambda answer: None if future.done() else future.set_result(answer))
    try:
        return await asyncio.wait_for(future, timeout)
    except TimeoutError:
        line.close()
        return Answer(0)


async def once(target: Target, raw: bytes, *, timeout: float = 30.0) -> Answer:
    """One request on a connection of its own."""
    try:
        line = await target.line()
    except OSError:
        return Answer(0)
    answer = await fetch(line, raw, timeout=timeout)
    line.close()
    return answer


async def closed_loop(
    target: Target, raws: list[bytes], *, connections: int, seconds: float
) -> Figures:
    """Each connection asks again as soon as it was answered; requests are taken at random."""
    figures, clock = Figures(), time.perf_counter
    lines = [await target.line() for _ in range(connections)]
    end = clock() + seconds
    finished = [asyncio.get_running_loop().create_future() for _ in lines]

    def go(line: Line, over: "asyncio.Future[None]") -> None:
        began = clock()

        def done(answer: Answer) -> None:
            figures.add(clock() - began, answer)
            if clock() < end and line.open:
                go(line, over)
            elif not over.done():
                over.set_result(None)

        line.ask(random.choice(raws), done)

    began = clock()
    for line, over in zip(lines, finished, strict=True):
        go(line, over)
    await asyncio.wait_for(asyncio.gather(*finished), seconds + 60)
    figures.seconds = clock() - began
    for line in lines:
        line.close()
    return figures


class Due(NamedTuple):
    """A request that a person sends ``at`` seconds after the start."""

    at: float
    raw: bytes


Seen = Callable[[Due, Answer], None]


async def open_loop(
    target: Target, dues: Iterable[Due], *, timeout: float = 30.0, seen: Seen | None = None
) -> Figures:
    """Every request at its time, whatever became of the others; idle connections are used again.

    ``seen`` is called with each request and its answer.
    """
    figures, start = Figures(), time.perf_counter()
    idle: list[Line] = []

    async def send(due: Due) -> None:
        answer = await _through(target, idle, due.raw, timeout)
        figures.add(time.perf_counter() - start - due.at, answer)
        if seen is not None:
            seen(due, answer)

    tasks = []
    for due in sorted(dues):
        await asyncio.sleep(max(0.0, due.at - (time.perf_counter() - start)))
        tasks.append(asyncio.create_task(send(due)))
    await asyncio.gather(*tasks)
    figures.seconds = time.perf_counter() - start
    for line in idle:
        line.close()
    return figures


async def _through(target: Target, idle: list[Line], raw: bytes, timeout: float) -> Answer:
    """One request over an idle connection or a new one, which is idle afterwards."""
    line = _idle(idle)
    if line is None:
        try:
            line = await target.line()
        except OSError:
            return Answer(0)
    answer = await fetch(line, raw, timeout=timeout)
    if line.open:
        idle.append(line)
    return answer


def _idle(lines: list[Line]) -> Line | None:
    """A connection that nobody uses and that is still open."""
    while lines:
        line = lines.pop()
        if line.open:
            return line
    return None


def triangular(count: int, seconds: float, *, seed: int = 1) -> list[float]:
    """Moments of a storm that swells and ebbs: most at the middle, sorted."""
    rng = random.Random(seed)
    return sorted(rng.triangular(0, seconds) for _ in range(count))
