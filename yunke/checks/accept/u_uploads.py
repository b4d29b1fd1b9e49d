"""U-01 and U-03: hostile files through every upload door, with the real examination behind it.

Pass lines of trust.md §6: 4xx with a plain reason, no 500, nothing stored; the child's limits
hold, and nothing is allocated by a size that a file declares.
"""

import resource
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from yunke.base.jobs import WORKS, run_one
from yunke.base.limited import Limits, run_limited
from yunke.base.models import Job
from yunke.checks.accept.table import Options
from yunke.craft.formats.tests import corpus
from yunke.ground.people.tests import makers as people
from yunke.school.library import jobs
from yunke.school.library.actions.uploads import uploads_folder
from yunke.school.library.models import Asset
from yunke.school.library.tests import makers, tus

# Where a teacher can send a file: (kind, the name that the door lets in by its ending).
DOORS = (("video", "课.mp4"), ("courseware", "课件.pdf"), ("captions", "字幕.vtt"))
SECONDS = 45.0
MEMORY = 2 << 30


@dataclass(frozen=True)
class Sent:
    """One file through one door: the status and reason that the teacher gets."""

    label: str
    status: int
    reason: str
    seconds: float


def u_01(options: Options) -> dict[str, Any]:
    """0 byte, 1 byte, NULs, noise, text by another name, cut off, 2 GB by its own word."""
    return judged({"zero bytes": lambda: b"", **corpus.DAMAGED})


def u_03(options: Options) -> dict[str, Any]:
    """Headers that lie about length, frames, pixels, pages; and the child's own limits."""
    found = judged(corpus.LYING)
    limits = limits_hold()
    found["figures"] |= limits | {"no_network": network_is_cut()}
    found["pass"] = bool(found["pass"]) and all(limits.values())
    return found


def judged(files: dict[str, Callable[[], bytes]]) -> dict[str, Any]:
    assert WORKS["library.publish"] is jobs.publish
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher, published=False)
    client = people.signed_in(cast.teacher)
    before = stored()
    sent = [
        through(client, lesson.id, door, name, label, make())
        for label, make in files.items()
        for door, name in DOORS
    ]
    wrong = [one for one in sent if not refused(one)]
    left = sorted(stored() - before)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return {
        "pass": not wrong and not left and not Asset.objects.exists() and children < MEMORY,
        "figures": {
            "files": len(files),
            "doors": len(DOORS),
            "sent": len(sent),
            "refused_with_reason": len(sent) - len(wrong),
            "errors_500": sum(one.status >= 500 for one in sent),
            "stored": len(left),
            "slowest_s": round(max(one.seconds for one in sent), 2),
            "peak_child_mb": round(children / 2**20),
            "reasons": sorted({one.reason.partition(":")[0] for one in sent}),
            "wrong": [f"{one.label}: {one.status} {one.reason}" for one in wrong],
        },
    }


def refused(one: Sent) -> bool:
    return 400 <= one.status < 500 and bool(one.reason) and one.seconds < SECONDS


def through(client: Client, lesson: int, door: str, name: str, label: str, content: bytes) -> Sent:
    """Send one file through one door, let the worker examine it, ask what became of it."""
    began = time.monotonic()
    # A PPTX goes under its own name, so that it is looked into and not stopped by its ending.
    ending = ".pptx" if door == "courseware" and content[:2] == b"PK" else ""
    named = name.replace(".pdf", ending) if ending else name
    answer = tus.send(client, lesson, named, content, kind=door, language="zh")
    status, reason = answer.status_code, answer.headers.get("Upload-Reason", "")
    if status < 400:
        run_one(slow=False)
        told = client.get(answer.address)
        status, reason = told.status_code, told.json().get("code", "")
    Job.objects.all().delete()
    return Sent(f"{label} → {door}", status, reason, time.monotonic() - began)


def stored() -> set[str]:
    """Every file of uploads and media."""
    folders = (uploads_folder(), Path(settings.MEDIA_ROOT))
    return {str(path) for folder in folders for path in folder.rglob("*") if path.is_file()}


def limits_hold() -> dict[str, bool]:
    """Children that burn, swallow, spill, crash or phone home are stopped."""
    with tempfile.TemporaryDirectory() as folder:
        spill = f"open({folder + '/spill'!r}, 'wb').write(b'x' * (8 << 20))"
        return {
            "processor_limit": ended_badly("while True: pass", Limits(cpu=1)),
            "memory_limit": ended_badly("b = bytearray(3 << 30)", Limits(memory=MEMORY)),
            "file_limit": ended_badly(spill, Limits(file=1 << 20)),
            "time_limit": ended_badly("import time; time.sleep(60)", Limits(), timeout=1.0),
            "no_core": "0" in python("import resource as r; print(r.getrlimit(r.RLIMIT_CORE)[0])"),
        }


def network_is_cut() -> bool:
    """A child with the network reaches a listener of ours, one without does not.

    Where the system permits no namespaces this is False; ffmpeg is then still held to local files.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        call = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        return ended_badly(call, Limits()) and not ended_badly(call, Limits(network=True))


def ended_badly(script: str, limits: Limits, *, timeout: float = 20.0) -> bool:
    ended = run_limited([sys.executable, "-c", script], limits=limits, timeout=timeout)
    return ended.status != 0


def python(script: str) -> str:
    return run_limited([sys.executable, "-c", script], limits=Limits(), timeout=20).output
