"""Scans: taken in once, read page by page in a job, matched to pupils; doubts go to a person."""

import hashlib
import os
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import IO

import cv2
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.jobs import Held, JobRefused, ask
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.craft.marking.sheets import BadPicture
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.exams.actions.settling import exam_settle
from yunke.school.exams.actions.unpacking import Read, files_in, pages_in, pages_read
from yunke.school.exams.models import Doubt, Field, Layout, Scan, ScanPage, Sheet
from yunke.school.exams.reads.led import Led
from yunke.school.exams.reads.sheets import layouts_of, sheets_folder
from yunke.school.exams.rules.pixels import ink_of, jpeg_of
from yunke.school.exams.rules.reading import judged
from yunke.school.exams.values.paper import PageState, ScanState, Way

MOST_BYTES = 300_000_000  # of one file that is sent


@transaction.atomic(savepoint=False)
def scan_send(*, who: Who, led: Led, name: str, content: IO[bytes]) -> tuple[int, bool]:
    """Take a file in; gives the scan and whether it is new. The same bytes again are the same scan.

    Raises Refused before anything is kept: too large, empty, no sheets were made yet. 5 queries.
    """
    if not Layout.objects.filter(exam_id=led.id).exists():
        raise Refused(_("这场考试还没有答题卡。先做好、印好答题卡，再来扫描。"), status=422)
    digest, size = _stored(led.id, content)
    scan, fresh = Scan.objects.get_or_create(
        exam=led.exam, sha256=digest,
        defaults={"name": Path(name).name[:120], "size": size, "by_id": who.id},
    )  # fmt: skip
    if fresh:
        ask("exams.scan", key=str(scan.id), payload={"scan": scan.id})
        event_record(
            actor_id=who.id, verb=Verb.SHEETS_SCANNED, object_kind="exam", object_id=led.id,
            school_id=led.exam.school_id,
        )  # fmt: skip
    elif scan.state in (ScanState.READ, ScanState.REFUSED):
        incoming(led.id, digest).unlink(missing_ok=True)
    return scan.id, fresh


def incoming(exam_id: int, digest: str) -> Path:
    """Where a file waits for its reading."""
    return sheets_folder() / str(exam_id) / f"in-{digest}.bin"


def _stored(exam_id: int, content: IO[bytes]) -> tuple[str, int]:
    """The bytes on the disk under their own hash; gives the hash and how many."""
    part = sheets_folder() / str(exam_id) / f"in-{os.urandom(8).hex()}.part"
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        digest, size = _copied(content, part)
        os.replace(part, incoming(exam_id, digest))
    finally:
        part.unlink(missing_ok=True)
    return digest, size


def _copied(content: IO[bytes], part: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as out:
        while piece := content.read(1 << 20):
            size += len(piece)
            if size > MOST_BYTES:
                raise Refused(
                    _("这个文件超过 300 MB。请分成几份再传；已经传好的都在。"), status=413
                )
            digest.update(piece)
            out.write(piece)
    if not size:
        raise Refused(_("这个文件是空的，什么都没有存。"), status=422)
    return digest.hexdigest(), size


def scan_read(held: Held, scan_id: int) -> None:
    """Read a scan to its end; begun again it goes on after the pages that are kept.

    The pictures that were sent go afterwards: what is kept are straightened pages and cut fields,
    encoded anew.
    """
    cv2.setNumThreads(1)
    scan = Scan.objects.get(id=scan_id)
    if scan.state in (ScanState.READ, ScanState.REFUSED):
        return
    Scan.objects.filter(id=scan.id).update(state=ScanState.READING.value)
    path, trouble = incoming(scan.exam_id, scan.sha256), ""
    try:
        with path.open("rb") as source:
            pages = _read_all(held, scan, source)
    except (BadPicture, FileNotFoundError) as wrong:
        pages, trouble = 0, str(wrong)[:200] or type(wrong).__name__
    state = ScanState.READ if pages else ScanState.REFUSED
    with held.write():
        Scan.objects.filter(id=scan.id).update(state=state.value, reason=trouble, pages=pages)
    seen = scan.read.filter(sheet__isnull=False).values_list("sheet_id", flat=True)
    exam_settle(scan.exam_id, sorted(set(seen)))
    path.unlink(missing_ok=True)
    if trouble:
        raise JobRefused(trouble)


def scan_read_now(scan_id: int) -> None:
    """Read it here instead of in a worker (a demo); the job is done with it."""
    row = Job.objects.get(key=f"exams.scan:{scan_id}")
    until = now() + timedelta(minutes=10)
    Job.objects.filter(id=row.id).update(
        state=Job.State.RUNNING, fence=row.fence + 1, lease_until=until
    )
    scan_read(Held(row.id, row.name, row.fence + 1), scan_id)
    Job.objects.filter(id=row.id).update(
        state=Job.State.DONE, share=1, done_at=now(), lease_until=None
    )


def _read_all(held: Held, scan: Scan, source: IO[bytes]) -> int:
    layouts, have = layouts_of(scan.exam_id), set(scan.read.values_list("position", flat=True))
    position = 0
    for part in files_in(scan.name, source):
        pages = pages_in(part.data)
        for place, page in enumerate(pages_read(part.name, part.data, layouts), start=1):
            position += 1
            if position not in have:
                _page_keep(held, scan, position, page)
            held.progress("reading", min(1.0, part.before + part.share * place / pages))
    return position


def _page_keep(held: Held, scan: Scan, position: int, page: Read) -> None:
    """A page with its doubts and its cut fields, or nothing of it."""
    sheet = Sheet.objects.filter(layout=page.layout, code=page.reading.pupil or "").first()
    known = sheet is not None and sheet.person_id is not None
    said = judged(page.reading, page.layout.places, known=known)
    file = f"{scan.exam_id}/page-{scan.id}-{position}.jpg"
    with held.write():
        row = ScanPage.objects.create(
            scan=scan, layout=page.layout, position=position, name=page.name, sheet=sheet,
            number=page.reading.page or 0,
            state=(PageState.ASKS if said.doubts else PageState.CLEAR).value,
            marks=said.marks, problems=[problem.value for problem in page.reading.problems],
            refused=page.reading.refused.value if page.reading.refused else "",
            quality=asdict(page.reading.quality), file=file if page.shown else "",
        )  # fmt: skip
        Doubt.objects.bulk_create(
            Doubt(page=row, kind=kind.value, item=item,
                  proposal=page.reading.answers.get(item) or "")
            for kind, item in said.doubts
        )  # fmt: skip
        if page.shown:
            (sheets_folder() / file).write_bytes(page.shown)
        _fields_keep(row, page)


def _fields_keep(row: ScanPage, page: Read) -> None:
    """The areas that people look at: all handwriting; of digits the boxes above them."""
    fields = []
    for item, png in page.reading.pictures.items():
        place = page.layout.places.get(item)
        if place is None:
            continue
        name = f"{row.scan.exam_id}/field-{row.id}-{place['position']}.jpg"
        (sheets_folder() / name).write_bytes(jpeg_of(png, 80))
        ink = ink_of(png) if place["way"] == Way.WRITING else 0.0
        fields.append(Field(page=row, item=item, file=name, ink=ink))
    Field.objects.bulk_create(fields)
