"""The real house for a measurement: its own data folder, its own port, its real processes.

``serving()`` starts ``python -m yunke.site.serve`` over the data folder of this process
(``YUNKE_DATA``, made ready by ``fresh_data``); rows are made from here through makers and doors.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# Seconds until a house must answer; more on a machine that does much else besides.
PATIENCE = float(os.environ.get("YUNKE_PATIENCE", "45"))
WEB = ("pages", "signin", "front")


def fresh_data(folder: Path, **more: str) -> Path:
    """Make a data folder ready: key, static files, an empty database. About two seconds.

    ``more``: settings other than those of this process (``YUNKE_DATABASE=""`` for SQLite).
    """
    env = {**os.environ, "YUNKE_DATA": str(folder), **more}
    ready = [sys.executable, "-m", "yunke.site.ready"]
    subprocess.run(ready, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder


@dataclass
class House:
    """A house that runs. ``url`` is its one address."""

    port: int
    data: Path
    process: "subprocess.Popen[bytes]"
    log: Path
    env: dict[str, str] = field(repr=False, default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answers(self) -> bool:
        """Do the pages and the front answer?"""
        return all(get(self.port, path)[0] == 200 for path in ("/health", "/front/health"))

    def wait(self, patience: float = PATIENCE) -> float:
        """Seconds until the house answers. Raises TimeoutError with the end of its log."""
        began = time.monotonic()
        while not self.answers():
            if time.monotonic() - began > patience or self.process.poll() is not None:
                raise TimeoutError("not serving:\n" + self.log.read_text()[-3000:])
            time.sleep(0.05)
        return time.monotonic() - began

    def pids(self, *names: str) -> list[int]:
        """Processes of the parts whose name begins so; without names, all."""
        found = [pid for pid in descendants(self.process.pid) if _part(pid).startswith(names or "")]
        return found if names else [self.process.pid, *found]

    def kill_web(self) -> int:
        """``kill -9`` to every process that answers requests; how many there were."""
        found = self.pids(*WEB)
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(found)

    def memory(self) -> int:
        """Bytes that all processes hold together; a page that several share counts once."""
        return sum(_memory(pid) for pid in self.pids())

    def cpu(self, *names: str) -> float:
        """Processor seconds that the parts have used since they started."""
        return sum(cpu_of(pid) for pid in self.pids(*names))

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def serving(
    data: Path | None = None, *, cores: str = "", env: dict[str, str] | None = None
) -> Iterator[House]:
    """A running house over ``data`` (default: the data folder of this process).

    ``cores``: a list for taskset, e.g. "0", to hold all its processes on these cores.
    """
    folder = data or Path(os.environ["YUNKE_DATA"])
    port = free_port()
    log = folder / "serve.log"
    whole = {**os.environ, **(env or {}), "YUNKE_DATA": str(folder), "PORT": str(port)}
    command = [sys.executable, "-m", "yunke.site.serve"]
    if cores:
        command = ["taskset", "-c", cores, *command]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=whole, cwd=ROOT, stdout=out, stderr=out)
    house = House(port, folder, process, log, whole)
    try:
        house.wait()
        yield house
    finally:
        house.stop()


def get(port: int, path: str, cookie: str = "") -> tuple[int, bytes]:
    """One plain request on loopback; status 0 when nobody answers."""
    status, _headers, body = ask(port, path, cookie=cookie)
    return status, body


def ask(
    port: int, path: str, *, cookie: str = "", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """One request, sent as it is written: a path with dots stays one."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    named = {**(headers or {}), **({"Cookie": cookie} if cookie else {})}
    try:
        line.request("GET", path, headers=named)
        answer = line.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, {}, b""
    finally:
        line.close()


def free_port(low: int = 8141, high: int = 8160) -> int:
    """A port that nobody holds, else any that the system gives.

    Each process begins elsewhere: two that look at the same time rarely find the same one.
    """
    ports = list(range(low, high))
    begin = os.getpid() % len(ports)
    for port in [*ports[begin:], *ports[:begin], 0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("", port))
                return int(probe.getsockname()[1])
    raise OSError("no free port")


def descendants(root: int) -> list[int]:
    """Every process below this one."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                after = (entry / "stat").read_text().rpartition(")")[2].split()
                parents.setdefault(int(after[1]), []).append(int(entry.name))
    found: list[int] = []
    line = [root]
    while line:
        below = parents.get(line.pop(), [])
        found += below
        line += below
    return found


def _part(pid: int) -> str:
    """The name that the part gave itself; the program's for one that is not ours."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip().removeprefix("yk-")
    return ""


def _memory(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def cpu_of(pid: int) -> float:
    with suppress(OSError, IndexError):
        after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after[11]) + int(after[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0
