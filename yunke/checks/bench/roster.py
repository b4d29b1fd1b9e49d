"""``./run bench roster``: a whole city's roster, previewed and imported, on this machine.

A OneRoster 1.2 bundle of 449,000 pupils, 37,000 teachers and 12,000 classes is written, read,
compared and imported through the real job into an empty city; then the same file again, which must
change nothing; then with one bad line in the middle, which must import nothing and be named.
Memory is the largest that this process ever held, the generator included.
"""

import io
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection

from yunke.base.jobs import WORKS, run_one
from yunke.checks.bench.rosterfile import CLASSES, PUPILS, TEACHERS, City, bundle_file
from yunke.gate.exchange import jobs
from yunke.gate.exchange.actions.upload import import_begin, import_write_ask
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.reads.folder import store_read
from yunke.ground.people.models import Membership, Person, SchoolClass
from yunke.ground.people.tests import makers as people

FIRST, AGAIN, MEMORY = 600.0, 180.0, 2 << 30


def run(options: dict[str, Any]) -> dict[str, Any]:
    assert "roster.read" in WORKS, jobs
    # As the other benches: 20 is a twentieth of the city.
    scale = 1 / max(1.0, float(options.get("scale") or 1))
    city = City(round(PUPILS * scale), round(TEACHERS * scale), round(CLASSES * scale))
    root = people.org("city", "云州市")
    for number in range(1, 9):
        people.org("county", f"云州市第{number}学区", root)
    clerk = people.person(name="名册员")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "city.zip"
        began = time.monotonic()
        bundle_file(file, city)
        made = time.monotonic() - began
        first = passed(clerk.id, root.id, file)
        rows = there()
        again = passed(clerk.id, root.id, file)
        bad = Path(folder) / "bad.zip"
        line = bundle_file(bad, city, bad=True)
        wrong = refused(clerk.id, root.id, bad)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    figures = {
        "scale": round(1 / scale, 2), "pupils": city.pupils, "teachers": city.teachers,
        "classes": city.classes,
        "engine": connection.vendor, "bundle_s": round(made, 1),
        "bundle_mb": round(first["bytes"] / 2**20, 1),
        "preview_s": first["preview"], "import_s": first["import"], "first_s": first["whole"],
        "repeat_preview_s": again["preview"], "repeat_import_s": again["import"],
        "repeat_s": again["whole"], "rows": rows, "written": first["written"],
        "repeat_written": again["written"], "bad_line": wrong, "bad_line_s": wrong.pop("s"),
        "peak_rss_mb": round(peak / 2**20),
    }  # fmt: skip
    marks = {
        "first_within_10_min": first["whole"] <= FIRST,
        "repeat_within_3_min": again["whole"] <= AGAIN,
        "repeat_changes_nothing": not again["written"] and there() == rows,
        "memory_within_2_gb": peak <= MEMORY,
        "counts_are_true": rows["persons"] - 1 == city.pupils + city.teachers
        and rows["classes"] == city.classes,
        "bad_line_imports_nothing": wrong["written"] == 0 and wrong["wrong"] >= 1,
        "bad_line_is_named": wrong["line"] == line,
    }
    return {"figures": figures, "marks": marks, "pass": all(marks.values())}


def pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as raw:
        while piece := raw.read(io.DEFAULT_BUFFER_SIZE * 16):
            yield piece


def passed(clerk: int, org: int, file: Path) -> dict[str, Any]:
    """Upload, preview, import; seconds of each."""
    began = time.monotonic()
    row = read(clerk, org, file)
    read_s = time.monotonic() - began
    assert row.state == "read", (row.state, row.trouble)
    import_write_ask(import_id=row.id, who_id=clerk)
    while run_one():
        pass
    row.refresh_from_db()
    assert row.state == "done", (row.state, row.trouble)
    whole = time.monotonic() - began
    return {
        "preview": round(read_s, 1), "import": round(whole - read_s, 1), "whole": round(whole, 1),
        "written": row.written, "bytes": row.bytes,
    }  # fmt: skip


def read(clerk: int, org: int, file: Path) -> Import:
    number = import_begin(who_id=clerk, org_id=org, name=file.name, chunks=pieces(file))
    while run_one():
        pass
    return Import.objects.get(id=number)


def refused(clerk: int, org: int, file: Path) -> dict[str, Any]:
    """A bad line: what the preview says, and that nothing may be imported."""
    before, began = there(), time.monotonic()
    row = read(clerk, org, file)
    store = store_read(row.id, row.reading)
    assert store is not None
    first = store.execute("SELECT file, line, code FROM wrong ORDER BY seq LIMIT 1").fetchone()
    found = {"file": first[0], "line": first[1], "code": first[2]}
    written = sum(now - then for now, then in zip(there().values(), before.values(), strict=True))
    counted = {"wrong": row.counts["all"]["wrong"], "written": written}
    return {**found, **counted, "s": round(time.monotonic() - began, 1)}


def there() -> dict[str, int]:
    return {
        "persons": Person.objects.count(), "classes": SchoolClass.objects.count(),
        "ties": Membership.objects.filter(until__isnull=True).count(),
    }  # fmt: skip
