"""Recordings: a pupil's answer in sound or film, a teacher's spoken note. Stored once, served safe.

The kind is read from the bytes, never believed: what is no recording that browsers make is refused
before anything is stored.
"""

import hashlib
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.school.homework.models import HomeworkFor, Voice
from yunke.school.homework.rules.recordings import kind_of

MOST_SOUND, MOST_FILM = 10 * 1024 * 1024, 60 * 1024 * 1024
MOST_EACH = 10


@transaction.atomic
def voice_keep(
    *, by_id: int, copy: HomeworkFor, attempt_id: int, file: "UploadedFile[Any]", seconds: float,
    question_id: int = 0,
) -> int:  # fmt: skip
    """Keep a recording; the same bytes again are the same one. Gives its id. Raises Refused."""
    head = file.read(64)
    kind = kind_of(head)
    if kind is None:
        raise Refused(_("这不是能播放的录音或视频，没有保存。请重新录一次。"), status=422)
    film = kind.startswith("video/") and bool(question_id)
    if (file.size or 0) > (MOST_FILM if film else MOST_SOUND):
        raise Refused(_("这段太长了，没有保存。录音最多 10 MB，视频最多 60 MB。"), status=422)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    there = Voice.objects.filter(attempt_id=attempt_id, gone_at__isnull=True)
    known = there.filter(sha256=digest, question_id=question_id).first()
    if known is not None:
        return known.id
    if there.filter(question_id=question_id).count() >= MOST_EACH:
        raise Refused(_("一处最多 10 段录音。先删掉一段再录。"), status=422)
    name = f"homework/{attempt_id}/{uuid.uuid4().hex}.{kind.partition('/')[2]}"
    _write(Path(settings.MEDIA_ROOT) / name, file)
    row = Voice.objects.create(
        copy=copy, attempt_id=attempt_id, question_id=question_id, by_id=by_id, file=name,
        kind=kind, seconds=max(0.0, min(seconds, 3600.0)), size=file.size or 0, sha256=digest,
    )  # fmt: skip
    return row.id


def _write(place: Path, file: "UploadedFile[Any]") -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    file.seek(0)
    part = place.with_suffix(".part")
    with part.open("wb") as out:
        for piece in file.chunks():
            out.write(piece)
    part.replace(place)


def voice_remove(*, by_id: int, voice_id: int) -> Voice | None:
    """One's own recording goes; None for another's."""
    row = Voice.objects.filter(id=voice_id, by_id=by_id, gone_at__isnull=True).first()
    if row is None:
        return None
    row.gone_at = now()
    row.save(update_fields=["gone_at"])
    (Path(settings.MEDIA_ROOT) / row.file).unlink(missing_ok=True)
    return row
