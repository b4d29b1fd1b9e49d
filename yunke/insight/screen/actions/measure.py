"""The machine measures itself: sign-ins, pages, small writes, bytes. Twelve seconds in all.

Pages and bytes go through the house's own address, as a visitor's would; hashes and writes are the
house's own, a shared commit with its fsync. What cannot be measured says why and is left out.
"""

import http.client
import os
import platform
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from yunke.base.hashing import Argon2id19, dummy
from yunke.base.jobs import ask
from yunke.base.models import Receipt
from yunke.base.writer import Write, commit
from yunke.ground.lake.door import Verb, event_record
from yunke.insight.screen.models import Measured

PATH = "/capacity"
PAGE, FILE = "/onair", "/static/django_htmx/htmx-2.min.js"
CLIENTS = 4
Probe = Callable[[], float]


def measure_ask(*, who_id: int, key: str) -> None:
    """Ask for a measurement: a job. Call it in a transaction."""
    ask("screen.measure", key=key, payload={"who": who_id})
    event_record(
        actor_id=who_id, verb=Verb.CAPACITY_MEASURED, object_kind="house", purpose="service"
    )


def measure(*, asked_by: int = 0) -> Measured:
    """Measure and keep. Some twelve seconds; twenty at most."""
    began = time.monotonic()
    figures: dict[str, float] = {}
    troubles: dict[str, str] = {}
    probes: dict[str, Probe] = {
        "sign_ins": _sign_ins, "pages": _pages, "ticks": _ticks, "mbit": _mbit
    }  # fmt: skip
    for name, probe in probes.items():
        try:
            figures[name] = round(probe(), 1)
        except OSError as trouble:
            troubles[name] = f"{trouble}"[:120]
    return Measured.objects.create(
        machine=machine(), cores=os.cpu_count() or 1, workers=settings.PAGE_WORKERS,
        figures=figures, troubles=troubles, seconds=round(time.monotonic() - began, 1),
        asked_by_id=asked_by,
    )  # fmt: skip


def machine() -> str:
    """The processor and the memory, as people name a machine."""
    model = platform.machine()
    for line in _lines(Path("/proc/cpuinfo")):
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{model}, {pages / 2**30:.0f} GiB, {connection.vendor}"[:200]


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def _sign_ins(seconds: float = 2.0) -> float:
    """Password checks a second, in as many threads as the house uses for them."""
    known = dummy()

    def check() -> int:
        Argon2id19().verify("a guess", known)
        return 1

    return _together(check, threads=settings.HASH_THREADS, seconds=seconds)


def _pages(seconds: float = 4.0) -> float:
    return _together(lambda: _got(PAGE) > 0, threads=CLIENTS, seconds=seconds)


def _mbit(seconds: float = 3.0) -> float:
    """Mbit/s of one small file over and over; no more than the slowest network card says."""
    found = _together(lambda: _got(FILE), threads=CLIENTS, seconds=seconds) * 8 / 1e6
    cards = [speed for speed in map(_card, Path("/sys/class/net").glob("*")) if speed > 0]
    return min([found, *map(float, cards)])


def _card(folder: Path) -> int:
    """Mbit/s of a network card, 0 when it does not say."""
    try:
        return int((folder / "speed").read_text()) if folder.name != "lo" else 0
    except (OSError, ValueError):
        return 0


def _ticks(seconds: float = 2.0) -> float:
    """Small writes a second through the shared commit. The receipts go again."""
    done, ends = 0, time.monotonic() + seconds
    began = time.monotonic()
    while time.monotonic() < ends:
        batch = [Write(uuid.uuid4().hex, None, PATH, lambda: b"{}") for _ in range(64)]
        commit(batch)
        if any(write.future.exception() for write in batch):
            raise OSError("the database did not take them")
        done += len(batch)
    spent = time.monotonic() - began
    Receipt.objects.filter(path=PATH, person_id=None).delete()
    return done / spent


def _got(path: str) -> int:
    """Bytes of the answer. Raises OSError when there is none."""
    line = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=5)
    try:
        line.request("GET", path, headers={"Host": "localhost"})
        answer = line.getresponse()
        body = answer.read()
    except http.client.HTTPException as trouble:
        raise OSError(f"{trouble}") from None
    finally:
        line.close()
    if answer.status != 200:
        raise OSError(f"{path}: {answer.status}")
    return len(body)


def _together(work: Callable[[], int], *, threads: int, seconds: float) -> float:
    """What the threads do a second, together. Raises the first OSError of any."""
    totals: list[int] = []
    troubles: list[OSError] = []
    ends = time.monotonic() + seconds

    def run() -> None:
        done = 0
        try:
            while time.monotonic() < ends:
                done += int(work())
        except OSError as trouble:
            troubles.append(trouble)
        totals.append(done)

    lines = [threading.Thread(target=run) for _ in range(threads)]
    began = time.monotonic()
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    if troubles:
        raise troubles[0]
    return sum(totals) / (time.monotonic() - began)
