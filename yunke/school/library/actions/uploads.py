"""Resumable uploads: a byte counts once it is on the disk, synced, and written down.

The bytes of a growing upload lie in ``uploads/<id>.part``. What a chunk that was cut left behind
the last written offset is cut away before the next one is appended.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from yunke.base.again import again
from yunke.base.clock import now
from yunke.base.jobs import ask
from yunke.craft.formats.sniff import HEAD, VIDEOS, Found, sniff
from yunke.ground.people.door import Who
from yunke.school.library.models import Upload
from yunke.school.library.reads.full import lesson_writable
from yunke.school.library.reads.making import upload_stopped
from yunke.school.library.rules import Chosen, refused_at_choosing
from yunke.school.library.values import AssetKind

PIECE = 1 << 20
# A growing upload that nobody came back to is forgotten, and its bytes with it.
FORGOTTEN = timedelta(days=7)
Read = Callable[[int], bytes]
_BEGINNINGS: dict[str, frozenset[Found]] = {
    AssetKind.VIDEO: VIDEOS,
    AssetKind.COURSEWARE: frozenset({Found.PDF, Found.ZIP, Found.OLE}),
    AssetKind.CAPTIONS: frozenset({Found.VTT, Found.TEXT}),
}


class UploadRefused(Exception):
    """A reason's code, and the HTTP status that says it to a program."""

    def __init__(self, code: str, status: int = 422) -> None:
        super().__init__(code)
        self.code, self.status = code, status


@dataclass(frozen=True)
class Begun:
    id: int
    offset: int
    resumed: bool


def part_file(upload_id: int) -> Path:
    return uploads_folder() / f"{upload_id}.part"


def uploads_folder() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "uploads"


def bytes_kept(person_id: int) -> int:
    """What a teacher's uploads hold or will hold. One query."""
    rows = Upload.objects.filter(
        person_id=person_id, state__in=(Upload.State.GROWING, Upload.State.WHOLE)
    )
    return int(rows.aggregate(sum=Sum("size"))["sum"] or 0)


def upload_begin(*, who: Who, lesson_id: int, chosen: Chosen, modified: str) -> Begun:
    """Begin an upload, or find the one that the same person began with the same file.

    Raises UploadRefused before the first byte for whatever can be known then.
    """
    if lesson_writable(lesson_id, who) is None:
        raise UploadRefused("no-lesson", 404)
    key = upload_key(who.id, lesson_id, chosen, modified)
    with transaction.atomic():
        _forget_old()
        found = Upload.objects.filter(key=key).first()
        if found is not None:
            return Begun(found.id, offset_of(found), True)
        reason = refused_at_choosing(
            chosen,
            limit=settings.UPLOAD_LIMIT,
            kept=bytes_kept(who.id),
            quota=settings.UPLOAD_QUOTA,
        )
        if reason:
            raise UploadRefused(reason, 413 if reason in {"too-large", "over-quota"} else 422)
        upload = Upload.objects.create(
            lesson_id=lesson_id, person_id=who.id, kind=chosen.kind, name=chosen.name,
            size=chosen.size, language=chosen.language, key=key,
        )  # fmt: skip
        uploads_folder().mkdir(parents=True, exist_ok=True)
        part_file(upload.id).touch()
        return Begun(upload.id, 0, False)


def upload_key(person_id: int, lesson_id: int, chosen: Chosen, modified: str) -> str:
    """The same person, lesson and file (name, size, time of change) is the same upload."""
    parts = (person_id, lesson_id, chosen.kind, chosen.language, chosen.name, chosen.size, modified)
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def _forget_old() -> None:
    """Anybody's: whoever never comes back begins nothing that could tidy up."""
    old = Upload.objects.filter(state=Upload.State.GROWING, changed_at__lt=now() - FORGOTTEN)
    for upload in old.order_by("id")[:50]:
        part_file(upload.id).unlink(missing_ok=True)
        upload.delete()


def upload_mine(upload_id: int, who: Who) -> Upload:
    """The row, for the person who began it. Raises UploadRefused(404) for everybody else."""
    upload = Upload.objects.filter(id=upload_id, person_id=who.id).first()
    if upload is None:
        raise UploadRefused("no-upload", 404)
    return upload


def offset_of(upload: Upload) -> int:
    """Bytes that are really there: written down and on the disk."""
    try:
        return min(upload.offset, part_file(upload.id).stat().st_size)
    except FileNotFoundError:
        return upload.offset if upload.state == Upload.State.WHOLE else 0


def upload_append(*, who: Who, upload_id: int, offset: int, read: Read) -> int:
    """Append what ``read`` gives, beginning at ``offset``; gives the new offset.

    When the line is cut, what had arrived is kept. The last byte asks for the examination.
    Raises UploadRefused: 409 for another offset, 423 while another chunk is being written, 413
    for more bytes than were announced, 507 when the disk takes no more, 422 when the first bytes
    already show another kind.
    """
    upload = upload_mine(upload_id, who)
    if upload.state != Upload.State.GROWING:
        raise UploadRefused("not-growing", 409)
    if lesson_writable(upload.lesson_id, who) is None:  # the right may have ended since the start
        raise UploadRefused("no-lesson", 404)
    with _part(upload) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadRefused("busy", 423) from None
        upload = upload_mine(upload_id, who)
        if upload.state != Upload.State.GROWING or offset != offset_of(upload):
            raise UploadRefused("offset", 409)
        reached, spilled = _write(file, offset, upload.size, read)
        if offset < HEAD and not _begins_well(file, upload):
            _refuse(upload, f"not-{upload.kind}")
        # By itself: the bytes of the request are spent, and cannot be read once more.
        again(lambda: _keep(upload, reached))
    if spilled:
        raise UploadRefused("too-many-bytes", 413)
    return reached


def _part(upload: Upload) -> BinaryIO:
    """The growing file; a new one where it was lost (a disk restored from a backup): the sender
    is told offset 0 and begins again."""
    uploads_folder().mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(part_file(upload.id), os.O_RDWR | os.O_CREAT, 0o644), "r+b")


def _write(file: BinaryIO, offset: int, size: int, read: Read) -> tuple[int, bool]:
    """Append until the sender stops; (offset reached, whether it sent more than announced)."""
    reached, spilled = offset, False
    try:
        file.truncate(offset)
        file.seek(offset)
        for piece in _pieces(read):
            spilled = reached + len(piece) > size
            if spilled:
                break
            file.write(piece)
            reached += len(piece)
        file.flush()
        os.fsync(file.fileno())
    except OSError:  # the disk is full or failing: what was acknowledged before stays
        raise UploadRefused("no-space", 507) from None
    return reached, spilled


def _pieces(read: Read) -> Iterator[bytes]:
    """A cut line raises OSError (UnreadablePostError): what came before it is kept."""
    with suppress(OSError):
        while piece := read(PIECE):
            yield piece


def _begins_well(file: BinaryIO, upload: Upload) -> bool:
    file.seek(0)
    head = file.read(HEAD)
    # Too little to judge by; the examination will have all of it.
    if len(head) < min(HEAD, upload.size):
        return True
    return sniff(head) in _BEGINNINGS[upload.kind]


@transaction.atomic
def _keep(upload: Upload, reached: int) -> None:
    upload.offset, upload.changed_at = reached, now()
    if reached == upload.size:
        upload.state = Upload.State.WHOLE
        upload.key = f"whole-{upload.id}"
        ask("library.publish", key=str(upload.id), payload={"upload": upload.id})
    # Not ``save``: an upload that was given up meanwhile stays given up.
    kept = Upload.objects.filter(id=upload.id, state=Upload.State.GROWING).update(
        offset=upload.offset, changed_at=upload.changed_at, state=upload.state, key=upload.key
    )
    if not kept:
        part_file(upload.id).unlink(missing_ok=True)
        raise UploadRefused("no-upload", 410)


def _refuse(upload: Upload, code: str) -> None:
    upload_refused(upload, code)
    raise UploadRefused(code)


def upload_refused(upload: Upload, reason: str) -> None:
    """Nothing of a refused file stays; the row says why."""
    upload.state, upload.reason = Upload.State.REFUSED, reason
    upload.key, upload.changed_at = f"refused-{upload.id}", now()
    upload.save(update_fields=["state", "reason", "key", "changed_at"])
    part_file(upload.id).unlink(missing_ok=True)


@transaction.atomic
def upload_cancel(*, who: Who, upload_id: int) -> None:
    """Give up a growing upload, or put away the note of a refused one or of one whose
    examination stopped for good."""
    upload = upload_mine(upload_id, who)
    if upload.state == Upload.State.WHOLE:
        if not upload_stopped(upload):
            raise UploadRefused("not-growing", 409)
        if upload.asset is not None:
            upload.asset.delete()
    part_file(upload.id).unlink(missing_ok=True)
    upload.delete()
